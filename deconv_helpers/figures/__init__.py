"""Every picture of the book, drawn from a layer's parameters.

A drawing function takes sizes and the parameters by PyTorch's names, or a `Layer`
in place of `kernel_size`. What PyTorch's layer would refuse is refused, and so is
a picture of more than 4000 cells, or 500 to a side, which nobody could read.
"""

from deconv_helpers.figures.adding import crop, stamps
from deconv_helpers.figures.algebra import matrices
from deconv_helpers.figures.chains import encoder_decoder
from deconv_helpers.figures.counts import overlap
from deconv_helpers.figures.cuts import cuts
from deconv_helpers.figures.emblem import logo
from deconv_helpers.figures.gathering import phases, zero_insertion
from deconv_helpers.figures.landing import centres, chunks
from deconv_helpers.figures.motion import animate
from deconv_helpers.figures.picture import Animation, Picture
from deconv_helpers.figures.planes import stamps_2d
from deconv_helpers.figures.reading import unread_rows
from deconv_helpers.figures.steps import size_map, staircase
from deconv_helpers.figures.tones import spectrum
from deconv_helpers.figures.values import arrays

__all__ = [
    "Animation",
    "Picture",
    "animate",
    "arrays",
    "centres",
    "chunks",
    "crop",
    "cuts",
    "encoder_decoder",
    "logo",
    "matrices",
    "overlap",
    "phases",
    "size_map",
    "spectrum",
    "staircase",
    "stamps",
    "stamps_2d",
    "unread_rows",
    "zero_insertion",
]
