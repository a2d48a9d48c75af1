"""Roles for the whole site: who holds them, given and ended by the site administrator, each noted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import policy
from accounts.forms.roles import RoleForm
from accounts.models import Membership
from accounts.policy import require, require_role


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_site_administrator)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save(request.user)
        messages.success(request, _("The role is given. The privacy officers hear of it."))
        return redirect("community:roles")
    held = Membership.objects.visible_to(request.user).current().filter(cohort=None).select_related("person")
    context = {"form": form, "held": held.order_by("role", "person__name", "pk")}
    return render(request, "community/roles.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    require_role(request.user.is_site_administrator)
    held = Membership.objects.select_related("person").read_or_404(request.user, pk=pk, cohort=None, until=None)
    require(policy.can_end_role(request.user, held))
    if request.method != "POST":
        return render(request, "community/role_end.html", {"held": held})
    held.end(by=request.user)
    messages.success(request, _("The role has ended. Pages that it opened are closed."))
    return redirect("community:roles")
