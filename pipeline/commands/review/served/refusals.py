"""Why the server does not do what a page asks for. A page shows the message."""


class RefusedError(Exception):
    """It cannot be done; the message says why and what to do."""


class ConflictError(RefusedError):
    """The page is out of date: somebody has changed what it shows."""


class UnknownError(RefusedError):
    """There is nothing of that name."""
