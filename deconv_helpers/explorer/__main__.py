"""Write the explorer's page, or the component's script alone."""

import argparse
import sys

from deconv_helpers.explorer import page, script
from deconv_helpers.files import write_whole


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(prog="python -m deconv_helpers.explorer", description=__doc__)
    parser.add_argument("path", metavar="PATH", help="the file to write")
    parser.add_argument(
        "--script", action="store_true", help="write the script of <transposed-convolution>"
    )
    arguments = parser.parse_args()
    try:
        write_whole(arguments.path, (script() if arguments.script else page()).encode())
    except OSError as error:
        sys.exit(f"{parser.prog}: error: {error}")


if __name__ == "__main__":
    main()
