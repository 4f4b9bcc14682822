"""The browser that prints the book and that its pages are tested in.

    python tools/chromium.py

prints where it is, and fails where there is none.
"""

import shutil
import sys
from argparse import ArgumentParser

# By any of these names, the first that is found.
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Letters as wide as the font says, not as a machine's settings would have them.
    "--font-render-hinting=none",
)


def find():
    """Return where the browser is, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main(arguments):
    """Print where the browser is; return the exit status."""
    ArgumentParser(description="Say where Chromium or Chrome is.").parse_args(arguments)
    if path := find():
        print(path)
        return 0
    print("neither Chromium nor Chrome is installed", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
