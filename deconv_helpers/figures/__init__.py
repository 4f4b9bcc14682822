"""Every picture of the book, drawn from a layer's parameters."""

from deconv_helpers.figures.animation import animate
from deconv_helpers.figures.film import Animation
from deconv_helpers.figures.logo import logo
from deconv_helpers.figures.networks import encoder_decoder
from deconv_helpers.figures.operation import (
    arrays,
    crop,
    matrices,
    phases,
    stamps,
    zero_insertion,
)
from deconv_helpers.figures.overlap import overlap
from deconv_helpers.figures.picture import Picture
from deconv_helpers.figures.sizes import size_map, staircase, unread_rows

__all__ = [
    "Animation",
    "Picture",
    "animate",
    "arrays",
    "crop",
    "encoder_decoder",
    "logo",
    "matrices",
    "overlap",
    "phases",
    "size_map",
    "staircase",
    "stamps",
    "unread_rows",
    "zero_insertion",
]
