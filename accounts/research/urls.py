app_name = "research"
urlpatterns: list = []
websocket_urlpatterns: list = []
