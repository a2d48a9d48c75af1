"""Addresses of sessions and return days."""

from django.urls import path

from events.views import agenda, answers, day, manage, needs

app_name = "events"
urlpatterns = [
    path("events/", agenda.events, name="events"),
    path("events/<uuid:pk>/", agenda.event, name="event"),
    path("events/<uuid:pk>/event.ics", agenda.calendar_file, name="ics"),
    path("events/<uuid:pk>/rsvp/", day.rsvp, name="rsvp"),
    path("events/<uuid:pk>/offer/", day.offer, name="offer"),
    path("events/<uuid:pk>/withdraw/", day.withdraw, name="withdraw"),
    path("organise/return-days/", manage.manage_list, name="manage_list"),
    path("organise/return-days/new/", manage.new, name="manage_new"),
    path("organise/return-days/<uuid:pk>/", manage.manage, name="manage"),
    path("organise/return-days/<uuid:pk>/edit/", manage.edit, name="manage_edit"),
    path("organise/return-days/<uuid:pk>/announce/", manage.announce, name="manage_announce"),
    path("organise/return-days/<uuid:pk>/cancel/", manage.cancel, name="manage_cancel"),
    path("organise/return-days/<uuid:pk>/capacity/", manage.capacity, name="manage_capacity"),
    path("organise/return-days/<uuid:pk>/answers/", answers.answers, name="manage_answers"),
    path("organise/return-days/<uuid:pk>/needs/", needs.needs, name="manage_needs"),
    path("organise/return-days/<uuid:pk>/needs/people/", needs.needs_people, name="manage_needs_people"),
]
websocket_urlpatterns: list = []
