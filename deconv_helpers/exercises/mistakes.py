"""The usual mistakes, each as a small function that makes it.

A check runs them beside a reader's answer: one that returns what the answer
returned says what went wrong. Each takes what the exercise's right answer takes;
the tables map the key of a reason, see `words_en`, to the function.

The first table is of the operation, without channels and with any number of axes:
arrays `x` and `w`, and for each axis the numbers `s`, `p`, `p_` and `d`.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv, conv_transpose

Axes: TypeAlias = Sequence[int]
Mistake: TypeAlias = Callable[..., Any]


def full(x: Array, w: Array, s: Axes, d: Axes) -> Array:
    """Return all stamps, nothing cut."""
    return conv_transpose(x[None], w[None, None], stride=tuple(s), dilation=tuple(d))[0]


def cut(y: Array, begin: Axes, end: Axes) -> Array:
    """Cut so many cells from each end of each axis; zeros are put where it is less than none."""
    pads = [(max(-b, 0), max(-e, 0)) for b, e in zip(begin, end, strict=True)]
    y = np.pad(y, pads)
    slices = zip(y.shape, begin, end, strict=True)
    return y[tuple(slice(max(b, 0), max(size - max(e, 0), 0)) for size, b, e in slices)]


def _less(a: Axes, b: Axes) -> list[int]:
    return [one - other for one, other in zip(a, b, strict=True)]


def _zeros(y: Array) -> list[int]:
    return [0] * y.ndim


def _minus(numbers: Axes) -> list[int]:
    return [-number for number in numbers]


def _right(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return cut(full(x, w, s, d), p, _less(p, p_))


def _stamped(add: Callable[[Array, Array], Array]) -> Mistake:
    """Return a layer whose stamps are put down by something else than addition."""

    def made(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
        y = np.zeros_like(full(x, w, s, d))
        for n in np.ndindex(*x.shape):
            reach = zip(n, w.shape, s, d, strict=True)
            place = tuple(slice(m * a, m * a + b * (k - 1) + 1, b) for m, k, a, b in reach)
            y[place] = add(y[place], x[n] * w)
        return cut(y, p, _less(p, p_))

    return made


def _larger(old: Array, new: Array) -> Array:
    return np.where(np.abs(new) > np.abs(old), new, old)


def _spread(x: Array, s: Axes) -> Array:
    """Put s − 1 zeros between neighbours."""
    spread = np.zeros([(size - 1) * step + 1 for size, step in zip(x.shape, s, strict=True)], int)
    spread = spread.astype(x.dtype)
    spread[tuple(slice(None, None, step) for step in s)] = x
    return spread


def _spread_only(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return conv(_spread(x, s)[None], w[None, None], dilation=tuple(d))[0]


def _repeated(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    size = _right(x, w, s, p, p_, d).shape
    for axis, times in enumerate(s):
        x = np.repeat(x, times, axis)
    y = full(x, w, [1] * x.ndim, d)
    return cut(y, p, [m - n - begin for m, n, begin in zip(y.shape, size, p, strict=True)])


def _last_lost(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    kept = np.zeros_like(x)
    inside = tuple(slice(0, -1) for _ in x.shape)
    kept[inside] = x[inside]
    return _right(kept, w, s, p, p_, d)


def _jax_same(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    y = full(x, np.flip(w), s, d)
    size = [n * step for n, step in zip(x.shape, s, strict=True)]
    begin = [max(m - n, 0) // 2 for m, n in zip(y.shape, size, strict=True)]
    return cut(y, begin, [m - n - b for m, n, b in zip(y.shape, size, begin, strict=True)])


def _zeros_at(y: Array, front: Axes, end: Axes) -> Array:
    return np.pad(y, list(zip(front, end, strict=True)))


OPERATION: dict[str, Mistake] = {
    "overwrite": _stamped(lambda old, new: new),
    "first-wins": _stamped(lambda old, new: np.where(old == 0, new, old)),
    "largest-wins": _stamped(_larger),
    "reversed": lambda x, w, s, p, p_, d: _right(x, np.flip(w), s, p, p_, d),
    "stride-ignored": lambda x, w, s, p, p_, d: _right(x, w, [1] * x.ndim, p, p_, d),
    "uncropped": lambda x, w, s, p, p_, d: full(x, w, s, d),
    "crop-at-the-end-only": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d), [0] * x.ndim, [2 * one - other for one, other in zip(p, p_, strict=True)]
    ),
    "crop-once": lambda x, w, s, p, p_, d: cut(full(x, w, s, d), p, _minus(p_)),
    "output-padding-ignored": lambda x, w, s, p, p_, d: cut(full(x, w, s, d), p, p),
    "output-padding-is-zeros": lambda x, w, s, p, p_, d: _zeros_at(
        cut(full(x, w, s, d), p, p), [0] * x.ndim, p_
    ),
    "zeros-in-front": lambda x, w, s, p, p_, d: _zeros_at(
        cut(full(x, w, s, d), p, p), p_, [0] * x.ndim
    ),
    "output-padding-in-front": lambda x, w, s, p, p_, d: cut(full(x, w, s, d), _less(p, p_), p),
    "output-padding-both-ends": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d), _less(p, p_), _less(p, p_)
    ),
    "output-padding-cuts": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d), p, [one + other for one, other in zip(p, p_, strict=True)]
    ),
    "output-padding-pads-input": lambda x, w, s, p, p_, d: cut(
        full(_zeros_at(x, [0] * x.ndim, p_), w, s, d), p, p
    ),
    "padding-adds": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d), _minus(p), [-one - other for one, other in zip(p, p_, strict=True)]
    ),
    "padding-times-stride": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d),
        [step * one for step, one in zip(s, p, strict=True)],
        [step * one - other for step, one, other in zip(s, p, p_, strict=True)],
    ),
    "padding-pads-input": lambda x, w, s, p, p_, d: cut(
        full(_zeros_at(x, p, p), w, s, d), [0] * x.ndim, _minus(p_)
    ),
    "stride-zeros": lambda x, w, s, p, p_, d: _right(x, w, [step + 1 for step in s], p, p_, d),
    "repeated": _repeated,
    "spread-only": _spread_only,
    "stride-twice": lambda x, w, s, p, p_, d: _right(x, w, s, p, p_, d)[
        tuple(slice(None, None, step) for step in s)
    ],
    "convolution": lambda x, w, s, p, p_, d: conv(
        x[None], w[None, None], stride=tuple(s), padding=tuple(p), dilation=tuple(d)
    )[0],
    "n-strides": lambda x, w, s, p, p_, d: cut(
        full(x, w, s, d), p, [a - b - c for a, b, c in zip(p, p_, s, strict=True)]
    ),
    "last-lost": _last_lost,
    "jax-same": _jax_same,
    "dilation-ignored": lambda x, w, s, p, p_, d: _right(x, w, s, p, p_, [1] * x.ndim),
}


def _swapped(numbers: Axes) -> Axes:
    return tuple(reversed(numbers))


PLANE: dict[str, Mistake] = {
    "kernel-transposed": lambda x, w, s, p, p_, d: _right(x, w.T, s, p, p_, d),
    "kernel-flipped-once": lambda x, w, s, p, p_, d: _right(x, np.flip(w, 0), s, p, p_, d),
    "columns-flipped": lambda x, w, s, p, p_, d: _right(x, np.flip(w, 1), s, p, p_, d),
    "axes-swapped": lambda x, w, s, p, p_, d: _right(
        x, w, _swapped(s), _swapped(p), _swapped(p_), _swapped(d)
    ),
    "strides-swapped": lambda x, w, s, p, p_, d: _right(x, w, _swapped(s), p, p_, d),
    "first-stride-twice": lambda x, w, s, p, p_, d: _right(x, w, (s[0], s[0]), p, p_, d),
    "first-padding-twice": lambda x, w, s, p, p_, d: _right(x, w, s, (p[0], p[0]), p_, d),
    "first-output-padding-twice": lambda x, w, s, p, p_, d: _right(
        x, w, s, p, (p_[0], p_[0]), d
    ),
    "result-transposed": lambda x, w, s, p, p_, d: _right(x, w, s, p, p_, d).T,
    "rows-only": lambda x, w, s, p, p_, d: _right(x, w, (s[0], 1), p, (p_[0], 0), d),
}


# Sizes: i_ for what goes in, and for each parameter its letter.

SIZE: dict[str, Mistake] = {
    "n-strides": lambda i_, k, s, p, p_, d: i_ * s + d * (k - 1) + 1 - 2 * p + p_,
    "kernel-left-out": lambda i_, k, s, p, p_, d: (i_ - 1) * s - 2 * p + p_,
    "padding-adds": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * (k - 1) + 1 + 2 * p + p_,
    "crop-once": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * (k - 1) + 1 - p + p_,
    "uncropped": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * (k - 1) + 1,
    "padding-times-stride": lambda i_, k, s, p, p_, d: (
        (i_ - 1) * s + d * (k - 1) + 1 - 2 * p * s + p_
    ),
    "output-padding-ignored": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * (k - 1) + 1 - 2 * p,
    "output-padding-cuts": lambda i_, k, s, p, p_, d: (
        (i_ - 1) * s + d * (k - 1) + 1 - 2 * p - p_
    ),
    "output-padding-both-ends": lambda i_, k, s, p, p_, d: (
        (i_ - 1) * s + d * (k - 1) + 1 - 2 * p + 2 * p_
    ),
    "dilation-ignored": lambda i_, k, s, p, p_, d: (i_ - 1) * s + k - 2 * p + p_,
    "dilation-times-kernel": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * k - 2 * p + p_,
    "span-one-short": lambda i_, k, s, p, p_, d: (i_ - 1) * s + d * (k - 1) - 2 * p + p_,
    "stride-ignored": lambda i_, k, s, p, p_, d: i_ - 1 + d * (k - 1) + 1 - 2 * p + p_,
    "times-stride": lambda i_, k, s, p, p_, d: i_ * s,
    "convolution": lambda i_, k, s, p, p_, d: (i_ + 2 * p - d * (k - 1) - 1) // s + 1,
}

CONV_SIZE: dict[str, Mistake] = {
    "rounded": lambda i, k, s, p: round((i + 2 * p - k) / s) + 1,
    "ceiling": lambda i, k, s, p: -(-(i + 2 * p - k) // s) + 1,
    "no-floor": lambda i, k, s, p: (i + 2 * p - k) / s + 1,
    "no-first": lambda i, k, s, p: (i + 2 * p - k) // s,
    "one-inside-floor": lambda i, k, s, p: (i + 2 * p - k + 1) // s,
    "padding-once": lambda i, k, s, p: (i + p - k) // s + 1,
    "padding-cuts": lambda i, k, s, p: (i - 2 * p - k) // s + 1,
    "stride-ignored": lambda i, k, s, p: i + 2 * p - k + 1,
    "transposed": lambda i, k, s, p: (i - 1) * s + k - 2 * p,
}


# The convolution of one axis.


def _conv1d(y: Array, w: Array, s: int, p: int = 0) -> Array:
    return conv(y[None], w[None, None], stride=s, padding=p)[0]


CONVOLUTION: dict[str, Mistake] = {
    "conv-flipped": lambda y, w, s: _conv1d(y, w[::-1], s),
    "conv-stride-ignored": lambda y, w, s: _conv1d(y, w, 1),
    "conv-last-position-lost": lambda y, w, s: _conv1d(y, w, s)[:-1],
    "conv-not-summed": lambda y, w, s: np.stack(
        [y[m : m + len(w)] * w for m in range(0, len(y) - len(w) + 1, s)]
    ),
    "conv-beyond-the-end": lambda y, w, s: _conv1d(
        np.pad(y, (0, len(w) - 1)), w, s
    ),
    "conv-padded": lambda y, w, s: _conv1d(y, w, s, len(w) // 2),
    "conv-stride-is-kernel": lambda y, w, s: _conv1d(y, w, len(w)),
    "conv-transposed": lambda y, w, s: full(y, w, [s], [1]),
}


# Layers with channels: a batch x, a weight (in, out / groups, ...), a bias.


def _layer(x: Array, w: Array, b: Array | None, s: Axes, p: Axes, p_: Axes, g: int, d: Axes) -> Array:
    return conv_transpose(
        x, w, b, stride=tuple(s), padding=tuple(p), output_padding=tuple(p_),
        groups=g, dilation=tuple(d),
    )  # fmt: skip


def _groupwise(w: Array, groups: int) -> Array:
    """Return the weight with the channels exchanged inside of each group."""
    parts = w.reshape(groups, -1, *w.shape[1:])
    return parts.swapaxes(1, 2).reshape(-1, parts.shape[1], *w.shape[2:])


def _bias_on_each_stamp(x: Array, w: Array, b: Array | None, *parameters: Any) -> Array:
    y = _layer(x, w, None, *parameters)
    if b is None:
        return y
    s, p, p_, groups, d = parameters
    shape = (1, 1, *x.shape[2:]), (1, 1, *w.shape[2:])
    counts = _layer(np.ones(shape[0], int), np.ones(shape[1], int), None, s, p, p_, 1, d)
    return y + b.reshape(-1, *[1] * len(s)) * counts * (x.shape[1] // groups)


def _interleaved(x: Array, w: Array, b: Array | None, *parameters: Any) -> Array:
    groups = parameters[3]
    y = _layer(x, w, None, *parameters)
    y = y.reshape(len(y), groups, -1, *y.shape[2:]).swapaxes(1, 2).reshape(y.shape)
    return y if b is None else y + b.reshape(-1, *[1] * (y.ndim - 2))


def _last_channel(x: Array, w: Array, b: Array | None, *parameters: Any) -> Array:
    groups = parameters[3]
    kept = x.reshape(len(x), groups, -1, *x.shape[2:]).copy()
    kept[:, :, :-1] = 0
    return _layer(kept.reshape(x.shape), w, b, *parameters)


def _every_axis(make: Callable[[Any], Any]) -> Callable[..., Array]:
    def made(x: Array, w: Array, b: Array | None, s: Axes, p: Axes, p_: Axes, g: int, d: Axes) -> Array:
        s, p, p_, d = make((tuple(s), tuple(p), tuple(p_), tuple(d)))
        return _layer(x, w, b, s, p, p_, g, d)

    return made


def _cut_layer(x: Array, w: Array, b: Array | None, parameters: Any, begin: Axes, end: Axes) -> Array:
    s, _, _, groups, d = parameters
    none = [0] * len(s)
    y = _layer(x, w, b, s, none, none, groups, d)
    return np.stack([np.stack([cut(channel, begin, end) for channel in image]) for image in y])


LAYER: dict[str, Mistake] = {
    "channels-swapped": lambda x, w, b, *rest: _layer(x, _groupwise(w, rest[3]), b, *rest),
    "groups-ignored": lambda x, w, b, *rest: _layer(x, w, b, *rest[:3], 1, rest[4]),
    "groups-interleaved": _interleaved,
    "channels-not-summed": _last_channel,
    "bias-ignored": lambda x, w, b, *rest: _layer(x, w, None, *rest),
    "bias-on-each-stamp": _bias_on_each_stamp,
    "first-image-only": lambda x, w, b, *rest: np.repeat(_layer(x[:1], w, b, *rest), len(x), 0),
    "batch-lost": lambda x, w, b, *rest: _layer(x, w, b, *rest)[0],
    "reversed": lambda x, w, b, *rest: _layer(
        x, np.flip(w, tuple(range(2, w.ndim))), b, *rest
    ),
    "dilation-ignored": _every_axis(lambda all_: (*all_[:3], (1,) * len(all_[3]))),
    "output-padding-ignored": _every_axis(lambda all_: (*all_[:2], (0,) * len(all_[3]), all_[3])),
    "padding-ignored": _every_axis(lambda all_: (all_[0], (0,) * len(all_[3]), *all_[2:])),
    "output-padding-in-front": lambda x, w, b, *rest: _cut_layer(
        x, w, b, rest, _less(rest[1], rest[2]), rest[1]
    ),
    "uncropped": lambda x, w, b, *rest: _cut_layer(x, w, b, rest, [0] * len(rest[0]), [0] * len(rest[0])),
    "axes-swapped": _every_axis(lambda all_: tuple(_swapped(each) for each in all_)),
}

