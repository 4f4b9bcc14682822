"""Check chapters and pages against the rules of the book.

    python tools/check_chapters.py [FILE ...]

Without a name, all of the book. Prints one line for each fault, `file: cell id: what`,
and ends with 1 if there are any. A notebook whose name begins with a digit is a chapter;
one that is named after its questions answers them instead.
"""

import inspect
import os
import sys
from pathlib import Path

from chapter_rules import (
    OF_CHAPTERS,
    OF_NOTEBOOKS,
    OF_QUESTIONS,
    faults,
    faults_of_page,
    rules_of,
)
from commands import BOOK, CommandError, Parser, read_notebook, read_text, run


def rules_as_text():
    """Return the rules, one a line, as their functions say them."""
    parts = {
        "Every notebook:": OF_NOTEBOOKS,
        "Every chapter besides:": OF_CHAPTERS,
        "The page of questions instead:": OF_QUESTIONS,
    }
    return "\n\n".join(
        "\n".join([title, *(f"  - {inspect.getdoc(rule).splitlines()[0]}" for rule in rules)])
        for title, rules in parts.items()
    )


def faults_of(path):
    """Return the faults of one file, each as a line of text."""
    if path.suffix == ".md":
        return faults_of_page(read_text(path))
    if path.suffix != ".ipynb":
        raise CommandError(f"{path}: neither a notebook, .ipynb, nor a page, .md")
    return faults(read_notebook(path), rules_of(path.name))


def main(arguments):
    """Check the files named on the command line; return the exit status."""
    parser = Parser(f"{__doc__}\n{rules_as_text()}\n\nPages in Markdown: display equations alone.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=".ipynb or .md")
    files = parser.parse_args(arguments).files or sorted(
        Path(os.path.relpath(path))
        for kind in ("*.ipynb", "*.md")
        for path in BOOK.rglob(kind)
        if path.parent.name != "assignment"  # it has nbgrader's form
    )
    found = [f"{path}: {fault}" for path in files for fault in faults_of(path)]
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
