"""Loan arithmetic: numbers and dates in, numbers and dates out. No Django, no clock, no database, no float."""
