"""What a verb may refuse although the reader may do it as a rule. The page gives the text back with the reason."""


class Conflict(Exception):
    """Someone saved another revision meanwhile."""


class Closed(Exception):
    """The conversation takes no replies any more."""


class Gone(Exception):
    """The text was taken back or hidden meanwhile."""


class Wider(Exception):
    """More people would read it there: that is for its writers to decide (R-9)."""


class Fixed(Exception):
    """It cannot be moved, split or joined: it is a case, or meant for the trainers only."""


class Nothing(Exception):
    """None of the messages that were named can go."""
