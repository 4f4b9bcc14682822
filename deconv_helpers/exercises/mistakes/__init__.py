"""The usual mistakes, each as a small function that makes it.

A check runs them beside a reader's answer: one that returns what the answer
returned says what went wrong. A table maps the key of a reason, see
`deconv_helpers.exercises.words_en`, to the function.

They have the book's letters: arrays `x`, `w` and `b`, and for each axis the numbers
`s`, `p`, `p_` and `d`; `g` counts the groups. A size is `i` or `i_`, a kernel's `k`.
"""

from deconv_helpers.exercises.mistakes.backward import BACKWARD, INPUT_GRADIENT
from deconv_helpers.exercises.mistakes.convolution import CONVOLUTION
from deconv_helpers.exercises.mistakes.decoders import DECODER_SIZES, MIRROR, STEPS_UP
from deconv_helpers.exercises.mistakes.fitting import FITTED
from deconv_helpers.exercises.mistakes.layer import CHANNELS, FAST, LAYER, SCALING
from deconv_helpers.exercises.mistakes.operation import FULL, OPERATION, PLANE
from deconv_helpers.exercises.mistakes.phases import EVENED
from deconv_helpers.exercises.mistakes.porting import CONVENTION, CONVERTED, POINTWISE
from deconv_helpers.exercises.mistakes.sizes import CONV_SIZE, SIZE
from deconv_helpers.exercises.mistakes.streams import STREAM

__all__ = [
    "BACKWARD",
    "CHANNELS",
    "CONVENTION",
    "CONVERTED",
    "CONVOLUTION",
    "CONV_SIZE",
    "DECODER_SIZES",
    "EVENED",
    "FAST",
    "FITTED",
    "FULL",
    "INPUT_GRADIENT",
    "LAYER",
    "MIRROR",
    "OPERATION",
    "PLANE",
    "POINTWISE",
    "SCALING",
    "SIZE",
    "STEPS_UP",
    "STREAM",
]
