"""What is read across figures, imports and groups. Each function is named after what it returns."""

from .vintages import data_version, newest_vintage, releases_since, source_line, vintages_in_use

__all__ = ["data_version", "newest_vintage", "releases_since", "source_line", "vintages_in_use"]
