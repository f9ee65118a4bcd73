"""The papers of a loan: made, read, signed online or by hand, and proved."""
