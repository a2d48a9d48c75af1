"""Posts that one keeps to find again, and the day on which to be reminded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums.finding import BookmarkForm
from forums.models import Bookmark, Post
from forums.paging import whole

PAGE_SIZE = 25


@require_safe
def bookmarks(request: HttpRequest) -> HttpResponse:
    """The own ones: those whose day has come on top, then the newest."""
    found = Bookmark.objects.visible_to(request.user)
    before = whole(request.GET.get("before"))
    later = found.not_due().filter(pk__lt=before) if before else found.not_due()
    rows = list(later.as_lines()[: PAGE_SIZE + 1])
    context = {
        "due": [] if before else found.due().as_lines()[:PAGE_SIZE],
        "bookmarks": rows[:PAGE_SIZE],
        "older": rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None,
    }
    return render(request, "forums/bookmarks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bookmark(request: HttpRequest, pk) -> HttpResponse:
    """Keep a post, set another day, or let it go."""
    post = Post.objects.select_related("topic__board", "author", "alias").read_or_404(
        request.user, pk=pk, removed_at=None
    )
    kept = request.user.bookmarks.filter(post=post).first()
    if request.method == "POST" and "drop" in request.POST:
        Bookmark.drop(request.user, post)
        messages.success(request, _("It is no longer among what you keep."))
        return redirect("forums:bookmarks")
    form = BookmarkForm(
        request.POST if request.method == "POST" else None, initial={"remind_on": kept and kept.remind_on}
    )
    if form.is_bound and form.is_valid():
        form.save(request.user, post)
        messages.success(request, _("Kept. Only you see it."))
        return redirect(post)
    context = {"post": post, "topic": post.topic, "form": form, "kept": kept}
    return render(request, "forums/bookmark.html", context, status=422 if form.is_bound else 200)
