"""Every page in a real browser: alone, quiet, whole, accessible, and narrow enough."""

import functools
import gzip
import http.server
import os
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import chromium
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from browsing import in_a_browser, only_fonts

SITE = Path(__file__).parents[2] / "_build" / "html"
SETTINGS = yaml.safe_load((SITE.parents[1] / "_config.yml").read_text(encoding="utf-8"))
PAGES = sorted(path.relative_to(SITE).as_posix() for path in SITE.glob("book/**/*.html"))
# At the top lie the explorer, the indices, and an index.html that leads on to the book.
PAGES += sorted(path.name for path in SITE.glob("*.html") if path.name != "index.html")
# Their addresses hold what is shown.
WITH_A_STATE = {"drills.html", "explorer.html"}
FIRST, LATER = PAGES[0], [page for page in PAGES if re.match(r"book/0[2-9]", page)]
# Pictures below the fold load when they come near; here, all of them at once.
BROKEN_PICTURES = """async () => {
    const broken = [];
    for (const image of document.images) {
        if (!image.checkVisibility()) continue;
        image.loading = "eager";
        await image.decode().catch(() => broken.push(image.src));
    }
    return broken;
}"""
# What the theme itself does, on every page: the button of the search holds more than
# its label, and the link that skips to the content stands outside of all landmarks.
OF_THE_THEME = {"label-content-name-mismatch", "region"}


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host():
    handler = functools.partial(Silent, directory=SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def wide_browser(browser, tmp_path_factory):
    fonts = only_fonts("DejaVu", tmp_path_factory.mktemp("fonts"))
    opened = browser.browser_type.launch(
        executable_path=chromium.find(), args=chromium.OPTIONS, env={**os.environ, **fonts}
    )
    yield opened
    opened.close()


@pytest.fixture
def visit(wide_browser, host):
    """Open a page with every other host refused; nothing may be asked of one, or complained."""
    contexts, faults = [], []

    def go(page, width=1200, height=900, **looks):
        context = wide_browser.new_context(viewport={"width": width, "height": height}, **looks)
        contexts.append(context)
        tab = context.new_page()
        tab.route(
            lambda address: not address.startswith((host, "data:")),
            lambda route: (faults.append(f"asked {route.request.url}"), route.abort()),
        )
        tab.on("console", lambda message: faults.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: faults.append(f"error: {error}"))
        tab.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
        tab.on(
            "response",
            lambda response: (
                faults.append(f"{response.status} {response.url}") if response.status >= 400 else 0
            ),
        )
        tab.goto(host + page)
        tab.wait_for_load_state("networkidle")
        tab.evaluate("window.MathJax?.startup?.promise")
        return tab

    yield go
    for context in contexts:
        context.close()
    assert faults == []


@in_a_browser
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_narrow_and_accessible(visit, page):
    tab = visit(page, color_scheme="light")
    assert tab.title().strip()
    assert tab.evaluate(BROKEN_PICTURES) == []
    assert tab.locator(".math:not(:has(mjx-container))").count() == 0
    assert tab.locator("mjx-merror").count() == 0
    assert tab.locator("h1:visible").count() == 1
    # A screen of 1280 pixels at 200 %, and a phone, in the widest letters.
    for width in (640, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.set_viewport_size({"width": 1200, "height": 900})
    # The inside of a formula is MathJax's, the same everywhere, and long to look through.
    assert violations(tab, formulas=page == FIRST) == []
    # The pages follow the system's choice, unless a reader has chosen otherwise.
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    tab.evaluate("Promise.all(document.getAnimations().map(fade => fade.finished))")
    # Only colours have changed, and formulas take the colour of their text.
    assert violations(tab, formulas=False, runOnly=["color-contrast"]) == []


def violations(tab, *, formulas, **options):
    # Preloading would fetch style sheets again, and their imports from the wrong folder.
    options = {"preload": False, "resultTypes": ["violations"], **options}
    # The colours of code are the same everywhere too, and it has thousands of words.
    context = None if formulas else {"exclude": ["mjx-container", ".highlight"]}
    found = Axe().run(tab, context=context, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["id"] not in OF_THE_THEME
        for node in one["nodes"]
    ]


@in_a_browser
def test_focus_is_visible(visit):
    tab = visit(PAGES[0])
    for _ in range(12):
        tab.keyboard.press("Tab")
        seen = tab.evaluate(
            """() => {
                const one = document.activeElement, style = getComputedStyle(one);
                const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return [one.outerHTML.slice(0, 80), seen];
            }"""
        )
        assert seen[1], seen[0]


@in_a_browser
def test_an_animation_can_be_stopped_and_stands_still_for_who_asked_for_it(visit):
    def moves(tab):
        image = tab.locator("img.moving").first
        before = image.screenshot()
        tab.wait_for_timeout(900)  # longer than a step
        return image.screenshot() != before

    tab = visit("book/gallery.html")
    button = tab.locator("button.still.one").first
    assert moves(tab)
    button.focus()
    tab.keyboard.press("Enter")
    assert button.get_attribute("aria-label") == "Play"
    assert not moves(tab)
    button.click()
    assert moves(tab)
    assert not moves(visit("book/gallery.html", reduced_motion="reduce"))


@in_a_browser
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("output_padding", "04_when_it_does_not.html#thm-output-padding"),
        ("checkerboard", "09_checkerboards.html"),
        ("must be smaller than either stride or dilation", "05_all_together.html#thm-bounds"),
        ("fractionally strided", "06_four_ways_to_see_it.html"),
        ("adjoint", "07_the_transpose_not_the_inverse.html"),
        ("streaming", "10_where_things_land.html"),
        ("output_size", "11_designing_a_decoder.html"),
        ("PixelShuffle", "12_the_same_layer_elsewhere.html"),
        ("dilation", "05_all_together.html"),
        ("Given transposed=1", "13_questions_people_ask.html"),
    ],
)
def test_the_search_begins_with_the_place_that_explains_it(visit, words, place):
    tab = visit(f"search.html?q={quote(words)}")
    tab.wait_for_selector("#search-results li > a")
    tab.wait_for_function("!document.querySelector('#search-progress')?.textContent")
    first = tab.query_selector("#search-results li > a")
    assert first.get_attribute("href").startswith(f"book/{place}")


# --- Weight ----------------------------------------------------------------------------------


def weigh(browser, host, pages):
    """Return what each visit loads, in bytes as a host with gzip sends them."""
    packed = {".woff2", ".woff", ".png", ".gif"}
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    loads = []
    for page in pages:
        tab, load = context.new_page(), {}

        def note(response, load=load):
            if response.url.startswith(host) and not response.from_service_worker:
                path = unquote(urlsplit(response.url).path).lstrip("/")
                body = (SITE / path).read_bytes()
                small = Path(path).suffix in packed
                load[path] = len(body) if small else len(gzip.compress(body, 6, mtime=0))

        seen = {path for earlier in loads for path in earlier}
        tab.on("response", note)
        tab.goto(host + page)
        tab.wait_for_load_state("networkidle")
        tab.evaluate("window.MathJax?.startup?.promise")
        tab.evaluate(BROKEN_PICTURES)  # which loads them all, as a reader's scrolling does
        tab.wait_for_load_state("networkidle")
        # A host tells browsers to keep what does not change.
        loads.append({path: size for path, size in load.items() if path not in seen})
        tab.close()
    context.close()
    return loads


@in_a_browser
def test_the_pages_are_light(browser, host, capsys):
    first, *later = weigh(browser, host, [FIRST, *LATER])
    with capsys.disabled():
        print()
        for page, load in zip([FIRST, *LATER], [first, *later]):
            print(f"{sum(load.values()) / 1000:7.0f} kB  {page}")
        for path, size in sorted(first.items(), key=lambda item: -item[1])[:12]:
            print(f"{size / 1000:15.0f} kB  {path}")
    assert sum(first.values()) < 700_000
    for page, load in zip(LATER, later):
        assert sum(load.values()) < 120_000, page


# --- Without a browser -----------------------------------------------------------------------


class Parts(HTMLParser):
    """The links, the anchors and the descriptions of one page."""

    def __init__(self, page):
        super().__init__()
        self.links, self.anchors, self.meta = [], {""}, {}
        self.feed((SITE / page).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property")
            self.meta[name] = attributes.get("content", "")


PARTS = {page: Parts(page) for page in PAGES}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_the_site_is_alive(page):
    dead = []
    for link in PARTS[page].links:
        target = urlsplit(link)
        if target.scheme or target.netloc:
            continue
        path = os.path.normpath(SITE / page / ".." / unquote(target.path)) if target.path else None
        name = Path(path).relative_to(SITE).as_posix() if path else page
        if not (SITE / name).is_file():
            dead.append(link)
        elif name.endswith(".html") and name not in WITH_A_STATE:
            anchors = PARTS[name].anchors if name in PARTS else Parts(name).anchors
            if unquote(target.fragment) not in anchors:
                dead.append(link)
    assert dead == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("book/")])
def test_a_page_describes_itself(page):
    meta = PARTS[page].meta
    assert 40 <= len(meta["description"]) <= 310
    assert meta["og:description"] == meta["description"]
    assert meta["og:title"]
    # Without an address of the site there is none to give.
    assert ("og:url" in meta) == bool(SETTINGS["html"]["baseurl"])


def test_descriptions_and_titles_are_each_page_s_own():
    of_chapters = [PARTS[page].meta for page in PAGES if page.startswith("book/")]
    for name in ("description", "og:title"):
        assert len({meta[name] for meta in of_chapters}) == len(of_chapters)
