"""The sections of the reports: one query a module, from a scope to tables, charts and facts."""
