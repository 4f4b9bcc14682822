"""Each command helps, and says in one line what is wrong with a call."""

import importlib
import subprocess
import sys
from pathlib import Path

import commands
import pytest
from storing import write_notebook

TOOLS = Path(__file__).parents[2] / "tools"
COMMANDS = sorted(
    path.name for path in TOOLS.glob("*.py") if "__main__" in path.read_text(encoding="utf-8")
)
OF_NOTEBOOKS = ["check_chapters.py", "execute_notebooks.py", "falsify_outputs.py"]


def call(tool, *arguments, cwd=None):
    return subprocess.run(
        [sys.executable, TOOLS / tool, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_the_commands_are_found():
    assert set(OF_NOTEBOOKS) < set(COMMANDS)


@pytest.mark.parametrize("tool", COMMANDS)
def test_a_command_helps(tool, tmp_path):
    run = call(tool, "--help", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(f"usage: {tool}")
    assert list(tmp_path.iterdir()) == []


BROKEN = {
    "unknown option": (["--fast"], "unrecognized arguments: --fast"),
    "missing file": (["none.ipynb"], "none.ipynb: No such file or directory"),
    "missing folder": (["none/a.ipynb"], "none/a.ipynb: No such file or directory"),
    "a folder": (["folder.ipynb"], "folder.ipynb: Is a directory"),
    "no text": (["bytes.ipynb"], "bytes.ipynb: no text"),
    "no JSON": (["words.ipynb"], "words.ipynb: no notebook"),
    "JSON, but no notebook": (["list.ipynb"], "list.ipynb: no notebook"),
    "sound, then missing": (["sound.ipynb", "none.ipynb"], "none.ipynb: No such file"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("broken")
    (folder / "folder.ipynb").mkdir()
    (folder / "bytes.ipynb").write_bytes(b"\xff\xfe")
    (folder / "words.ipynb").write_text("words")
    (folder / "list.ipynb").write_text('{"cells": 3}')
    write_notebook(folder / "sound.ipynb", "1 + 1")
    return folder


@pytest.mark.parametrize("tool", OF_NOTEBOOKS)
@pytest.mark.parametrize(("arguments", "what"), BROKEN.values(), ids=BROKEN)
def test_a_broken_call_is_told_in_one_line(tool, arguments, what, folder, monkeypatch, capsys):
    before = (folder / "sound.ipynb").read_bytes()
    monkeypatch.chdir(folder)
    module = importlib.import_module(tool.removesuffix(".py"))
    try:
        status = commands.run(module.main, arguments)
    except SystemExit as end:  # as the parser ends
        status = end.code
    printed = capsys.readouterr()
    assert status == 2
    assert what in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
    assert (folder / "sound.ipynb").read_bytes() == before


@pytest.mark.parametrize("tool", OF_NOTEBOOKS)
def test_the_shell_sees_one_line_and_the_status(tool, tmp_path):
    run = call(tool, "none.ipynb", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "none.ipynb: No such file or directory\n"
