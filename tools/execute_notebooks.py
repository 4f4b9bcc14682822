"""Run notebooks in place, and store what their cells return.

    python tools/execute_notebooks.py [NOTEBOOK ...]

Without a name, all of the book. The note on what to install is brought up to date. A
notebook whose outputs do not change keeps its bytes; one that fails keeps its file.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
import yaml
from commands import BOOK, CommandError, Parser, notebooks, read_notebook, run
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from deconv_helpers.files import write_whole

ROOT = Path(__file__).parents[1]
# What a reader's machine would leave in the file is not part of a chapter.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"mystnb", "nbgrader", "tags"}  # nbgrader: what makes a cell a test
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
    """Run the cells of one notebook and return its new text.

    Raises
    ------
    CommandError
        If a cell fails, or ends its kernel.
    """
    notebook = read_notebook(path)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": BOOK}},
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],
    )
    # nbclient tells of a dead kernel on standard error, before it raises.
    client.log.disabled = True
    try:
        client.execute()
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}"
        raise CommandError(f"{path}: cell {_failed(notebook)}: {what}") from None
    except DeadKernelError:
        raise CommandError(f"{path}: a cell ended its kernel") from None
    except NoSuchKernel:
        raise CommandError("no kernel named python3; install ipykernel") from None
    notebook.metadata = METADATA
    for cell in notebook.cells:
        if cell.source.startswith(NOTE):
            cell.source = install_note()
        cell.metadata = {key: cell.metadata[key] for key in CELL_METADATA & cell.metadata.keys()}
    return nbformat.writes(notebook, indent=1) + "\n"


def _failed(notebook):
    """Return the id of the cell that holds an error."""
    return next(
        cell.id
        for cell in notebook.cells
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    )


def check_writable(path):
    """Refuse, before anything is run, a notebook that cannot be replaced."""
    try:
        with tempfile.TemporaryFile(dir=path.parent), path.open("ab"):
            pass
    except OSError as error:
        raise CommandError(f"{path}: cannot be written: {error.strerror}") from None


def main(arguments):
    """Run the notebooks named on the command line; return the exit status."""
    parser = Parser(__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    paths = notebooks(parser.parse_args(arguments).notebooks)
    for path in paths:
        check_writable(path)
    for number, path in enumerate(paths, start=1):
        print(f"[{number}/{len(paths)}] {path.name} … ", end="", flush=True)
        try:
            text = execute(path)
        except CommandError:
            print("failed, file kept", flush=True)
            raise
        changed = text != path.read_text(encoding="utf-8")
        if changed:
            write_whole(path, text.encode())
        print("changed" if changed else "unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
