"""Lay out copies of the chapters to work in, with their outputs cleared.

    python tools/working_copies.py [FOLDER]

The tested chapters stay as they are. A copy that a reader has changed is never
overwritten; one that nobody has touched follows its chapter.
"""

import json
import sys
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path

import nbformat

from deconv_helpers.files import write_whole

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
FOLDER = ROOT / "lab"
LAID_OUT = ".as_laid_out.json"  # what each copy was when it was written


def cleared(path):
    """Return a chapter as text, without what its cells returned.

    Parameters
    ----------
    path : pathlib.Path
        The notebook.

    Returns
    -------
    str
    """
    chapter = nbformat.read(path, as_version=4)
    for cell in chapter.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(chapter, indent=1) + "\n"


def lay_out(chapters, folder):
    """Write the copies; yield what was done with each, a line at a time.

    Parameters
    ----------
    chapters : sequence of pathlib.Path
        The notebooks.
    folder : pathlib.Path
        Where the copies lie; it is made where it is missing.

    Yields
    ------
    str
    """
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / LAID_OUT
    written = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    for chapter in chapters:
        copy, text = folder / chapter.name, cleared(chapter)
        now = digest(copy.read_bytes()) if copy.is_file() else None
        wanted = digest(text.encode())
        if now not in (None, wanted, written.get(chapter.name)):
            yield f"{chapter.name}: yours, left as it is"
            continue
        written[chapter.name] = wanted
        if now != wanted:
            write_whole(copy, text.encode())
            yield f"{chapter.name}: {'new' if now is None else 'brought up to date'}"
    write_whole(record, json.dumps(written, indent=1).encode())


def digest(content):
    """Return what tells two files apart."""
    return sha256(content).hexdigest()


def main(arguments):
    """Lay the copies out; return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args(arguments).folder
    try:
        for line in lay_out(sorted(BOOK.glob("[0-9]*.ipynb")), folder):
            print(line)
    except (OSError, ValueError) as error:
        print(f"{folder}: {error}", file=sys.stderr)
        return 1
    print(f"Your copies of the chapters: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
