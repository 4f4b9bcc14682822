"""The book's own component in the pages, where other tests have one that stands in."""

import re
from pathlib import Path

import pytest
from browsing import in_a_browser

from deconv_helpers import explorer

NAME = "transposed-convolution"
BOOK = Path(__file__).parents[2] / "_build" / "html" / "book"


def with_the_component(tab):
    body = explorer.script()
    tab.route(
        f"**/{NAME}.js",
        lambda route: route.fulfill(body=body, content_type="text/javascript; charset=utf-8"),
    )


@in_a_browser
@pytest.mark.parametrize("width", [320, 360, 540, 700, 1200])
def test_the_room_that_is_kept_for_the_cover_is_enough_and_not_too_much(visit, width):
    tab = visit("cover.html", width=width, prepare=with_the_component)
    below = tab.get_by_text("Below.")
    before = below.bounding_box()["y"]
    tab.locator(NAME).wait_for()
    tab.wait_for_timeout(2500)  # it plays on
    assert below.bounding_box()["y"] == before
    # Whatever came first, the figure or the measure above: it needs no more than is kept.
    more = "one => one.getBoundingClientRect().height - parseFloat(getComputedStyle(one).minHeight)"
    assert tab.locator("figure.cover").evaluate(more) < 1
    foot, live = (tab.locator(part).bounding_box() for part in (".take", ".live"))
    free = foot["y"] - live["y"] - live["height"]
    assert 0 <= free < 80


@in_a_browser
def test_escape_lets_go_of_a_cell_first_and_of_the_figure_then(visit):
    tab = visit("figures.html", prepare=with_the_component)
    figure = tab.locator("figure[data-live]").first
    figure.locator("img").click()
    figure.locator(NAME).wait_for()
    figure.get_by_role("button", name="Next", exact=True).click()
    tab.keyboard.press("Escape")
    assert figure.locator(NAME).is_visible()
    tab.keyboard.press("Escape")
    assert figure.locator("img").is_visible()


@in_a_browser
def test_the_component_reads_every_layer_that_the_book_s_pictures_name(visit):
    pages = [page.read_text(encoding="utf-8") for page in BOOK.glob("*.html")]
    layers = {layer for page in pages for layer in re.findall(r'data-live="([^"]*)"', page)}
    tab = visit("figures.html", prepare=with_the_component)
    tab.locator("figure[data-live] img").first.click()
    tab.locator(NAME).first.wait_for()
    for layer in layers:
        address = layer.replace("&amp;", "&")
        refused = tab.evaluate(
            """([name, address]) => {
                const Figure = customElements.get(name), figure = new Figure();
                const attributes = Object.entries(Figure.fromAddress(address));
                for (const [key, value] of attributes) figure.setAttribute(key, value);
                document.body.append(figure);
                const refused = figure.refused;
                figure.remove();
                return refused;
            }""",
            [NAME, address],
        )
        assert refused == "", layer
