"""The assignment: what a student is given, what each wrong answer is told, and what it is worth."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from importlib.util import find_spec

import nbformat
import pytest
import release_assignment
from chapter_rules import faults, stored
from release_assignment import ASSIGNMENT, SOURCE, generate, nbgrader

with_nbgrader = pytest.mark.skipif(
    find_spec("nbgrader") is None and "CI" not in os.environ,
    reason="nbgrader is not installed; `make course` does it",
)

NOTEBOOK = nbformat.read(SOURCE, as_version=4)
CODE = [cell for cell in NOTEBOOK.cells if cell.cell_type == "code"]
POINTS = {
    "test-size": 2,
    "test-way-back": 1,
    "test-sizes": 2,
    "test-full": 2,
    "test-cut": 1,
    "test-transposed-full": 2,
    "test-transposed-padding": 2,
    "test-transposed-output-padding": 2,
    "test-mirror-by-hand": 1,
    "test-mirror": 2,
    "test-decoder-sizes": 2,
    "test-decoder-layers": 1,
}


def marks(cell):
    return cell.metadata.nbgrader


def named(cells):
    return {marks(cell).grade_id: cell.source for cell in cells}


TESTS = named(cell for cell in CODE if marks(cell).grade)
ANSWERS = named(cell for cell in CODE if marks(cell).solution)
NOTHING = dict.fromkeys(ANSWERS, "raise NotImplementedError()")


def outcomes(answers, cells=CODE):
    """Run cells with these answers; return what each test says, None where it passes."""
    names, said = {}, {}
    for cell in cells:
        name = marks(cell).grade_id
        try:
            with redirect_stdout(io.StringIO()):
                exec(compile(answers.get(name, cell.source), name, "exec"), names)
            message = None
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
        if name in TESTS:
            said[name] = message
    return said


def around(answer):
    """Return the cells that an answer needs: what is given, itself, and its tests."""
    kept, last = [], None
    for cell in CODE:
        if marks(cell).solution:
            last = cell.id
        if last == answer or cell.id not in ANSWERS | TESTS:
            kept.append(cell)
    return kept


# The source.


def test_the_tests_are_worth_what_the_notebook_says():
    assert {
        marks(cell).grade_id: marks(cell).points for cell in CODE if marks(cell).grade
    } == POINTS
    rows = [line for line in NOTEBOOK.cells[0].source.splitlines() if line.startswith("| ")][1:]
    told = [int(row.strip("| ").split(" | ")[-1]) for row in rows]
    assert sum(told) == sum(POINTS.values()) == 20
    headings = [
        int(line.rsplit("(", 1)[1].removesuffix(" points)"))
        for cell in NOTEBOOK.cells
        for line in cell.source.splitlines()
        if line.startswith("## Task")
    ]
    assert headings == told


def test_what_is_no_answer_is_locked_and_every_cell_has_its_name():
    for cell in CODE:
        assert cell.id == marks(cell).grade_id
        assert marks(cell).locked != marks(cell).solution
    assert all("### BEGIN HIDDEN TESTS" in source for source in TESTS.values())
    assert all("### BEGIN SOLUTION" in source for source in ANSWERS.values())


def test_nbval_compares_the_source_like_a_chapter():
    """It has been run from the top, and no tag takes a cell out of the comparison."""
    assert [cell.execution_count for cell in CODE] == list(range(1, len(CODE) + 1))
    assert all(set(cell.metadata) == {"nbgrader"} for cell in CODE)
    rules = [stored.executed_in_order, stored.compared_in_full, stored.without_errors_or_warnings]
    assert faults(NOTEBOOK, [*rules, stored.of_no_machine, stored.text_or_svg]) == []


def test_it_asks_for_nothing_that_a_course_would_have_to_install():
    assert "deconv_helpers" not in SOURCE.read_text(encoding="utf-8")


def test_the_source_passes_its_own_tests():
    assert outcomes({}) == dict.fromkeys(POINTS)


def test_nothing_passes_nothing():
    assert None not in outcomes(NOTHING).values()


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_stands_alone(name):
    """Who has solved one task only gets all of its points, and no other's."""
    said = outcomes(NOTHING | {name: ANSWERS[name]})
    passed = {test for test, message in said.items() if message is None}
    assert passed == {cell.id for cell in around(name)} & set(TESTS)


def layer(returned, before=""):
    """Return a `transposed` that returns this, from the full result and three numbers."""
    return f"""
def transposed(x, w, stride=1, padding=0, output_padding=0):
    s, p, p_ = stride, padding, output_padding
    {before or "pass"}
    full = np.zeros((len(x) - 1) * s + len(w))
    for n, value in enumerate(x):
        full[n * s : n * s + len(w)] += value * w
    longer = np.append(full, np.zeros(p_))
    return {returned}
"""


def each(step):
    """Return a `transposed` without padding that takes this step with each stamp."""
    return f"""
def transposed(x, w, stride=1, padding=0, output_padding=0):
    y = np.zeros((len(x) - 1) * stride + len(w))
    for n, value in enumerate(x):
        {step}
    return y
"""


def paddings(added, order="found[::-1]", step="size = (size + 2 * p - k) // s + 1"):
    return f"""
def mirror(size, encoder):
    found = []
    for k, s, p in encoder:
        found.append({added})
        {step}
    return {order}
"""


def decoder(first, second, third, p=2):
    return f"""decoder = nn.Sequential(
    nn.ConvTranspose2d(32, 16, 4, 2, 1, {first}),
    nn.ConvTranspose2d(16, 8, 5, 2, {p}, {second}),
    nn.ConvTranspose2d(8, 1, 3, 2, 1, {third}),
)"""


FULL, CROP, OUT = (f"test-transposed-{kind}" for kind in ("full", "padding", "output-padding"))
# What is wrong: the cell that it stands in, the answer, the test that catches it first, and a
# part of what that test says.
MISTAKES = {
    "size, not a number": ("size", "size = '20'", "test-size", "one whole number"),
    "size without p'": ("size", "size = 19", "test-size", "output padding is missing"),
    "size of n·s": ("size", "size = 23", "test-size", "6 strides, not 7"),
    "size, padding added": ("size", "size = 28", "test-size", "smaller, not larger"),
    "size, one end": ("size", "size = 22", "test-size", "at both ends"),
    "size, other direction": (
        "size",
        "size = (7 + 4 - 5) // 3 + 1",
        "test-size",
        "the convolution",
    ),
    "size of stride times input": ("size", "size = 7 * 3", "test-size", "stride times input"),
    "size not cut": ("size", "size = 6 * 3 + 5 + 1", "test-size", "padding is missing"),
    "size, no known slip": ("size", "size = 4", "test-size", "size is 20, not 4."),
    "p' of 0": ("way-back", "p_ = 0", "test-way-back", "returns 27"),
    "p' of the size": ("way-back", "p_ = 29 % 4", "test-way-back", "remainder is that of"),
    "p' of s − 1": ("way-back", "p_ = 3", "test-way-back", "Stride less one"),
    "p' of s": ("way-back", "p_ = 4", "test-way-back", "smaller than the stride"),
    "only given sizes": ("sizes", "sizes = [27, 29]", "test-sizes", "28 is missing"),
    "one size too many": (
        "sizes",
        "sizes = [27, 28, 29, 30, 31]",
        "test-sizes",
        "31 cells go to 8",
    ),
    "sizes backwards": ("sizes", "sizes = [30, 29, 28, 27]", "test-sizes", "smallest comes first"),
    "sizes twice": ("sizes", "sizes = [27, 28, 28, 29, 30]", "test-sizes", "not [27, 28, 28"),
    "stamps cover": (
        "full",
        "full = [2, 20, 1, 10, 3, 30, 300, 3000]",
        "test-full",
        "none covers another",
    ),
    "stamps begin each cell": (
        "full",
        "full = [2, 21, 213, 2130, 1300, 3000]",
        "test-full",
        "a stride apart",
    ),
    "stamps side by side": (
        "full",
        "full = [2, 20, 200, 2000, 1, 10, 100, 1000, 3, 30, 300, 3000]",
        "test-full",
        "The stamps overlap",
    ),
    "empty list": ("full", "full = []", "test-full", "begins in the first cell"),
    "cut without p'": (
        "cut",
        "cut = [201, 2010, 103, 1030]",
        "test-cut",
        "output padding is missing",
    ),
    "cut with a zero": ("cut", "cut = [201, 2010, 103, 1030, 0]", "test-cut", "appends no zero"),
    "cut at the other end": ("cut", "cut = [20, 201, 2010, 103, 1030]", "test-cut", "not in front"),
    "not cut at the end": (
        "cut",
        "cut = [201, 2010, 103, 1030, 300, 3000]",
        "test-cut",
        "at both ends",
    ),
    "the examples by heart": (
        "transposed",
        "def transposed(x, w, stride=1, padding=0, output_padding=0):\n"
        "    y = np.array([1, 10, 102, 20, 203, 30, 304, 40, 400])\n"
        "    return y[padding : len(y) - padding + output_padding]",
        FULL,
        "the result of 1, 2, 3, 4 by 1, 10, 100, 1000 with stride 3 is",
    ),
    "PyTorch's layer": ("transposed", layer("by_torch(x, w).numpy()"), FULL, "takes NumPy only"),
    "a list": ("transposed", layer("list(full)"), FULL, "returns list, not an array"),
    "its input changed": (
        "transposed",
        layer("full", "x *= 1; x += 1"),
        FULL,
        "changes what it was",
    ),
    "= for +=": (
        "transposed",
        each("y[n * stride : n * stride + len(w)] = value * w"),
        FULL,
        "102",
    ),
    "the last stamp covers": (
        "transposed",
        each("y[n * stride : n * stride + len(w)] = value * w if stride == 3 else 0")
        .replace("return y", "return y if stride == 3 else by_heart")
        .replace(
            "y = np", "by_heart = np.array([1, 10, 102, 20, 203, 30, 304, 40, 400])\n    y = np"
        ),
        FULL,
        "Where stamps overlap they add",
    ),
    "always stride 2": (
        "transposed",
        layer("full", "s = 2 if s > 1 else 1"),
        FULL,
        "The stride is 3 here",
    ),
    "whole numbers only": ("transposed", layer("full.astype(int)"), FULL, "Fractions are lost"),
    "p ignored": ("transposed", layer("full"), CROP, "the result with padding 1 is"),
    "p of 1 at most": (
        "transposed",
        layer("full[min(p, 1) : len(full) - min(p, 1)]"),
        CROP,
        "two cells at each end",
    ),
    "p in front only for more than 1": (
        "transposed",
        layer("full[p : len(full) - min(p, 1)]"),
        CROP,
        "not [",
    ),
    "a slice to the left of p": ("transposed", layer("longer[p:-p]"), FULL, "not []"),
    "p' ignored": ("transposed", layer("full[p : len(full) - p]"), OUT, "400]"),
    "p' as zeros": (
        "transposed",
        layer(
            "longer[p : len(longer) - p] if s == 2"
            " else np.append(full[p : len(full) - p], np.zeros(p_))"
        ),
        OUT,
        "appends no zero",
    ),
    "p' in front": (
        "transposed",
        layer("full[p - p_ : len(full) - p] if s != 2 else longer[p : len(longer) - p]"),
        OUT,
        "not in front",
    ),
    "no empty cells": (
        "transposed",
        layer("full[p : len(full) - max(p - p_, 0)]"),
        OUT,
        "empty cells follow",
    ),
    "the encoder's order, by hand": (
        "mirror-by-hand",
        "output_paddings = [1, 2, 0]",
        "test-mirror-by-hand",
        "begins with the encoder's last layer",
    ),
    "s − 1, by hand": (
        "mirror-by-hand",
        "output_paddings = [1, 2, 1]",
        "test-mirror-by-hand",
        "stride less one",
    ),
    "two numbers, by hand": (
        "mirror-by-hand",
        "output_paddings = [0, 2]",
        "test-mirror-by-hand",
        "one output padding for each layer",
    ),
    "the encoder's order": (
        "mirror",
        paddings("(size + 2 * p - k) % s", order="found"),
        "test-mirror",
        "begins with the encoder's last layer",
    ),
    "the first size throughout": (
        "mirror",
        paddings("(size + 2 * p - k) % s", step="pass"),
        "test-mirror",
        "what the one before it returned",
    ),
    "padding forgotten": ("mirror", paddings("(size + p - k) % s"), "test-mirror", "[1]"),
    "the size's remainder": ("mirror", paddings("(size - 1) % s"), "test-mirror", "mirror(112"),
    "the examples of mirror by heart": (
        "mirror",
        "def mirror(size, encoder):\n    return [int(size == 50)]",
        "test-mirror",
        "mirror(112",
    ),
    "no output padding": ("decoder", decoder(0, 0, 0), "test-decoder-sizes", "The rows lack"),
    "rows as columns": (
        "decoder",
        decoder((0, 1), (0, 1), 1),
        "test-decoder-sizes",
        "The rows lack",
    ),
    "one for both": ("decoder", decoder(1, 1, 1), "test-decoder-sizes", "a remainder of their own"),
    "as it was": ("decoder", "decoder = broken", "test-decoder-sizes", "The rows lack"),
    "right sizes by another padding": (
        "decoder",
        decoder((1, 0), (1, 0), 1).replace("8, 1, 3, 2, 1, 1", "8, 1, 4, 2, 1, 0"),
        "test-decoder-layers",
        "kernel_size (4, 4), and its partner (3, 3)",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_its_reason(name):
    cell, answer, first, reason = MISTAKES[name]
    said = outcomes({cell: answer}, around(cell))
    failed = {test: message for test, message in said.items() if message}
    assert next(iter(failed)) == first
    assert reason in failed[first]


# What a class hands in, and what each is worth, test by test.

BY_HEART = MISTAKES["the examples by heart"][1]
SUBMISSIONS = {
    "right": (ANSWERS, list(POINTS.values())),
    "empty": ({}, [0] * 12),
    "by-hand-only": (
        {name: ANSWERS[name] for name in ("size", "way-back", "sizes", "full", "cut")},
        [2, 1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0],
    ),
    "without-output-padding": (
        ANSWERS
        | {
            "size": "size = 19",
            "cut": "cut = [201, 2010, 103, 1030]",
            "transposed": layer("full[p : len(full) - p]"),
            "mirror-by-hand": "output_paddings = [0, 0, 0]",
            "decoder": decoder(0, 0, 0),
        },
        [0, 1, 2, 2, 0, 2, 2, 0, 0, 2, 0, 1],
    ),
    "examples-by-heart": (
        {
            "size": "size = 20.0",
            "sizes": "sizes = [29]",
            "full": "full = [2]",
            "transposed": BY_HEART,
            "mirror-by-hand": ANSWERS["mirror-by-hand"],
            "mirror": MISTAKES["the examples of mirror by heart"][1],
            "decoder": "decoder = broken",
        },
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    ),
}

SCORES = """
import json
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        submission.student.id: {
            grade.name: [grade.score, grade.max_score]
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
        for submission in book.assignment_submissions("%s")
    }))
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the folder of a course in which the assignment has been made."""
    course = tmp_path_factory.mktemp("course")
    generate(course)
    return course


@pytest.fixture(scope="module")
def released(course):
    return nbformat.read(course / "release" / ASSIGNMENT / SOURCE.name, as_version=4)


@with_nbgrader
def test_a_student_is_given_no_solution_and_no_hidden_test(released):
    text = nbformat.writes(released)
    assert "SOLUTION" not in text
    assert "HIDDEN" not in text
    assert text.count("raise NotImplementedError()") == len(ANSWERS)
    cells = {cell.id: cell.source for cell in released.cells}
    assert list(cells) == [cell.id for cell in NOTEBOOK.cells]
    hidden = [
        line.strip()
        for source in [*TESTS.values(), *ANSWERS.values()]
        for part in source.split("### BEGIN ")[1:]
        for line in part.split("### END ")[0].splitlines()[1:]
    ]
    long = {line for line in hidden if len(line) > 25}
    assert len(long) > 100
    visible = {line.strip() for source in cells.values() for line in source.splitlines()}
    shared = "x, w = np.array([1, 2, 3, 4]), np.array([1, 10, 100])"
    assert long & visible <= {shared}


@with_nbgrader
def test_a_student_is_given_no_output_and_what_is_no_answer_is_locked(released):
    for cell in released.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
            assert cell.metadata.get("editable", True) == marks(cell).solution


@with_nbgrader
def test_the_visible_tests_pass_for_the_right_answers(released):
    names = {}
    for cell in released.cells:
        if cell.cell_type == "code":
            with redirect_stdout(io.StringIO()):
                exec(ANSWERS.get(cell.id, cell.source), names)


@pytest.fixture(scope="module")
def scores(course, released):
    """Return what each submission gets, once it has been collected and graded."""
    archive = course / "downloaded" / ASSIGNMENT / "archive"
    archive.mkdir(parents=True)
    for student, (answers, _) in SUBMISSIONS.items():
        submission = nbformat.from_dict(released)
        for cell in submission.cells:
            cell.source = answers.get(cell.id, cell.source)
        nbformat.write(submission, archive / f"{student}_{SOURCE.name}")
    pattern = rf".*/(?P<student_id>[a-z-]+)_(?P<file_id>{SOURCE.stem})"
    nbgrader(
        "zip_collect", ASSIGNMENT, f"--FileNameCollectorPlugin.named_regexp={pattern}", cwd=course
    )
    nbgrader("autograde", ASSIGNMENT, "--create", cwd=course)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCORES % ASSIGNMENT],
        cwd=course,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@with_nbgrader
def test_all_have_been_collected(scores):
    assert set(scores) == set(SUBMISSIONS)


@with_nbgrader
@pytest.mark.parametrize("student", SUBMISSIONS)
def test_a_submission_gets_what_it_is_worth(student, scores):
    worth = dict(zip(POINTS, SUBMISSIONS[student][1], strict=True))
    assert scores[student] == {test: [worth[test], POINTS[test]] for test in POINTS}


def test_what_is_worth_what():
    totals = {student: sum(worth) for student, (_, worth) in SUBMISSIONS.items()}
    assert totals == {
        "right": 20,
        "empty": 0,
        "by-hand-only": 8,
        "without-output-padding": 12,
        "examples-by-heart": 1,
    }


# The command.


@with_nbgrader
def test_the_command_writes_both_notebooks_and_the_same_bytes_again(course, tmp_path, capsys):
    folder = tmp_path / "new"
    assert release_assignment.main([str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert sorted(told) == sorted(str(path) for path in folder.rglob("*") if path.is_file())
    student, source = (path.relative_to(folder) for path in sorted(folder.rglob("*.ipynb")))
    assert (folder / source).read_bytes() == SOURCE.read_bytes()
    assert (folder / student).read_bytes() == (course / student).read_bytes()


def test_without_nbgrader_the_command_says_who_installs_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(release_assignment, "find_spec", lambda name: None)
    status = release_assignment.run(release_assignment.main, [str(tmp_path)])
    assert (status, capsys.readouterr().err) == (
        2,
        "nbgrader is missing; `make course` installs it\n",
    )
    assert list(tmp_path.iterdir()) == []
