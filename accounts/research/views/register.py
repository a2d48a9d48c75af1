"""The register as a member sees it: choosing, stopping, and the proof of both."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Wording
from accounts.policy import require, require_role
from accounts.research import policy
from accounts.research.forms import ChoiceForm
from accounts.research.models import ResearchEntry, Scope, TextChanged
from accounts.research.models.entry import USUAL_CAP
from accounts.research.proof import choices_of, last_words, texts_of

SHOWN = 8  # lines of what happened; the proof has them all


def entry_of(person) -> ResearchEntry | None:
    return getattr(person, "research_entry", None)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    require_role(policy.can_see_register(request.user))
    return page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    require_role(policy.can_see_register(request.user))
    if request.method != "POST":
        return redirect("research:register")
    require(policy.can_join_register(request.user))
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    try:
        entry = form.save(request.user)
    except TextChanged:
        return page(request, form, status=409)
    if entry and entry.is_in:
        messages.success(request, _("Your choices are kept. You can change them or stop at any time."))
    else:
        messages.info(request, _("You ticked nothing, so you are not in the register."))
    return redirect("research:register")


def page(request: HttpRequest, form: ChoiceForm | None = None, status: int = 200) -> HttpResponse:
    """The register with the newest text. What was ticked comes back; else the own earlier answers are."""
    entry, wording, words = (
        entry_of(request.user),
        Wording.objects.latest(Wording.Kind.REGISTER),
        last_words(request.user),
    )
    ticked = form.data.getlist("scope") if form else [scope for scope, row in words.items() if row.granted]
    choices = [{"scope": scope, "ticked": scope.value in ticked, "last": words.get(scope)} for scope in Scope]
    form = form or ChoiceForm(initial={"cap": entry.cap if entry else USUAL_CAP})
    context = {
        "entry": entry,
        "is_in": bool(entry and entry.is_in),
        "may_join": policy.can_join_register(request.user),
        "form": form,
        "choices": choices,
        "wording": wording,
        "text": wording.text(get_language()),
        "overtaken": status == 409,
        "renewed": bool(entry and entry.is_in and entry.wording_id != wording.pk),
        "happened": happened(request.user)[:SHOWN],
    }
    return render(request, "research/register.html", context, status=status)


def happened(person) -> list[dict]:
    """What `person` chose and which calls came, newest first."""
    lines = [{"at": choice.at, "choice": choice} for choice in choices_of(person)]
    lines += [{"at": call.sent_at, "call": call} for call in person.study_calls.select_related("study")]
    return sorted(lines, key=lambda line: line["at"], reverse=True)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """One button, also for who is suspended; pressing it is all. Nobody is asked why."""
    require_role(policy.can_see_register(request.user))
    entry = entry_of(request.user)
    if request.method != "POST":
        return render(request, "research/withdraw.html", {"entry": entry, "is_in": bool(entry and entry.is_in)})
    if entry:
        entry.withdraw()
    return redirect("research:withdraw")


@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    return render(request, "research/receipt.html", proof(request))


@require_safe
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The same as a file of plain text, with the words letter for letter as they are kept."""
    response = render(request, "research/receipt.txt", proof(request), content_type="text/plain; charset=utf-8")
    name = _("consent")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return response


def proof(request: HttpRequest) -> dict:
    require_role(policy.can_see_register(request.user))
    choices = choices_of(request.user)
    return {"entry": entry_of(request.user), "choices": choices, "texts": texts_of(choices)}
