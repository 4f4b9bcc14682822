"""The browser that pages are tested in, and the fonts that it is given."""

import os
import shutil
from pathlib import Path

import chromium
import matplotlib as mpl
import pytest

CHROMIUM = chromium.find()
# In CI a browser that is missing is a failure, found when it is started.
in_a_browser = pytest.mark.skipif(
    not CHROMIUM and "CI" not in os.environ, reason="neither Chromium nor Chrome on this machine"
)

# Two machines that share no font: wide letters, each rounded to a pixel, on the one; on the
# other narrow ones, as wide as the font says.
FONT_SETS = {"DejaVu": ("DejaVu*.ttf", "hintfull"), "Computer Modern": ("cm*.ttf", "hintnone")}


def only_fonts(name, folder):
    """Return the setting of the environment that hides all fonts but those of one set."""
    pattern, hints = FONT_SETS[name]
    for file in Path(mpl.get_data_path(), "fonts", "ttf").glob(pattern):
        shutil.copy(file, folder)
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir>"
        f'<match target="font"><edit name="hintstyle" mode="assign"><const>{hints}</const></edit>'
        "</match></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(settings)}
