"""Write the page of the drills."""

import argparse
import sys

from deconv_helpers.drills import LANGUAGES, page
from deconv_helpers.files import write_whole


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(prog="python -m deconv_helpers.drills", description=__doc__)
    parser.add_argument("path", metavar="PATH", help="the file to write")
    parser.add_argument(
        "--language", choices=sorted(LANGUAGES), default="en", help="what it speaks"
    )
    arguments = parser.parse_args()
    try:
        write_whole(arguments.path, page(arguments.language).encode())
    except OSError as error:
        sys.exit(f"{parser.prog}: error: {error}")


if __name__ == "__main__":
    main()
