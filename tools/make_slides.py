"""Make slides of the lectures, pages that open from disk.

    python tools/make_slides.py [--folder FOLDER] [NOTEBOOK ...]

Without a name, all lectures of the course. In a notebook a heading begins a slide. A
cell with the tag `predict` ends one in a question, and the next has the answer. A
Markdown cell that begins with `**Notes.**` is for the speaker, who opens them with S.
A picture of a layer comes alive with L.
Add `?print-pdf` to a page's address and print: one sheet a slide.
"""

import sys
from pathlib import Path

from commands import LECTURES, Parser, read_notebook, run
from slides.page import write

FOLDER = Path(__file__).parents[1] / "_build" / "slides"


def main(arguments):
    """Write the slides of the notebooks named on the command line; return the exit status."""
    parser = Parser(__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where they go [%(default)s]")
    wanted = parser.parse_args(arguments)
    write({path.stem: read_notebook(path) for path in wanted.notebooks or LECTURES}, wanted.folder)
    print(f"The slides: {wanted.folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
