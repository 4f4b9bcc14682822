"""The stubs in the book: each is unfinished as it stands, and its solution passes its check."""

import ast
import re
from math import ceil
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
from chapter_rules.prose import EXERCISE, implemented_ones_checked

from deconv_helpers.exercises import check
from deconv_helpers.exercises.chapter_tasks import CHAPTERS
from deconv_helpers.exercises.ladder import LADDER
from deconv_helpers.exercises.tasks import TASKS

BOOK = Path(__file__).parents[2] / "book"
LADDER_PAGE = BOOK / "build_it_yourself.ipynb"
STUB = re.compile(r"\ncheck\(\"([\w-]+)\", (\w+)(, array=torch\.tensor)?\)$")


def stubs(path):
    """Return {name: (place, match)} of the stubs of a notebook, and its cells."""
    cells = nbformat.read(path, as_version=4).cells
    places = {}
    for place, cell in enumerate(cells):
        if cell.cell_type == "code" and (found := STUB.search(cell.source)):
            places[found[1]] = place, found
    return places, cells


CHAPTER_STUBS = [
    pytest.param(path, name, id=name)
    for path in sorted(BOOK.glob("[0-9]*.ipynb"))
    for name in stubs(path)[0]
]


def test_every_exercise_that_can_be_checked_has_its_stub():
    assert {stub.values[1] for stub in CHAPTER_STUBS} == set(CHAPTERS)
    assert list(stubs(LADDER_PAGE)[0]) == list(LADDER)


def solution_below(cells, place):
    """Return the code of the folded solution below a stub."""
    code = []
    for cell in cells[place + 1 :]:
        if "{solution-end}" in cell.source:
            return code
        if cell.cell_type == "code":
            code.append(cell.source)
    raise AssertionError("a solution without end")


def said(cell):
    return cell.outputs[0]["data"]["text/plain"]


@pytest.mark.parametrize(("path", "name"), CHAPTER_STUBS)
def test_a_stub_stands_below_its_exercise_and_its_solution_passes(path, name):
    places, cells = stubs(path)
    place, found = places[name]
    assert EXERCISE.search(cells[place - 1].source)
    assert f":label: ex-{name}\n" in cells[place - 1].source
    assert f"def {TASKS[name].function}(" in cells[place].source
    assert found[2] == TASKS[name].function
    assert said(cells[place]).startswith(f"{name}: not yet.")

    names = {"np": np, "ceil": ceil, "torch": torch, "nn": torch.nn, **vars(torch.nn.functional)}
    for source in solution_below(cells, place):
        for statement in ast.parse(source).body:
            if isinstance(statement, ast.FunctionDef):
                exec(ast.unparse(statement), names)
    array = torch.tensor if found[3] else np.array
    assert check(name, names[found[2]], array=array)


def test_no_chapter_asks_for_code_without_a_check():
    for path in BOOK.glob("*.ipynb"):
        assert list(implemented_ones_checked(nbformat.read(path, as_version=4))) == []


def test_each_rung_is_unfinished_at_first_and_ends_in_its_check():
    places, cells = stubs(LADDER_PAGE)
    for name, (place, found) in places.items():
        assert found[2] == LADDER[name].function
        assert said(cells[place]).startswith(f"{name}: not yet.")
        last = solution_below(cells, place)[-1].splitlines()[-1]
        assert last == f'assert check("{name}", {found[2]}).passed'


def test_the_ladder_can_be_climbed_without_its_solutions():
    """A stub's parameters are those of the call, so that only its body is to be written."""
    places, cells = stubs(LADDER_PAGE)
    for name, (place, _) in places.items():
        definition = ast.parse(cells[place].source).body[0]
        arguments = definition.args
        by_place, by_name = LADDER[name].passed(LADDER[name].cases[0])
        assert len(arguments.args) == len(by_place)
        assert {each.arg for each in arguments.kwonlyargs} == set(by_name)
