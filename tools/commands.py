"""What the commands of this folder share: how they are called, and how they say no."""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

import nbformat

BOOK = Path(__file__).parents[1] / "book"
LECTURES = sorted(BOOK.glob("course/lecture_*.ipynb"))


class CommandError(Exception):
    """What keeps a command from its work, in one line for who called it."""


class Parser(ArgumentParser):
    """A parser whose help is a module's docstring, and whose errors are one line."""

    def __init__(self, description):
        super().__init__(description=description, formatter_class=RawDescriptionHelpFormatter)

    def error(self, message):
        """Say in one line what is wrong, and end."""
        self.exit(2, f"{self.prog}: {message}; --help says more\n")


def run(main, arguments):
    """Run a command and return its exit status: 2, after one line, where it cannot work."""
    try:
        return main(arguments)
    except CommandError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2


def notebooks(paths):
    """Return the notebooks that are named, or all of the book; each can be read.

    Raises
    ------
    CommandError
        If one of them is no notebook.
    """
    paths = paths or sorted(
        path for path in BOOK.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
    )
    for path in paths:
        read_notebook(path)
    return paths


def read_notebook(path):
    """Return the notebook of a file.

    Raises
    ------
    CommandError
        If there is none.
    """
    text = read_text(path)
    try:
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError):
        raise CommandError(f"{path}: no notebook") from None
    return notebook


def read_text(path):
    """Return the text of a file.

    Raises
    ------
    CommandError
        If there is no such file, or it holds no text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: no text") from None
