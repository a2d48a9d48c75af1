from forums.models.board import Board
from forums.models.draft import Draft
from forums.models.kind import Kind
from forums.models.post import Post, Revision
from forums.models.reading import ReadUntil
from forums.models.topic import Topic

__all__ = ["Board", "Draft", "Kind", "Post", "ReadUntil", "Revision", "Topic"]
