"""Notebooks are executed in place, whole or not at all."""

import execute_notebooks
import nbformat
import pytest
from commands import CommandError
from storing import write_notebook


def test_a_notebook_is_executed_in_place_and_then_left_alone(tmp_path, capsys):
    path = write_notebook(tmp_path / "a.ipynb", "x = 2", "x + 1")
    assert execute_notebooks.main([str(path)]) == 0
    executed = path.read_bytes()
    notebook = nbformat.reads(executed.decode(), as_version=4)
    assert [cell.execution_count for cell in notebook.cells] == [1, 2]
    assert notebook.cells[1].outputs[0].data == {"text/plain": "3"}
    assert notebook.metadata == execute_notebooks.METADATA
    assert execute_notebooks.main([str(path)]) == 0
    assert path.read_bytes() == executed
    assert capsys.readouterr().out == "[1/1] a.ipynb … changed\n[1/1] a.ipynb … unchanged\n"


FAILING = {
    "a cell raises": ("x / 0", "cell c1: ZeroDivisionError: division by zero"),
    "a cell is no Python": ("x +", "cell c1: SyntaxError: "),
    "a cell ends its kernel": ("import os; os._exit(1)", "a cell ended its kernel"),
}


@pytest.mark.parametrize(("source", "what"), FAILING.values(), ids=FAILING)
def test_a_notebook_that_fails_keeps_its_file_and_says_why(source, what, tmp_path, capfd):
    path = write_notebook(tmp_path / "a.ipynb", "x = 2", source)
    before = path.read_bytes()
    assert execute_notebooks.run(execute_notebooks.main, [str(path)]) == 2
    assert path.read_bytes() == before
    printed = capfd.readouterr()
    assert printed.out == "[1/1] a.ipynb … failed, file kept\n"
    assert printed.err.startswith(f"{path}: {what}")
    assert printed.err.count("\n") == 1


def test_what_cannot_be_written_is_refused_before_anything_runs(tmp_path, monkeypatch):
    path = write_notebook(tmp_path / "a.ipynb", "x = 2")

    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(execute_notebooks.tempfile, "TemporaryFile", refuse)
    monkeypatch.setattr(execute_notebooks, "execute", lambda path: pytest.fail("executed"))
    with pytest.raises(CommandError, match=r"a\.ipynb: cannot be written: Permission denied"):
        execute_notebooks.main([str(path)])
