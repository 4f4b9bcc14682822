"""The tools that make chapters and put their comparison to the test."""

import random

import execute_notebooks
import falsify_outputs
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output


def write_chapter(path, *sources):
    chapter = new_notebook(cells=[new_code_cell(source) for source in sources])
    for number, cell in enumerate(chapter.cells):
        cell.id = f"c{number}"
    path.write_text(nbformat.writes(chapter))
    return path


def test_a_chapter_is_executed_in_place_and_then_left_alone(tmp_path, capsys):
    path = write_chapter(tmp_path / "a.ipynb", "x = 2", "x + 1")
    assert execute_notebooks.main([str(path)]) == 0
    executed = path.read_bytes()
    chapter = nbformat.reads(executed.decode(), as_version=4)
    assert [cell.execution_count for cell in chapter.cells] == [1, 2]
    assert chapter.cells[1].outputs[0].data == {"text/plain": "3"}
    assert chapter.metadata == execute_notebooks.METADATA
    assert execute_notebooks.main([str(path)]) == 0
    assert path.read_bytes() == executed
    assert capsys.readouterr().out == "[1/1] a.ipynb … changed\n[1/1] a.ipynb … unchanged\n"


def test_a_chapter_that_fails_keeps_its_file_and_says_why(tmp_path, capsys):
    path = write_chapter(tmp_path / "a.ipynb", "x = 2", "x / 0")
    before = path.read_bytes()
    assert execute_notebooks.main([str(path)]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_a_missing_chapter_is_named(tmp_path, capsys):
    assert execute_notebooks.main([str(tmp_path / "none.ipynb")]) == 2
    assert "no such chapter: " in capsys.readouterr().err


@pytest.mark.parametrize("seed", range(20))
def test_exactly_one_digit_becomes_another(seed):
    text = "tensor([1, 20])"
    changed = falsify_outputs.with_another_digit(text, random.Random(seed))
    places = [place for place in range(len(text)) if changed[place] != text[place]]
    assert len(changed) == len(text)
    assert len(places) == 1
    assert places[0] in falsify_outputs.digits(text) == [8, 11, 12]
    assert changed[places[0]].isdigit()


def test_every_kind_of_output_is_falsified_once():
    both = {"text/plain": "picture 1", "image/svg+xml": "<svg>2</svg>"}
    chapter = new_notebook(
        cells=[
            new_code_cell("f()", outputs=[new_output("execute_result", both)]),
            new_code_cell("print(3)", outputs=[new_output("stream", name="stdout", text="3")]),
            new_code_cell("g()", outputs=[new_output("execute_result", {"text/plain": "True"})]),
        ]
    )
    made = list(falsify_outputs.falsified(chapter, random.Random(0)))
    assert [(number, kind) for number, kind, _ in made] == [
        (0, "text/plain"),
        (0, "image/svg+xml"),
        (1, "stream"),
    ]
    assert all(copy.cells[n].outputs != chapter.cells[n].outputs for n, _, copy in made)


def test_nbval_catches_a_false_output_and_only_that(tmp_path, capsys):
    path = write_chapter(tmp_path / "a.ipynb", "1 + 1", "print(40 + 2)")
    assert execute_notebooks.main([str(path)]) == 0
    assert falsify_outputs.main([str(path)]) == 0
    assert "caught / tried: 2 / 2" in capsys.readouterr().out
