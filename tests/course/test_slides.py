"""The lectures as slides: what is on them, and each of them in a real browser."""

import io
import re
from pathlib import Path

import make_slides
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import in_a_browser
from commands import LECTURES, CommandError, read_notebook, run
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader
from slides.deck import MOST, slides
from slides.page import page, write

NAMES = [path.stem for path in LECTURES]
# What reveal.js lays over each slide: its arrows, and the number of the slide.
FOOT = 40
OUTSIDE = """foot => {
    const slide = Reveal.getCurrentSlide(), stage = slide.getBoundingClientRect();
    const out = [];
    if (stage.width !== 1280 || stage.height !== 720) out.push(`the stage: ${stage.width}`);
    for (const one of slide.querySelectorAll("*")) {
        if (one.closest("aside, mjx-container, .take") || !one.checkVisibility()) continue;
        const box = one.getBoundingClientRect();
        if (box.left < 0 || box.top < 0 || box.right > 1280 || box.bottom > 720 - foot)
            out.push(`${one.tagName}.${one.className} ${box.bottom}`);
    }
    for (const one of slide.querySelectorAll("pre, p, li, td, figcaption")) {
        if (one.closest("aside")) continue;
        if (one.querySelector("mjx-container")?.offsetWidth > 1152) out.push("a formula");
        if (one.tagName === "PRE" && one.scrollWidth > one.clientWidth) out.push("a line");
    }
    return out;
}"""


def tagged(source, *tags, result="4"):
    output = new_output("execute_result", {"text/plain": result}, execution_count=1)
    return new_code_cell(source, outputs=[output], metadata={"tags": [*tags]})


def deck(*cells):
    return slides(
        new_notebook(
            cells=[new_markdown_cell(each) if isinstance(each, str) else each for each in cells]
        )
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides")
    write({path.stem: read_notebook(path) for path in LECTURES}, folder)
    return folder


def test_there_are_three_lectures():
    assert NAMES == ["lecture_1", "lecture_2", "lecture_3"]


def test_a_heading_begins_a_slide_and_a_question_ends_one():
    first, asking, answer, last = deck(
        "# The course\n\nFirst.",
        tagged("import torch", "hide-cell"),
        "## Two and two\n\nHow many?",
        "**Notes.** Wait.",
        tagged("2 + 2", "predict"),
        "Four.",
        "**Notes.** Go on.",
        "## The end",
    )
    assert (first.title, first.first, first.cells) == ("The course", True, ["First."])
    assert (asking.title, asking.notes, asking.asks) == ("Two and two", ["Wait."], True)
    assert [asking.cells[0], asking.cells[1].source] == ["How many?", "2 + 2"]
    assert (answer.title, answer.notes, answer.asks) == ("Two and two", ["Go on."], False)
    assert [answer.cells[0], answer.cells[1].source] == ["How many?", "2 + 2"]
    assert answer.cells[2] == "Four."
    assert (last.title, last.cells) == ("The end", [])


def test_a_question_keeps_its_answer_back():
    cells = [new_markdown_cell("## Two and two"), tagged("2 + 2", "predict", result="four")]
    html, pictures = page(new_notebook(cells=cells), "a")
    asking, answer = re.findall(r"<section>.*?</section>", html, flags=re.DOTALL)
    assert "four" not in asking
    assert '<p class="question">?</p>' in asking
    assert '<pre class="output">four</pre>' in answer
    assert pictures == {}


FAULTY = {
    "nothing": ([], "0 slides, allowed are 1 to 25"),
    "too many": (["## One"] * (MOST + 1), "26 slides"),
    "no heading": (["Words."], "before the first heading"),
    "two questions": (
        ["## One", tagged("1", "predict"), tagged("2", "predict")],
        "'One' has a question already",
    ),
    "a long line": (["## One", tagged("1" * 64)], "a line of 64 characters, a slide holds 63"),
}


@pytest.mark.parametrize(("cells", "said"), FAULTY.values(), ids=FAULTY)
def test_what_makes_no_slides_is_said(cells, said):
    with pytest.raises(CommandError, match=said):
        deck(*cells)


def test_code_that_is_not_shown_may_be_wide():
    (slide,) = deck("## One", tagged("1" * 64, "remove-input"))
    assert len(slide.cells) == 1


def test_where_they_cannot_be_written_it_says_so(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    arguments = [str(LECTURES[0]), "--folder", str(tmp_path / "taken")]
    assert run(make_slides.main, arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith(f"{tmp_path / 'taken'}: ")


@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_has_slides_for_ninety_minutes(folder, name):
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    assert 20 <= html.count("<section") <= 25
    assert html.count('class="question"') >= 6
    assert html.count('<aside class="notes">') >= 15


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_there_and_says_what_is_to_be_seen(folder, name):
    html = (folder / f"{name}.html").read_text(encoding="utf-8")
    images = re.findall(r'<img src="([^"]*)" alt="([^"]*)"', html)
    assert len(images) == html.count("<img") >= 3
    for address, alt in images:
        assert (folder / address).is_file()
        assert len(alt.split()) >= 5


def test_the_same_lectures_make_the_same_bytes(folder, tmp_path):
    write({path.stem: read_notebook(path) for path in LECTURES}, tmp_path)
    files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert all((folder / each).read_bytes() == (tmp_path / each).read_bytes() for each in files)


def test_the_first_page_leads_to_the_lectures(folder):
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="(lecture[^"]*)"', html) == [f"{name}.html" for name in NAMES]


@pytest.fixture
def shown(browser, folder):
    """Open slides from disk; nothing may be asked of a host, or complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    faults = []

    def go(name, search=""):
        tab = context.new_page()
        tab.on("console", lambda message: faults.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: faults.append(f"error: {error}"))
        tab.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
        tab.on(
            "request",
            lambda one: one.url.startswith(("file:", "data:")) or faults.append(f"asked {one.url}"),
        )
        tab.goto(Path(folder, f"{name}.html").as_uri() + search)
        tab.wait_for_function("window.Reveal?.isReady()")
        return tab

    yield go
    context.close()
    assert faults == []


def each_slide(tab):
    """Turn to each slide; yield what stands above it."""
    for number in range(tab.evaluate("Reveal.getTotalSlides()")):
        tab.evaluate(f"Reveal.slide({number})")
        yield f"{number + 1} {tab.locator('section.present :is(h1, h2)').inner_text()}"


@in_a_browser
@pytest.mark.parametrize("name", NAMES)
def test_no_slide_holds_more_than_its_stage(shown, name):
    tab = shown(name)
    outside = {title: tab.evaluate(OUTSIDE, FOOT) for title in each_slide(tab)}
    assert {title: out for title, out in outside.items() if out} == {}
    assert tab.locator("mjx-merror").count() == 0
    assert tab.locator(".math:not(:has(mjx-container))").count() == 0


@in_a_browser
@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_a_layer_comes_alive_inside_of_its_stage(shown, name):
    tab = shown(name)
    opened = 0
    for title in each_slide(tab):
        if tab.locator("section.present figure[data-live]").count():
            opened += 1
            tab.keyboard.press("l")
            live = tab.locator("section.present transposed-convolution")
            live.locator(".cells").first.wait_for()
            box = live.bounding_box()
            assert box["y"] + box["height"] <= 720 - FOOT, title
            # The picture is whole, and so are the controls.
            scrolls = "one => one.scrollHeight - one.clientHeight > 1"
            assert not live.locator(".tc-box").evaluate(scrolls), title
            assert not live.locator(".tc > form").evaluate(scrolls), title
            tab.keyboard.press("l")
            assert tab.locator("section.present figure img").is_visible()
    assert opened >= 2


@in_a_browser
@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_is_accessible(shown, name):
    tab = shown(name)
    assert tab.locator("html").get_attribute("lang") == "en"
    found = {}
    for title in each_slide(tab):
        # The inside of a formula is MathJax's; the book's pages look through it.
        context = {"exclude": ["mjx-container"]}
        result = Axe().run(tab, context=context, options={"preload": False}).response
        found[title] = [
            f"{one['id']}: {node['html'][:90]}"
            for one in result["violations"]
            for node in one["nodes"]
        ]
    assert {title: faults for title, faults in found.items() if faults} == {}


@in_a_browser
@pytest.mark.parametrize("name", NAMES)
def test_a_lecture_prints_a_sheet_a_slide(shown, name):
    tab = shown(name, "?print-pdf")
    tab.wait_for_function("document.querySelectorAll('.pdf-page').length > 0")
    printed = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True, print_background=True)))
    titles = tab.locator("section :is(h1, h2)").all_inner_texts()
    assert len(printed.pages) == len(titles)
    assert titles[0].split()[0] in printed.pages[0].extract_text()
    assert titles[-1] in printed.pages[-1].extract_text()
    # As on the screen: pictures have their room.
    for image in tab.locator("figure img").all():
        assert image.bounding_box()["height"] > 200


@in_a_browser
def test_keys_turn_the_slides_but_not_while_they_serve_the_live_figure(shown):
    tab = shown("lecture_1")
    number = "Reveal.getIndices().h"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(number) == 1
    tab.evaluate("Reveal.slide(6)")
    tab.keyboard.press("l")
    tab.locator("transposed-convolution [role=tab]").first.focus()
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(number) == 6
    assert tab.locator("[role=tab][aria-selected=true]").inner_text() == "zeros between"


@in_a_browser
def test_the_speaker_reads_the_notes_in_a_window_of_their_own(shown):
    tab = shown("lecture_1")
    with tab.expect_popup() as popup:
        tab.keyboard.press("s")
    window = popup.value
    assert "Ask who has seen" in window.locator("main").inner_text()
    tab.keyboard.press("ArrowRight")
    window.get_by_text("Next: 50 rows go in").wait_for()
    assert tab.locator("aside.notes:visible").count() == 0
