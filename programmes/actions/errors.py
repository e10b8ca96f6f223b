"""What the records do not allow as they stand."""


class NotPossible(Exception):
    """What was asked for does not fit the state of things; the text is for people and says what to do."""
