"""The addresses of the whole site, pages and sockets."""

from django.conf import settings
from django.urls import include, path

from accounts.urls import websocket_urlpatterns as accounts_sockets
from community.views import (
    components,
    errors,
    health,
    home,
    organise,
    organise_cohorts,
    oversight,
    public,
    roles,
    search,
)
from events.chat.urls import websocket_urlpatterns as chat_sockets
from forums.urls import websocket_urlpatterns as forums_sockets

community = (
    [
        path("", home.home, name="home"),
        path("search/", search.search, name="search"),
        path("more/", public.more, name="more"),
        path("help/", public.help_page, name="help"),
        path("privacy/", public.privacy, name="privacy"),
        path("accessibility/", public.accessibility, name="accessibility"),
        path("cover/", public.cover, name="cover"),
        path("healthz", health.healthz, name="healthz"),
        path("readyz", health.readyz, name="readyz"),
        path("roles/", roles.roles, name="roles"),
        path("roles/<int:pk>/end/", roles.role_end, name="role_end"),
        path("oversight/", oversight.oversight, name="oversight"),
        path("oversight/openings/new/", oversight.ask, name="opening_ask"),
        path("oversight/openings/<uuid:pk>/", oversight.opening, name="opening"),
        path("organise/", organise.overview, name="organise"),
        path("organise/cohorts/", organise_cohorts.cohorts, name="cohorts"),
        path("organise/cohorts/new/", organise_cohorts.cohort_new, name="cohort_new"),
        path("organise/cohorts/<uuid:pk>/", organise_cohorts.cohort, name="cohort"),
        path("organise/cohorts/<uuid:pk>/next/", organise_cohorts.cohort_move, name="cohort_move"),
        path("organise/cohorts/<uuid:pk>/trainers/", organise_cohorts.trainer_place, name="trainer_place"),
        path("organise/cohorts/<uuid:pk>/certify/", organise_cohorts.cohort_certify, name="cohort_certify"),
        path("organise/cohorts/<uuid:pk>/invite/", organise_cohorts.invite, name="invite"),
        path("organise/invitations/<int:pk>/revoke/", organise_cohorts.revoke, name="revoke"),
        path("organise/seats/<int:pk>/certify/", organise_cohorts.seat_certify, name="seat_certify"),
        path("organise/seats/<int:pk>/end/", organise_cohorts.seat_end, name="seat_end"),
    ],
    "community",
)

urlpatterns = [
    path("", include(community)),
    path("i18n/", include("community.i18n")),
    path("accounts/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("research/", include("accounts.research.urls")),
    path("forums/cases/", include("forums.cases.urls")),
    path("", include("forums.moderation.urls")),
    path("forums/", include("forums.urls")),
    path("", include("events.chat.urls")),
    path("", include("events.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", components.components))
websocket_urlpatterns = [*forums_sockets, *chat_sockets, *accounts_sockets]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
