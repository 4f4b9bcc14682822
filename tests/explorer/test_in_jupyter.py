"""The widget's side in the browser, with a model as a notebook has it."""

from pathlib import Path

import pytest
from browsing import in_a_browser
from visiting import address, visit  # noqa: F401

from deconv_helpers.explorer import module

pytestmark = in_a_browser
FAKE = Path(__file__).with_name("fake_model.js").read_text(encoding="utf-8")


@pytest.fixture
def notebook(visit):
    page = visit()
    page.evaluate(FAKE, module())
    return page


def test_python_moves_the_figure(notebook):
    assert notebook.evaluate(
        """async () => {
            const one = makeWidget({}), seen = [one.figure.result.length];
            one.model.set("stride", 3);
            one.model.set("kernel", [1, 2, 3]);
            await null;
            return [...seen, one.figure.result, one.model.saved];
        }"""
    ) == [10, [1, 2, 3, 2, 4, 6, 3, 6, 9, 4, 8, 12, 0], 0]


def test_the_figure_moves_python(notebook):
    assert notebook.evaluate(
        """() => {
            const one = makeWidget({}), before = location.hash;
            one.type("s", 3);
            one.type("x", 7);
            one.el.querySelector("[data-view=matrix]").click();
            one.el.querySelector("[name=axes][value='2']").click();
            one.el.querySelector("[name=lock]").click();
            one.type("p2", 1);
            return [one.data.stride, one.data.padding, one.data.axes, one.data.view,
                    one.data.input[0].length, location.hash === before];
        }"""
    ) == [3, [0, 1], 2, "matrix", 4, True]


def test_a_half_typed_field_tells_nothing_and_stays(notebook):
    assert notebook.evaluate(
        """() => {
            const one = makeWidget({});
            one.type("p", "");
            one.type("k", 5);
            return [one.data.padding, one.data.kernel_size, one.figure.result,
                    one.el.querySelector("[name=p]").value];
        }"""
    ) == [0, 5, None, ""]


def test_two_widgets_do_not_disturb_each_other(notebook):
    assert notebook.evaluate(
        """() => {
            const [a, b] = [makeWidget({}), makeWidget({stride: 3})];
            const ids = [...document.querySelectorAll(".tc [id]")].map(one => one.id);
            b.type("k", 7);
            b.el.querySelector("[name=axes][value='2']").click();
            return [ids.length - new Set(ids).size, a.data.kernel_size, a.data.axes,
                    b.data.kernel_size, b.data.axes, b.el.contains(b.el.querySelector("label").control)];
        }"""
    ) == [0, 3, 1, 7, 2, True]


def test_what_is_taken_away_listens_no_more(notebook):
    assert notebook.evaluate(
        """() => {
            const one = makeWidget({});
            one.stop();
            return [one.el.children.length, one.heard["change:stride"].length];
        }"""
    ) == [0, 0]


def test_a_notebook_keeps_its_theme_and_hears_no_bare_key(visit):
    page = visit(scheme="dark")
    ground = "getComputedStyle(document.querySelector('.tc form')).backgroundColor"
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert page.evaluate(ground) != "rgb(255, 255, 255)"
    page.evaluate("window.keys = []; document.addEventListener('keydown', e => keys.push(e.key))")
    page.focus(".tc-box")
    for key in ("ArrowDown", "Space", "x", "Control+s"):
        page.keyboard.press(key)
    assert page.evaluate("keys") == ["Control", "s"]
