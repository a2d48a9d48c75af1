"""Saying that something should be looked at, and what is hidden at once."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.models import AuditEntry
from forums.models import Post, Topic
from forums.moderation.models import Report, Voice
from tests import make
from tests.sockets import events, frame, listening, signed_in

pytestmark = pytest.mark.django_db


def address(post) -> str:
    return f"/forums/posts/{post.pk}/report/"


def send(client, post, reason="recognisable", **more):
    return client.post(address(post), {"reason": reason, "note": "Bij ons op de gang"} | more)


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def post(cohort):
    topic = make.topic(board=make.board(cohort=cohort), author=make.person(cohort=cohort), title="Titel zus")
    return make.post(topic, author=make.person("Tom Hendriks", cohort=cohort), body="kanarie 4711")


def member(cohort, **more):
    return make.person(cohort=cohort, **more)


def test_every_post_leads_to_its_report_and_recognisable_comes_first(enter, cohort, post):
    client = enter(member(cohort))
    assert f'href="{address(post)}"' in client.get(post.topic.get_absolute_url()).content.decode()
    page = client.get(address(post)).content.decode()
    reasons = [page.index(f'value="{reason}"') for reason in ("recognisable", "hurtful", "unsafe", "advert", "other")]
    assert reasons == sorted(reasons)
    assert "checked" not in page
    assert "kanarie 4711" in page


def test_a_report_is_kept_once_per_person_with_the_last_words(enter, cohort, post):
    client = enter(member(cohort))
    assert send(client, post, "hurtful")["Location"] == "/me/reports/"
    send(client, post, "other", note="Toch iets anders")
    assert [(v.reason, v.note) for v in Voice.objects.all()] == [("other", "Toch iets anders")]
    assert Report.objects.get().state == "new"


def test_a_conversation_is_reported_by_its_opening_text(enter, cohort, post):
    answer = enter(member(cohort)).get(f"/forums/topics/{post.topic_id}/report/")
    assert answer["Location"] == address(post.topic.posts.get(number=1))


def test_the_second_member_who_finds_someone_recognisable_hides_it(enter, cohort, post):
    one, two = member(cohort), member(cohort)
    for _ in range(2):
        send(enter(one), post)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    send(enter(two), post, "hurtful")
    assert Post.objects.get(pk=post.pk).hidden_at is None
    send(enter(two), post)
    assert Post.objects.get(pk=post.pk).hidden_at is not None
    assert Voice.objects.count() == 2


def test_one_trainer_of_the_cohort_is_enough(enter, cohort, post):
    send(enter(make.trainer(cohort)), post)
    assert Post.objects.get(pk=post.pk).hidden_at is not None


def test_where_everyone_comes_any_trainer_is_enough_and_an_organiser_is_not(enter):
    post = make.post(make.topic())
    send(enter(make.organiser()), post)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    send(enter(make.trainer(make.cohort())), post)
    assert Post.objects.get(pk=post.pk).hidden_at is not None


@pytest.mark.parametrize("reason", ["hurtful", "unsafe", "advert", "other"])
def test_other_reasons_hide_nothing(enter, cohort, post, reason):
    send(enter(make.trainer(cohort)), post, reason)
    send(enter(member(cohort)), post, reason)
    assert Post.objects.get(pk=post.pk).hidden_at is None


def test_hidden_words_are_read_by_their_writer_only_and_the_title_goes_along(enter, cohort, post):
    opening, address_ = post.topic.posts.get(number=1), post.topic.get_absolute_url()
    make.report(post, by=make.trainer(cohort))
    make.report(opening, by=make.trainer(cohort))
    for reader in (member(cohort), make.trainer(cohort)):
        client = enter(reader)
        for path in (address_, post.topic.board.get_absolute_url(), "/", address(post)):
            page = client.get(path).content.decode()
            assert "kanarie" not in page, path
            assert "Titel zus" not in page, path
    page = enter(reader).get(address_).content.decode()
    assert "Dit bericht is even verborgen." in page
    own = enter(post.author).get(address_).content.decode()
    assert "kanarie 4711" in own
    assert "Alleen jij ziet dit nu." in own
    assert "Titel zus" not in own


def test_what_is_hidden_stays_hidden_when_its_writer_changes_it(enter, cohort, post):
    make.report(post, by=make.trainer(cohort))
    client = enter(post.author)
    client.post(f"/forums/posts/{post.pk}/edit/", {"body": "kanarie 4712", "revision": 0})
    assert "kanarie" not in enter(member(cohort)).get(post.topic.get_absolute_url()).content.decode()
    assert "kanarie 4712" in enter(post.author).get(post.topic.get_absolute_url()).content.decode()


def test_a_writer_is_pointed_to_taking_it_back(enter, post):
    for method in ("get", "post"):
        answer = getattr(enter(post.author), method)(address(post), {"reason": "other"})
        assert (answer.status_code, "Dit is je eigen bericht" in answer.content.decode()) == (403, True)
    assert not Report.objects.exists()


def test_a_pseudonymous_writer_is_pointed_there_too_and_is_told_why(enter, cohort):
    writer = member(cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=writer, body="kanarie", pseudonymous=True)
    post = topic.posts.get()
    assert send(enter(writer), post).status_code == 403
    send(enter(make.trainer(cohort)), post)
    report = Report.objects.get()
    assert (report.author, report.alias) == (None, topic.alias)
    page = enter(writer).get(topic.get_absolute_url()).content.decode()
    assert "kanarie" in page
    assert "Alleen jij ziet dit nu." in page
    assert "Alleen jij" not in enter(member(cohort)).get(topic.get_absolute_url()).content.decode()
    assert not AuditEntry.objects.filter(subject=writer).exists()
    assert {entry.actor for entry in AuditEntry.objects.filter(verb="hide_text")} == {None}


def test_what_is_gone_needs_no_report(enter, cohort, post):
    post.remove(post.author)
    answer = send(enter(member(cohort)), post)
    assert answer.status_code == 403
    assert not Report.objects.exists()


def test_who_cannot_read_it_finds_no_report_page(enter, post):
    other = enter(make.person(cohort=make.cohort()))
    assert send(other, post).status_code == 404
    assert enter(make.moderator()).get(address(post)).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "x" * 300}, {"note": "a\x00b"}, {"note": "x" * 1001}])
def test_what_cannot_be_taken_comes_back_with_what_was_typed(enter, cohort, post, wrong):
    answer = send(enter(member(cohort)), post, **wrong)
    page = answer.content.decode()
    assert (answer.status_code, 'role="alert"' in page) == (422, True)
    assert answer.context["form"]["note"].value() == wrong.get("note", "Bij ons op de gang")
    assert not Report.objects.exists()


def test_twenty_a_day_are_enough_and_saying_it_differently_counts_once(enter, cohort, post, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"report": [(1, 86_400)]}
    client = enter(member(cohort))
    assert [send(client, post).status_code for _ in range(3)] == [302] * 3
    answer = send(client, make.post(post.topic))
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert "Bij ons op de gang" in answer.content.decode()


def test_who_worries_is_shown_where_help_is(enter, cohort, post):
    client = enter(member(cohort))
    page = client.get(send(client, post, "unsafe")["Location"]).content.decode()
    assert "tel:112" in page
    assert "tel:113" in page
    assert "geen officiële klacht" in page
    assert Report.objects.get().reason == "unsafe"


def test_after_a_decision_the_same_people_do_not_hide_the_same_text_again(cohort, post):
    one, two, moderator = member(cohort), member(cohort), make.moderator()
    make.report(post, by=one)
    report = make.report(post, by=two)
    report.take(moderator, "")
    report.rule(moderator, "keep", "Niemand is herkenbaar")
    for person in (one, two):
        make.report(Post.objects.get(pk=post.pk), by=person)
    assert Post.objects.get(pk=post.pk).hidden_at is None
    Post.objects.get(pk=post.pk).edit(post.author, "nu met een naam", 0)
    for person in (one, two):
        make.report(Post.objects.get(pk=post.pk), by=person)
    assert Post.objects.get(pk=post.pk).hidden_at is not None


def test_taken_back_by_its_writer_while_hidden_says_so(enter, cohort, post):
    make.report(post, by=make.trainer(cohort))
    make.post(post.topic)
    enter(post.author).post(f"/forums/posts/{post.pk}/remove/")
    page = enter(member(cohort)).get(post.topic.get_absolute_url()).content.decode()
    assert "De schrijver heeft deze tekst teruggenomen." in page


@pytest.mark.django_db(transaction=True)
def test_open_pages_lose_the_words_within_the_second_and_so_does_who_comes_back(cohort, post):
    client, trainer = signed_in(member(cohort)), make.trainer(cohort)
    line = f"/ws/topics/{post.topic_id}/"
    report, restore = sync_to_async(make.report), sync_to_async(Post.restore)

    async def journey():
        async with listening(f"{line}?after=0", client) as socket:
            assert "kanarie" in str(await events(socket, 2))
            await report(post, by=trainer)
            (hidden,) = await events(socket, 1)
            async with listening(f"{line}?after=0", client) as later:
                missed = await events(later, 2)
            await restore(post, trainer)
            (back,) = await events(socket, 1)
            return hidden, missed, back

    hidden, missed, back = async_to_sync(journey)()
    assert (hidden["kind"], hidden["number"], "post--gone" in hidden["html"]) == ("hide", 2, True)
    assert "kanarie" not in str(hidden) + str(missed)
    assert "kanarie" in back["html"]


@pytest.mark.django_db(transaction=True)
def test_the_words_and_the_names_of_reporters_reach_no_frame(cohort, post):
    client, reporter = signed_in(post.author), make.trainer(cohort, name="Hanneke Melder")

    async def journey():
        async with listening(f"/ws/topics/{post.topic_id}/?after=2", client) as socket:
            await frame(socket, "hello")
            await sync_to_async(make.report)(post, by=reporter, note="geheim briefje")
            return await events(socket, 1)

    assert "Hanneke" not in str(found := async_to_sync(journey)())
    assert "geheim" not in str(found)
    assert Topic.objects.get().hidden_at is None


def test_a_case_is_hidden_with_its_opening_text(enter, cohort):
    case = make.case(board=make.board(cohort=cohort))
    case.situation = "kanarie situatie"
    case.save()
    opening = case.topic.posts.get(number=1)
    reader = enter(member(cohort))
    assert "kanarie" in reader.get(case.get_absolute_url()).content.decode()
    make.report(opening, by=make.trainer(cohort))
    assert "kanarie" not in enter(member(cohort)).get(case.get_absolute_url()).content.decode()
