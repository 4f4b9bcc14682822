"""Mistakes in the backward pass of a layer: `y` is the gradient of its result."""

from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import answers
from deconv_helpers.exercises.mistakes.layer import channels_exchanged, flipped
from deconv_helpers.exercises.mistakes.operation import Axes
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.ops import conv, conv_transpose

Both: TypeAlias = tuple[Array, Array]
NAMES = {"g": "groups", "s": "stride", "p": "padding", "p_": "output_padding", "d": "dilation"}


def _right(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Both:
    return answers.backward(y, x, w, **{NAMES[key]: each for key, each in numbers.items()})  # type: ignore[arg-type]


def _input(change: Callable[..., Array]) -> Mistake:
    """Return both gradients, that for the input made of y, x, w and the numbers."""

    def made(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Both:
        return change(y, x, w, **numbers), _right(y, x, w, **numbers)[1]

    return made


def _weight(change: Callable[..., Array]) -> Mistake:
    """Return both gradients, that for the weight made of y, x, w and the numbers."""

    def made(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Both:
        return _right(y, x, w, **numbers)[0], change(y, x, w, **numbers)

    return made


def _as_many_as(x: Array, found: Array) -> Array:
    """Return the first cells, as many as the input has."""
    cells: tuple[Any, ...] = tuple(slice(size) for size in x.shape[2:])
    return found[(..., *cells)]


def _gathered(y: Array, w: Array, g: int, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return conv(y, w, stride=tuple(s), padding=tuple(p), dilation=tuple(d), groups=g)


def _one_step(y: Array, x: Array, w: Array, s: Axes, **numbers: Axes) -> Array:
    return _as_many_as(x, _gathered(y, w, s=[1] * len(s), **numbers))  # type: ignore[arg-type]


def _scattered(y: Array, x: Array, w: Array, g: int, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    parts = w.reshape(g, -1, *w.shape[1:]).swapaxes(1, 2).reshape(-1, len(w) // g, *w.shape[2:])
    return conv_transpose(
        y, parts, stride=tuple(s), padding=tuple(p), groups=g, dilation=tuple(d)
    )  # fmt: skip


def _not_padded(y: Array, x: Array, w: Array, p: Axes, **numbers: Axes | int) -> Both:
    """Leave the padding out: what is read beyond the end is nothing."""
    room = [(0, 2 * one) for one in p]
    y = np.pad(y, [(0, 0), (0, 0), *room])
    return _right(y, x, w, p=[0] * len(p), **numbers)


def _not_dilated(y: Array, x: Array, w: Array, d: Axes, **numbers: Axes | int) -> Both:
    return _right(y, x, w, d=[1] * len(d), **numbers)


def _first_image(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Array:
    return _right(y[:1], x[:1], w, **numbers)[1]


def _averaged(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Array:
    return _right(y, x, w, **numbers)[1] / len(x)


def _exchanged(y: Array, x: Array, w: Array, g: int, **numbers: Axes | int) -> Array:
    return channels_exchanged(_right(y, x, w, g=g, **numbers)[1], g)


def _last_term(y: Array, x: Array, w: Array, g: int, **numbers: Axes) -> Array:
    """Return the input's gradient of the last tap and the last output channel alone."""
    kept = np.zeros_like(w)
    last: tuple[Any, ...] = (slice(None), *[-1] * (w.ndim - 1))
    kept[last] = w[last]
    return _right(y, x, kept, g=g, **numbers)[0]


def _overwritten(y: Array, x: Array, w: Array, g: int, s: Axes, p: Axes, p_: Axes, d: Axes) -> Both:
    """Return both gradients, product by product, each written over those before."""
    for_x, for_w = np.zeros(x.shape), np.zeros(w.shape)
    for b, a, c in np.ndindex(*x.shape[:2], w.shape[1]):
        channel = a // (len(w) // g) * w.shape[1] + c
        for n, t in product(np.ndindex(*x.shape[2:]), np.ndindex(*w.shape[2:])):
            cell = [m * i + u * k - j for m, u, i, j, k in zip(n, t, s, p, d, strict=True)]
            if all(0 <= one < size for one, size in zip(cell, y.shape[2:], strict=True)):
                term = y[(b, channel, *cell)]
                for_x[(b, a, *n)] = term * w[(a, c, *t)]
                for_w[(a, c, *t)] = term * x[(b, a, *n)]
    return for_x, for_w


def _group_0(y: Array, x: Array, w: Array, g: int, **numbers: Axes) -> Both:
    channels = np.tile(np.arange(w.shape[1]), g)
    return _right(y[:, channels], x, w, g=g, **numbers)


def _not_strided(y: Array, x: Array, w: Array, s: Axes, **numbers: Axes | int) -> Both:
    return _right(y, x, w, s=[1] * len(s), **numbers)


def _both_averaged(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Both:
    for_x, for_w = _right(y, x, w, **numbers)
    return for_x / len(x), for_w / len(x)


def _both_reversed(y: Array, x: Array, w: Array, **numbers: Axes | int) -> Both:
    return _right(y, x, flipped(w), **numbers)[0], flipped(_right(y, x, w, **numbers)[1])


BACKWARD: dict[str, Mistake] = {
    "gradients-exchanged": lambda *arrays, **numbers: _right(*arrays, **numbers)[::-1],
    "input-gradient-reversed": _input(
        lambda y, x, w, **numbers: _right(y, x, flipped(w), **numbers)[0]
    ),
    "input-gradient-stride": _input(_one_step),
    "input-gradient-scattered": _input(_scattered),
    "input-gradient-channels": _input(
        lambda y, x, w, g, **numbers: _right(y, x, channels_exchanged(w, g), g=g, **numbers)[0]
    ),
    "all-cells-kept": _input(lambda y, x, w, **numbers: _gathered(y, w, **numbers)),
    "weight-gradient-reversed": _weight(
        lambda y, x, w, **numbers: flipped(_right(y, x, w, **numbers)[1])
    ),
    "weight-gradient-averaged": _weight(_averaged),
    "weight-gradient-first-image": _weight(_first_image),
    "weight-gradient-channels": _weight(_exchanged),
    "gradients-reversed": _both_reversed,
    "gradients-averaged": _both_averaged,
    "weight-gradient-mean": _weight(
        lambda y, x, w, **numbers: _right(y, x, w, **numbers)[1] / (len(x) * np.prod(x.shape[2:]))
    ),
    "weight-gradient-last-image": _weight(
        lambda y, x, w, **numbers: _right(y[-1:], x[-1:], w, **numbers)[1]
    ),
    "input-gradient-overwritten": _input(
        lambda *arrays, **numbers: _overwritten(*arrays, **numbers)[0]
    ),
    "weight-gradient-overwritten": _weight(
        lambda *arrays, **numbers: _overwritten(*arrays, **numbers)[1]
    ),
    "gradients-overwritten": _overwritten,
    "input-gradient-last-term": _input(_last_term),
    "groups-in-the-gradient": _group_0,
    "stride-in-the-gradient": _not_strided,
    "padding-in-the-gradient": _not_padded,
    "dilation-in-the-gradient": _not_dilated,
}


def _one_axis(g: Array, w: Array, s: int, p: int, p_: int) -> Array:
    return conv_transpose(g, w, stride=s, padding=p, output_padding=p_)


def _unread_in_front(g: Array, w: Array, size: int, s: int, p: int) -> Array:
    found = _one_axis(g, w, s, p, 0)
    return np.pad(found, [(0, 0), (0, 0), (size - found.shape[2], 0)])


def _unread_as_zeros(g: Array, w: Array, size: int, s: int, p: int) -> Array:
    found = _one_axis(g, w, s, p, 0)
    return np.pad(found, [(0, 0), (0, 0), (0, size - found.shape[2])])


# The gradient of a convolution of one axis, for its input of a known size.
INPUT_GRADIENT: dict[str, Mistake] = {
    "size-ignored": lambda g, w, size, s, p: _one_axis(g, w, s, p, 0),
    "output-padding-always-one": lambda g, w, size, s, p: _one_axis(g, w, s, p, min(1, s - 1)),
    "padding-left-out-of-the-remainder": lambda g, w, size, s, p: _one_axis(
        g, w, s, p, (size - w.shape[2]) % s
    ),
    "unread-cells-in-front": _unread_in_front,
    "unread-cells-as-zeros": _unread_as_zeros,
    "reversed": lambda g, w, size, s, p: answers.backward1d(g, w[..., ::-1], size, s, p),
    "padding-ignored": lambda g, w, size, s, p: answers.backward1d(g, w, size + 2 * p, s, 0),
    "stride-ignored": lambda g, w, size, s, p: _one_axis(g, w, 1, p, 0),
}
