"""Pages of somebody who asks for a loan or owes one: the form, the papers, what happens to their case."""
