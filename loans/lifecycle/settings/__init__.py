"""The office's own settings and calendar: proposed by one person, confirmed by a second."""
