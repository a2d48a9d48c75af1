"""Moments in words, in both languages."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from community.templatetags import moments


@pytest.mark.parametrize(("language", "words"), [("nl", "ma 4 januari"), ("en", "Mon 4 January")])
def test_a_day_is_written_as_each_language_writes_it(language, words):
    with translation.override(language), time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False):
        assert moments.day(datetime(2027, 1, 4, 12, tzinfo=UTC)) == words
