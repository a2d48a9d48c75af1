from django.urls import path

from events.chat.consumers import ChatConsumer
from events.chat.views import messages, room

app_name = "chat"
urlpatterns = [
    path("events/<uuid:event>/chat/", room.room, name="room"),
    path("events/<uuid:event>/chat/events/", room.news, name="news"),
    path("events/<uuid:event>/chat/hide/", room.hide, name="hide"),
    path("events/<uuid:event>/chat/messages/", messages.say, name="say"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/edit/", messages.edit, name="message_edit"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/report/", messages.report, name="message_report"),
    path("events/<uuid:event>/chat/messages/<uuid:pk>/remove/", messages.remove, name="message_remove"),
]
websocket_urlpatterns = [path("ws/chat/<uuid:pk>/", ChatConsumer.as_asgi())]
