"""What the search finds first: for words that many pages have, the place that explains them.

Sphinx looks through the index before it looks through the pages. So each place here
becomes an entry of the index, under the words in which readers ask.
"""

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

# The words that lead to a label, in each edition.
PLACES = {
    "en": {
        "thm-output-padding": ["output_padding", "output padding"],
        "thm-bounds": [
            "output padding must be smaller than either stride or dilation",
            "must be smaller than either stride or dilation",
        ],
        "ch-together": ["dilation"],
        "ch-checkerboards": ["checkerboard", "checkerboards", "checkerboard artifacts"],
        "eq-pks": ["fractionally strided", "fractionally strided convolution"],
        "thm-adjoint": ["adjoint", "deconvolution"],
        "sec-init": ["initialisation", "initialization"],
        "ch-decoder": ["output_size", "decoder", "U-Net"],
        "sec-places-stream": ["streaming"],
        "sec-places-causal": ["causal"],
        "ch-places": ["bilinear upsampling", "align_corners"],
        "sec-substitutes": ["PixelShuffle", "pixel shuffle"],
        "ch-elsewhere": ["Keras", "JAX", "ONNX", "weight_norm"],
    },
}


class EnterIntoTheIndex(SphinxTransform):
    """Enter each place of a page into the index, before the index is collected."""

    default_priority = 840

    def apply(self, **_):
        """Put an entry before whatever has one of the labels."""
        places = PLACES.get((self.config.language or "en")[:2], {})
        chosen = {word.lower() for words in places.values() for word in words}
        # The glossary has many of these words too, and comes second.
        for index in self.document.findall(addnodes.index):
            index["entries"] = [
                (kind, word, target, "" if word.lower() in chosen else main, key)
                for kind, word, target, main, key in index["entries"]
            ]
        for node in list(self.document.findall(nodes.Element)):
            # Theorems and equations are known by what they are called; the rest by an anchor.
            for label in {node.get("label"), *node.get("ids", ())} & set(places):
                target = node["ids"][0] if node.get("ids") else label
                entries = [("single", word, target, "main", None) for word in places[label]]
                node.parent.insert(node.parent.index(node), addnodes.index(entries=entries))


def setup(app):
    """Connect the transform."""
    app.add_transform(EnterIntoTheIndex)
