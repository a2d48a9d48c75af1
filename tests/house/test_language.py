"""The Dutch is complete, and compiled when the site starts."""

import os

from community import catalogue


def test_every_string_is_translated():
    assert [message.id for message in catalogue.missing("nl")] == []


def test_placeholders_survive_translation():
    wrong = []
    for message in catalogue.read("nl"):
        if message.id and message.python_format:
            wrong += [(message.id, str(error)) for error in message.check()]
    assert wrong == []


def test_a_stale_catalogue_is_compiled():
    compiled = catalogue.po_file("nl").with_suffix(".mo")
    catalogue.compile_stale()
    os.utime(compiled, (0, 0))
    assert "nl" in catalogue.compile_stale()
    assert "nl" not in catalogue.compile_stale()
