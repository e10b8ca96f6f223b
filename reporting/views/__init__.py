"""Pages of the reports: reading, writing, and the steps to publication."""
