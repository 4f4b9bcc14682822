"""Mistakes in a layer with channels: `x` is (…, in, cells), `w` is (in, out / groups, taps)."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.mistakes.operation import Axes, cut, less, swapped
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.ops import conv_transpose

Bias: TypeAlias = Array | None
Numbers: TypeAlias = dict[str, Axes]


def _right(x: Array, w: Array, b: Bias, g: int, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return conv_transpose(
        x, w, b, stride=tuple(s), padding=tuple(p), output_padding=tuple(p_),
        groups=g, dilation=tuple(d),
    )  # fmt: skip


def _with(**changes: Callable[[Axes], Axes]) -> Mistake:
    """Return the layer with some of its parameters changed."""

    def made(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
        changed = {key: changes.get(key, tuple)(each) for key, each in numbers.items()}
        return _right(x, w, b, g, **changed)

    return made


def _cut_by(ends: Callable[[Axes, Axes], tuple[Axes, Axes]]) -> Mistake:
    """Return the layer whose full result is cut at other ends, made of p and p'."""

    def made(x: Array, w: Array, b: Bias, g: int, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
        none = [0] * len(s)
        return cut(_right(x, w, b, g, s, none, none, d), *ends(p, p_))

    return made


def _weight(change: Callable[[Array, int], Array]) -> Mistake:
    """Return the layer with another weight, made of its own and the number of groups."""

    def made(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
        return _right(x, change(w, g), b, g, **numbers)

    return made


def flipped(w: Array) -> Array:
    """Return the weight with its taps in the opposite order."""
    return np.flip(w, tuple(range(2, w.ndim)))


def channels_exchanged(w: Array, groups: int) -> Array:
    """Return the weight read as (out, in, …) in each group, where that has the same shape."""
    parts = w.reshape(groups, -1, *w.shape[1:])
    if parts.shape[1] != parts.shape[2]:
        raise ValueError("that weight could not be mistaken for the other")
    return parts.swapaxes(1, 2).reshape(w.shape)


def _added(y: Array, b: Bias, axes: int) -> Array:
    return y if b is None else y + b.reshape(-1, *[1] * axes)


def _groups_interleaved(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    axes = w.ndim - 2
    y = _right(x, w, None, g, **numbers)
    channels = np.arange(g * w.shape[1]).reshape(g, -1).T.ravel()
    return _added(np.take(y, channels, axis=-axes - 1), b, axes)


def _inputs_interleaved(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    channels = np.arange(len(w)).reshape(-1, g).T.ravel()
    return _right(np.take(x, channels, axis=-w.ndim + 1), w[channels], b, g, **numbers)


def _groups_ignored(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    return _right(x, w, None if b is None else b[: w.shape[1]], 1, **numbers)


def _first_group(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    channels, axis = range(len(w) // g), -w.ndim + 1
    bias = None if b is None else b[: w.shape[1]]
    return _right(np.take(x, channels, axis), w[: len(w) // g], bias, 1, **numbers)


def _last_channel(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    kept = w.reshape(g, -1, *w.shape[1:]).copy()
    kept[:, :-1] = 0
    return _right(x, kept.reshape(w.shape), b, g, **numbers)


def _bias_times(counts: Callable[..., int | Array]) -> Mistake:
    """Return the layer that adds its bias more than once, so many times to each cell."""

    def made(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
        bias = _right(x, np.zeros_like(w), b, g, **numbers)
        return _right(x, w, None, g, **numbers) + bias * counts(x, w, g, **numbers)

    return made


def _stamps(x: Array, w: Array, g: int, **numbers: Axes) -> Array:
    cells, taps = np.ones((1, *x.shape[2:]), int), np.ones((1, 1, *w.shape[2:]), int)
    return _right(cells, taps, None, 1, **numbers) * (len(w) // g)


def _not_dilated(x: Array, w: Array, b: Bias, g: int, d: Axes, **numbers: Axes) -> Array:
    size = _right(x, w, b, g, d=d, **numbers).shape[-len(d) :]
    s, p = numbers["s"], numbers["p"]
    y = _right(x, w, None, g, s, [0] * len(s), [0] * len(s), [1] * len(s))
    kept = zip(y.shape[-len(d) :], p, size, strict=True)
    return _added(cut(y, p, [have - begin - want for have, begin, want in kept]), b, len(d))


def _taps_overwrite(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    """Let each tap write over what the taps before have written."""
    y = _right(x, np.zeros_like(w), None, g, **numbers)
    for tap in np.ndindex(*w.shape[2:]):
        alone, reached = np.zeros_like(w), np.zeros_like(w)
        alone[(..., *tap)], reached[(..., *tap)] = w[(..., *tap)], 1
        written = _right(np.ones_like(x), reached, None, g, **numbers) > 0
        y = np.where(written, _right(x, alone, None, g, **numbers), y)
    return _added(y, b, w.ndim - 2)


def _taps_repeated(x: Array, w: Array, b: Bias, g: int, d: Axes, **numbers: Axes) -> Array:
    for axis, times in enumerate(d, start=2):
        w = np.repeat(w, times, axis)
    return _right(x, w, b, g, d=[1] * len(d), **numbers)


def _kernel_too_long(
    x: Array, w: Array, b: Bias, g: int, s: Axes, p: Axes, p_: Axes, d: Axes
) -> Array:
    none = [0] * len(s)
    longer = cut(_right(x, w, None, g, s, none, none, d), none, [1 - one for one in d])
    return _added(cut(longer, p, less(p, p_)), b, len(s))


def _of_group_0(array: Array, groups: int, axis: int) -> Array:
    """Return an array in which each group has the channels of the first."""
    channels = np.arange(array.shape[axis] // groups)
    return np.take(array, np.tile(channels, groups), axis)


def _into_group_0(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    y = _right(x, w, None, g, **numbers)
    split = y.reshape(len(y), g, -1, *y.shape[2:])
    written = np.zeros_like(split)
    written[:, 0] = split.sum(1)
    return _added(written.reshape(y.shape), b, w.ndim - 2)


def _others_empty(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
    y = _right(x, w, b, g, **numbers)
    y[1:] = 0
    return y


LAYER: dict[str, Mistake] = {
    "channels-swapped": _weight(channels_exchanged),
    "channels-not-summed": _last_channel,
    "groups-ignored": _groups_ignored,
    "groups-interleaved": _groups_interleaved,
    "inputs-interleaved": _inputs_interleaved,
    "first-group-only": _first_group,
    "bias-ignored": lambda x, w, b, g, **numbers: _right(x, w, None, g, **numbers),
    "bias-on-each-stamp": _bias_times(_stamps),
    "bias-on-each-channel": _bias_times(lambda x, w, g, **numbers: len(w) // g),
    "first-image-only": lambda x, *rest, **numbers: np.repeat(
        _right(x[:1], *rest, **numbers), len(x), 0
    ),
    "batch-lost": lambda x, *rest, **numbers: _right(x[0], *rest, **numbers),
    "first-image-alone": lambda x, *rest, **numbers: _right(x[:1], *rest, **numbers),
    "other-images-empty": _others_empty,
    "input-of-group-0": lambda x, w, b, g, **numbers: _right(
        _of_group_0(x, g, 1), w, b, g, **numbers
    ),
    "weight-of-group-0": _weight(lambda w, g: _of_group_0(w, g, 0)),
    "bias-of-group-0": lambda x, w, b, g, **numbers: _right(
        x, w, None if b is None else _of_group_0(b, g, 0), g, **numbers
    ),
    "into-group-0": _into_group_0,
    "taps-overwrite": _taps_overwrite,
    "reversed": _weight(lambda w, g: flipped(w)),
    "stride-ignored": _with(s=lambda s: [1] * len(s)),
    "dilation-ignored": _with(d=lambda d: [1] * len(d)),
    "dilation-in-the-size-only": _not_dilated,
    "dilations-swapped": _with(d=swapped),
    "taps-repeated": _taps_repeated,
    "kernel-too-long": _kernel_too_long,
    "strides-swapped": _with(s=swapped),
    "paddings-swapped": _with(p=swapped),
    "output-paddings-swapped": _with(p_=swapped),
    "padding-ignored": _with(p=lambda p: [0] * len(p)),
    "uncropped": _cut_by(lambda p, p_: ([0] * len(p), [0] * len(p))),
    "output-padding-ignored": _with(p_=lambda p_: [0] * len(p_)),
    "output-padding-in-front": _cut_by(lambda p, p_: (less(p, p_), p)),
    "axes-swapped": _with(s=swapped, p=swapped, p_=swapped, d=swapped),
    "whole-numbers-only": lambda x, *rest, **numbers: np.trunc(_right(x, *rest, **numbers)),
}


def _input(change: Callable[[Array, int], Array]) -> Mistake:
    """Return the layer with another input, made of its own and the number of groups."""

    def made(x: Array, w: Array, b: Bias, g: int, **numbers: Axes) -> Array:
        return _right(change(x, g), w, b, g, **numbers)

    return made


def _taps_first(w: Array, groups: int) -> Array:
    flat = w.reshape(len(w), int(np.prod(w.shape[2:])), w.shape[1])
    return flat.swapaxes(1, 2).reshape(w.shape)


def _not_transposed(w: Array, groups: int) -> Array:
    flat = w.reshape(groups, -1, len(w) // groups)
    return flat.swapaxes(1, 2).reshape(w.shape)


def _cells_first(x: Array, groups: int) -> Array:
    flat = x.reshape(len(x) * groups, -1, x.shape[1] // groups)
    return flat.swapaxes(1, 2).reshape(x.shape)


def _last_two_misread(array: Array, groups: int) -> Array:
    """Return an array whose last two axes were read in the other order."""
    rows, columns = array.shape[-2:]
    return array.reshape(*array.shape[:-2], columns, rows).swapaxes(-2, -1)


def _images_in_the_cells(x: Array, groups: int) -> Array:
    return x.reshape(x.shape[1], len(x), *x.shape[2:]).swapaxes(0, 1)


# In a layer that is made by one matrix product: what is laid out wrongly.
FAST: dict[str, Mistake] = LAYER | {
    "taps-before-channels": _weight(_taps_first),
    "reshaped-not-transposed": _weight(_not_transposed),
    "cells-before-channels": _input(_cells_first),
    "tap-axes-misread": _weight(_last_two_misread),
    "cell-axes-misread": _input(_last_two_misread),
    "images-in-the-cells": _input(_images_in_the_cells),
}

# In a layer of one axis, not batched, without bias, of which nothing is cut.
CHANNELS: dict[str, Mistake] = {
    key: LAYER[key]
    for key in (
        "channels-swapped",
        "channels-not-summed",
        "groups-ignored",
        "groups-interleaved",
        "inputs-interleaved",
        "first-group-only",
        "reversed",
        "stride-ignored",
    )
}

# The weight of one axis, each output channel divided by its largest absolute value.
SCALING: dict[str, Mistake] = {
    "by-input": lambda w: w / np.abs(w).max((1, 2), keepdims=True),
    "by-kernel": lambda w: w / np.abs(w).max(2, keepdims=True),
    "by-everything": lambda w: w / np.abs(w).max(),
    "by-tap": lambda w: w / np.abs(w).max(0, keepdims=True),
    "sign-forgotten": lambda w: w / w.max((0, 2), keepdims=True),
    "by-sum": lambda w: w / np.abs(w).sum((0, 2), keepdims=True),
    "by-norm": lambda w: w / np.sqrt((w**2).sum((0, 2), keepdims=True)),
    "not-divided": lambda w: np.abs(w).max((0, 2), keepdims=True),
}
