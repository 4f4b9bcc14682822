"""Pictures that several tests look at, and how a picture is read."""

import re
from collections import Counter

from deconv_helpers import figures
from deconv_helpers.figures.canvas import Canvas

CELL = 28.8  # a cell's width in an SVG, in points

DRAWINGS = {
    "staircase": lambda: figures.staircase(3, stride=2),
    "staircase of threes": lambda: figures.staircase(3, stride=3, padding=1),
    "staircase that starts in the middle of a step": lambda: figures.staircase(
        3, stride=4, padding=2
    ),
    "staircase above the diagonal": lambda: figures.staircase(3, padding=2),
    "wide step": lambda: figures.staircase(5, stride=8),
    "divides": lambda: figures.unread_rows(9, 3, stride=2),
    "does not divide": lambda: figures.unread_rows(10, 3, stride=2),
    "padding": lambda: figures.unread_rows(8, 3, stride=2, padding=1),
    "stamps": lambda: figures.stamps([1, 2, 3], [1, 2, 3], stride=2, padding=1, output_padding=1),
    "zeros between": lambda: figures.zero_insertion(3, 3, stride=2, position=2),
    "negative border": lambda: figures.zero_insertion(4, 2, stride=2, padding=2, dilation=2),
    "matrices": lambda: figures.matrices(7, 3, stride=2),
    "phases": lambda: figures.phases(3, 4, stride=3, padding=1, output_padding=2),
    "crop": lambda: figures.crop(3, 3, stride=3, padding=1, output_padding=2),
    "crop of nothing": lambda: figures.crop(3, 3),
    "cuts": lambda: figures.cuts([1, 2], [1, 2, 3], [(1, 0), (-1, 2), (0, -1)], stride=2),
    "arrays": lambda: figures.arrays([[0, 1], [1, 0]], [[1, 1]], names=["x", r"C^{\top}x"]),
    "overlap": lambda: figures.overlap(4, 4, stride=2, padding=1, output_padding=1),
    "overlap in two dimensions": lambda: figures.overlap((4, 3), 3, stride=2),
    "much overlap": lambda: figures.overlap((10, 10), 5, stride=3),
    "centres, aslant": lambda: figures.centres(
        4, 3, stride=2, padding=1, output_padding=1, position=1
    ),
    "centres, upright": lambda: figures.centres(3, 6, stride=4, padding=1),
    "chunks": lambda: figures.chunks([1, 2, 3, 4], [1, 10, 100], [1, 2, 1], stride=2),
    "chunks that hand nothing on": lambda: figures.chunks([1, 2], [1], [1, 1], stride=3),
    "size map": lambda: figures.size_map(3, stride=2),
    "size map of threes": lambda: figures.size_map(3, stride=3, padding=1),
    "encoder and decoder": lambda: figures.encoder_decoder(
        29, [dict(kernel_size=3, stride=2, padding=2, dilation=2)] * 4
    ),
    "logo": figures.logo,
    "spectrum": lambda: figures.spectrum([2, 1, -1, -2, -1, 1], [1, 10, 100], stride=3),
    "dilation and gaps": lambda: figures.unread_rows(9, 2, stride=4, padding=2, dilation=2),
}

# The well-known set: (operation, size in, size out, layer), all in two dimensions.
# Sizes and parameters are those of the guide's own animations.
WELL_KNOWN = {
    "no padding, no strides": ("conv", 4, 2, dict(kernel_size=3)),
    "arbitrary padding": ("conv", 5, 6, dict(kernel_size=4, padding=2)),
    "half padding": ("conv", 5, 5, dict(kernel_size=3, padding=1)),
    "full padding": ("conv", 5, 7, dict(kernel_size=3, padding=2)),
    "strides": ("conv", 5, 2, dict(kernel_size=3, stride=2)),
    "padding, strides": ("conv", 5, 3, dict(kernel_size=3, stride=2, padding=1)),
    "padding, strides, odd": ("conv", 6, 3, dict(kernel_size=3, stride=2, padding=1)),
    "transposed": ("conv_transpose", 2, 4, dict(kernel_size=3)),
    "arbitrary padding, transposed": ("conv_transpose", 6, 5, dict(kernel_size=4, padding=2)),
    "half padding, transposed": ("conv_transpose", 5, 5, dict(kernel_size=3, padding=1)),
    "full padding, transposed": ("conv_transpose", 7, 5, dict(kernel_size=3, padding=2)),
    "strides, transposed": ("conv_transpose", 2, 5, dict(kernel_size=3, stride=2)),
    "padding, strides, transposed": (
        "conv_transpose",
        3,
        5,
        dict(kernel_size=3, stride=2, padding=1),
    ),
    "padding, strides, odd, transposed": (
        "conv_transpose",
        3,
        6,
        dict(kernel_size=3, stride=2, padding=1, output_padding=1),
    ),
    "dilation": ("conv", 7, 3, dict(kernel_size=3, dilation=2)),
}
# A convolution has one view, which has no name.
VIEW = {"conv": {}, "conv_transpose": {"view": "zero_insertion"}}


def cells(picture):
    """Count the cells of a picture by kind."""
    return Counter(re.findall(r'id="([a-z]+)-\d+"', picture.svg))


def note_texts(monkeypatch, written):
    """Have every text that is drawn written down, with the name of its part."""
    text = Canvas.text

    def note(canvas, x, y, t, **looks):
        written.append((str(t), looks.get("name")))
        text(canvas, x, y, t, **looks)

    monkeypatch.setattr(Canvas, "text", note)
