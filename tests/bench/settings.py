"""The product's own settings, with one bare page beside it to compare with."""

from community.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
