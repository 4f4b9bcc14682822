"""The letters of the carried fonts, and those that the book asks for."""

from pathlib import Path

from fontTools.ttLib import TTFont

from handout.errors import HandoutError

FONTS = Path(__file__).with_name("fonts")
SIGNS = ("stix-two-math", "noto-serif-sc")  # what words and code fall back to
WORDS = ("stix-two-text", *SIGNS)
CODE = ("dejavu-sans-mono", *SIGNS)


def letters(families):
    """Return every character that some families have, by the names of their files."""
    found = set()
    for family in families:
        for file in FONTS.glob(f"{family}*.woff2"):
            with TTFont(file, lazy=True) as font:
                found.update(map(chr, font.getBestCmap()))
    return found


def check_letters(soup):
    """Make sure that no character of the book needs a font of the machine."""
    asked = {True: set(), False: set()}
    for text in soup.body.find_all(string=True):
        if not text.find_parent(class_="math"):  # MathJax brings its own
            in_code = text.find_parent(["pre", "code"]) or text.find_parent("dt", class_="sig")
            asked[bool(in_code)].update(text)
    missing = (asked[False] - letters(WORDS)) | (asked[True] - letters(CODE))
    missing = sorted(letter for letter in missing if not letter.isspace())
    if missing:
        raise HandoutError(
            f"no font of the handout has {' '.join(missing)}: "
            "tools/handout/fonts/README.md says how to add a character"
        )
