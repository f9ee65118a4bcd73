"""The case on an officer's desk: what is checked, asked for, entered and noted before anybody decides."""
