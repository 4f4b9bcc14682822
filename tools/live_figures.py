"""What a reader takes hold of on a page: live figures and predictions, a Sphinx extension.

A picture whose SVG names its layer, `<svg … data-live="i=4&amp;k=3&amp;…">`, stands in a
`<figure>` that names it too; `live.js` turns it into the live figure of that layer when a
reader asks. A code cell with the tag `predict` is `predict.js`'s. Each page loads the
scripts that it needs and no others, before its text, so that nothing moves or flashes.
"""

import re
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from deconv_helpers import drills
from deconv_helpers.explorer import LANGUAGES, page, script
from deconv_helpers.files import write_whole

TAG = "tag_predict"  # of a cell that is tagged `predict`
_LAYER = re.compile(r'<svg\b[^>]*?\sdata-live="([^"]*)"')


def layer_of(picture):
    """Return the layer that an SVG names, as it stands in an address; None without one."""
    if picture.suffix != ".svg" or not picture.is_file():
        return None
    named = _LAYER.search(picture.read_text(encoding="utf-8"))
    return unescape(named[1]) if named else None


class NameLayers(SphinxPostTransform):
    """Let each figure name the layer of its picture."""

    default_priority = 830
    formats = ("html",)

    def run(self, **_):
        """Look into each picture, and give one that stands alone a figure."""
        for picture in list(self.document.findall(nodes.image)):
            layer = layer_of(Path(self.env.srcdir) / picture["uri"])
            figure = framed(picture) if layer else None
            if figure is not None:
                figure["live"] = layer


def framed(picture):
    """Return the figure of a picture, made where there is none; None for one amid text."""
    parent = picture.parent
    if isinstance(parent, nodes.figure):
        return parent
    alone = picture
    if isinstance(parent, nodes.TextElement):
        if not isinstance(parent, nodes.paragraph) or len(parent) > 1:
            return None
        alone = parent
    figure = nodes.figure()
    alone.parent.replace(alone, figure)
    figure += picture
    return figure


def visit_figure(translator, node):
    """Begin a figure as docutils does, and name its layer."""
    type(translator).visit_figure(translator, node)
    if "live" in node:
        begun = translator.body.pop()
        named = f'<figure data-live="{escape(node["live"])}"'
        translator.body.append(begun.replace("<figure", named, 1))


def depart_figure(translator, node):
    """End a figure as docutils does."""
    type(translator).depart_figure(translator, node)


def load_scripts(app, pagename, templatename, context, doctree):
    """Let a page load what its figures and cells need."""
    if doctree is None:
        return
    needed = {
        "live": any("live" in figure for figure in doctree.findall(nodes.figure)),
        "predict": any(TAG in cell["classes"] for cell in doctree.findall(nodes.container)),
    }
    for name, is_needed in needed.items():
        if is_needed:
            app.add_css_file(f"{name}.css")
            app.add_js_file(f"{name}.js")


def write_component(app, error):
    """Put the live figure beside the pages, as a script and a page of its own, and the drills."""
    if app.builder.format == "html" and error is None:
        site = Path(app.outdir)
        language = (app.config.language or "en")[:2]
        spoken = [language if language in LANGUAGES else "en"]
        write_whole(site / "_static" / "transposed-convolution.js", script(spoken).encode())
        write_whole(site / "explorer.html", page().encode())
        speaks = language if language in drills.LANGUAGES else "en"
        write_whole(site / "drills.html", drills.page(speaks).encode())


def setup(app):
    """Connect the parts."""
    app.add_post_transform(NameLayers)
    app.add_node(nodes.figure, override=True, html=(visit_figure, depart_figure))
    app.connect("html-page-context", load_scripts)
    app.connect("build-finished", write_component)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
