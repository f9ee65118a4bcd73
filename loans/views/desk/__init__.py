"""The desk: lists of cases, their filters and search."""
