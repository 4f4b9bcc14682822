"""Settings that all tests share."""

import chromium
import pytest
from browsing import CHROMIUM
from hypothesis import settings
from playwright.sync_api import sync_playwright

# The same examples on every run: a failure can be seen again, by anybody.
settings.register_profile("book", derandomize=True, deadline=None)
settings.load_profile("book")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=chromium.OPTIONS)
        yield opened
        opened.close()
