"""Addresses of cases."""

from django.urls import path

from forums.cases.views import cases, feedback, feedback_desk, stage, writing

app_name = "cases"
urlpatterns = [
    path("", cases.cases, name="cases"),
    path("feedback/", feedback.worklist, name="feedback_list"),
    path("<uuid:pk>/feedback/", feedback.feedback, name="feedback"),
    path("<uuid:pk>/feedback/<uuid:feedback>/", feedback_desk.write, name="feedback_write"),
    path("<uuid:pk>/feedback/<uuid:feedback>/take/", feedback_desk.take, name="feedback_take"),
    path("<uuid:pk>/feedback/<uuid:feedback>/note/", feedback_desk.note, name="feedback_note"),
    path("<uuid:pk>/feedback/<uuid:feedback>/pdf/", feedback.save, name="feedback_pdf"),
    path("new/", writing.new, name="new"),
    path("<uuid:pk>/", cases.case, name="case"),
    path("<uuid:pk>/reply/", cases.reply, name="reply"),
    path("<uuid:pk>/edit/<slug:step>/", writing.edit, name="edit"),
    path("<uuid:pk>/stage/", stage.stage, name="stage"),
    path("<uuid:pk>/round/", stage.round_on, name="round"),
    path("<uuid:pk>/readers/", stage.readers, name="readers"),
]
