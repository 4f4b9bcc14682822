"""Every chapter keeps the rules, and each rule rejects a chapter that breaks it."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pytest
from chapters import RULES, at_least_three_exercises_that_run, faults, opens_and_closes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from deconv_helpers import conv_transpose_output_size
from deconv_helpers.explorer import widget

BOOK = Path(__file__).parents[1] / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb"))
CHAPTERS = sorted(BOOK.glob("[0-9]*.ipynb"))
RANGES = dict(zip(("i", "k", "s", "p", "op", "d", "axes"), widget.RANGES.values()))
OF_AN_ARGUMENT = {opens_and_closes, at_least_three_exercises_that_run}


def test_there_are_chapters():
    assert [path.name[:2] for path in CHAPTERS[:5]] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_keeps_the_rules(path):
    assert faults(nbformat.read(path, as_version=4)) == []


def links_to_the_explorer():
    for path in NOTEBOOKS:
        for state in re.findall(
            r"\{explorer\}`[^<`]+<([^>`]+)>`", path.read_text(encoding="utf-8")
        ):
            yield pytest.param(state, id=f"{path.stem[:2]} {state}")


@pytest.mark.parametrize("state", list(links_to_the_explorer()))
def test_a_link_to_the_explorer_opens_a_state_that_it_takes(state):
    numbers = {name: int(value) for name, value in parse_qsl(state, strict_parsing=True)}
    assert numbers.keys() | {"axes"} == RANGES.keys()
    assert all(RANGES[name][0] <= number <= RANGES[name][1] for name, number in numbers.items())
    i, k, s, p, op, d = (numbers[name] for name in ("i", "k", "s", "p", "op", "d"))
    # Refused ones raise.
    assert conv_transpose_output_size(i, k, stride=s, padding=p, output_padding=op, dilation=d)


def test_the_gallery_keeps_the_rules_of_all_but_an_argument():
    gallery = nbformat.read(BOOK / "gallery.ipynb", as_version=4)
    rules = [rule for rule in RULES if rule not in OF_AN_ARGUMENT]
    assert [fault for rule in rules for fault in rule(gallery)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_as_its_tool_writes_it(path):
    chapter = nbformat.read(path, as_version=4)
    assert path.read_text(encoding="utf-8") == nbformat.writes(chapter, indent=1) + "\n"


# --- A sound chapter, and the ways to break it -----------------------------------------------


def result(text="3", **data):
    return new_output("execute_result", {"text/plain": text, **data}, execution_count=1)


def sound_chapter():
    solutions = []
    for name in "abc":
        solutions += [
            new_markdown_cell(f"```{{exercise}}\n:label: ex-{name}\n\nWhy?\n```"),
            new_markdown_cell(f"```{{solution-start}} ex-{name}\n:class: dropdown\n```"),
            new_code_cell("assert 1 + 1 == 2"),
            new_markdown_cell("```{solution-end}\n```"),
        ]
    chapter = new_notebook(
        cells=[
            new_markdown_cell("# T\n\n**What you will see.** A.\n\n**What you need.** B."),
            new_code_cell("1 + 2", outputs=[result()]),
            new_markdown_cell("## Rule\n\n$$\no = i + 1\n$$\n\n## Summary\n\n## Exercises"),
            *solutions,
            new_markdown_cell("## End\n\n## Further reading"),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "P"},
            "language_info": {"name": "python"},
        },
    )
    code = [cell for cell in chapter.cells if cell.cell_type == "code"]
    for place, cell in enumerate(code, start=1):
        cell.execution_count = place
    return chapter


def described(**kinds):
    return {
        "mystnb": {"image": {"alt": "Five cells in a row."}, "figure": {"caption": "C"}} | kinds
    }


def without_count(chapter):
    chapter.cells[1].execution_count = None


def out_of_order(chapter):
    chapter.cells[1].execution_count = 2


def output_of_another_run(chapter):
    chapter.cells[1].outputs[0].execution_count = 7


def nbval_comment(chapter):
    chapter.cells[1].source = "# NBVAL_IGNORE_OUTPUT\n1 + 2"


def nbval_tag(chapter):
    chapter.cells[1].metadata = {"tags": ["nbval-skip"]}


def allowed_to_fail(chapter):
    chapter.cells[1].metadata = {"tags": ["raises-exception"]}


def stored_traceback(chapter):
    chapter.cells[1].outputs = [new_output("error", ename="E", evalue="", traceback=[])]


def stored_warning(chapter):
    chapter.cells[1].outputs = [new_output("stream", name="stderr", text="UserWarning: old")]


def printed_warning(chapter):
    chapter.cells[1].outputs = [new_output("stream", name="stdout", text="UserWarning: old")]


def unix_path(chapter):
    chapter.cells[1].outputs = [result("'/home/someone/book.py'")]


def windows_path(chapter):
    chapter.cells[1].outputs = [result("C:\\Users\\someone")]


def address_in_memory(chapter):
    chapter.cells[1].outputs = [result("<object at 0x7f3a2c1b0d90>")]


def png_output(chapter):
    chapter.cells[1].outputs = [result(**{"image/png": "iVBORw0KGgo="})]


def html_output(chapter):
    chapter.cells[1].outputs = [result(**{"text/html": "<b>3</b>"})]


def heavy_picture(chapter):
    chapter.cells[1].outputs = [result(**{"image/svg+xml": "<svg>" + 60_000 * " "})]
    chapter.cells[1].metadata = described()


def attached_picture(chapter):
    chapter.cells[0].attachments = {"a.png": {"image/png": "iVBORw0KGgo="}}


def long_cell(chapter):
    chapter.cells[1].source = "\n".join(["1 + 2"] * 11)


def wide_cell(chapter):
    chapter.cells[1].source = "1 + " * 20 + "2"


def empty_cell(chapter):
    chapter.cells[1].source = ""


def plotting_code(chapter):
    chapter.cells[1].source = "import matplotlib.pyplot as plt"


def picture_without_alt(chapter):
    chapter.cells[1].outputs = [result(**{"image/svg+xml": "<svg/>"})]
    chapter.cells[1].metadata = described(image={})


def picture_without_caption(chapter):
    chapter.cells[1].outputs = [result(**{"image/svg+xml": "<svg/>"})]
    chapter.cells[1].metadata = described(figure={})


def words_in_an_equation(chapter):
    chapter.cells[2].source += "\n\n$$\no = i \\text{ if even}\n$$"


def no_summary(chapter):
    chapter.cells[2].source = "## Exercises"


def two_exercises(chapter):
    del chapter.cells[3:7]


def solution_without_assert(chapter):
    chapter.cells[5].source = "1 + 1 == 2"


def assert_that_is_not_last(chapter):
    chapter.cells[5].source = "assert True\nprint()"


def python_version(chapter):
    chapter.metadata["language_info"]["version"] = "3.11.7"


def timestamps(chapter):
    chapter.cells[1].metadata = {"execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"}}


BROKEN = {
    without_count: "count is None, not 1",
    out_of_order: "count is 2, not 1",
    output_of_another_run: "output's count is 7, not 1",
    nbval_comment: "an nbval marker",
    nbval_tag: "an nbval marker",
    allowed_to_fail: "tag raises-exception",
    stored_traceback: "a stored traceback",
    stored_warning: "a stored warning",
    printed_warning: "a stored warning",
    unix_path: "/home/someone/b",
    windows_path: "of one machine",
    address_in_memory: "0x7f3a2c1b0d90",
    png_output: "output of type image/png",
    heavy_picture: "a picture of 60,005 bytes",
    html_output: "output of type text/html",
    attached_picture: "an attached file",
    long_cell: "11 lines, allowed are 1 to 10",
    wide_cell: "a line of 81, allowed are 80",
    empty_cell: "0 lines",
    plotting_code: "plotting code, 'matplotlib'",
    picture_without_alt: "alternative text is ''",
    picture_without_caption: "a picture without caption",
    words_in_an_equation: "words in a display equation",
    no_summary: "no '## Summary'",
    two_exercises: "2 exercises",
    solution_without_assert: "exercise ex-a: no solution",
    assert_that_is_not_last: "exercise ex-a: no solution",
    python_version: "names the version of Python",
    timestamps: "metadata execution",
}


def test_a_sound_chapter_has_no_fault():
    chapter = sound_chapter()
    nbformat.validate(chapter)
    assert faults(chapter) == []


@pytest.mark.parametrize(
    ("break_it", "fault"), BROKEN.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_a_broken_chapter_is_rejected(break_it, fault):
    chapter = sound_chapter()
    break_it(chapter)
    assert [line for line in faults(chapter) if fault in line]


def test_every_rule_rejects_something():
    rejecting = set()
    for break_it in BROKEN:
        chapter = sound_chapter()
        break_it(chapter)
        rejecting |= {rule for rule in RULES if list(rule(chapter))}
    assert rejecting == set(RULES)
