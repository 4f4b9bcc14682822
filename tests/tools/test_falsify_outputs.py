"""One digit of each output is changed, and nbval is seen to notice."""

import random
import subprocess

import execute_notebooks
import falsify_outputs
import pytest
from commands import CommandError
from nbformat.v4 import new_code_cell, new_notebook, new_output
from storing import write_notebook


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
    path = write_notebook(tmp_path / "a.ipynb", "1 + 1", "print(40 + 2)")
    assert execute_notebooks.main([str(path)]) == 0
    assert falsify_outputs.main([str(path)]) == 0
    assert "caught / tried: 2 / 2" in capsys.readouterr().out


def test_a_comparison_that_does_not_run_is_told_in_one_line(tmp_path, monkeypatch):
    nothing = subprocess.CompletedProcess(
        [], 4, stdout="", stderr="usage\nno such option: --nbval\n"
    )
    monkeypatch.setattr(falsify_outputs.subprocess, "run", lambda *_, **__: nothing)
    with pytest.raises(CommandError, match="nbval did not run: no such option: --nbval"):
        falsify_outputs.failed_cells(tmp_path)
