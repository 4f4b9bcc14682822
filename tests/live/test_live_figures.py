"""Pictures that come alive where they stand: in a real browser, from disk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import in_a_browser
from small_book import LAYER

NAME = "transposed-convolution"
FIGURE = "figure[data-live]"
ATTRIBUTES = "one => Object.fromEntries([...one.attributes].map((each) => [each.name, each.value]))"
SCROLL = "distance => scrollBy({top: distance, behavior: 'instant'})"
SPOIL = """
    addEventListener("DOMContentLoaded", () => {
        document.querySelector("figure[data-live]").dataset.live = "q=1";
    });
"""


def reach(tab, nth=0):
    """Scroll to a figure, as a reader does who has come to it; return it."""
    figure = tab.locator(FIGURE).nth(nth)
    figure.scroll_into_view_if_needed()
    return figure


def top(locator):
    return locator.evaluate("one => one.getBoundingClientRect().top")


def focused(tab):
    return tab.evaluate("document.activeElement.textContent.trim()")


# --- The pages, as they are built -------------------------------------------------------------


def tags(site, page, pattern):
    return re.findall(pattern, (site / page).read_text(encoding="utf-8"))


def test_each_figure_names_the_layer_of_its_picture(site):
    named = f'<figure data-live="{LAYER.replace("&", "&amp;")}"'
    assert len(tags(site, "figures.html", named)) == 2
    assert len(tags(site, "figures.html", "<img ")) == 3
    assert tags(site, "figures.html", 'id="fig-one"[^<]*\n<img')  # what links to it finds it
    assert tags(site, "cover.html", f'{named} class="[^"]*cover')


def test_a_picture_gets_a_figure_only_where_it_stands_alone(site):
    assert tags(site, "pictures.html", r'<figure[^>]*>\s*<img alt="(\w+)') == ["alone"]
    assert tags(site, "pictures.html", r'<p>A picture <img alt="amid text"')
    assert tags(site, "pictures.html", r'<p><img alt="still"')


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("plain.html", set()),
        ("figures.html", {"live.js"}),
        ("predictions.html", {"predict.js"}),
        ("shown.html", {"live.js", "predict.js"}),
    ],
)
def test_a_page_loads_the_scripts_that_it_needs(site, page, scripts):
    assert set(tags(site, page, r'src="_static/(live\.js|predict\.js)')) == scripts


def test_what_every_page_with_a_figure_loads_is_small(site):
    assert (site / "_static" / "live.js").stat().st_size < 4096


# --- Taking hold ------------------------------------------------------------------------------


@in_a_browser
def test_nothing_is_loaded_until_a_reader_asks(visit):
    tab = visit("figures.html")
    tab.wait_for_load_state("networkidle")
    before = len(tab.asked)
    reach(tab).locator("img").click()
    tab.locator(NAME).wait_for()
    asked = [address for address in tab.asked[before:] if address.endswith(".js")]
    assert [address.rsplit("/", 1)[1] for address in asked] == [f"{NAME}.js"]
    assert not any(NAME in address for address in tab.asked[:before])
    reach(tab, 1).locator("img").click()
    assert tab.locator(NAME).count() == 2
    assert sum(NAME in address for address in tab.asked) == 1


@in_a_browser
@pytest.mark.parametrize("way", ["click", "touch", "Enter", "Space"])
def test_a_picture_comes_alive_and_goes_back(visit, way):
    tab = visit("figures.html", has_touch=True)
    figure = reach(tab)
    picture, button = figure.locator("img"), figure.get_by_role("button", name="try it")
    if way == "click":
        picture.click()
    elif way == "touch":
        picture.tap()
    else:
        button.press(way)
    live = figure.locator(NAME)
    live.wait_for()
    shown = live.evaluate(ATTRIBUTES)
    assert shown == {
        "input-size": "4",
        "kernel-size": "3",
        "stride": "2",
        "output-padding": "1",
        "compact": "",
    }
    assert not picture.is_visible()
    # The focus is in the figure, so that Tab leads to its first control.
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "s"
    tab.keyboard.press("Escape")
    assert picture.is_visible()
    assert live.count() == 0
    assert focused(tab) == "try it"


@in_a_browser
def test_the_close_button_goes_back_too(visit):
    tab = visit("figures.html")
    figure = reach(tab)
    figure.get_by_role("button", name="try it").click()
    figure.locator(NAME).wait_for()
    figure.get_by_role("button", name="back to the picture").click()
    assert figure.locator("img").is_visible()
    assert focused(tab) == "try it"


@in_a_browser
def test_the_first_escape_may_be_the_component_s_own(visit):
    tab = visit("figures.html")
    figure = reach(tab)
    figure.locator("img").click()
    figure.get_by_role("button", name="pin").click()
    tab.keyboard.press("Escape")
    assert figure.locator(NAME).is_visible()
    tab.keyboard.press("Escape")
    assert figure.locator("img").is_visible()


@in_a_browser
@pytest.mark.parametrize("scrolled", [-300, -20, 100])  # how far below the screen's top it begins
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_does_not_jump(visit, width, scrolled):
    tab = visit("figures.html", width=width)
    figure = reach(tab)
    tab.evaluate(SCROLL, top(figure) - scrolled)
    tab.wait_for_timeout(100)
    before = top(figure)
    assert before == pytest.approx(scrolled, abs=1)
    figure.locator("button").evaluate("one => one.click()")
    figure.locator(NAME).wait_for()
    tab.wait_for_timeout(200)
    assert top(figure) == pytest.approx(before, abs=1)
    tab.keyboard.press("Escape")
    tab.wait_for_timeout(200)
    assert top(figure) == pytest.approx(before, abs=1)


@in_a_browser
def test_the_live_figure_leads_to_the_explorer_with_its_layer(visit, site):
    tab = visit("figures.html")
    figure = reach(tab)
    assert figure.get_by_role("link", name="in the explorer").count() == 0
    figure.locator("img").click()
    link = figure.get_by_role("link", name="in the explorer")
    explorer = f"{site.parent.as_uri()}/{site.name}/explorer.html"
    assert link.get_attribute("href") == f"{explorer}#{LAYER}"
    # And it follows what the reader sets.
    figure.get_by_label("stride").fill("3")
    assert link.get_attribute("href") == f"{explorer}#{LAYER.replace('s=2', 's=3')}"


@in_a_browser
def test_a_script_that_does_not_load_leaves_the_picture_and_says_so(visit):
    tab = visit("figures.html", prepare=lambda tab: tab.route(f"**/{NAME}.js", lambda r: r.abort()))
    figure = reach(tab)
    figure.locator("img").click()
    status = figure.get_by_role("status")
    status.get_by_text("did not load").wait_for()
    assert figure.locator("img").is_visible()
    # Once the way is free, the next click tries again, and the message goes.
    tab.unroute(f"**/{NAME}.js")
    figure.locator("img").click()
    figure.locator(NAME).wait_for()
    assert status.text_content() == ""


@in_a_browser
def test_a_layer_that_the_component_cannot_read_leaves_the_picture_and_says_so(visit):
    tab = visit("figures.html", prepare=lambda tab: tab.add_init_script(SPOIL))
    figure = reach(tab)
    figure.locator("img").click()
    figure.get_by_role("status").get_by_text("did not load").wait_for()
    assert figure.locator("img").is_visible()


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after(visit, scheme):
    tab = visit("figures.html", color_scheme=scheme)
    for nth in (0, 1):
        figure = reach(tab, nth)
        assert violations(tab) == []
        figure.locator("img").click()
        figure.locator(NAME).wait_for()
    assert violations(tab) == []


def violations(tab):
    found = Axe().run(tab, context={"include": [FIGURE]}, options={"preload": False})
    return [one["id"] for one in found.response["violations"]]


@in_a_browser
def test_dark_pages_invert_the_picture_and_not_the_component(visit):
    tab = visit("figures.html", color_scheme="dark")
    figure = reach(tab)
    filtered = "one => getComputedStyle(one).filter"
    assert "invert" in figure.locator("img").evaluate(filtered)
    figure.locator("img").click()
    live = figure.locator(NAME)
    live.wait_for()
    for around in (live, figure.locator(".live"), figure):
        assert around.evaluate(filtered) == "none"


@in_a_browser
@pytest.mark.parametrize("width", [360, 640])
def test_a_narrow_page_stays_narrow(visit, width):
    tab = visit("figures.html", width=width)
    reach(tab).locator("img").click()
    tab.locator(NAME).wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@in_a_browser
def test_the_chinese_edition_differs_in_words_only(visit):
    tab = visit("figures-zh.html")
    figure = reach(tab)
    figure.get_by_role("button", name="动手试试").click()
    figure.locator(NAME).wait_for()
    assert figure.get_by_role("group", name="交互图").is_visible()
    assert figure.get_by_role("link", name="在演练场打开").is_visible()
    figure.get_by_role("button", name="回到图片").click()
    assert figure.locator("img").is_visible()


@in_a_browser
def test_on_paper_and_without_a_script_there_is_the_picture(visit):
    tab = visit("figures.html")
    figure = reach(tab)
    figure.locator("img").click()
    figure.locator(NAME).wait_for()
    tab.emulate_media(media="print")
    assert figure.locator("img").is_visible()
    assert not figure.locator(NAME).is_visible()
    assert not figure.locator(".take").is_visible()
    plain = visit("figures.html", java_script_enabled=False)
    assert plain.locator(FIGURE).first.locator("img").is_visible()
    assert plain.locator(f"{FIGURE} button").count() == 0


# --- The cover --------------------------------------------------------------------------------

# What has moved that a reader did not move: as browsers measure it.
WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) => shifts.push(one.value)))
        .observe({type: "layout-shift", buffered: true});
"""


@in_a_browser
@pytest.mark.parametrize("width", [360, 768, 1200])
def test_the_cover_comes_alive_by_itself_and_nothing_moves(visit, width):
    tab = visit("cover.html", width=width, prepare=lambda tab: tab.add_init_script(WATCH_SHIFTS))
    live = tab.locator(NAME)
    live.wait_for()
    assert live.get_attribute("play") == ""
    tab.wait_for_timeout(300)
    assert sum(tab.evaluate("shifts")) < 0.005
    # It comes without taking the focus, once: who closes it has the picture.
    assert tab.evaluate("document.activeElement === document.body")
    tab.get_by_role("button", name="back to the picture").click()
    tab.wait_for_timeout(300)
    assert live.count() == 0


def save_data(tab):
    tab.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")


@in_a_browser
@pytest.mark.parametrize(
    "asked", [{"reduced_motion": "reduce"}, {"prepare": save_data}], ids=["motion", "data"]
)
def test_the_cover_waits_for_who_asked_for_less(visit, asked):
    tab = visit("cover.html", **asked)
    tab.wait_for_timeout(600)
    assert not any(NAME in address for address in tab.asked)
    figure = tab.locator(FIGURE)
    assert figure.bounding_box()["height"] < 300  # no room is kept for what does not come
    figure.locator("img").click()
    tab.locator(NAME).wait_for()
    assert tab.locator(NAME).get_attribute("play") is None
