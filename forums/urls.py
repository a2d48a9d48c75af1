"""Addresses of what people write."""

from django.urls import path

from forums.consumers import TopicConsumer
from forums.views import (
    attachments,
    boards,
    bookmarks,
    check,
    drafts,
    follows,
    mentions,
    posts,
    reactions,
    topics,
    widening,
)

app_name = "forums"
urlpatterns = [
    path("", boards.boards, name="boards"),
    path("check/", check.check, name="check"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("attachments/<uuid:pk>/", attachments.attachment, name="attachment"),
    path("topics/<uuid:pk>/", topics.topic, name="topic"),
    path("topics/<uuid:pk>/follow/", follows.topic, name="topic_follow"),
    path("topics/<uuid:pk>/reply/", topics.reply, name="reply"),
    path("topics/<uuid:pk>/widen/", widening.widen, name="widen"),
    path("topics/<uuid:pk>/widen/answer/", widening.answer, name="widen_answer"),
    path("topics/<uuid:pk>/mentions/", mentions.mentions, name="mentions"),
    path("posts/<uuid:pk>/edit/", posts.edit, name="post_edit"),
    path("posts/<uuid:pk>/remove/", posts.remove, name="post_remove"),
    path("posts/<uuid:pk>/versions/", posts.versions, name="post_versions"),
    path("posts/<uuid:pk>/react/", reactions.react, name="post_react"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("posts/<uuid:pk>/bookmark/", bookmarks.bookmark, name="bookmark"),
    path("<slug:slug>/", boards.board, name="board"),
    path("<slug:slug>/new/", topics.new, name="topic_new"),
    path("<slug:slug>/follow/", follows.board, name="board_follow"),
    path("<slug:slug>/readers/", boards.readers, name="readers"),
]
websocket_urlpatterns = [path("ws/topics/<uuid:pk>/", TopicConsumer.as_asgi())]
