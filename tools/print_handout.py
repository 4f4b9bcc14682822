"""Print the built site as one PDF, to be read on paper.

    python tools/print_handout.py [--without-solutions] [SITE [PDF]]

The pages of the site are put one behind the other, so every number in the PDF
is the number on the site. Links lead to places in the PDF, animations stand
still, and solutions move to the end, each with a link to its exercise. Chromium
prints the result, and prints again until the page numbers in it are true.
"""

import os
import sys
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path

from handout.assemble import assembled
from handout.browser import browser_path, opened
from handout.document import described
from handout.errors import HandoutError
from handout.numbering import printed
from playwright.sync_api import Error as BrowserError
from pypdf import PdfReader

from deconv_helpers.files import destination, write_whole

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "pdf" / "transposed-convolution.pdf"


def writable(path):
    """Return where the PDF goes, if it can be written there."""
    path = destination(path, (".pdf",))
    if path.is_dir():
        raise HandoutError(f"{path} is a folder; a file to print to is needed")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise HandoutError(f"{path} cannot be written to")
    return path


def main(arguments):
    """Print the site named on the command line; return the exit status."""
    parser = ArgumentParser(description="Print the built site as one PDF, to be read on paper.")
    parser.add_argument(
        "--without-solutions", action="store_true", help="leave out the solutions of the exercises"
    )
    parser.add_argument("site", nargs="?", type=Path, default=SITE, help="its folder [%(default)s]")
    parser.add_argument(
        "pdf", nargs="?", type=Path, default=PDF, help="the file to print to [%(default)s]"
    )
    wanted = parser.parse_args(arguments)
    try:
        if wanted.pdf == PDF:
            PDF.parent.mkdir(parents=True, exist_ok=True)
        target = writable(wanted.pdf)
        browser_path()
        print("[1/3] putting the pages together", flush=True)
        book = assembled(wanted.site, with_solutions=not wanted.without_solutions)
        print("[2/3] setting the mathematics", flush=True)
        with opened(wanted.site, book.html) as page:
            print("[3/3] printing", flush=True)
            pdf = described(printed(page), book)
        write_whole(target, pdf)
    except (HandoutError, BrowserError, OSError, ValueError) as error:
        print(str(error).split("\n")[0], file=sys.stderr)
        return 1
    pages = len(PdfReader(BytesIO(pdf)).pages)
    print(f"The handout: {target}, {pages} pages, {len(pdf):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
