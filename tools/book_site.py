"""What the site needs beyond its settings: a Sphinx extension of this book.

Two addresses in `_config.yml` turn on what depends on them, and nothing is shown
while they are empty: `repository.url` the buttons to the source, Binder and Colab;
`html.baseurl` the canonical address, the sitemap, and the card for links to the site.
"""

import os
import re
from html import escape
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes

from deconv_helpers import figures
from deconv_helpers.files import write_whole

CARD = "_static/card.png"
_LONGEST = 300  # characters of a description
_IMAGE = re.compile(r'(?P<head><img\b[^>]*?\ssrc="[^"]*?(?P<name>[^/"]+\.svg)")(?P<rest>[^>]*)')
_SIGNED = re.compile(r'(<span class="math[^"]*">[^<]*</span>(?:\)|[.,;:?!’])+)')
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt"')


def settle(app, config):
    """Let the two addresses decide what is shown; draw what the pages ask for."""
    options = config.html_theme_options
    # The picture says nothing that the title beside it does not.
    options["logo"] = {"text": config.html_title, "alt_text": ""}
    config.ogp_site_name = config.html_title
    repository = options.get("repository_url")
    options["use_repository_button"] = options["use_source_button"] = bool(repository)
    if repository:
        options["launch_buttons"] |= {
            "binderhub_url": "https://mybinder.org",
            "colab_url": "https://colab.research.google.com",
            "notebook_interface": "jupyterlab",
        }
    if config.html_baseurl:
        config.html_baseurl = config.html_baseurl.rstrip("/") + "/"
        config.ogp_site_url = config.html_baseurl
        config.ogp_image = CARD
    else:
        config.suppress_warnings.append("sitemap.configuration")
    drawings = Path(app.confdir) / "_build"  # the theme and the first page look for them there
    drawings.mkdir(exist_ok=True)
    drawn = figures.logo().save(drawings / "logo.svg")
    cover = figures.stamps([1, 2, 3, 4], [1, 10, 100], stride=2, output_padding=1)
    cover.save(drawings / "cover.svg")
    config.html_logo = config.html_favicon = os.path.relpath(drawn, app.confdir)


def complete(app, error):
    """Draw the picture that stands beside a link to the site, and add the printed book."""
    if app.builder.format == "html" and error is None:
        picture = figures.stamps([1, 2, 3], [1, 2, 3], stride=2)
        picture.save(Path(app.outdir) / CARD, dpi=320)
        if (printed := handout(app)).is_file():
            write_whole(Path(app.outdir) / printed.name, printed.read_bytes())


def handout(app):
    """Return where `make pdf` puts the printed book."""
    return Path(app.confdir) / "_build" / "pdf" / "transposed-convolution.pdf"


def link_handout(app, pagename, templatename, context, doctree):
    """Link the printed book on every page, once it has been printed."""
    if (printed := handout(app)).is_file():
        address = context["pathto"](printed.name, 1)
        footer = context.get("theme_extra_footer", "")
        context["theme_extra_footer"] = f'{footer} <a href="{address}">PDF</a>'


def size_images(app, pagename, templatename, context, doctree):
    """Tell a browser each picture's size, and to load all but the first when they come near.

    With the size it keeps the room free, so that the text stays where it is.
    """
    files = {name: source for source, name in app.builder.images.items()}
    seen = []

    def attributes(tag):
        seen.append(tag)
        late = ' loading="lazy"' if len(seen) > 1 else ""
        source = files.get(unquote(tag["name"]))
        svg = (Path(app.srcdir) / source).read_text(encoding="utf-8") if source else ""
        size = _SIZE.search(svg)
        if size is None or " width=" in tag["head"] + tag["rest"]:
            return f"{tag['head']}{late}{tag['rest']}"
        # matplotlib measures in points, a page in pixels: 72 and 96 to the inch.
        width, height = (round(float(n) * 96 / 72) for n in size.groups())
        return f'{tag["head"]} width="{width}" height="{height}"{late}{tag["rest"]}'

    if "body" in context:
        context["body"] = _IMAGE.sub(attributes, context["body"])


def polish(app, pagename, templatename, context, doctree):
    """Mend what the builder writes and no setting changes."""
    if "body" in context:
        # A formula and the sign behind it stay on one line.
        body = _SIGNED.sub(r'<span class="unbroken">\1</span>', context["body"])
        # Roles that the standard does not give to these elements.
        context["body"] = re.sub(r' role="(doc-biblioentry|list)"', "", body)


def describe(app, pagename, templatename, context, doctree):
    """Describe a page by its first paragraph, for search engines and links to it."""
    if doctree is None:
        return
    if pagename == app.config.root_doc:
        context["docstitle"] = ""  # else the page of this title would name it twice
    first = next(doctree.findall(nodes.paragraph), None)
    if first is None:
        return
    text = first.astext().replace("\n", " ")
    # Chapters open with a heading in bold, which says nothing there.
    text = text.removeprefix("What you will see.").strip()
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    context["meta"] = (context["meta"] or {}) | {"og:description": text}
    context["metatags"] += f'<meta name="description" content="{escape(text)}" />\n'


def drop_relative_address(app, pagename, templatename, context, doctree):
    """Leave out the page's address where the site has none."""
    if not app.config.html_baseurl and "metatags" in context:
        lines = context["metatags"].splitlines()
        context["metatags"] = "\n".join(line for line in lines if '"og:url"' not in line)


def setup(app):
    """Connect the parts."""
    app.connect("config-inited", settle, priority=100)
    app.connect("html-page-context", size_images)
    app.connect("html-page-context", polish)
    app.connect("html-page-context", describe, priority=400)  # before the tags are made of it
    app.connect("html-page-context", drop_relative_address, priority=900)
    app.connect("html-page-context", link_handout, priority=900)
    app.connect("build-finished", complete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
