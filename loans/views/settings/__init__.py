"""Pages of the office's own settings: as they stand, proposed, previewed, confirmed."""
