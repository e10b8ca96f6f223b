"""Why an act was not done."""


class NotPossible(Exception):
    """Says in the reader's language what stands in the way; nothing has been changed."""


class SavedMeanwhile(Exception):
    """Somebody else has saved the record since the reader opened it; ``visit`` is the record as it is now."""

    def __init__(self, visit):
        super().__init__(visit)
        self.visit = visit
