"""Every model that holds text is searched, or stands here with the reason why it is not."""

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from community.forms import SearchForm
from community.search import SOURCES
from tests import make
from tests.community.test_search import found
from tests.house.test_every_model import OURS

# What is not searched, and why.
UNSEARCHED = {
    "accounts.AuditEntry": "keys and verbs, no words",
    "accounts.Cohort": "a name that its members know; shown in lists",
    "accounts.Consent": "what someone agreed to",
    "accounts.Invitation": "of the organiser, by list",
    "accounts.Membership": "no words",
    "accounts.Opening": "of two privacy officers",
    "accounts.Outgoing": "keys of mails",
    "accounts.Profile": "people are found in the list of members, field by field",
    "accounts.Session": "of the software: who is signed in",
    "accounts.User": "people are found in the list of members, field by field",
    "accounts.Wording": "texts that stand on a page of their own",
    "cases.ChosenAction": "found with its case",
    "cases.Factor": "found with its case",
    "cases.Feedback": "for whom it was given; it stands on its case",
    "cases.FeedbackNote": "between trainers, and gone once the feedback is given",
    "cases.FeedbackVersion": "how feedback stood before it was corrected",
    "cases.Transition": "which way a case went, no words",
    "chat.ChatEvent": "numbers of a log",
    "chat.ChatMessage": "a chat is said in passing and erased after a while",
    "chat.ChatRoom": "no words",
    "chat.Keep": "whether something may be kept: its words stand elsewhere",
    "chat.Poll": "asked in passing, and erased with its chat",
    "chat.Question": "asked in passing, and erased with its chat",
    "chat.QuestionSeal": "who asked without a name",
    "chat.Summary": "which conversation came of a chat, no words",
    "events.Needs": "diet and access: nobody looks for those",
    "events.Offer": "no words",
    "events.Rsvp": "no words",
    "events.Workshop": "stands in its return day",
    "forums.Alias": "a pseudonym is no way to find someone",
    "forums.Attachment": "a name of a file: it stands below its text",
    "forums.Board": "a short list",
    "forums.Draft": "not written yet",
    "forums.Follow": "what someone follows, no words",
    "forums.Reaction": "one of four words",
    "forums.Revision": "how a text stood before: it goes after a day",
    "forums.Seal": "who writes under a pseudonym",
    "forums.Topic": "found with its opening text",
    "forums.TopicTag": "out of a fixed list: a filter of a board",
    "moderation.Look": "who looked at what was reported",
    "moderation.Report": "of moderators, by their own list",
    "moderation.Ruling": "of moderators, by their own list",
    "moderation.Voice": "what someone said in a report: for who handles it",
    "research.ResearchEntry": "the register is not searched",
    "research.Study": "a short list for who made it",
    "research.StudyCall": "the register is not searched",
}


def holding_text() -> set[str]:
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label
        for model in models
        if any(isinstance(field, CharField | TextField) for field in model._meta.concrete_fields)
    }


def test_every_model_with_text_is_searched_or_says_why_not():
    searched = {source.model._meta.label for source in SOURCES}
    assert holding_text() - searched - set(UNSEARCHED) == set()
    assert searched & set(UNSEARCHED) == set()


def test_the_list_of_what_is_not_searched_holds_nothing_that_is_gone():
    assert set(UNSEARCHED) - holding_text() == set()


def test_every_source_keeps_its_stems_in_a_column_of_its_own():
    assert [source.model._meta.label for source in SOURCES if not source.model._meta.get_field("stems")] == []


# A participant of A finds it: participant of B, alumnus, trainer of A, organiser, moderator, privacy officer.
@pytest.mark.django_db
@pytest.mark.parametrize("wish", ["", "where=circle", "what=openings", "kind=question", "author=kanarie", "when=month"])
def test_the_circle_of_a_is_found_by_who_reads_it_and_by_nobody_else(wish):
    cohort = make.cohort()
    author = make.person("Kanarie", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=author, title="Vogel", body="vogel")
    assert topic.posts.count() == 1
    wishes = dict([wish.split("=")]) if wish else {}
    readers = [make.person(cohort=cohort), make.trainer(cohort)]
    others = [make.person(cohort=make.board(cohort=make.cohort()).cohort), make.person(alumnus=True), make.organiser()]
    others += [make.person(roles=[role]) for role in ("moderator", "privacy_officer", "site_administrator")]
    for person in readers:
        assert len(found(person, "vogel", **wishes)) == 1
    for person in others:
        assert search_or_refuse(person, wishes) == []


def search_or_refuse(person, wishes) -> list:
    """Who has no circle cannot choose it."""
    fits = SearchForm({"q": "vogel"} | wishes, user=person).is_valid()
    return found(person, "vogel", **wishes) if fits else []
