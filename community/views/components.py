"""Every part of the pages in each of its states: for who builds, and for tests. Only there with DEBUG."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.clock import now
from accounts.words import PlainField, ProseField
from forums.text import to_html

SAMPLE = "A thought with **weight**, a [link](https://example.org) and\n\n1. one\n2. two\n\n> what someone said"


class Sample(forms.Form):
    title = PlainField(label="Title", help_text="One sentence. Name no people.")
    body = ProseField(label="Your text", required=False)
    place = forms.ChoiceField(label="Where?", choices=[("a", "Here"), ("b", "There")])
    answer = forms.ChoiceField(
        label="Do you come?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        help_text="You can change it.",
    )
    follow = forms.BooleanField(label="Follow this conversation", required=False, help_text="One mail a day.")
    daily = forms.BooleanField(
        label="One mail a day", required=False, widget=forms.CheckboxInput(attrs={"class": "switch", "role": "switch"})
    )


@login_not_required
def components(request: HttpRequest) -> HttpResponse:
    wrong = Sample({"body": "Kept", "place": "c"}, auto_id="wrong_%s")
    moments = [now(), now() - timedelta(days=1), now() - timedelta(days=20), now() - timedelta(days=400)]
    arts = ["talk", "paper", "done", "day"]
    kinds = ["", "ok", "warn", "danger", "mark"]
    sample = {
        "form": Sample(),
        "wrong": wrong,
        "moments": moments,
        "arts": arts,
        "kinds": kinds,
        "html": to_html(SAMPLE),
    }
    return render(request, "community/components.html", sample)
