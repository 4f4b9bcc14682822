"""Cells whose output is kept back until the reader has said what comes out."""

import re

import pytest
from answers import ANSWERS, PRINTED, ROW, SHOWN_ONLY, SIZE
from axe_playwright_python.sync_playwright import Axe
from browsing import in_a_browser

PLACES = {printed: n for n, printed in enumerate(PRINTED)}
FORM = "form.prediction"


class Cell:
    """A tagged cell of a page, with the parts that a reader sees."""

    def __init__(self, tab, nth):
        self.whole = tab.locator(".cell.tag_predict").nth(nth)
        self.form = self.whole.locator(FORM)
        self.field = self.form.get_by_role("textbox", name="What comes out?")
        self.output = self.whole.locator(".cell_output > *").first
        self.status = self.form.get_by_role("status")
        self.rows = self.form.locator("ol.compared")

    def answer(self, text):
        """Write an answer and send it with Enter; return the verdict."""
        self.field.fill(text)
        self.field.press("Enter")
        return self.form.get_attribute("data-verdict")

    def press(self, name):
        self.form.get_by_role("button", name=name).click()


@pytest.fixture(scope="module")
def answered(browser, site):
    """Answer all rows of the table, each on a fresh form; return verdicts and replies."""
    tab = browser.new_page()
    found = {}
    for printed, answer, *_ in ANSWERS:
        if not found or Cell(tab, PLACES[printed]).form.get_attribute("data-verdict"):
            tab.goto((site / "predictions.html").as_uri())
        cell = Cell(tab, PLACES[printed])
        verdict = cell.answer(answer)
        found[printed, answer] = verdict, cell.status.text_content(), cell.output.is_visible()
    tab.close()
    return found


@in_a_browser
@pytest.mark.parametrize(("printed", "answer", "verdict", "reply"), ANSWERS)
def test_an_answer_is_compared_as_values(answered, printed, answer, verdict, reply):
    given, said, shown = answered[printed, answer]
    assert given == verdict
    assert reply in said
    assert shown == (verdict == "right")


@in_a_browser
def test_the_output_waits_and_is_shown_for_the_right_answer(visit):
    tab = visit("predictions.html")
    cell = Cell(tab, PLACES[ROW])
    assert not cell.output.is_visible()
    assert cell.form.get_attribute("data-verdict") is None
    assert cell.answer("1, 10, 102, 20, 203") == "right"
    assert cell.output.inner_text().strip() == ROW
    assert cell.status.text_content() == "Right."
    assert cell.form.get_by_role("button").count() == 0
    # The other cells wait on, and the page holds no copy of any answer.
    assert not Cell(tab, PLACES[SIZE]).output.is_visible()
    html = re.sub(r'<div class="cell_output.*?</pre>', "", tab.content(), flags=re.DOTALL)
    assert "203" not in html


@in_a_browser
def test_after_the_second_wrong_try_the_rows_stand_above_each_other(visit):
    cell = Cell(visit("predictions.html"), PLACES[ROW])
    assert cell.answer("1 10 12 20") == "wrong"
    assert cell.rows.count() == 0
    assert cell.answer("1 10 12 20") == "wrong"
    columns = [column.split("\n") for column in cell.rows.locator("li").all_inner_texts()]
    assert columns == [
        ["yours", "output"],
        ["1", "1"],
        ["10", "10"],
        ["12", "102"],
        ["20", "20"],
        ["–", "203"],
    ]
    assert cell.rows.locator("li.differs").all_inner_texts() == ["12\n102", "–\n203"]
    # Each above its counterpart: in one column, and all columns in one line.
    boxes = [one.bounding_box() for one in cell.rows.locator("li.differs span").all()]
    assert boxes[0]["x"] + boxes[0]["width"] == boxes[1]["x"] + boxes[1]["width"]
    assert boxes[0]["y"] == boxes[2]["y"] < boxes[1]["y"] == boxes[3]["y"]
    # The form is still open, for who tries again.
    assert cell.answer("1 10 102 20 203") == "right"
    assert cell.rows.count() == 0


@in_a_browser
def test_an_empty_field_is_no_try(visit):
    cell = Cell(visit("predictions.html"), PLACES[ROW])
    cell.press("check")
    assert cell.form.get_attribute("data-verdict") is None
    assert "for example" in cell.status.text_content()
    cell.answer("1")
    cell.answer("")
    assert cell.rows.count() == 0


@in_a_browser
@pytest.mark.parametrize("tries", [0, 1, 3])
def test_show_is_always_at_hand_and_stays(visit, tries):
    tab = visit("predictions.html")
    cell = Cell(tab, PLACES[ROW])
    for _ in range(tries):
        cell.answer("0 0")
    cell.press("show")
    assert cell.output.is_visible()
    # The focus is where the eye is, and the form asks no more.
    assert tab.evaluate("document.activeElement.className").startswith("cell_output")
    assert cell.form.get_by_role("button").count() == 0
    assert cell.field.is_visible() == bool(tries)
    if tries:
        assert not cell.field.is_editable()


@in_a_browser
def test_the_keyboard_alone_does_it_all(visit):
    tab = visit("predictions.html")
    cell = Cell(tab, PLACES[SIZE])
    cell.field.focus()
    tab.keyboard.type("9")
    tab.keyboard.press("Enter")
    assert cell.form.get_attribute("data-verdict") == "wrong"
    assert cell.field.evaluate("one => one === document.activeElement")
    for name in ("check", "show"):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == name
    tab.keyboard.press("Enter")
    assert cell.output.is_visible()


@in_a_browser
def test_after_check_by_hand_the_focus_is_in_the_field(visit):
    cell = Cell(visit("predictions.html"), PLACES[SIZE])
    cell.field.fill("1 1 9")
    cell.press("check")
    assert cell.field.evaluate("one => one === document.activeElement")
    assert cell.output.is_visible()


@in_a_browser
@pytest.mark.parametrize("nth", range(len(SHOWN_ONLY) + 1))
def test_a_sentence_and_a_picture_are_only_shown(visit, nth):
    cell = Cell(visit("shown.html"), nth)
    assert "What comes out?" in cell.form.inner_text()
    assert cell.form.get_by_role("textbox").count() == 0
    assert not cell.output.is_visible()
    cell.press("show")
    assert cell.output.is_visible()


@in_a_browser
def test_a_picture_that_was_foreseen_comes_alive_like_any_other(visit):
    tab = visit("shown.html")
    cell = Cell(tab, len(SHOWN_ONLY))
    cell.press("show")
    cell.whole.locator("img").click()
    tab.locator("transposed-convolution").wait_for()


@in_a_browser
def test_a_link_to_a_figure_shows_it(visit):
    tab = visit("shown.html#fig-two")
    assert tab.locator("#fig-two").is_visible()
    tab = visit("shown.html")
    assert not tab.locator("#fig-two").is_visible()
    tab.locator("a.internal[href='#fig-two']").first.click()
    assert tab.locator("#fig-two").is_visible()


BLUR = "one => getComputedStyle(one).filter"


@in_a_browser
@pytest.mark.parametrize("by", ["show", "a right answer", "a click on what is told"])
def test_what_tells_the_answer_waits_for_it(visit, by):
    tab = visit("told.html")
    told, behind = tab.get_by_text("Three it is."), tab.get_by_text("And so on.")
    assert "blur" in told.evaluate(BLUR)
    assert behind.evaluate(BLUR) == "none"
    if by == "show":
        tab.get_by_role("button", name="show").click()
    elif by == "a right answer":
        tab.locator(FORM).get_by_role("textbox").fill("3")
        tab.keyboard.press("Enter")
    else:
        told.click()
    assert told.evaluate(BLUR) == "none"
    assert tab.get_by_text("tensor([3])").is_visible()


@in_a_browser
def test_on_paper_nothing_waits(visit):
    tab = visit("told.html")
    tab.emulate_media(media="print")
    assert tab.get_by_text("Three it is.").evaluate(BLUR) == "none"


@in_a_browser
def test_an_address_that_no_one_can_read_hinders_nothing(visit):
    tab = visit("told.html#100%")
    assert tab.locator(FORM).count() == 1


@in_a_browser
def test_a_cell_without_the_tag_is_as_it_was(visit):
    tab = visit("shown.html")
    assert tab.get_by_text("tensor([1, 10, 102])").is_visible()
    assert tab.locator(FORM).count() == len(SHOWN_ONLY) + 1


@in_a_browser
def test_on_paper_and_without_a_script_the_output_is_there(visit):
    tab = visit("predictions.html")
    cell = Cell(tab, PLACES[ROW])
    tab.emulate_media(media="print")
    assert cell.output.is_visible()
    assert not cell.form.is_visible()
    plain = visit("predictions.html", java_script_enabled=False)
    assert Cell(plain, PLACES[ROW]).output.is_visible()
    assert plain.locator(FORM).count() == 0


@in_a_browser
def test_a_script_that_does_not_load_keeps_nothing_back(visit):
    def refuse(tab):
        tab.route("**/predict.js*", lambda route: route.abort())

    tab = visit("predictions.html", prepare=refuse)
    assert Cell(tab, PLACES[ROW]).output.is_visible()


@in_a_browser
def test_no_output_flashes_before_its_form_is_there(visit):
    # Written down at each frame until the page is whole: the outputs that could be seen.
    watch = """
        window.seen = 0;
        const look = () => {
            for (const one of document.querySelectorAll(".tag_predict .cell_output")) {
                seen += one.offsetHeight > 0;
            }
            if (document.readyState !== "complete") requestAnimationFrame(look);
        };
        new MutationObserver(look).observe(document, {childList: true, subtree: true});
    """
    tab = visit("predictions.html", prepare=lambda tab: tab.add_init_script(watch))
    tab.wait_for_load_state("networkidle")
    assert tab.locator(FORM).count() == len(PLACES)
    assert tab.evaluate("seen") == 0


@in_a_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(visit, scheme):
    tab = visit("predictions.html", color_scheme=scheme)
    Cell(tab, 0).answer("1")
    for _ in range(2):
        Cell(tab, 1).answer("9 9 9")
    Cell(tab, 2).answer("True")
    Cell(tab, 3).press("show")
    tab.wait_for_timeout(300)  # colours fade
    found = Axe().run(tab, context={"include": [".cell"]}, options={"preload": False})
    assert [one["id"] for one in found.response["violations"]] == []


@in_a_browser
def test_a_narrow_page_stays_narrow(visit):
    tab = visit("predictions.html", width=320)
    for nth in range(len(PLACES)):
        for _ in range(2):
            Cell(tab, nth).answer("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


@in_a_browser
def test_the_chinese_edition_differs_in_words_only(visit):
    tab = visit("predictions-zh.html")
    form = tab.locator(FORM).nth(PLACES[ROW])
    field = form.get_by_role("textbox", name="猜一猜：结果是什么？")
    field.fill("1 10 12")
    form.get_by_role("button", name="核对").click()
    assert form.get_attribute("data-verdict") == "wrong"
    assert "第 3 个数" in form.get_by_role("status").text_content()
    form.get_by_role("button", name="看结果").click()
    assert tab.get_by_text(ROW).is_visible()
