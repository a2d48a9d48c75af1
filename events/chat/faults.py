"""Why a verb of the chat did not happen. Each has the code that the page shows words for."""


class ChatFault(Exception):
    """The right is there, but this cannot be done now."""

    code = ""
    status = 409


class Closed(ChatFault):
    code = "closed"


class Conflict(ChatFault):
    code = "conflict"


class TooLate(ChatFault):
    code, status = "forbidden", 403
