from forums.models.alias import Alias, Seal
from forums.models.attachment import Attachment
from forums.models.board import Board
from forums.models.bookmark import Bookmark
from forums.models.draft import Draft
from forums.models.follow import Follow
from forums.models.kind import Kind
from forums.models.mention import Mention
from forums.models.moved import Moved
from forums.models.post import Post, Revision
from forums.models.quote import Cited, Passage, Quote
from forums.models.reaction import Press, Reaction
from forums.models.reading import ReadUntil
from forums.models.seat import Narrow, Seat
from forums.models.tag import TopicTag
from forums.models.topic import Topic
from forums.models.widening import Widening, WideningAnswer

__all__ = [
    "Alias", "Attachment", "Board", "Bookmark", "Cited", "Draft", "Follow", "Kind", "Mention", "Moved", "Narrow", "Passage",
    "Post", "Press", "Quote", "Reaction", "ReadUntil", "Revision", "Seal", "Seat", "Topic", "TopicTag", "Widening",
    "WideningAnswer",
]  # fmt: skip
