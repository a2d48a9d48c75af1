"""Addresses of reports: beside what is reported, for who handles them, and for who made them."""

from django.urls import path

from forums.moderation.views import circle, own, queue, reporting, tending

app_name = "moderation"
urlpatterns = [
    path("forums/posts/<uuid:pk>/report/", reporting.report, name="report"),
    path("forums/topics/<uuid:pk>/report/", reporting.report_topic, name="report_topic"),
    path("forums/posts/<uuid:pk>/hide/", circle.hide, name="hide"),
    path("forums/posts/<uuid:pk>/restore/", circle.restore, name="restore"),
    path("forums/posts/<uuid:pk>/again/", own.again, name="again"),
    path("forums/posts/<uuid:pk>/seen/", own.seen, name="seen"),
    path("forums/topics/<uuid:pk>/tend/", tending.tend, name="tend"),
    path("forums/topics/<uuid:pk>/close/", tending.close, name="close"),
    path("forums/topics/<uuid:pk>/pin/", tending.pin, name="pin"),
    path("forums/topics/<uuid:pk>/move/", tending.move, name="move"),
    path("forums/topics/<uuid:pk>/split/", tending.split, name="split"),
    path("forums/topics/<uuid:pk>/merge/", tending.merge, name="merge"),
    path("forums/<slug:slug>/looks/", circle.looks, name="looks"),
    path("me/reports/", own.mine, name="mine"),
    path("moderation/", queue.queue, name="queue"),
    path("moderation/<uuid:pk>/", queue.detail, name="detail"),
    path("moderation/<uuid:pk>/take/", queue.take, name="take"),
    path("moderation/<uuid:pk>/back/", queue.back, name="back"),
    path("moderation/<uuid:pk>/files/<uuid:file>/", queue.file, name="file"),
    path("moderation/<uuid:pk>/lock/", queue.lock, name="lock"),
    path("moderation/<uuid:pk>/rule/", queue.rule, name="rule"),
]
