"""What stands around the text of a page: its description, and the link to the printed book."""

from html import escape
from pathlib import Path

from docutils import nodes

from deconv_helpers.files import write_whole

LONGEST = 300  # characters of a description


def printed_book(app):
    """Return where `make pdf` puts the printed book."""
    return Path(app.confdir) / "_build" / "pdf" / "transposed-convolution.pdf"


def link_printed_book(app, pagename, templatename, context, doctree):
    """Link the printed book on every page, once it has been printed."""
    if (printed := printed_book(app)).is_file():
        address = context["pathto"](printed.name, 1)
        footer = context.get("theme_extra_footer", "")
        context["theme_extra_footer"] = f'{footer} <a href="{address}">PDF</a>'


def copy_printed_book(app, error):
    """Lay the printed book beside the site."""
    if app.builder.format == "html" and error is None and (printed := printed_book(app)).is_file():
        write_whole(Path(app.outdir) / printed.name, printed.read_bytes())


def description(doctree):
    """Return the first paragraph of a page, cut where it grows too long; None without one."""
    first = next(doctree.findall(nodes.paragraph), None)
    if first is None:
        return None
    said = [part for part in first.children if part.astext()]
    # Chapters open with a heading in bold, which says nothing there.
    if isinstance(said[0], nodes.strong):
        said = said[1:]
    text = "".join(part.astext() for part in said).replace("\n", " ").strip()
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0] + " …"
    return text


def describe(app, pagename, templatename, context, doctree):
    """Describe a page by its first paragraph, for search engines and links to it."""
    if doctree is None:
        return
    if pagename == app.config.root_doc:
        context["docstitle"] = ""  # else the page of this title would name it twice
    if text := description(doctree):
        context["meta"] = (context["meta"] or {}) | {"og:description": text}
        context["metatags"] += f'<meta name="description" content="{escape(text)}" />\n'


def setup(app):
    """Connect what is here."""
    app.connect("html-page-context", describe, priority=400)  # before the tags are made of it
    app.connect("html-page-context", link_printed_book, priority=900)
    app.connect("build-finished", copy_printed_book)
