"""Who was signed out while writing gets everything back that can be given back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import make
from tests.house.addresses import KEY
from tests.sockets import BACKEND

pytestmark = pytest.mark.django_db


def test_who_was_signed_out_while_writing_gets_the_text_back(client):
    topic = make.topic()
    response = client.post(reverse("forums:reply", args=[topic.pk]), {"body": "What I wanted to say"})
    text = response.content.decode()
    assert response.status_code == 401
    assert "What I wanted to say</textarea>" in text
    assert reverse("account_request_login_code") in text


def test_which_files_to_choose_again_is_said_until_there_is_a_box_for_them(client):
    strict, topic = Client(enforce_csrf_checks=True), make.topic()
    address = reverse("forums:reply", args=[topic.pk])
    file = SimpleUploadedFile("verslag <1>.pdf", b"%PDF")
    answer = client.post(address, {"body": "Zie het verslag", "files": file})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert 'name="chosen_file" value="verslag &lt;1&gt;.pdf"' in page
    assert 'type="file"' not in page
    strict.force_login(make.writer_on(topic.board), backend=BACKEND)
    again = strict.post(address, {"body": "Zie het verslag", "chosen_file": "verslag <1>.pdf"})
    page = again.content.decode()
    assert again.status_code == 403
    assert "verslag &lt;1&gt;.pdf" in page
    assert 'enctype="multipart/form-data"' in page
    assert '<input class="input" type="file" name="files" multiple' in page


@pytest.mark.parametrize(
    ("address", "field"),
    [(f"/events/{KEY}/rsvp/", "diet"), (f"/events/{KEY}/rsvp/", "access"), ("/me/", "town")],
)
def test_a_word_in_a_short_field_is_kept_as_well(client, address, field):
    response = client.post(address, {"answer": "yes", field: "Pinda"})
    assert response.status_code == 401
    assert "Pinda" in response.content.decode()
