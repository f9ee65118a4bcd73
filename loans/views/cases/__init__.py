"""Pages of one case, as the loan office reads and works on it."""
