"""The entry of the server: HTTP to Django, sockets to the live consumers."""

import os

from community.catalogue import compile_stale

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
compile_stale()

import django  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import WebsocketDenier  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

django.setup(set_prefix=False)

from accounts.live.door import own_pages_only  # noqa: E402
from community.handler import SiteHandler  # noqa: E402
from community.urls import websocket_urlpatterns  # noqa: E402

# Cookies only: Channels' session middleware would wrap `send`, and each consumer
# reads the session itself, again and again for as long as it is open.
nowhere = re_path(r"", WebsocketDenier.as_asgi())
sockets = own_pages_only(CookieMiddleware(URLRouter([*websocket_urlpatterns, nowhere])), settings.SITE_ORIGINS)
application = ProtocolTypeRouter({"http": SiteHandler(), "websocket": sockets})
