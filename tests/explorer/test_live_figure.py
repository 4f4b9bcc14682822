"""What a reader does with the figure on the explorer's page, and what a program does."""

import statistics
import subprocess
import sys

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import in_a_browser
from visiting import FIGURE, address, alerts, number, numbers, outputs, size_of, turn_to, visit  # noqa: F401

from deconv_helpers.explorer.bounds import VIEWS

pytestmark = in_a_browser
DEFAULT = "10"
FIRST = [1, 10, 102, 20, 203, 30, 304, 40, 400]


def attribute(page, name):
    return page.get_attribute("transposed-convolution", name)


MIDDLE = """one => {
    const {x, y, width, height} = one.getBBox();
    return (x + width / 2) + "," + (y + height / 2);
}"""


def lit(page, which):
    return page.eval_on_selector_all(
        f".tc-grid [name={which}]",
        "all => all.flatMap((one, n) => one.classList.contains('lit') ? [n] : [])",
    )


# ---- the question of the first look


@pytest.mark.parametrize(
    ("padding", "value", "why"),
    [
        (0, 0, "p′ = 1 moves the far edge out by 1. No input reaches that far: 0."),
        (
            1,
            400,
            "p = 1 cuts 1 cell off each end: 1 and 400. p′ = 1 moves the far edge out by 1. "
            "A product stands there, which p = 1 had cut off: 400 = 4·100.",
        ),
    ],
)
def test_the_cell_of_output_padding_says_why_it_holds_what_it_holds(visit, padding, value, why):
    page = visit(f"#i=4&k=3&s=2&p={padding}&op=1&d=1")
    full = [*FIRST, 0]
    assert outputs(page) == full[padding : 10 - padding]
    (added,) = page.locator(".base tspan.added").all()
    assert float(added.text_content()) == value
    assert page.text_content(".tc-why") == why


# ---- addresses


def test_without_an_address_it_is_the_book_s_example(visit):
    page = visit()
    assert (outputs(page), size_of(page)) == ([*FIRST, 0], DEFAULT)


@pytest.mark.parametrize(
    ("hash_", "size", "axes"),
    [
        ("#i=4&k=3&s=2&p=1&op=1&d=1&axes=2", "8", "2"),
        ("#i=4&k=3&s=2&p=0&op=1&d=1", "10", "1"),
        ("#i=32&k=11&s=8&p=0&op=7&d=5", "306", "1"),
        ("#i=32&k=11&s=8&p=0&op=7&d=5&axes=2", "306", "2"),
        ("#k=4", "11", "1"),
        ("#i=4&k=3&s=2&p=0&op=2&d=1", "", "1"),
    ],
)
def test_old_addresses_open_the_same_layer(visit, hash_, size, axes):
    page = visit(hash_)
    assert size_of(page) == size
    assert page.is_checked(f"[name=axes][value='{axes}']")


def test_an_address_holds_all_that_is_set(visit):
    page = visit("#i=4&k=3&s=2&p=0&op=0&d=1")
    page.fill("[name=x] >> nth=1", "-2.5")
    page.fill("[name=w] >> nth=0", "7")
    page.fill("[name=b]", "1")
    page.fill("[name=s]", "3")
    page.click("[data-view=phases]")
    page.check("[name=counts]")
    want = "#i=4&k=3&s=3&p=0&op=0&d=1&x=1,-2.5,3,4&w=7,10,100&b=1&view=phases&counts=1"
    page.wait_for_function("want => location.hash === want", arg=want)
    page.reload()
    assert (size_of(page), attribute(page, "input")) == ("12", "[1,-2.5,3,4]")
    assert page.get_attribute("[data-view=phases]", "aria-selected") == "true"
    page.evaluate(
        "location.hash = '#i=2,3&k=2,1&s=1&p=0&op=0&d=1&axes=2&x=1,2,3;4,5,6&w=1;10&view=zeros'"
    )
    page.wait_for_function("document.querySelector('.tc.bad, [name=axes][value=\"2\"]:checked')")
    assert outputs(page) == [1, 2, 3, 14, 25, 36, 40, 50, 60]
    assert page.evaluate("history.length") < 6


BAD = [
    "i=x",
    "i=0",
    "k=12",
    "q=3",
    "i=4&i=5",
    "i=4&axes=3",
    "i=-1",
    "i=",
    "i=1e1",
    "top",
    "__proto__=1",
    "i=%3Cb%3E",
    "i=4&",
    "i=2,3",
    "x=1,,2",
    "x=a",
    "w=1;2",
    "b=x",
    "view=side",
    "i=1,2,3&axes=2",
    "toString=1",
    "x=1e5",
    "%",
]


def test_a_bad_address_opens_the_default_and_says_so(visit):
    page = visit(f"#{BAD[0]}")
    for bad in BAD:
        if bad != BAD[0]:
            turn_to(page, f"#{bad}")
        (words,) = alerts(page)
        assert words.startswith("The address cannot be read: ") and "default" in words, bad
        assert size_of(page) == DEFAULT, bad
        page.fill("[name=i]", "5")
        assert alerts(page) == [], bad


def test_from_address_gives_the_attributes_to_a_program(visit):
    page = visit()
    read = f"text => {FIGURE}.constructor.fromAddress(text)"
    assert page.evaluate(read, "x.html#i=4&k=2,3&s=2&p=0&op=1&d=1&axes=2&view=matrix&w=1,2,3;4,5,6") == {
        "axes": "2",
        "input-size": "4",
        "kernel-size": "2,3",
        "stride": "2",
        "padding": "0",
        "output-padding": "1",
        "dilation": "1",
        "kernel": "[[1,2,3],[4,5,6]]",
        "view": "matrix",
    }  # fmt: skip
    failed = page.evaluate(
        f"try {{ {FIGURE}.constructor.fromAddress('#i=0') }} catch (e) {{ `${{e}}` }}"
    )
    assert failed.startswith("RangeError: i′ must be a whole number from 1 on")


# ---- what PyTorch refuses


def test_refusals_in_words(visit):
    page = visit()
    page.fill("[name=op]", "2")
    (words,) = alerts(page)
    assert words == "p′ must be below s or below d: here at most 1." and size_of(page) == ""
    assert page.get_attribute("[name=op]", "aria-invalid") == "true"
    assert page.evaluate(f"[{FIGURE}.result, {FIGURE}.refused]") == [None, words]
    assert outputs(page) == [*FIRST, 0]  # the last legal picture stays
    page.fill("[name=op]", "0")
    page.fill("[name=p]", "5")
    (words,) = alerts(page)
    assert words == "p must leave a cell of the output: here at most 4."
    page.fill("[name=p]", "4")
    assert alerts(page) == [] and size_of(page) == "1"
    for text in ("", "33", "1.5", "-1"):
        page.fill("[name=i]", text)
        assert "from 1 on; this figure draws up to 32" in alerts(page)[0]
        assert size_of(page) == "" and page.input_value("[name=i]") == text
    page.fill("[name=i]", "4")
    # PyTorch's own bound comes before the figure's.
    page.fill("[name=p]", "11")
    assert alerts(page) == [words]
    page.fill("[name=k]", "11")
    page.fill("[name=s]", "9")
    assert [text[-8:] for text in alerts(page)] == ["up to 8.", "p to 10."]


@pytest.mark.parametrize("width", [360, 640, 1200])
def test_a_refusal_moves_nothing(visit, width):
    page = visit(width=width)
    page.evaluate(f"{FIGURE}.setAttribute('compact', '')")
    top = "document.querySelector('.tc-box').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.fill("[name=op]", "2")
    assert alerts(page) != [] and abs(page.evaluate(top) - before) <= 4


def test_a_number_that_is_none(visit):
    page = visit()
    for text in ("", "x", "1e3", "1.23456", "123456"):
        page.fill("[name=x] >> nth=1", text)
        assert alerts(page) == ["input must be numbers such as 3, −1 or 0.5."]
        assert outputs(page) == [*FIRST, 0]
    page.fill("[name=x] >> nth=1", ".5")
    assert alerts(page) == [] and outputs(page)[:4] == [1, 10, 100.5, 5]
    page.focus("[name=b]")
    assert page.input_value("[name=x] >> nth=1") == "0.5"


# ---- numbers


def test_numbers_that_stay_keep_their_place(visit):
    page = visit("#i=3&k=2&s=1&p=0&op=0&d=1&x=7,8,9&w=5,6")
    page.fill("[name=i]", "5")
    assert attribute(page, "input") == "[7,8,9,4,5]"
    page.fill("[name=i]", "")
    page.fill("[name=i]", "2")
    assert attribute(page, "input") == "[7,8]" and attribute(page, "kernel") == "[5,6]"


def test_a_pasted_row_goes_on_and_makes_room(visit):
    page = visit()
    paste = """([name, at, text]) => {
        const data = new DataTransfer();
        data.setData("text", text);
        document.querySelectorAll(`.tc-grid [name=${name}]`)[at].dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(paste, ["x", 2, "tensor([-1., 0.5,\n 2, 6])"])
    assert attribute(page, "input") == "[1,2,-1,0.5,2,6]" and size_of(page) == "14"
    page.evaluate(paste, ["w", 0, " ".join("12345678901234567890")])
    assert attribute(page, "kernel-size") == "11"
    page.check("[name=axes][value='2']")
    page.evaluate(paste, ["w", 0, "9;8;7"])
    assert attribute(page, "kernel").startswith("[[9,8,7,")


def test_numbers_copied_from_the_picture_are_a_table(visit):
    page = visit("#i=2&k=2&s=1&p=0&op=0&d=1&axes=2")
    copied = page.evaluate(
        """() => {
            const data = new DataTransfer(), cells = document.querySelector(".cells");
            getSelection().selectAllChildren(cells);
            cells.dispatchEvent(new ClipboardEvent("copy", {clipboardData: data, bubbles: true}));
            return data.getData("text");
        }"""
    )
    rows = [[number(text) for text in row.split("\t")] for row in copied.splitlines()]
    assert rows == page.evaluate(f"{FIGURE}.result")


PRESETS = {
    "digits": [*FIRST, 0],
    "impulse": [0, 0, 1, 10, 100, 0, 0, 0, 0, 0],
    "step": [0, 0, 0, 0, 1, 10, 101, 10, 100, 0],
    "linear": [1, 1.5, 2, 2.5, 3, 3.5, 4, 2],
    "ones": [1, 1, 2, 1, 2, 1, 2, 1, 1, 0],
    "alternating": [1, 10, 99, -10, -99, 10, 99, -10, -100, 0],
}


def test_presets(visit):
    page = visit()
    for n, (name, result) in enumerate(PRESETS.items()):
        other = "&x=9,8,7,6&w=5,4,3" if name == "digits" else ""
        turn_to(page, f"#i=4&k=3&s=2&p=0&op=1&d=1&b={n}{other}")
        page.fill("[name=b]", "0")
        page.click(f"[data-preset={name}]")
        assert outputs(page) == result == page.evaluate(f"{FIGURE}.result"), name


# ---- pointing


def test_an_output_shows_its_sum_and_where_it_comes_from(visit):
    page = visit("#i=4&k=3&s=2&p=0&op=0&d=1&b=5")
    page.hover(".base [data-f='2']:not([data-in], .bias)")
    assert page.text_content(".tc-sum") == "output 2: 107 = 2·1 + 1·100 + 5"
    assert (lit(page, "x"), lit(page, "w")) == ([0, 1], [0, 2])
    page.hover("h1")
    assert "Point at a cell" in page.text_content(".tc-sum")
    page.click(".base [data-f='2']:not([data-in], .bias)")
    page.hover(".tc-term >> nth=1")
    assert (lit(page, "x"), lit(page, "w")) == ([0], [2])
    page.hover(".base [data-f='2'][data-in='1']")  # and from the product to its term
    assert page.locator(".tc-term.lit").all_text_contents() == ["2·1"]


def test_an_input_lights_its_stamp_and_no_cell_more(visit):
    page = visit("#i=4&k=3&s=2&p=1&op=0&d=1")
    rings = f"all => all.map({MIDDLE})"
    cells = """n => [...document.querySelectorAll(".base [data-f], .base [data-in]")].filter(cell => {
        const {in: a, f} = cell.dataset, at = [0, 1, 2].map(t => 2 * n + t);
        return a === undefined ? at.includes(+f) : +a === n;
    }).map(one => one.getAttribute("x") + "," + one.parentNode.getAttribute("y"))"""
    for n in range(4):
        page.hover(f"[name=x] >> nth={n}")
        assert sorted(page.eval_on_selector_all(".over .ring", rings)) == sorted(
            page.evaluate(cells, n)
        )
    page.hover("[name=x] >> nth=0")
    assert page.text_content(".tc-sum") == "input 0: 1 (its stamp: 1, 10, 100)"


def test_a_click_pins_a_second_lets_go_and_a_view_keeps_it(visit):
    page = visit("#i=4&k=3&s=2&p=1&op=1&d=1")
    cell = ".base .output[data-f='8']:not([data-in])"
    page.click(cell)
    for view in VIEWS:
        page.click(f"[data-view={view}]")
        assert page.text_content(".tc-sum") == "output 7: 400 = 4·100"
        assert (lit(page, "x"), lit(page, "w")) == ([3], [2])
    page.click("[data-view=stamps]")
    page.click(cell)
    page.hover("h1")
    assert "Point at a cell" in page.text_content(".tc-sum")


def test_touch_pins(visit):
    page = visit(width=360, has_touch=True)
    page.tap(".base .output[data-f='2']:not([data-in])")
    assert page.text_content(".tc-sum") == "output 2: 102 = 2·1 + 1·100"
    assert "user-scalable" not in page.content() and "maximum-scale" not in page.content()


def test_two_axes_have_their_own_parameters(visit):
    page = visit("#i=3&k=2&s=2&p=0&op=0&d=1&axes=2")
    page.uncheck("[name=lock]")
    page.fill("[name=s2]", "3")
    assert (size_of(page), attribute(page, "stride")) == ("6", "2,3")
    assert page.text_content(".tc-headline") == "o′ = 6 × 8"
    page.focus("[name=k]")
    assert (page.input_value("[name=s]"), page.input_value("[name=s2]")) == ("2", "3")
    page.fill("[name=op2]", "3")
    assert alerts(page) == ["p′ must be below s or below d: here at most 2. (columns)"]
    page.check("[name=lock]")
    assert alerts(page) == [] and page.text_content(".tc-headline") == "o′ = 6 × 6"
    page.hover(".base [data-f='7']")
    assert page.text_content(".tc-sum") == "output (1, 1): 1000 = 1·1000"


def test_a_tap_that_is_chosen_says_its_index_in_every_pair(visit):
    page = visit("#i=4&k=3&s=2&p=0&op=0&d=1")
    for view in ("stamps", "matrix"):
        page.click(f"[data-view={view}]")
        page.focus("[name=w] >> nth=2")
        assert page.locator(".over .index").all_text_contents() == ["2"] * 4
    turn_to(page, "#i=2&k=2&s=2&p=0&op=0&d=1&axes=2&view=matrix")
    page.focus("[name=w] >> nth=1")
    assert page.locator(".over .index").all_text_contents() == ["01"] * 4


@pytest.mark.parametrize("axes", [1, 2])
def test_the_kernel_not_flipped_is_shown_and_is_no_result(visit, axes):
    page = visit(f"#i=3&k=2&s=2&p=0&op=0&d=1&axes={axes}")
    result = np.array(page.evaluate(f"{FIGURE}.result"))
    assert not page.is_visible("[name=flip]")  # elsewhere nothing slides
    page.click("[data-view=zeros]")
    assert outputs(page) == result.ravel().tolist()
    page.check("[name=flip]")
    # With no overlap each input's stamp is the kernel turned round.
    stamps = result.reshape((3, 2) * axes)
    turned = np.flip(stamps, tuple(range(1, 2 * axes, 2)))
    assert outputs(page) == turned.ravel().tolist()
    assert page.evaluate(f"{FIGURE}.result") == result.tolist()
    page.hover(".cells .output[data-f='0']")
    assert lit(page, "w") == [2**axes - 1]
    page.click("[data-view=stamps]")
    assert outputs(page) == result.ravel().tolist()


# ---- the keyboard


def test_the_picture_by_keyboard(visit):
    page = visit("#i=4&k=3&s=2&p=0&op=0&d=1")
    page.focus(".tc-box")
    for key, at in (
        ("ArrowRight", 0),
        ("ArrowRight", 1),
        ("End", 8),
        ("ArrowLeft", 7),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert page.text_content(".tc-sum").startswith(f"output {at}: {FIRST[at]} = ")
        assert page.get_attribute(".tc-box", "aria-valuetext") == page.text_content(".tc-sum")
    page.evaluate("window.heard = 0; document.addEventListener('keydown', () => heard++)")
    page.keyboard.press("Escape")
    assert "Point at a cell" in page.text_content(".tc-sum")
    page.keyboard.press("Escape")  # nothing to let go: whoever holds the figure hears it
    assert page.evaluate("heard") == 1


def test_the_picture_of_two_axes_by_keyboard(visit):
    page = visit("#i=3&k=2&s=2&p=0&op=0&d=1&axes=2")
    page.focus(".tc-box")
    for key, at in (("ArrowDown", (0, 0)), ("ArrowDown", (1, 0)), ("ArrowRight", (1, 1))):
        page.keyboard.press(key)
        assert page.text_content(".tc-sum").startswith(f"output {at}: ")


def test_the_tabs_by_keyboard(visit):
    page = visit()
    page.focus("[data-view=stamps]")
    for key, view in (("ArrowRight", "zeros"), ("End", "phases"), ("ArrowRight", "stamps"), ("ArrowLeft", "phases"), ("Home", "stamps")):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.dataset.view") == view
        assert attribute(page, "view") == (None if view == "stamps" else view)


def test_everything_is_reached_by_tab(visit):
    page = visit()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(({name, dataset, className, tagName}) => name || dataset.view || dataset.move"
                " || dataset.preset || className || tagName)(document.activeElement)"
            )
        )
    wanted = "i k s p op d axes x w b tc-box first previous play next last tc-scrub digits counts SUMMARY"
    assert set(wanted.split()) <= set(seen)
    page.focus("[name=s]")
    page.keyboard.press("ArrowUp")
    assert size_of(page) == "13"


TICKS = "window.setInterval = (f) => (window.tick = f, 1)"  # a test moves the clock


def test_the_player(visit):
    page = visit("#i=4&k=3&s=2&p=0&op=0&d=1", script=TICKS)
    where = lambda: page.text_content(".tc-where")  # noqa: E731
    page.click("[data-move=next]")
    page.click("[data-move=next]")
    assert where() == "input 1" and page.text_content(".tc-live") == page.text_content(".tc-sum")
    page.click("[data-move=last]")
    page.click("[data-move=previous]")
    assert where() == "input 2"
    page.click("[data-move=play]")
    assert page.get_attribute("[data-move=play]", "aria-label") == "Pause"
    page.evaluate("tick()")
    page.evaluate("tick()")  # once through, then it rests
    assert page.get_attribute("[data-move=play]", "aria-label") == "Play" and where() == "input 3"
    page.click("[data-view=matrix]")
    page.keyboard.press("Escape")
    page.locator(".tc-scrub").fill("5")
    assert where() == "output 5"


def test_where_the_kernel_slides_the_player_steps_outputs(visit):
    page = visit("#i=4&k=3&s=2&p=1&op=1&d=1", script=TICKS)
    page.click("[data-move=play]")
    for _ in range(5):
        page.evaluate("tick()")
    assert page.text_content(".tc-where") == "input 3"
    page.click("[data-view=zeros]")
    window = page.locator(".over [class=beam]")
    left = float(window.get_attribute("x"))
    assert page.text_content(".tc-where") == "output 5"  # the first that input 3 reaches
    page.click("[data-move=next]")
    assert page.text_content(".tc-where") == "output 6"
    assert float(window.get_attribute("x")) > left
    page.click("[data-move=play]")
    page.evaluate("tick()")
    assert page.text_content(".tc-where") == "output 7"
    page.click("[data-view=stamps]")
    page.click("[data-move=first]")
    assert page.text_content(".tc-where") == "input 0"


SLIDING = ".over tspan.kernel, .over text.name"


@pytest.mark.parametrize(
    ("hash_", "row", "turned"),
    [
        ("#i=4&k=3&s=2&p=0&op=0&d=1", ["1", "10", "100"], ["100", "10", "1"]),
        (
            "#i=2&k=2&s=2&p=0&op=0&d=1&axes=2",
            ["1·1", "0·10", "0·100", "0·1000"],
            ["1·1000", "0·100", "0·10", "0·1"],
        ),
    ],
)
def test_the_sliding_row_says_that_it_is_flipped(visit, hash_, row, turned):
    page = visit(f"{hash_}&view=zeros")
    assert page.locator(SLIDING).all_text_contents() == ["kernel, flipped", *row]
    assert "Stamps are not flipped; sliding over the spread input is." in page.text_content(
        ".tc-flip"
    )
    page.check("[name=flip]")
    assert page.locator(SLIDING).all_text_contents() == ["kernel, not flipped", *turned]


def test_counts_stand_in_every_cell_and_say_that_they_are_counts(visit):
    page = visit("#i=4&k=3&s=2&p=1&op=0&d=1&counts=1")
    row = page.locator(".base tspan[data-f]:not([data-in])")
    for view in ("stamps", "zeros", "phases"):
        page.click(f"[data-view={view}]")
        cells = page.eval_on_selector_all(
            ".base tspan[data-f]:not([data-in])",
            "all => all.map(e => [+e.dataset.f, e.textContent])",
        )
        counts = ["1", "1", "2", "1", "2", "1", "2", "1", "1"]
        assert all(counts[f] == text for f, text in cells)
        assert page.locator(".base text.name:text-is('products per cell')").count() == 1
    page.click("[data-view=stamps]")
    row.nth(2).click()
    assert page.text_content(".tc-sum") == "output 1: 2 products meet: 2·1 + 1·100 = 102"
    shades = page.eval_on_selector_all(
        ".base path.output", "all => all.map(e => +e.getAttribute('fill-opacity'))"
    )
    assert len(set(shades)) == 2 and max(shades) == 1


def test_the_stamp_of_two_axes_shows_its_products_and_lands_while_it_plays(visit):
    page = visit("#i=2&k=3&s=2&p=0&op=0&d=1&axes=2&x=1,2;3,4&w=1,2,3;4,5,6;7,8,9", script=TICKS)
    page.focus("[name=x] >> nth=1")
    stamp = page.locator(".over tspan.kernel")
    assert stamp.all_text_contents() == [str(2 * w) for w in range(1, 10)]
    page.focus(".tc-box")
    page.keyboard.press("Escape")
    page.click("[data-move=play]")
    last = lambda: page.locator(".over tspan:not(.kernel)").last.text_content()  # noqa: E731
    assert last() == "0"
    for _ in range(3):
        page.evaluate("tick()")
    assert last() == "36" and stamp.last.text_content() == "36"


# ---- programs


def test_attributes_in_and_out(visit):
    page = visit()
    page.evaluate(
        f"window.heard = []; document.addEventListener('change', e => heard.push(e.target.tagName));"
        f"window.figure = {FIGURE}; figure.setAttribute('stride', 3); figure.setAttribute('output-padding', 0)"
    )
    assert page.evaluate("[figure.result.length, heard.length]") == [12, 0]
    page.fill("[name=k]", "2")
    page.locator("[name=k]").blur()
    assert page.evaluate("[figure.getAttribute('kernel-size'), heard]") == [
        "2",
        ["TRANSPOSED-CONVOLUTION"],
    ]
    page.evaluate("figure.setAttribute('kernel', '[1, 2, 3, 4]')")  # numbers tell their size
    assert page.evaluate("figure.result.length") == 13
    assert page.evaluate("figure.address") == "#i=4&k=4&s=3&p=0&op=0&d=1&w=1,2,3,4"
    page.evaluate("figure.setAttribute('dilation', 'x')")
    assert page.evaluate("[figure.result, figure.refused.slice(0, 4)]") == [None, "d mu"]
    page.evaluate("figure.setAttribute('dilation', '1')")
    assert page.evaluate("figure.refused") == ""


MARKUP = [
    ("", FIRST),
    ('input="[1, -1]" kernel="[1, 2]" stride="1"', [1, 1, -2]),
    ('input="[[1, 2]]" kernel="[[1], [3]]" stride="1"', [[1, 2], [3, 6]]),
    ('input-size="2,1" kernel-size="1" stride="1"', [[1], [2]]),
    ('padding="9"', None),
    ('stride="0"', None),
    ('view="sideways"', None),
    ('kernel="[1, [2]]"', None),
]


def test_markup(visit):
    page = visit()
    for markup, result in MARKUP:
        got, refused = page.evaluate(
            """markup => {
                document.querySelector("#new")?.remove();
                document.body.insertAdjacentHTML(
                    "beforeend", `<transposed-convolution id=new ${markup}></transposed-convolution>`);
                const {result, refused} = document.querySelector("#new");
                return [result, refused];
            }""",
            markup,
        )
        assert got == result and (refused == "") == (result is not None), markup


def test_several_figures_on_a_page_keep_apart(visit):
    page = visit()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<transposed-convolution compact>"
        "</transposed-convolution>'); window.b = document.body.lastElementChild"
    )
    page.evaluate("b.querySelector(\"[name=axes][value='2']\").click()")
    assert page.is_checked("[name=axes][value='1'] >> nth=0")
    assert page.evaluate("b.getAttribute('axes')") == "2" and attribute(page, "axes") is None
    ids = page.eval_on_selector_all(".tc [id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    page.evaluate("document.body.prepend(b); b.setAttribute('stride', 3)")  # moved, not lost
    assert page.evaluate("b.result.length") == 12
    assert not page.locator(".tc-more").first.evaluate("one => one.open")


# ---- beside the picture


def test_the_way_back(visit):
    page = visit()
    back = page.text_content(".tc-back p")
    assert "takes 10 cells to 4. 9 and 10 give 4. It never reads cell 9." in back
    page.fill("[name=d]", "5")
    page.fill("[name=op]", "4")
    assert "to 6, not back to 4, for p′ is not below s." in page.text_content(".tc-back p")


@pytest.mark.parametrize(
    ("hash_", "says", "formula", "unread"),
    [
        (
            "#i=4&k=3&s=2&p=1&op=1&d=1",
            "takes 8 cells to 4. 7 and 8 give 4. "
            "Of the padded input’s 10 cells 1 lies behind the last position: never read.",
            "o = ⌊(o′ + 2·p − k) / s⌋ + 1 = ⌊(8 + 2·1 − 3) / 2⌋ + 1 = 4",
            1,
        ),
        (
            "#i=2&k=2&s=5&p=0&op=4&d=1",
            "7, 8, 9, 10 and 11 give 2. It never reads cells 2, 3, 4, 7, 8, 9, 10.",
            "⌊(11 + 2·0 − 2) / 5⌋ + 1 = 2",
            7,
        ),
        ("#i=4&k=3&s=1&p=0&op=0&d=1", "Only 6 gives 4. It reads every cell.", "+ 1 = 4", 0),
    ],
)
def test_why_several_sizes_lead_to_the_same(visit, hash_, says, formula, unread):
    page = visit(hash_)
    assert says in page.text_content(".tc-back")
    assert formula in page.text_content(".tc-back .tc-formula")
    drawn = page.get_attribute(".tc-back path.unread", "d") if unread else ""
    assert drawn.count("M") == unread


def test_all_layers_are_shown_when_asked(visit):
    page = visit()
    page.click("summary:text('Find a layer')")
    page.fill("[name=have]", "7")
    page.fill("[name=want]", "14")
    layers = page.locator(".tc-layers button")
    textbook = layers.filter(has_text="k = 3, s = 2, p = 1, p′ = 1")
    assert (layers.count(), textbook.count()) == (6, 0)
    page.click("text=show all")
    assert layers.count() > 20 and textbook.count() == 1
    assert page.text_content(".tc-many").startswith(f"{layers.count()} of {layers.count()} layers")


def test_from_two_sizes_to_a_layer(visit):
    page = visit()
    page.click("summary:text('Find a layer')")
    page.fill("[name=have]", "4")
    page.fill("[name=want]", "8")
    first = page.locator(".tc-layers button").first
    assert first.text_content() == "k = 2, s = 2, p = 0, p′ = 0no overlap"
    page.locator(".tc-layers button").nth(1).click()
    assert (size_of(page), attribute(page, "kernel-size")) == ("8", "4")
    page.fill("[name=want]", "9999")
    assert page.text_content(".tc-many") == "No layer here does that."


def test_back_from_an_encoder(visit):
    page = visit("#i=4&k=3&s=2&p=1&op=0&d=1")
    page.click("summary:text('Find a layer')")
    page.fill("[name=before]", "50")
    page.fill("[name=after]", "25")
    assert "p′ = 1 returns from 25 to 50." in page.text_content(".tc-returns")
    page.click(".tc-returns button")
    assert size_of(page) == "50"
    page.fill("[name=after]", "24")
    assert page.text_content(".tc-returns") == "That convolution takes 50 to 25."


LAYERS = [
    "#i=4&k=3&s=2&p=1&op=1&d=1",
    "#i=3&k=2&s=1&p=0&op=0&d=2&x=0.5,-1,2&w=1,-0.25&b=-3",
    "#i=2,3&k=2,1&s=1,2&p=0&op=0,1&d=1&axes=2&w=1;-2&b=0.5",
]


def test_the_torch_line_prints_what_is_shown(visit):
    page, codes, shown = visit(), [], []
    for hash_ in LAYERS:
        turn_to(page, hash_)
        codes.append(page.text_content("code >> nth=0"))
        shown.append(page.evaluate(f"{FIGURE}.result.flat()"))
    code = "\nprint('then')\n".join(codes)  # one start of torch for all
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for printed, result, code in zip(run.stdout.split("then"), shown, codes, strict=True):
        assert numbers(printed) == pytest.approx(result)
        assert numbers(code.splitlines()[-1]) == pytest.approx(result)  # the comment promises it


def test_copying_and_the_picture_as_a_file(visit, tmp_path):
    page = visit()
    page.click("summary:text('Take it along')")
    page.click("[data-copy=torch]")
    page.wait_for_function("document.querySelector('.tc-copied').textContent !== ''")
    with page.expect_download() as download:
        page.click(".tc-svg")
    path = tmp_path / "picture.svg"
    download.value.save_as(path)
    svg = path.read_text(encoding="utf-8")
    assert download.value.suggested_filename == "transposed-convolution-stamps.svg"
    assert svg.count("--input:") == 1 and ">400</tspan>" in svg
    # As XML, where nothing may be open.
    parsed = "svg => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.nodeName"
    assert page.evaluate(parsed, svg) == "svg"


# ---- how it looks


@pytest.mark.parametrize("width", [320, 360, 640, 1200])
def test_no_page_is_wider_than_its_window(visit, width):
    page = visit(width=width)
    for hash_ in ("#k=3", "#i=32&k=11&s=8&p=10&op=7&d=5", "#i=9,3&k=3&s=2&p=1&op=1&d=1&axes=2"):
        turn_to(page, hash_)
        for view in VIEWS:
            page.click(f"[data-view={view}]")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (hash_, view)
            clipped = page.evaluate(
                """() => [...document.querySelectorAll(".tc-box svg text")].filter(text =>
                    text.getBBox().x < -1 || text.getBBox().x + text.getBBox().width >
                    text.ownerSVGElement.width.baseVal.value + 1).map(text => text.textContent)"""
            )
            assert clipped == [], (hash_, view)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1200, "dark")])
def test_accessible(visit, width, scheme):
    page = visit(width=width, scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    layers = ["#i=4&k=3&s=2&p=1&op=1&d=1", "#i=3&k=3&s=2&p=1&op=1&d=1&axes=2"]
    states = [f"{layer}&view={view}" for layer in layers for view in VIEWS]
    for hash_ in [*states, "#i=4&k=3&s=2&p=0&op=2&d=1", "#i=x"]:
        turn_to(page, hash_)
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], hash_


def test_light_and_dark(visit):
    ground = "getComputedStyle(document.querySelector('.tc form')).backgroundColor"
    page = visit(scheme="dark")
    dark = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    light = page.evaluate(ground)
    assert light == "rgb(255, 255, 255)" != dark
    page = visit(scheme="light")
    assert page.evaluate(ground) == light
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(ground) == dark
    page.emulate_media(media="print")
    assert page.evaluate(ground) == light


@pytest.mark.parametrize(
    ("chosen", "theme"), [("dark", "dark"), ("light", "light"), ("auto", None)]
)
def test_the_theme_chosen_in_the_book(visit, chosen, theme):
    page = visit(script=f"localStorage.setItem('mode', '{chosen}')")
    assert page.evaluate("document.documentElement.dataset.theme") == theme


def test_without_storage(visit):
    gone = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})"
    assert size_of(visit(script=gone)) == DEFAULT


def test_chinese_where_the_page_is_chinese(visit):
    page = visit()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div lang=zh-CN>"
        "<transposed-convolution padding=1 output-padding=1></transposed-convolution></div>')"
    )
    figure = page.locator("[lang=zh-CN] transposed-convolution")
    assert figure.locator("[role=tab]").all_text_contents() == ["印记", "插零", "矩阵", "相位"]
    assert "让 p = 1 裁去了：400 = 4·100" in figure.locator(".tc-why").text_content()


def test_it_plays_by_itself_only_where_motion_is_welcome(visit):
    add = (
        "document.body.insertAdjacentHTML('beforeend', '<transposed-convolution play>"
        "</transposed-convolution>'); document.body.lastElementChild"
        ".querySelector('[data-move=play]').getAttribute('aria-label')"
    )
    assert visit().evaluate(add) == "Pause"
    assert visit(reduced_motion="reduce").evaluate(add) == "Play"


def test_the_page_says_what_it_is_and_leads_back(visit):
    page = visit()
    assert page.get_attribute("header a", "href") == "book/index.html"
    purpose = page.get_attribute("meta[name=description]", "content")
    assert purpose in page.locator("header p").all_text_contents()


# ---- how much work it is


REDRAWS = """async ([name, values]) => {
    const figure = document.querySelector("transposed-convolution"), times = [];
    const field = figure.querySelector(`[name=${name}]`);
    let writes = 0;
    const watch = new MutationObserver(all => writes += all.length);
    watch.observe(figure, {subtree: true, childList: true, attributes: true, characterData: true});
    for (let n = 0; n < 16; n++) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        field.value = values[n % 2];
        field.dispatchEvent(new Event("input", {bubbles: true}));
        document.body.getBoundingClientRect();  // with style and layout
        times.push(performance.now() - start);
    }
    await null;
    return [times.slice(1), writes / 16];
}"""
POINTING = """async () => {
    const figure = document.querySelector("transposed-convolution");
    let writes = 0;
    const watch = new MutationObserver(all => writes += all.length);
    watch.observe(figure, {subtree: true, childList: true, attributes: true, characterData: true});
    for (const cell of [...figure.querySelectorAll(".base [data-f]")].slice(0, 20)) {
        const {x, y, width, height} = cell.getBoundingClientRect();
        const at = {clientX: x + width / 2, clientY: y + height / 2};
        cell.dispatchEvent(new PointerEvent("pointermove", {...at, bubbles: true, pointerType: "mouse"}));
    }
    await null;
    return writes / 20;
}"""


@pytest.mark.parametrize(
    ("layer", "hash_", "target"),
    [
        ("1-D", "#i=8&k=3&s=2&p=1&op=1&d=1", 8),
        ("2-D 16 × 16", "#i=16&k=3&s=2&p=1&op=1&d=1&axes=2", 16),
    ],
)
def test_a_redraw_is_few_writes(visit, layer, hash_, target):
    page = visit(hash_, width=900)
    page.evaluate(f"{FIGURE}.setAttribute('compact', '')")
    for what, name, values in (
        ("number", "x", "57"),
        ("padding", "p", "21"),
        ("kernel", "k", "43"),
    ):
        times, writes = page.evaluate(REDRAWS, [name, list(values)])
        print(
            f"\nredraw {layer}, {what}: median {statistics.median(times):.1f} ms "
            f"(target {target} ms), {writes:.0f} writes"
        )
        # Fields that change, and what is drawn: all cells in one write.
        assert writes < 60
    assert page.evaluate(POINTING) < 40  # pointing draws no cell anew
