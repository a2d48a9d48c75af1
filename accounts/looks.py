"""What was done to someone because of a role, in words: the page "Who saw what"."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "certify": _("Gave you the certificate"),
    "end_membership": _("Ended your place or your role"),
    "enrol": _("Placed you in a cohort"),
    "give_back": _("Gave back what you wrote in a chat, before others saw it"),
    "grant": _("Gave you a role"),
    "hide_message": _("Took a message of yours away"),
    "hide_text": _("Hid what you wrote; you can still read and change it"),
    "lift_suspension": _("Ended your suspension"),
    "look_hidden": _("Looked at a hidden message of yours"),
    "look_report": _("Looked at a message of yours that was reported"),
    "open_name": _("Opened your name behind a pseudonym, together with another privacy officer"),
    "remove_text": _("Took away what you wrote"),
    "restore_text": _("Put back what you wrote"),
    "see_name": _("Looked at your name behind a pseudonym"),
    "see_needs": _("Saw what you need on a return day"),
    "time_out": _("Asked you to read along in a chat for a while"),
    "lift_time_out": _("Let you write in a chat again"),
    "suspend": _("Suspended you"),
}
OTHER = _("Did something that concerns you")


def words_of(verb: str):
    """A sentence for an entry of the audit trail."""
    return WORDS.get(verb, OTHER)
