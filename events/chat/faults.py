"""Why a verb of the chat did not happen. Each has the code that the page shows words for."""


class ChatFault(Exception):
    """The right is there, but this cannot be done now."""

    code = ""
    status = 409
    wait = 0  # seconds until it can be done
    reason = ""  # of the words, where one code has more


class Closed(ChatFault):
    code = "closed"


class TooEarly(ChatFault):
    """It is not the day of the session yet."""

    code, reason = "conflict", "too_early"


class Conflict(ChatFault):
    code = "conflict"


class Begun(Conflict):
    """The conversation that is to be begun stands already, with other words."""


class Full(Conflict):
    """As many are pinned as may be."""

    reason = "full"


class TooLate(ChatFault):
    code, status = "forbidden", 403


class LooksFirst(TooLate):
    """A trainer looks at everything before it is shown: what was seen is not changed."""

    reason = "looks_first"


class Resting(ChatFault):
    """A trainer lets this person read along, `until` a moment."""

    code, status = "forbidden", 403

    def __init__(self, until) -> None:
        super().__init__(until)
        self.until = until


class TooSoon(ChatFault):
    """Slow mode; `wait` tells the seconds."""

    code, status = "slow_mode", 429

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait
