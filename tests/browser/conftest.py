"""A real Chromium against a live server. Only on PostgreSQL: two threads and SQLite's one writer do not go together."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.visitor import Visitor

# Playwright keeps an event loop in this thread; nothing of Django runs in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium, committed, live_server):
    """`visitor(width=360, language="fr", javascript=False)`: somebody at a browser whose eyes miss nothing."""
    visitors = []

    def come(**device):
        visitors.append(Visitor(chromium, live_server.url, **device))
        return visitors[-1]

    yield come
    for each in visitors:
        each.leave()
    assert [fault for each in visitors for fault in each.faults] == []
