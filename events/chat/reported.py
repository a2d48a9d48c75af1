"""Messages of the chat, and questions to the trainers, can be reported as posts can."""

from typing import Any

from events.chat.models import ChatMessage, Question
from forums.moderation.things import Line, Thing, add, neighbours


class Messages(Thing):
    model = ChatMessage

    def place(self, thing) -> tuple[str, Any]:
        return "chat", thing.room.event.cohort_id

    def is_gone(self, thing) -> bool:
        return thing.gone_at is not None

    def around(self, thing) -> list[Line]:
        found = neighbours(thing.room.messages.on_show().select_related("author"), "seq", thing.seq)
        return [self.line(message, thing) for message in found]

    def line(self, message: ChatMessage, thing: ChatMessage) -> Line:
        is_it, name = message.pk == thing.pk, message.author.name if message.author else ""
        line = Line(name, False, message.created_at, is_it=is_it)
        line.is_away = message.gone_at is not None or (message.hidden_at is not None and not is_it)
        line.body = "" if line.is_away else message.body
        return line

    def looked(self, thing) -> None:
        """Its author reads it in the list of who saw what."""


class Questions(Messages):
    """Around a question stand the other questions of its room that were on show."""

    model = Question

    def around(self, thing) -> list[Line]:
        shown = thing.room.questions.filter(seq__isnull=False).select_related("author")
        return [self.line(question, thing) for question in neighbours(shown, "seq", thing.seq)]


add(Messages())
add(Questions())
