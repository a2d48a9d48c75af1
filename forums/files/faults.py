"""Why a file cannot be taken."""


class Refused(Exception):
    """The words for whoever sent it: what is wrong and what to do. They do not name the file."""
