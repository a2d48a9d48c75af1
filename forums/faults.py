"""What a verb may refuse although the reader may do it as a rule. The page gives the text back with the reason."""


class Conflict(Exception):
    """Someone saved another revision meanwhile."""


class Closed(Exception):
    """The conversation takes no replies any more."""


class Gone(Exception):
    """The text was taken back or hidden meanwhile."""
