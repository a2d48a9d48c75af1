from events.chat.models.event import ChatEvent
from events.chat.models.hiding import Hiding
from events.chat.models.message import ChatMessage
from events.chat.models.question import Question, QuestionSeal, Vote
from events.chat.models.room import ChatRoom, Side

__all__ = ["ChatEvent", "ChatMessage", "ChatRoom", "Hiding", "Question", "QuestionSeal", "Side", "Vote"]
