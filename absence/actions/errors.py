"""What cannot be done with an import, in words for people."""


class NotPossible(Exception):
    """The import or the suspicion is in a state in which this cannot be done; the text is for people."""
