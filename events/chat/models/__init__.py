from events.chat.models.event import ChatEvent
from events.chat.models.hiding import Hiding
from events.chat.models.keeping import Keep
from events.chat.models.message import ChatMessage
from events.chat.models.poll import Ballot, Poll
from events.chat.models.question import Question, Vote
from events.chat.models.reading import ReadUntil
from events.chat.models.room import ChatRoom, Side
from events.chat.models.sealed import QuestionSeal
from events.chat.models.summary import Part, Summary
from events.chat.models.timeout import TimeOut

__all__ = [
    "Ballot",
    "ChatEvent",
    "ChatMessage",
    "ChatRoom",
    "Hiding",
    "Keep",
    "Part",
    "Poll",
    "Question",
    "QuestionSeal",
    "ReadUntil",
    "Side",
    "Summary",
    "TimeOut",
    "Vote",
]
