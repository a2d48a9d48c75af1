"""What everyone sees: the frame by role, public pages, and pages that answer when something is wrong."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Role, User
from community import navigation
from community.views.components import Sample
from tests import make

pytestmark = pytest.mark.django_db
BASE = Path(__file__).resolve().parents[2]
PUBLIC = ("help", "privacy", "accessibility", "cover")
SIGN_IN = ("account_request_login_code", "account_login", "account_reset_password", "account_signup")
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE)


def addresses():
    return [reverse(f"community:{name}") for name in PUBLIC] + [reverse(name) for name in SIGN_IN]


def menu(person) -> list[str]:
    with translation.override("en"):
        return [str(page.words) for page in navigation.pages_of(person)]


def bar(person) -> list[str]:
    with translation.override("en"):
        return [str(page.in_short) for page in navigation.bar_of(person)]


# Public pages


@pytest.mark.parametrize("language", ["nl", "en"])
def test_public_pages_and_sign_in_are_there_for_everyone_in_both_languages(client, language):
    client.cookies["django_language"] = language
    for address in addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        assert f'<html lang="{language}"' in text
        assert len(re.findall(r"<h1\b", text)) == 1
        assert re.search(r"<title>\s*\S", text)


def test_no_page_holds_script_or_style_of_its_own(client, enter):
    pages = [client.get(address).content.decode() for address in addresses()]
    inside = enter(make.person(cohort=make.cohort()))
    pages += [inside.get(reverse(name)).content.decode() for name in ("community:more", "account_logout")]
    assert [found for page in pages for found in INLINE.findall(page)] == []


def test_a_visitor_chooses_a_language_and_it_stays(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/help/"})
    assert 'lang="en"' in client.get("/help/").content.decode()


def test_light_or_dark_is_taken_from_the_cookie_and_nothing_else_is(client):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/help/").content.decode()
    client.cookies["theme"] = 'x" onload="y'
    assert "data-theme" not in client.get("/help/").content.decode()


def test_the_privacy_statement_tells_the_terms_as_they_are_set(client, settings):
    text = client.get("/privacy/", headers={"Accept-Language": "en"}).content.decode()
    assert f"{settings.TERMS['drafts']} days" in text
    assert "{{" not in text


def test_the_cover_says_nothing_about_the_site(client, settings):
    text = client.get(reverse("community:cover")).content.decode()
    assert settings.SITE_NAME not in text
    assert "<script" not in text


# The menu


def test_the_menu_of_each_kind_of_member():
    cohort = make.cohort()
    assert menu(make.person(cohort=cohort)) == ["Today", "Conversations", "My case", "Sessions", "Research"]
    assert menu(make.person(alumnus=True)) == ["Today", "Conversations", "My case", "Return days", "Research"]
    assert menu(make.trainer(cohort)) == ["Today", "Feedback", "Conversations", "Cases", "Sessions", "Return days"]
    assert menu(make.organiser()) == [
        *("Today", "Overview", "Cohorts", "Manage return days", "Conversations", "Return days")
    ]


def test_the_menu_of_who_is_here_for_one_task():
    assert menu(make.person(roles=[Role.RESEARCHER])) == ["Today", "Conversations", "Studies"]
    assert menu(make.person(roles=[Role.REGISTER_KEEPER])) == ["Today", "Conversations", "Studies"]
    assert menu(make.person(roles=[Role.MODERATOR])) == ["Today", "Conversations", "Return days", "Moderation"]
    assert menu(make.person(roles=[Role.PRIVACY_OFFICER])) == ["Today", "Oversight"]
    assert menu(make.person(roles=[Role.SITE_ADMINISTRATOR])) == ["Today", "Roles"]


def test_a_phone_shows_five_at_most_and_the_rest_behind_more():
    cohort = make.cohort()
    assert bar(make.person(cohort=cohort)) == ["Today", "Conversations", "Case", "Session", "More"]
    assert bar(make.person(alumnus=True)) == ["Today", "Conversations", "Case", "Return day", "More"]
    assert bar(make.organiser()) == ["Today", "Overview", "Manage", "Conversations", "More"]
    busy = make.person(cohort=cohort, role=Role.TRAINER, roles=[Role.ORGANISER, Role.RESEARCHER])
    assert len(bar(busy)) == 5


def test_the_page_with_all_links_marks_where_one_is(enter):
    person = make.person(cohort=make.cohort())
    text = enter(person).get(reverse("community:more")).content.decode()
    assert f'data-me="{person.pk}"' in text
    assert re.findall(r'href="([^"]+)" aria-current="page"', text) == [reverse("community:more")]


# What is not there, not allowed, or goes wrong


def test_what_is_not_there_leads_a_stranger_to_the_sign_in_page_like_everything_else(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 302
    assert response.url == reverse("account_request_login_code") + "?next=/no/such/page/"


def test_what_is_not_there_and_what_one_may_not_read_look_alike(enter):
    hidden = make.topic(board=make.board(cohort=make.cohort()))
    inside = enter(make.person(cohort=make.cohort()))
    gone = hidden.get_absolute_url().replace(str(hidden.pk), "00000000-0000-4000-8000-000000000000")
    answers = [inside.get(address) for address in (hidden.get_absolute_url(), gone)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_last_pages_need_no_database_and_no_visitor(django_assert_num_queries):
    with django_assert_num_queries(0):
        for name in ("400", "403", "404", "413", "429", "500", "503"):
            assert "<h1>" in render_to_string(f"{name}.html")


def test_a_page_that_lay_open_too_long_gives_the_text_back():
    strict = Client(enforce_csrf_checks=True)
    typed = 'First "line"\n\n<b>second</b> line '
    response = strict.post(
        "/forums/x/new/?a=b", {"title": "My title", "body": typed, "password": "secret", "kind": "q"}
    )
    text = response.content.decode()
    assert response.status_code == 403
    assert "no-store" in response.headers["Cache-Control"]
    assert 'action="/forums/x/new/?a=b"' in text
    assert "First &quot;line&quot;\n\n&lt;b&gt;second&lt;/b&gt; line </textarea>" in text
    assert '<input type="hidden" name="kind" value="q">' in text
    assert "csrfmiddlewaretoken" in text
    assert "secret" not in text


def test_a_stranger_who_wrote_nothing_is_sent_to_the_sign_in_page(client):
    response = client.post(reverse("forums:reply", args=[make.topic().pk]), {})
    assert response.url.startswith(reverse("account_request_login_code"))


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.parametrize(
    ("sent", "status"), [({"body": "x" * 3_000_000}, 413), ({f"field{n}": "x" for n in range(1001)}, 400)]
)
def test_who_sends_too_much_hears_that_it_is_too_much(enter, sent, status, accept):
    topic = make.topic()
    client = enter(make.writer_on(topic.board))
    address = reverse("forums:reply", args=[topic.pk])
    answer = client.post(address, urlencode(sent), "application/x-www-form-urlencoded", headers={"accept": accept})
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(accept)


PART = '--b\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
FORMS = [
    ("application/x-www-form-urlencoded", b"body=%s"),
    ("multipart/form-data; boundary=b", PART.encode() + b"%s\r\n--b--\r\n"),
]


@pytest.mark.parametrize(("kind", "form"), FORMS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_form_that_is_no_utf_8_is_refused_in_the_readers_language(enter, kind, form, language):
    topic = make.topic()
    writer = make.writer_on(topic.board)
    User.objects.filter(pk=writer.pk).update(language=language)
    client = enter(writer)
    answer = client.generic("POST", reverse("forums:reply", args=[topic.pk]), form % b"caf\xe9 \xff", kind)
    assert answer.status_code == 400
    assert f'<html lang="{language}"' in answer.content.decode()
    assert topic.posts.count() == 1


def test_escaped_bytes_that_are_no_utf_8_are_refused_too(enter):
    topic = make.topic()
    client, kind = enter(make.writer_on(topic.board)), FORMS[0][0]
    address = reverse("forums:reply", args=[topic.pk])
    answers = [client.generic("POST", address, sent, kind) for sent in (b"body=caf%E9", b"b%ff=x")]
    answers.append(client.generic("POST", address, b"body=%ff", kind, headers={"accept": "application/json"}))
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert answers[-1].json()["code"] == "bad_body"


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_a_replacement_sign_that_someone_typed_is_text(enter, kind, form):
    topic = make.topic()
    client = enter(make.writer_on(topic.board))
    client.generic("POST", reverse("forums:reply", args=[topic.pk]), form % "a\ufffdb".encode(), kind)
    assert "a\ufffdb" in {post.body for post in topic.posts.all()}


@pytest.mark.parametrize("name", ["invitations/a-secret-token/", "accounts/password/reset/key/1-a-secret-token/"])
def test_a_secret_address_is_not_in_the_log(name, caplog):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/{name}", {"name": "x"}).status_code == 403
    strict.post(f"/{name}", {"name": "x" * 3_000_000}, "application/x-www-form-urlencoded")
    assert "a-secret-token" not in caplog.text


# Signing in


def test_a_known_and_an_unknown_address_get_the_same_answer(client):
    known = make.person()
    answers = []
    for email in (known.email, "nobody@example.org"):
        page = Client().post(reverse("account_request_login_code"), {"email": email}, follow=True)
        kept = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
        answers.append((page.redirect_chain, kept.replace(email, "-")))
    assert answers[0] == answers[1]


def test_nobody_signs_up_without_an_invitation(client):
    response = client.post(reverse("account_signup"), {"email": "new@example.org", "password1": "a long enough word"})
    assert "password1" not in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


# Parts


def test_a_field_says_what_is_wrong_beside_it_and_in_the_summary():
    form = Sample({"body": "kept"})
    page = str(form)
    assert 'href="#id_title"' in page
    assert re.search(r'<input[^>]*id="id_title"[^>]*>', page)[0].count("aria-") == 2
    assert 'id="id_title_error"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert "kept</textarea>" in page
    assert '<fieldset class="field field--wide" id="id_answer"' in page


def test_every_part_shows_itself(client, settings):
    assert client.get("/components/").status_code == 302  # only while building
    text = render_to_string("community/components.html", {"form": Sample(), "arts": ["day"], "kinds": ["ok"]})
    assert "notice--ok" in text


def test_every_icon_that_is_named_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (BASE / "static" / "img" / "icons.svg").read_text()))
    named = {page.icon for page in (*navigation.PAGES, navigation.MORE)}
    for path in (BASE / "templates").rglob("*.html"):
        named |= set(re.findall(r'icon\.html" with name="([a-z0-9-]+)"', path.read_text()))
    assert named <= known


def test_one_place_in_the_menu_is_where_one_is(enter):
    cohort = make.cohort()
    text = enter(make.trainer(cohort)).get("/forums/cases/feedback/").content.decode()
    menu = text.split("<main", 1)[0]
    assert menu.count("aria-current") == 1
    assert re.search(r'href="/forums/cases/feedback/"[^>]*aria-current="page"', menu)


def test_a_trainer_is_not_asked_for_a_case(enter):
    client = enter(make.trainer(make.cohort()))
    for address in ("/", "/forums/cases/"):
        assert "/forums/cases/new/" not in client.get(address).content.decode()
    assert client.post("/forums/cases/new/", {}).status_code == 404
