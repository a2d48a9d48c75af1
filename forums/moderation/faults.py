"""Why something at a report did not happen although one may do it as a rule."""


class Taken(Exception):
    """Someone else handles this report now, or it was closed meanwhile."""
