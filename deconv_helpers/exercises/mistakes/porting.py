"""Mistakes in reading another library's convention, and in writing the layer by other means."""

from collections.abc import Callable
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import answers
from deconv_helpers.exercises.mistakes.operation import cut
from deconv_helpers.exercises.task import Mistake

# The impulse of the book's answer: its place, and the length of its row.
_PLACE, _LENGTH = 4, 9


def _read(change: Callable[[list[int], int, int, int], list[Any]]) -> Mistake:
    """Return the convention changed: made of it, the stamp's first cell, k and s."""

    def made(port: Callable[..., Array], k: int, s: int) -> list[Any]:
        right = answers.convention(port, k, s)
        return change(right, _PLACE * s - right[1], k, s)

    return made


def _at_the_border(port: Callable[..., Array], k: int, s: int) -> list[int]:
    """Read the convention from an impulse in the first cell."""
    x, w = np.zeros((1, _LENGTH), int), np.arange(1, k + 1)[None, None]
    x[0, 0] = 1
    y = np.asarray(port(x, w))[0]
    first = int(y.nonzero()[0][0])
    return [int(y[first] == k), -first, (_LENGTH - 1) * s + k - len(y) + first]


CONVENTION: dict[str, Mistake] = {
    "turned-the-other-way": _read(lambda right, first, k, s: [1 - right[0], *right[1:]]),
    "ends-exchanged": _read(lambda right, first, k, s: [right[0], right[2], right[1]]),
    "place-for-begin": _read(
        lambda right, first, k, s: [right[0], first, right[1] + right[2] - first]
    ),
    "sign-of-begin": _read(
        lambda right, first, k, s: [right[0], -right[1], 2 * right[1] + right[2]]
    ),
    "begin-without-stride": _read(
        lambda right, first, k, s: [right[0], _PLACE - first, sum(right[1:]) - _PLACE + first]
    ),
    "whole-cut-for-end": _read(lambda right, first, k, s: [*right[:2], right[1] + right[2]]),
    "full-by-n-strides": _read(lambda right, first, k, s: [*right[:2], right[2] + s]),
    "full-without-kernel": _read(lambda right, first, k, s: [*right[:2], right[2] - k]),
    "full-from-the-strides-alone": _read(lambda right, first, k, s: [*right[:2], right[2] + s - k]),
    "impulse-at-the-border": _at_the_border,
}


def _ends(begin: Callable[[int, int], int], end: Callable[[int, int], int]) -> Mistake:
    """Return the full result cut at other ends, made of p and p'."""
    return lambda y, p, p_: cut(y, [begin(p, p_)], [end(p, p_)])


# A full result that is given, of which a layer is to be cut.
CONVERTED: dict[str, Mistake] = {
    "output-padding-is-zeros": lambda y, p, p_: np.pad(cut(y, [p], [p]), (0, p_)),
    "end-without-room": lambda y, p, p_: y[p : len(y) - p + p_],
    "end-counted-back": lambda y, p, p_: y[p : p_ - p],
    "minus-zero": lambda y, p, p_: np.pad(y, (0, p_))[p:-p],
    "padding-ignored": _ends(lambda p, p_: 0, lambda p, p_: -p_),
    "crop-in-front-only": _ends(lambda p, p_: p, lambda p, p_: -p_),
    "crop-at-the-end-only": _ends(lambda p, p_: 0, lambda p, p_: 2 * p - p_),
    "output-padding-ignored": _ends(lambda p, p_: p, lambda p, p_: p),
    "output-padding-in-front": _ends(lambda p, p_: p - p_, lambda p, p_: p),
    "zeros-in-front": lambda y, p, p_: np.pad(cut(y, [p], [p]), (p_, 0)),
    "output-padding-both-ends": _ends(lambda p, p_: p - p_, lambda p, p_: p - p_),
    "output-padding-cuts": _ends(lambda p, p_: p, lambda p, p_: p + p_),
}


def _laid_out(*order: int) -> Mistake:
    """Return the weight of a 1 × 1 convolution whose axes were put in another order before."""
    return lambda w: w.transpose(order).reshape(-1, len(w), 1, 1)


POINTWISE: dict[str, Mistake] = {
    "taps-before-outputs": _laid_out(2, 3, 1, 0),
    "taps-exchanged": _laid_out(1, 3, 2, 0),
    "reshaped-only": lambda w: w.reshape(-1, len(w), 1, 1),
    "inputs-first": lambda w: w.reshape(len(w), -1, 1, 1),
    "weight-of-the-transposed": lambda w: w.transpose(0, 2, 3, 1).reshape(-1, w.shape[1], 1, 1),
    "taps-turned": lambda w: answers.as_pointwise(w[..., ::-1, ::-1]),
    "no-axes-of-one": lambda w: answers.as_pointwise(w)[..., 0, 0],
    "taps-summed": lambda w: w.sum((2, 3)).T[..., None, None],
}
