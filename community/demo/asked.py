"""Questions to the trainers in the demo's chats: asked, voted for and answered."""

from datetime import datetime
from typing import Any

from accounts.models import User
from community.demo.content import key
from events.chat.models import ChatEvent, ChatRoom, Question, Vote
from forums.models.alias import sealed_key


class Asked:
    """The questions of one room while they are loaded; stored at the end."""

    def __init__(self, room: ChatRoom) -> None:
        self.room = room
        self.questions: dict[Any, Question] = {}
        self.votes: list[Vote] = []

    def happened(self, item: Any, by: User, moment: datetime, seq: int) -> ChatEvent:
        """The event of the log for a question, a vote, or that a question was answered."""
        if item.kind == "question":
            self.questions[item.question] = Question(
                id=item.question, cid=sealed_key(by, item.question), room=self.room, author=by, body=item.text,
                created_at=moment, shown_at=moment, seq=seq,
            )  # fmt: skip
        question = self.questions[item.question]
        if item.kind == "vote":
            question.votes += 1
            self.votes.append(Vote(question=question, person=by))
        if item.kind == "answer":
            question.state, question.answered_at = Question.State.ANSWERED, moment
        kind = "vote" if item.kind == "vote" else "question"
        return ChatEvent(room=self.room, seq=seq, kind=kind, question=question, at=moment)

    def store(self) -> None:
        Question.objects.bulk_create(self.questions.values())
        Vote.objects.bulk_create(self.votes)


def was_asked(room: ChatRoom, item: Any) -> bool:
    """Whether this question, or this vote, is there."""
    question = found(room, item)
    if question is None or item.kind == "question":
        return question is not None
    return Vote.objects.filter(question=question, person=key("person", item.by)).exists()


def found(room: ChatRoom, item: Any) -> Question | None:
    """The question, loaded or asked while someone looks."""
    asker = User(pk=key("person", item.asker))
    return room.questions.filter(cid=sealed_key(asker, item.question)).first()


def asked_now(room: ChatRoom, item: Any, user: User) -> None:
    if item.kind == "question":
        Question.ask(room, user, item.text, item.question)
    elif (question := found(room, item)) and question.is_open:
        question.vote(user)


def answered_now(room: ChatRoom, item: Any) -> None:
    question = found(room, item)
    if question and question.is_open:
        question.become(Question.State.ANSWERED)
