"""What a verb may refuse although the reader may do it as a rule."""


class Skipped(Exception):
    """The case is not where one can go on from to that stage."""


class NotYet(Exception):
    """Something is missing before the case can go on. `missing` tells what, in words."""

    def __init__(self, missing: list) -> None:
        super().__init__("something is missing")
        self.missing = missing


class Taken(Exception):
    """A colleague is writing this already."""
