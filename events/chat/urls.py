from django.urls import path

from events.chat.consumers import ChatConsumer, TrainersConsumer
from events.chat.models import ChatRoom, Side
from events.chat.views import kept, messages, polls, prompts, questions, room, running, summary, waiting

app_name = "chat"
TRAINERS = {"side": Side.TRAINERS}
urlpatterns = [
    path("events/<uuid:event>/chat/", room.room, name="room"),
    path("events/<uuid:event>/chat/events/", room.news, name="news"),
    path("events/<uuid:event>/chat/hide/", room.hide, name="hide"),
    path("events/<uuid:event>/chat/read/", room.read, name="read"),
    path("events/<uuid:event>/chat/slow/", running.slow, name="slow"),
    path("events/<uuid:event>/chat/first/", running.look_first, name="first"),
    path("events/<uuid:event>/chat/open/", running.turn, {"state": ChatRoom.State.OPEN}, name="open"),
    path("events/<uuid:event>/chat/close/", running.turn, {"state": ChatRoom.State.CLOSED}, name="close"),
    path("events/<uuid:event>/chat/messages/", messages.say, name="say"),
    path("events/<uuid:event>/chat/trainers/", room.room, TRAINERS, name="trainers"),
    path("events/<uuid:event>/chat/trainers/events/", room.news, TRAINERS, name="trainers_news"),
    path("events/<uuid:event>/chat/trainers/messages/", messages.say, TRAINERS, name="trainers_say"),
    path("events/<uuid:event>/chat/present/", questions.present, name="present"),
    path("events/<uuid:event>/chat/summary/", summary.summary, name="summary"),
    path("events/<uuid:event>/chat/summary/pick/", summary.pick, name="summary_pick"),
    path("events/<uuid:event>/chat/summary/questions/", summary.ask, name="summary_ask"),
    path("events/<uuid:event>/chat/summary/<slug:part>/begin/", summary.begin, name="summary_begin"),
    path("events/<uuid:event>/chat/kept/", kept.kept, name="kept"),
    path("events/<uuid:event>/chat/kept/<uuid:pk>/", kept.answer, name="keep"),
    path("events/<uuid:event>/chat/prompts/", prompts.prompt, name="prompt"),
    path("events/<uuid:event>/chat/polls/", polls.begin, name="poll"),
    path("events/<uuid:event>/chat/polls/<uuid:pk>/vote/", polls.vote, name="poll_vote"),
    path("events/<uuid:event>/chat/polls/<uuid:pk>/close/", polls.close, name="poll_close"),
    path("events/<uuid:event>/chat/polls/<uuid:pk>/remove/", polls.remove, name="poll_remove"),
    path("events/<uuid:event>/chat/questions/", questions.ask, name="ask"),
    path("events/<uuid:event>/chat/questions/<uuid:pk>/vote/", questions.vote, name="question_vote"),
    path("events/<uuid:event>/chat/questions/<uuid:pk>/state/", questions.state, name="question_state"),
    path("events/<uuid:event>/chat/questions/<uuid:pk>/return/", questions.give_back, name="question_return"),
    path("events/<uuid:event>/chat/questions/<uuid:pk>/report/", questions.report, name="question_report"),
    path("events/<uuid:event>/chat/questions/<uuid:pk>/remove/", questions.remove, name="question_remove"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/edit/", messages.edit, name="message_edit"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/pin/", running.pin, name="message_pin"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/show/", waiting.show, name="message_show"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/return/", waiting.give_back, name="message_return"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/rest/", running.rest, name="message_rest"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/report/", messages.report, name="message_report"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/remove/", messages.remove, name="message_remove"),
]
websocket_urlpatterns = [
    path("ws/chat/<uuid:pk>/", ChatConsumer.as_asgi()),
    path("ws/chat/<uuid:pk>/trainers/", TrainersConsumer.as_asgi()),
]
