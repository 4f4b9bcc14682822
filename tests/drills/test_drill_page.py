"""The page of the drills as a reader has it: keyboard, progress, sheets, print."""

import io
import json
import re
import subprocess
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from deconv_helpers.drills import page as drills_page

QUESTION = "transposedConvolutionDrills"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("drills") / "drills.html"
    path.write_text(drills_page(), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page; whatever a test does, it must stay silent and alone."""
    contexts, noise = [], []

    def go(hash_="", width=1200, scheme="light", chance=None):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        if chance is not None:
            context.add_init_script(f"Math.random = () => {chance}")
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith(address) else noise.append(request.url),
        )
        page.goto(address + hash_)
        return page

    yield go
    for context in contexts:
        context.close()
    assert noise == []


def shown(page, kind, level=1, chance=0.5):
    """Return the question that such a page shows."""
    seed = int(chance * 2**31)
    return page.evaluate(f"{QUESTION}.question({json.dumps(kind)}, {level}, {seed})")


def said(page):
    return page.inner_text(".dr-said")


def test_a_right_answer_is_praised_and_explained_by_the_keyboard_alone(visit):
    page = visit("#topic=size", chance=0.5)
    question = shown(page, "size")
    page.focus(".dr-ask input")
    page.keyboard.type(str(question["answer"]))
    page.keyboard.press("Enter")
    assert said(page).startswith("Right.")
    assert str(question["answer"]) in said(page)
    assert page.inner_text("tr[aria-current]").endswith("1 of 1 right")
    page.keyboard.press("Enter")
    assert page.is_enabled(".dr-ask input")
    assert said(page) == ""


def test_a_wrong_answer_hears_which_step_went_wrong(visit):
    page = visit("#topic=size", chance=0.5)
    question = shown(page, "size")
    wrong = next(answer for answer, step in question["slips"].items() if step == "strides")
    page.fill(".dr-ask input", wrong)
    page.click(".dr-go")
    assert "Between i′ stamps lie i′ − 1 strides." in said(page)
    assert f"The answer: {question['answer']}." in said(page)
    assert "(" in page.inner_text(".dr-slip")
    assert page.get_attribute(".dr-links a", "href") == "book/01_the_conclusion_first.html"
    live = page.get_attribute(".dr-links a:last-child", "href")
    assert live.startswith(f"explorer.html#i={question['layer']['i']}&k={question['layer']['k']}")


def test_what_is_no_number_is_asked_for_again_and_not_counted(visit):
    page = visit("#topic=size")
    for text in ("", "four", "3.5", "1, 2"):
        page.fill(".dr-ask input", text)
        page.click(".dr-go")
        assert said(page) == "A whole number is asked for."
    assert "0 of" not in page.inner_text(".dr-progress")


def test_digits_choose_and_the_reason_counts_too(visit):
    page = visit("#topic=refused", chance=0.25)
    question = shown(page, "refused", chance=0.25)
    page.focus(".dr-ask input")
    page.keyboard.press(str(question["answer"] + 1))
    page.click(".dr-go")
    assert said(page) == "Choose one first."
    wrong = 1 - question["reasons"].index(question["reason"])
    page.check(f".dr-ask [name=r0][value='{wrong}']")
    page.click(".dr-go")
    assert "but not the reason" in said(page)


@pytest.mark.parametrize(
    "kind",
    ["size", "output_padding", "picture", "cell", "bias", "refused", "round", "mirror", "repair"],
)
def test_every_topic_asks_shows_and_explains(visit, kind):
    page = visit(f"#topic={kind}", chance=0.75)
    question = shown(page, kind, chance=0.75)
    page.click(".dr-skip")
    assert "The answer:" in said(page)
    assert len(said(page)) > 40 or kind == "picture"
    assert "undefined" not in page.inner_text("main")
    assert "NaN" not in page.inner_text("main")
    if kind == "picture":
        texts = page.text_content(".dr-scroll svg")
        assert not re.search(r"o′ = \d", texts)
    assert question["kind"] == kind


def test_three_right_in_a_row_lead_up_and_progress_stays(visit):
    page = visit("#topic=size", chance=0.5)
    answer = str(shown(page, "size")["answer"])
    for _ in range(3):
        page.fill(".dr-ask input", answer)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    assert "level 2 of 5" in page.inner_text(".dr-where")
    page.reload()
    assert "level 2 of 5" in page.inner_text(".dr-where")
    assert "3 of 3 right" in page.inner_text(".dr-progress")
    page.click(".dr-reset")
    assert "3 of 3 right" in page.inner_text(".dr-progress")
    page.click(".dr-reset")
    assert "right" not in page.inner_text(".dr-progress")


def test_without_storage_it_works_until_the_page_closes(visit, browser, address):
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    page = context.new_page()
    page.goto(address + "#topic=size")
    page.click(".dr-skip")
    assert "0 of 1 right" in page.inner_text(".dr-progress")
    context.close()


def test_a_seed_makes_a_sheet_that_prints_its_answers_on_a_page_of_their_own(visit):
    page = visit()
    page.fill("[name=seed]", "42")
    page.fill("[name=many]", "9")
    page.click("text=Make the sheet")
    page.wait_for_selector(".dr-sheet")
    first = page.inner_text(".dr-sheet")
    assert page.url.endswith("#seed=42&n=9")
    assert len(page.query_selector_all(".dr-card")) == 9
    other = visit("#seed=42&n=9")
    assert other.inner_text(".dr-sheet") == first
    assert not other.is_visible(".dr-answers ol")
    pages = PdfReader(io.BytesIO(other.pdf(format="A4"))).pages
    answers = [n for n, one in enumerate(pages) if "Answers · seed 42" in one.extract_text()]
    assert answers == [len(pages) - 1]
    assert "1." in pages[0].extract_text()


@pytest.mark.parametrize("hash_", ["#seed=0", "#seed=x", "#topic=nothing", "#%", "#seed=9999999"])
def test_an_address_that_cannot_be_read_shows_the_drills(visit, hash_):
    assert visit(hash_).is_visible(".dr-ask")


@pytest.mark.parametrize("width", [320, 360, 700, 1200, 2560])
@pytest.mark.parametrize("hash_", ["#topic=picture", "#topic=repair", "#seed=5&n=18"])
def test_nothing_hangs_over_at_any_width(visit, width, hash_):
    page = visit(hash_, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hash_", ["#topic=picture", "#topic=refused", "#topic=mirror", "#seed=5"])
def test_axe_finds_nothing(visit, scheme, hash_):
    page = visit(hash_, scheme=scheme)
    if page.is_visible(".dr-skip"):
        page.click(".dr-skip")
    else:
        page.click(".dr-answers summary")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []


def test_the_command_writes_the_page_whole(tmp_path):
    path = tmp_path / "drills.html"
    command = [sys.executable, "-m", "deconv_helpers.drills", str(path)]
    subprocess.run(command, check=True)
    assert path.read_text(encoding="utf-8") == drills_page()


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match=r"language must be one of en.*, got 'xx'"):
        drills_page("xx")
