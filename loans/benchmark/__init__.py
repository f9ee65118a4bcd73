"""How fast the house is: figures measured in a database of their own, each beside a reference loop of the same run."""
