"""Mistakes in a convolution of one axis."""

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.mistakes.operation import full
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.ops import conv


def _conv(y: Array, w: Array, s: int, p: int = 0) -> Array:
    return conv(y[None], w[None, None], stride=s, padding=p)[0]


def _not_summed(y: Array, w: Array, s: int) -> Array:
    return np.stack([y[m : m + len(w)] * w for m in range(0, len(y) - len(w) + 1, s)])


CONVOLUTION: dict[str, Mistake] = {
    "conv-flipped": lambda y, w, s: _conv(y, w[::-1], s),
    "conv-stride-ignored": lambda y, w, s: _conv(y, w, 1),
    "conv-stride-is-kernel": lambda y, w, s: _conv(y, w, len(w)),
    "conv-last-position-lost": lambda y, w, s: _conv(y[:-1], w, s),
    "conv-first-position-lost": lambda y, w, s: _conv(y, w, s)[1:],
    "conv-not-summed": _not_summed,
    "conv-beyond-the-end": lambda y, w, s: _conv(np.pad(y, (0, len(w) - 1)), w, s),
    "conv-padded": lambda y, w, s: _conv(y, w, s, len(w) // 2),
    "conv-transposed": lambda y, w, s: full(y, w, [s], [1]),
}
