"""Run notebooks in place, and store what their cells return.

    python tools/execute_notebooks.py [NOTEBOOK ...]

Without a name, all of the book. The note on what to install is brought up to date. A
notebook whose outputs do not change keeps its bytes; one that fails keeps its file.
"""

import sys
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from deconv_helpers.files import write_whole

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"
# What a reader's machine would leave in the file is not part of a chapter.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"mystnb", "tags"}
# On the site this is hidden: what a page shows has been run.
NOTE = '<p class="elsewhere">'


def install_note():
    """Say what a notebook needs where the helper is not installed, as on Colab."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    address = settings["repository"]["url"]
    command = f"%pip install git+{address or 'ADDRESS'}"
    where = "" if address else ", with the address of the book's repository for ADDRESS"
    return (
        f"{NOTE}<b>If <code>deconv_helpers</code> is missing,</b> run "
        f"<code>{command}</code> in a cell first{where}.</p>"
    )


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
        if cell.source.startswith(NOTE):
            cell.source = install_note()
        cell.metadata = {key: cell.metadata[key] for key in CELL_METADATA & cell.metadata.keys()}
    return nbformat.writes(chapter, indent=1) + "\n"


def main(arguments):
    """Run the chapters named on the command line; return the exit status."""
    chapters = [Path(argument) for argument in arguments] or sorted(BOOK.glob("*.ipynb"))
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
