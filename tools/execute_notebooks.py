"""Run chapters in place, and store what their cells return.

    python tools/execute_notebooks.py [CHAPTER ...]

Without a chapter, all of them. A chapter whose outputs do not change keeps its
bytes; one that fails keeps its file.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from deconv_helpers.files import write_whole

BOOK = Path(__file__).parents[1] / "book"
# What a reader's machine would leave in the file is not part of a chapter.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"mystnb", "tags"}


def execute(path):
    """Run the cells of one chapter and return its new text."""
    chapter = nbformat.read(path, as_version=4)
    NotebookClient(
        chapter,
        kernel_name="python3",
        resources={"metadata": {"path": BOOK}},
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],
    ).execute()
    chapter.metadata = METADATA
    for cell in chapter.cells:
        cell.metadata = {key: cell.metadata[key] for key in CELL_METADATA & cell.metadata.keys()}
    return nbformat.writes(chapter, indent=1) + "\n"


def main(arguments):
    """Run the chapters named on the command line; return the exit status."""
    chapters = [Path(argument) for argument in arguments] or sorted(BOOK.glob("[0-9]*.ipynb"))
    missing = [str(path) for path in chapters if not path.is_file()]
    if missing:
        print(f"no such chapter: {', '.join(missing)}", file=sys.stderr)
        return 2
    for number, path in enumerate(chapters, start=1):
        print(f"[{number}/{len(chapters)}] {path.name} … ", end="", flush=True)
        try:
            text = execute(path)
        except CellExecutionError as error:
            print(f"failed, file kept\n{error}")
            return 1
        changed = text != path.read_text(encoding="utf-8")
        if changed:
            write_whole(path, text.encode())
        print("changed" if changed else "unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
