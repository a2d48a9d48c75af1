"""Addresses of sessions and return days."""

from django.urls import path

from events.views import agenda, manage

app_name = "events"
urlpatterns = [
    path("events/", agenda.events, name="events"),
    path("events/<uuid:pk>/", agenda.event, name="event"),
    path("events/<uuid:pk>/event.ics", agenda.calendar_file, name="ics"),
    path("events/<uuid:pk>/rsvp/", agenda.rsvp, name="rsvp"),
    path("events/<uuid:pk>/offer/", agenda.offer, name="offer"),
    path("organise/return-days/", manage.manage_list, name="manage_list"),
    path("organise/return-days/new/", manage.new, name="manage_new"),
    path("organise/return-days/<uuid:pk>/", manage.manage, name="manage"),
    path("organise/return-days/<uuid:pk>/edit/", manage.edit, name="manage_edit"),
    path("organise/return-days/<uuid:pk>/announce/", manage.announce, name="manage_announce"),
    path("organise/return-days/<uuid:pk>/cancel/", manage.cancel, name="manage_cancel"),
    path("organise/return-days/<uuid:pk>/capacity/", manage.capacity, name="manage_capacity"),
    path("organise/return-days/<uuid:pk>/answers/", manage.answers, name="manage_answers"),
    path("organise/return-days/<uuid:pk>/needs/", manage.needs, name="manage_needs"),
]
websocket_urlpatterns: list = []
