"""What else than messages stands in the log of a room: polls, and that a question was asked."""

from django.http import HttpRequest

from events.chat.models import Ballot, ChatMessage, ChatRoom, Poll, Question, ReadUntil
from events.chat.views.reading import arrange


def log_of(
    request: HttpRequest, chat: ChatRoom, said: list[ChatMessage], questions: list[Question], before: int | None, *, more: bool
) -> dict:  # fmt: skip
    """`said` with the polls and `questions` of the same stretch of the log, in order; and in which polls one voted.

    `before` is the number at which the stretch ends (None for the newest), `more` whether older messages go before it.
    """
    first, end = said[0].seq if more and said else 0, before or chat.seq + 1
    polls = list(Poll.objects.visible_to(request.user).filter(room=chat, gone_at=None, seq__gte=first, seq__lt=end))
    asked = [question for question in questions if question.seq and first <= question.seq < end]
    log = sorted([*said, *polls, *asked], key=lambda entry: entry.seq)
    readings = ReadUntil.objects.visible_to(request.user).filter(room=chat).values_list("seq", flat=True)
    arrange(log, request.user, readings.first() if before is None else None)
    return {
        "log": log,
        "voted_polls": voted_in(request, polls) if polls else set(),
    }


def voted_in(request: HttpRequest, polls: list[Poll]) -> set:
    """Keys of those of `polls` in which the reader voted."""
    return set(Ballot.objects.visible_to(request.user).filter(poll__in=polls).values_list("poll", flat=True))
