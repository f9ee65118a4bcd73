"""Yes or no: by one person or a committee, appealed, and frozen in a record."""
