"""The text of the pages, finished as a document tree before it is written as HTML."""

from pathlib import Path
from urllib.parse import quote

import imagesize
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# What opens a proof, in the languages of the editions.
WORDS = {"en": "Proof", "zh": "证明"}
SIGNS = ").,;:?!’"
FULL_STOPS = (".", "。")


class KeepSignsWithFormulas(SphinxPostTransform):
    """Keep a formula and the sign behind it on one line."""

    default_priority = 800
    formats = ("html",)

    def run(self, **_):
        """Put each such pair into an element of its own."""
        for formula in list(self.document.findall(nodes.math)):
            after = formula.next_node(descend=False, siblings=True)
            if not isinstance(after, nodes.Text):
                continue
            text = after.astext()
            rest = text.lstrip(SIGNS)
            if rest != text:
                sign = nodes.Text(text.removesuffix(rest))
                both = nodes.inline("", "", formula.deepcopy(), sign, classes=["unbroken"])
                # By place: texts that are alike are equal, and the first of them would be taken.
                place = formula.parent.index(formula)
                formula.parent[place : place + 2] = [both, nodes.Text(rest)]


class MarkWhatIsForTheScreen(SphinxPostTransform):
    """Mark sentences that only lead to the explorer: on paper there is nothing to explore."""

    default_priority = 810
    formats = ("html",)

    def run(self, **_):
        """Put each such link, with its full stop, into an element of its own."""
        for link in list(self.document.findall(nodes.reference)):
            if "extlink-explorer" not in link["classes"]:
                continue
            place = link.parent.index(link)
            before, after = link.parent[:place], link.parent[place + 1 :]
            said = "".join(part.astext() for part in before).rstrip()
            begins = not said or said.endswith(FULL_STOPS)
            if begins and after and after[0].astext().startswith(FULL_STOPS):
                text = after[0].astext()
                stop, rest = nodes.Text(text[0]), nodes.Text(text[1:])
                alone = nodes.inline("", "", link.deepcopy(), stop, classes=["on-screen"])
                link.parent.replace(after[0], rest)
                link.parent.replace(link, alone)


class LoadPicturesLate(SphinxPostTransform):
    """Let a browser load all pictures but the first when they come near."""

    default_priority = 820
    formats = ("html",)

    def run(self, **_):
        """Say so at each picture."""
        for picture in list(self.document.findall(nodes.image))[1:]:
            picture["loading"] = "lazy"


class folded(nodes.General, nodes.Element):  # noqa: N801, docutils names its nodes so
    """What a reader may skip: closed, with a line that opens it."""


class FoldProofs(SphinxPostTransform):
    """Fold each proof of the class `dropdown`: whoever wants to read on may."""

    default_priority = 840
    formats = ("html",)

    def run(self, **_):
        """Put it behind a line that says what it is, in place of its first word."""
        for proof in list(self.document.findall(nodes.admonition)):
            if not {"proof", "dropdown"} <= set(proof["classes"]):
                continue
            # The class is the theme's too, whose script looks for a title and finds none.
            proof["classes"].remove("dropdown")
            proof["ids"] = []  # the same for all proofs of a page
            first = next(proof.findall(nodes.Text))
            first.parent.replace(first, nodes.Text(first.removeprefix("Proof. ")))
            proof.replace_self(folded("", proof.deepcopy()))


def visit_folded(translator, node):
    """Begin what is folded."""
    word = WORDS[translator.builder.config.language[:2]]
    translator.body.append(f'<details class="folded"><summary>{word}</summary>')


def depart_folded(translator, node):
    """End it."""
    translator.body.append("</details>")


def size_on_page(file):
    """Return width and height of a picture in pixels, or None where they are not known."""
    if not file.is_file():
        return None
    width, height = imagesize.get(file)
    return (round(width), round(height)) if width > 0 and height > 0 else None


def visit_image(translator, node):
    """Write a picture with its size, so that a browser keeps the room free for it.

    Sphinx writes a size as a style; only attributes tell a browser the proportions.
    """
    builder, source = translator.builder, node["uri"]
    size = size_on_page(Path(builder.srcdir) / source)
    if source not in builder.images or size is None or "width" in node or "height" in node:
        type(translator).visit_image(translator, node)
        return
    width, height = map(str, size)
    attributes = {"alt": node.get("alt", ""), "width": width, "height": height}
    if "align" in node:
        attributes["class"] = f"align-{node['align']}"
    if "loading" in node:
        attributes["loading"] = node["loading"]
    address = f"{builder.imgpath}/{quote(builder.images[source])}"
    translator.body.append(translator.emptytag(node, "img", "", src=address, **attributes))


def visit_citation(translator, node):
    """Write an entry of the bibliography without roles, which the standard keeps for lists."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        translator.body.append('<div class="citation-list">\n')
    translator.body.append(translator.starttag(node, "div", classes=["citation"]))


def depart_image(translator, node):
    """End a picture as Sphinx does."""
    type(translator).depart_image(translator, node)


def depart_citation(translator, node):
    """End an entry of the bibliography as docutils does."""
    type(translator).depart_citation(translator, node)


def setup(app):
    """Connect what is here."""
    for transform in (KeepSignsWithFormulas, MarkWhatIsForTheScreen, LoadPicturesLate, FoldProofs):
        app.add_post_transform(transform)
    app.add_node(folded, html=(visit_folded, depart_folded))
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
