"""A small site, opened from disk."""

import pytest
import small_book


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Build the site; return its folder."""
    folder = tmp_path_factory.mktemp("site")
    small_book.build(tmp_path_factory.mktemp("source"), folder)
    return folder


@pytest.fixture
def visit(browser, site):
    """Open a page from disk; whatever it complains of fails the test."""
    contexts, faults = [], []

    def go(page, width=1200, height=800, prepare=lambda tab: None, **looks):
        context = browser.new_context(viewport={"width": width, "height": height}, **looks)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.asked = []
        tab.on("request", lambda request: tab.asked.append(request.url))
        prepare(tab)
        tab.goto((site / page).as_uri() if "#" not in page else f"{site.as_uri()}/{page}")
        return tab

    yield go
    for context in contexts:
        context.close()
    assert faults == []
