"""Bare views of the same server: a page of one indexed query for 25 rows with their writer, and one stored row."""

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines

from forums.models import Draft, Post

TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>bare</title><ul>{% for post in posts %}<li>{{ post.author.name }} "
    "{{ post.created_at }} {{ post.number }}</li>{% endfor %}</ul>"
)


def bare(request: HttpRequest) -> HttpResponse:
    """Signed in or not does not matter: the middleware is the same, and it reads who asks."""
    request.user.is_authenticated  # noqa: B018  (the session and the person are read, as on every page)
    posts = Post.objects.select_related("author").order_by("-pk")[:25]
    return HttpResponse(TEMPLATE.render({"posts": posts}))


@transaction.atomic
def store(request: HttpRequest) -> HttpResponse:
    """One row, of what a member kept, and nothing around it."""
    Draft.objects.create(person_id=request.user.pk, place=f"/bench/{uuid.uuid4()}/", body="bare")
    return HttpResponse(status=204)
