"""Every picture of the book, drawn from a layer's parameters."""

from deconv_helpers.figures.operation import (
    arrays,
    crop,
    matrices,
    phases,
    stamps,
    zero_insertion,
)
from deconv_helpers.figures.picture import Picture
from deconv_helpers.figures.sizes import staircase, unread_rows

__all__ = [
    "Picture",
    "arrays",
    "crop",
    "matrices",
    "phases",
    "staircase",
    "stamps",
    "unread_rows",
    "zero_insertion",
]
