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

# Two machines that share no font: wide letters on the one, narrow ones on the other.
FONT_SETS = {"DejaVu": "DejaVu*.ttf", "Computer Modern": "cm*.ttf"}


def only_fonts(name, folder):
    """Return the setting of the environment that hides all fonts but those of one set."""
    for file in Path(mpl.get_data_path(), "fonts", "ttf").glob(FONT_SETS[name]):
        shutil.copy(file, folder)
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(settings)}
