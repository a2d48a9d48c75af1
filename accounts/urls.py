"""Addresses of people: coming in, oneself, and others."""

from django.urls import path

from accounts.consumers import MeConsumer
from accounts.views import entrance, me, people, seen

app_name = "accounts"
urlpatterns = [
    path("invitations/<str:token>/", entrance.invitation, name="invitation"),
    path("agreements/", entrance.agreements, name="agreements"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("welcome/hello/", entrance.hello, name="hello"),
    path("me/", me.profile, name="profile"),
    path("me/sessions/", me.sessions, name="sessions"),
    path("me/sessions/end/", me.sessions_end, name="sessions_end"),
    path("me/sessions/<int:pk>/end/", me.session_end, name="session_end"),
    path("me/stepup/", me.stepup, name="stepup"),
    path("me/privacy/seen/", seen.seen, name="seen"),
    path("people/", people.people, name="people"),
    path("people/<uuid:pk>/", people.person, name="person"),
]
websocket_urlpatterns = [path("ws/me/", MeConsumer.as_asgi())]
