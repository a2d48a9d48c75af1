"""Mail that is due."""

import logging

from accounts.jobs import job
from accounts.mail import compose
from accounts.models import Outgoing

log = logging.getLogger("ruggespraak.mail")


@job
def send_mail() -> int:
    """Send every mail that is due, one by one: claimed, sent, marked. Returns how many."""
    count = 0
    while row := Outgoing.objects.claim():
        deliver(row)
        count += 1
    return count


def deliver(row: Outgoing) -> None:
    """One claimed mail. No transaction is open while the mail server is spoken to."""
    try:
        message = compose(row)
        if message is None:
            row.drop("not_wanted")
            return
        message.send()
    except Exception as error:  # noqa: BLE001  (one mail that cannot be made or sent does not hold up the others)
        log.warning("mail not sent", extra={"row": str(row.pk), "error": type(error).__name__})
        row.try_later(type(error).__name__)
    else:
        row.sent()
