"""The cheat sheet is printed on one sheet of A4, from the browser and in the handout."""

from io import BytesIO
from pathlib import Path

import chromium
import pytest
from browsing import CHROMIUM, FONT_SETS, in_a_browser, only_fonts
from bs4 import BeautifulSoup
from handout.assemble import assembled, parse
from handout.browser import opened
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

SITE = Path(__file__).parents[2] / "_build" / "html"
PAGE = SITE / "book" / "cheat_sheet.html"
A4 = pytest.approx((595, 842), abs=1)  # points


def sheets(pdf):
    """Return the size of each page, and check that the last section is among them."""
    pages = PdfReader(BytesIO(pdf)).pages
    last = parse(PAGE).select("#cheat-sheet h2")[-1].get_text().rstrip("#")
    assert last in "".join(page.extract_text() for page in pages)
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in pages]


@in_a_browser
@pytest.mark.parametrize(("fonts", "scheme"), list(zip(FONT_SETS, ["light", "dark"], strict=True)))
def test_a_browser_prints_it_on_one_sheet(tmp_path, fonts, scheme):
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=chromium.OPTIONS, env=only_fonts(fonts, tmp_path)
        )
        tab = browser.new_page(color_scheme=scheme)
        tab.goto(PAGE.as_uri())
        tab.wait_for_load_state("networkidle")
        tab.evaluate("window.MathJax.startup.promise")
        assert sheets(tab.pdf(prefer_css_page_size=True)) == [A4]
        assert sheets(tab.pdf(format="A4")) == [A4]
        browser.close()


@in_a_browser
def test_in_the_handout_it_is_one_page():
    html = BeautifulSoup(assembled(SITE).html, "html.parser")
    for part in html.select("body > section:not(#cheat_sheet)"):
        part.decompose()
    with opened(SITE, str(html)) as page:
        assert sheets(page.pdf(prefer_css_page_size=True)) == [A4]
