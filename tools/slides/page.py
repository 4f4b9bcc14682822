"""Slides as a page of HTML, and what it loads beside it."""

import re
from html import escape, unescape
from pathlib import Path
from string import Template

from commands import CommandError
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from deconv_helpers import explorer
from deconv_helpers.files import write_whole
from slides.deck import slides, tags

OWN = Path(__file__).parent
MATHJAX = OWN.parents[1] / "book" / "static" / "mathjax"
VENDORED = ("reveal.js", "reveal.css", "LICENSE")
STYLE = "a11y-high-contrast-light"  # the site's own
LAYER = re.compile(r'<svg\b[^>]*?\sdata-live="([^"]*)"')
SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)pt" height="([\d.]+)pt"')
# A picture is as wide as there is room, but a small one stays smaller than this.
LARGEST = 2.6
# Characters in a line of output, for large letters and for smaller ones.
LARGE, LONG = 39, 49

_markdown = MarkdownIt("commonmark", {"html": True, "typographer": False}).enable("table")
_markdown.use(
    dollarmath_plugin,
    renderer=lambda text, how: (
        f"\\[{escape(text)}\\]" if how["display_mode"] else f"\\({escape(text)}\\)"
    ),
)


def said(text):
    """Return Markdown as HTML."""
    return _markdown.render(text).strip()


def in_line(text):
    """Return one line of Markdown as HTML, without a paragraph around it."""
    return _markdown.renderInline(text)


def page(notebook, name):
    """Return a lecture as HTML, and its pictures by their addresses.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    name : str
        What its pictures are named after.
    """
    pictures, sections = {}, []
    shown = slides(notebook)
    for slide in shown:
        parts = [_cell(cell, name, pictures) for cell in slide.cells]
        if slide.asks:
            parts[-1] = _question(slide.cells[-1])
        if slide.notes:
            notes = "\n".join(map(said, slide.notes))
            parts.append(f'<aside class="notes">\n{notes}\n</aside>')
        level, kind = ("h1", ' class="first"') if slide.first else ("h2", "")
        heading = f"<{level}>{in_line(slide.title)}</{level}>"
        sections.append("\n".join([f"<section{kind}>", heading, *parts, "</section>"]))
    html = Template((OWN / "page.html").read_text(encoding="utf-8")).substitute(
        title=escape(shown[0].title), slides="\n\n".join(sections)
    )
    return html, pictures


def _cell(cell, name, pictures):
    """Return a cell as HTML: its text, or its code and what it returned."""
    if isinstance(cell, str):
        return said(cell)
    if cell.cell_type == "markdown":
        return said(cell.source)
    return "\n".join(
        filter(None, [_code(cell), *(_output(cell, each, name, pictures) for each in cell.outputs)])
    )


def _code(cell):
    if "remove-input" in tags(cell):
        return ""
    code = highlight(cell.source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    return f'<pre class="code"><code>{code}</code></pre>'


def _question(cell):
    return "\n".join(filter(None, [_code(cell), '<p class="question">?</p>']))


def _output(cell, output, name, pictures):
    data = output.get("data", {})
    if picture := data.get("image/svg+xml"):
        return _picture(cell, picture, name, pictures)
    text = (output.get("text") or data.get("text/plain", "")).rstrip()
    longest = max(map(len, text.splitlines()))
    kind = "" if longest <= LARGE else " long" if longest <= LONG else " words"
    return f'<pre class="output{kind}">{escape(text)}</pre>'


def _picture(cell, svg, name, pictures):
    address = f"pictures/{name}-{cell.id}.svg"
    pictures[address] = svg
    about = cell.metadata["mystnb"]
    layer = LAYER.search(svg)
    live = f' data-live="{escape(unescape(layer[1]))}"' if layer else ""
    width, height = (round(float(side) * 4 / 3) for side in SIZE.search(svg).groups())  # in pt
    return (
        f"<figure{live}>\n"
        f'<img src="{address}" alt="{escape(about["image"]["alt"])}" '
        f'width="{width}" height="{height}" '
        f'style="max-width: {width * LARGEST:.0f}px; max-height: {height * LARGEST:.0f}px">\n'
        f"<figcaption>{in_line(about['figure']['caption'])}</figcaption>\n</figure>"
    )


def contents(decks):
    """Return the page that leads to the lectures, pairs of an address and a title."""
    links = "\n".join(
        f'<li><a href="{address}">{escape(title)}</a></li>' for address, title in decks
    )
    return Template((OWN / "index.html").read_text(encoding="utf-8")).substitute(links=links)


def write(notebooks, folder):
    """Write the lectures, the page that leads to them, and all that they load.

    Parameters
    ----------
    notebooks : dict
        From the name of each lecture to its notebook.
    folder : pathlib.Path
        Where they go; it is made where it is missing.
    """
    files, decks = {}, []
    for name, notebook in notebooks.items():
        try:
            html, pictures = page(notebook, name)
            title = slides(notebook)[0].title
        except CommandError as error:
            raise CommandError(f"{name}.ipynb: {error}") from None
        files |= {f"{name}.html": html, **pictures}
        decks.append((f"{name}.html", title))
    files["index.html"] = contents(decks)
    files["slides.css"] = (OWN / "slides.css").read_text(encoding="utf-8") + (
        HtmlFormatter(style=STYLE).get_style_defs("pre.code") + "\n"
    )
    files["slides.js"] = (OWN / "slides.js").read_text(encoding="utf-8")
    files["transposed-convolution.js"] = explorer.script(["en"])
    files["explorer.html"] = explorer.page()
    files |= {
        f"reveal/{one}": (OWN / "vendor" / one).read_text(encoding="utf-8") for one in VENDORED
    }
    try:
        for address, text in files.items():
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / address, text.encode())
        for file in sorted(MATHJAX.rglob("*")):
            if file.is_file():
                target = folder / "mathjax" / file.relative_to(MATHJAX)
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, file.read_bytes())
    except (OSError, ValueError) as error:
        raise CommandError(f"{folder}: {error}") from None
