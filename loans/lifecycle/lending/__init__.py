"""A running loan: money out and in, its plan and what changes it, its debits, its end."""
