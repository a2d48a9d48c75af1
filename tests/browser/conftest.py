"""A demo site in processes of its own, and a real browser in front of it."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import sync_playwright

from tests.bench.server import Site, free_port, site
from tests.browser import chromium
from tests.browser.people import Visitor

GROWN = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@contextmanager
def database(url: str):
    """A database beside the one of `url`, and its address; gone afterwards."""
    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_browser"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def embedded():
    """One process with everything inside. Gives the addresses of its one server, twice."""
    with site() as running:
        running.start()
        yield [running.url, running.url]


@contextmanager
def grown():
    """Two servers and a worker on PostgreSQL and Redis. Gives the address of each server."""
    with database(GROWN["DATABASE_URL"]) as url, site(DATABASE_URL=url, REDIS_URL=GROWN["REDIS_URL"]) as first:
        port = free_port()
        second = Site(port, first.environment | {"PORT": str(port), "SITE_URL": f"http://localhost:{port}"})
        work = Site(0, first.environment)
        try:
            first.start()
            second.start()
            work.begin("worker")
            yield [first.url, second.url]
        finally:
            second.stop()
            work.stop()


@pytest.fixture(scope="session")
def addresses():
    """Where the site answers: two addresses, of two processes where there are two."""
    with grown() if all(GROWN.values()) else embedded() as found:
        yield found


@pytest.fixture(scope="session")
def browser():
    if chromium.path() is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("no Chromium was found, and REQUIRE_BROWSER=1 asks for one")
        pytest.skip("no Chromium was found")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(**chromium.find())
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, addresses):
    """`visit("deelnemer")`: someone of the demo, signed in, with a page. `second=True`: at the second server."""
    visitors = []

    def come(name: str | None, *, second: bool = False, **context) -> Visitor:
        visitors.append(Visitor(browser, addresses[second], name, context))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leave()
