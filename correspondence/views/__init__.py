"""Pages of what leaves the house, for the secretariat."""
