"""The pictures that stand around the text: the logo, the cover, the card of a link."""

import os
from pathlib import Path

from deconv_helpers import figures

CARD = "_static/card.png"


def draw_logo_and_cover(app, config):
    """Draw what the theme and the first page look for."""
    folder = Path(app.confdir) / "_build"
    folder.mkdir(exist_ok=True)
    logo = figures.logo().save(folder / "logo.svg")
    cover = figures.stamps([1, 2, 3, 4], [1, 10, 100], stride=2, output_padding=1)
    cover.save(folder / "cover.svg")
    config.html_logo = config.html_favicon = os.path.relpath(logo, app.confdir)


def draw_card(app, error):
    """Draw the picture that stands beside a link to the site."""
    if app.builder.format == "html" and error is None:
        picture = figures.stamps([1, 2, 3], [1, 2, 3], stride=2)
        picture.save(Path(app.outdir) / CARD, dpi=320)


def setup(app):
    """Connect what is here."""
    app.connect("config-inited", draw_logo_and_cover, priority=100)
    app.connect("build-finished", draw_card)
