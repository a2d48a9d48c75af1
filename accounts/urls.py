app_name = "accounts"
urlpatterns: list = []
websocket_urlpatterns: list = []
