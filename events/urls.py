app_name = "events"
urlpatterns: list = []
websocket_urlpatterns: list = []
