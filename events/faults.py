"""Why an answer to a return day was not taken. Each has the code that the page shows words for."""


class Refused(Exception):
    """It cannot be done now; nothing has changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code  # "cancelled", "closed", "workshop_full", "no_offer", "draft"
