"""Copies to work in: cleared, and never taken away from who has changed them."""

import nbformat
import pytest
import working_copies
from nbformat.v4 import new_code_cell, new_notebook, new_output


def write(path, source):
    output = new_output("execute_result", {"text/plain": "3"}, execution_count=1)
    cell = new_code_cell(source, id="c0", execution_count=1, outputs=[output])
    path.write_text(nbformat.writes(new_notebook(cells=[cell])))
    return path


@pytest.fixture
def chapter(tmp_path):
    return write(tmp_path / "01_a.ipynb", "1 + 2")


@pytest.fixture
def copies(tmp_path):
    return tmp_path / "lab"


def test_a_copy_has_no_outputs_and_the_chapter_keeps_its_own(chapter, copies):
    before = chapter.read_bytes()
    assert list(working_copies.lay_out([chapter], copies)) == ["01_a.ipynb: new"]
    (cell,) = nbformat.read(copies / chapter.name, as_version=4).cells
    assert (cell.source, cell.outputs, cell.execution_count) == ("1 + 2", [], None)
    assert chapter.read_bytes() == before


def test_a_second_time_nothing_is_written(chapter, copies):
    list(working_copies.lay_out([chapter], copies))
    assert list(working_copies.lay_out([chapter], copies)) == []


def test_an_untouched_copy_follows_its_chapter(chapter, copies):
    list(working_copies.lay_out([chapter], copies))
    write(chapter, "1 + 3")
    assert list(working_copies.lay_out([chapter], copies)) == ["01_a.ipynb: brought up to date"]


def test_a_changed_copy_is_never_overwritten(chapter, copies):
    list(working_copies.lay_out([chapter], copies))
    mine = write(copies / chapter.name, "my answer").read_bytes()
    for source in ("1 + 3", "1 + 4"):
        write(chapter, source)
        said = list(working_copies.lay_out([chapter], copies))
        assert said == ["01_a.ipynb: yours, left as it is"]
        assert (copies / chapter.name).read_bytes() == mine


def test_a_folder_that_cannot_be_made_is_said_in_one_line(chapter, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert working_copies.main([str(tmp_path / "taken")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
