"""Pages of a loan and of finance: its plan, its account, money out and in."""
