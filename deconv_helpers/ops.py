"""The convolution and the transposed convolution, by whole-array NumPy.

Both rest on one view. Each cell of the small array, which is what a convolution
returns and what a transposed one takes, faces a window of the large array:

    windows[channel, tap, cell] = large[channel, cell * stride + tap * dilation]

The convolution multiplies the windows by the weights. The transposed one multiplies
the weights by the cells, and adds the products into the windows: these are the stamps.
"""

from collections.abc import Callable, Iterator
from itertools import product
from math import gcd, prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from deconv_helpers.sizes import (
    Int,
    Ints,
    as_int,
    conv_output_size,
    conv_transpose_output_size,
    per_axis,
)

Array = np.ndarray[Any, Any]
Axes = tuple[int, ...]

# How many products are worked on at a time: few enough to stay in the cache.
_BLOCK = 2**20
# Additions along an axis this short spend their time on the loop, not on the sums.
_SHORT = 16
# NaN and infinity pass through without a word, as they do in PyTorch.
silent = np.errstate(invalid="ignore", over="ignore")


@silent
def conv(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: Int = 1,
) -> Array:
    """Return the convolution of `x` with `weight`, as PyTorch defines it.

    Parameters
    ----------
    x : array_like, shape (N, in_channels, ...) or (in_channels, ...)
        Input, with or without a batch axis, and any number of spatial axes.
    weight : array_like, shape (out_channels, in_channels / groups, ...)
        Kernels.
    bias : array_like, shape (out_channels,), optional
        Added to each output channel.
    stride, padding, dilation : int or tuple of int
        As in `conv_output_size`.
    groups : int
        Number of groups that the channels are split into, at least 1.

    Returns
    -------
    numpy.ndarray, shape (N, out_channels, ...) or (out_channels, ...)
        Of the type that NumPy promotes the arguments to.

    Raises
    ------
    TypeError
        If an array holds anything but numbers, or is masked, or a size is not an int.
    ValueError
        If PyTorch's layer would refuse the shapes or the parameters.

    Examples
    --------
    >>> conv([[1, 2, 3, 4, 5, 6, 7]], [[[1, 2, 1]]], stride=2)
    array([[ 8, 16, 24]])
    """
    x, weight, groups, finish = _checked(x, weight, bias, groups, channels_axis=1)
    s, p, d = per_axis(x.ndim - 2, stride=stride, padding=padding, dilation=dilation)
    size = conv_output_size(x.shape[2:], weight.shape[2:], stride=s, padding=p, dilation=d)
    out = np.empty((len(x), len(weight), *size), x.dtype)
    for batch, rows, sums in _correlate(_padded(x, p), weight, s, d, groups):
        out[batch, :, rows] = sums
    return finish(out)


@silent
def conv_transpose(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: Int = 1,
    dilation: Ints = 1,
) -> Array:
    """Return the transposed convolution of `x` with `weight`, as PyTorch defines it.

    Parameters
    ----------
    x : array_like, shape (N, in_channels, ...) or (in_channels, ...)
        Input, with or without a batch axis, and any number of spatial axes.
    weight : array_like, shape (in_channels, out_channels / groups, ...)
        Kernels, laid out as those of the convolution that goes the other way.
    bias : array_like, shape (out_channels,), optional
        Added to each output channel.
    stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_transpose_output_size`.
    groups : int
        Number of groups that the channels are split into, at least 1.

    Returns
    -------
    numpy.ndarray, shape (N, out_channels, ...) or (out_channels, ...)
        Of the type that NumPy promotes the arguments to.

    Raises
    ------
    TypeError
        If an array holds anything but numbers, or is masked, or a size is not an int.
    ValueError
        If PyTorch's layer would refuse the shapes or the parameters, or no cell
        would remain: see `conv_transpose_output_size`.

    Examples
    --------
    >>> conv_transpose([[1, 2, 3]], [[[1, 2, 1]]], stride=2)
    array([[1, 2, 3, 4, 5, 6, 3]])
    """
    x, weight, groups, finish = _checked(x, weight, bias, groups, channels_axis=0)
    s, p, d = per_axis(x.ndim - 2, stride=stride, padding=padding, dilation=dilation)
    size = conv_transpose_output_size(
        x.shape[2:],
        weight.shape[2:],
        stride=s,
        padding=p,
        output_padding=output_padding,
        dilation=d,
    )
    out = np.zeros((len(x), groups * weight.shape[1], *size), x.dtype)
    if _gathering_pays(x, weight, s, d, groups):
        _gather(out, x, weight, s, p, groups)
    elif weight.shape[1] > _SHORT >= x.shape[-1]:
        _stamp(out, x, weight, s, p, d, groups)
    else:
        _shift(out, x, weight, s, p, d, groups)
    return finish(out)


def _correlate(
    x: Array, weight: Array, s: Axes, d: Axes, groups: int
) -> Iterator[tuple[slice, slice, Array]]:
    """Yield the convolution of an input already padded, as (batch, rows, sums) for each block."""
    windows = _windows(x, weight.shape[2:], s, d, groups)
    axes = x.ndim - 2
    w = weight.reshape(groups, len(weight) // groups, -1)
    for block in _blocks(windows.shape[2 + axes :], groups * w.shape[2]):
        columns = windows[(slice(None),) * (2 + axes) + block]
        sums = w @ columns.reshape(groups, w.shape[2], -1)
        yield *block, sums.reshape(len(weight), *columns.shape[2 + axes :]).swapaxes(0, 1)


# Three ways to add the stamps. Each writes into the output, already cut, which holds zeros.


def _shift(out: Array, x: Array, weight: Array, s: Axes, p: Axes, d: Axes, groups: int) -> None:
    """Add each phase of the stride up in a map of its own, by shifting maps of products."""
    kernel, outputs = weight.shape[2:], weight.shape[1]
    # The taps within one step land on different phases. Those a step further land on the
    # same phases again, so many cells further.
    step = [s // gcd(s, d) for s, d in zip(s, d)]
    further = [step * d // s for step, s, d in zip(step, s, d)]
    turns = [range((k - 1) // step + 1) for k, step in zip(kernel, step)]
    # With zeros behind each row, a shift of the map is a shift of the flat array.
    room = [n + turn[-1] * cells for n, turn, cells in zip(x.shape[2:], turns, further)]
    strides = [cells * prod(room[axis + 1 :]) for axis, cells in enumerate(further)]
    inside = tuple(map(slice, x.shape[2:]))
    w = weight.reshape(groups, -1, *weight.shape[1:])
    out = out.reshape(len(out), groups, outputs, *out.shape[2:])
    for batch, _ in _blocks((len(x), 1), groups * outputs * prod(kernel) * prod(room)):
        cells = np.zeros((*w.shape[:2], len(x[batch]), *room), x.dtype)
        cells[(..., *inside)] = np.moveaxis(x[batch].reshape(-1, *w.shape[:2], *x.shape[2:]), 0, 2)
        flat = cells.reshape(*w.shape[:2], -1)
        for some, channels in _blocks((groups, outputs), prod(kernel) * flat.shape[2]):
            maps = w[some, :, channels]
            shape = len(maps), maps.shape[2], *kernel
            maps = maps.reshape(len(maps), w.shape[1], -1).swapaxes(1, 2)
            # Depthwise: there is nothing to add up, and the matrix product is slow.
            maps = maps * flat[some] if w.shape[1] == 1 else maps @ flat[some]
            if maps[..., -1].any():  # zeros times a weight that is infinite
                maps.reshape(*maps.shape[:2], *cells.shape[2:])[..., _outside(room, inside)] = 0
            maps = maps.reshape(*shape, -1)
            for turn in list(product(*turns))[1:]:
                part = maps[
                    (..., *(slice(t * n, t * n + n) for t, n in zip(turn, step)), slice(None))
                ]
                onto = maps[(slice(None), slice(None), *map(slice, part.shape[2:-1]))]
                shift = int(np.dot(turn, strides))
                onto[..., shift:] += part[..., : part.shape[-1] - shift]
            for tap in product(*map(range, map(min, kernel, step))):
                sums = maps[(slice(None), slice(None), *tap)].reshape(*shape[:2], *cells.shape[2:])
                _place(
                    out[batch, some, channels], np.moveaxis(sums, 2, 0), np.multiply(tap, d) - p, s
                )


def _outside(room, inside):
    """Tell which places of a map with room behind its rows hold no cell."""
    outside = np.ones(room, bool)
    outside[inside] = False
    return outside


def _place(out: Array, sums: Array, starts, s: Axes) -> None:
    """Put the sums into the output, `s` apart, the first at `starts`; what falls outside is cut."""
    axes = len(s)
    n, size = sums.shape[-axes:], out.shape[-axes:]
    # From the first that is not in front of the output, to the last that is not behind it.
    first = [max(0, -(start // s)) for start, s in zip(starts, s)]
    stop = [min(n, -((start - size) // s)) for n, start, size, s in zip(n, starts, size, s)]
    if all(a < b for a, b in zip(first, stop)):
        places = [
            slice(start + a * s, start + b * s, s) for start, a, b, s in zip(starts, first, stop, s)
        ]
        out[(..., *places)] = sums[(..., *map(slice, first, stop))]


def _stamp(out: Array, x: Array, weight: Array, s: Axes, p: Axes, d: Axes, groups: int) -> None:
    """Add the stamps of a small map with many channels along the channels, then cut."""
    axes, kernel, size = x.ndim - 2, weight.shape[2:], out.shape[2:]
    uncut = np.zeros((len(x), *np.add(size, np.multiply(p, 2)), out.shape[1]), x.dtype)
    uncut = np.moveaxis(uncut, -1, 1)
    windows = _windows(uncut, kernel, s, d, groups)[(..., *map(slice, x.shape[2:]))]
    x = x.reshape(len(x), groups, -1, *x.shape[2:])
    w = weight.reshape(groups, -1, *weight.shape[1:])
    # What is fewer is sorted, so that channels come last: the weights or the products.
    sort_products = prod(x.shape[3:]) * len(x) < w.shape[1]
    if not sort_products:
        w = np.ascontiguousarray(np.moveaxis(w, 2, -1))
    w = w.reshape(groups, w.shape[1], -1)
    steps = [range(0, k, -(-s // d)) for k, s, d in zip(kernel, s, d)]
    for batch, rows in _blocks((len(x), *x.shape[3:]), groups * w.shape[2]):
        cells = np.moveaxis(x[batch, :, :, rows], 0, 2).reshape(groups, w.shape[1], -1)
        target = windows[(slice(None),) * (2 + axes) + (batch, rows)]
        stamps = cells.swapaxes(1, 2) @ w
        cell_shape = target.shape[2 + axes :]
        if sort_products:
            stamps = stamps.reshape(groups, -1, weight.shape[1], *kernel)
            stamps = np.ascontiguousarray(np.moveaxis(stamps, 2, -1))
        stamps = stamps.reshape(groups, *cell_shape, *kernel, -1)
        order = (0, 2 + 2 * axes, *range(2 + axes, 2 + 2 * axes), *range(1, 2 + axes))
        stamps = stamps.transpose(order)
        # Neighbouring taps that lie within one stride never meet: they are added together.
        for first in product(*steps):
            tile = tuple(slice(tap, tap + step.step) for tap, step in zip(first, steps))
            target[(slice(None), slice(None), *tile)] += stamps[(slice(None), slice(None), *tile)]
    out[...] = uncut[(..., *(slice(p, p + n) for p, n in zip(p, size)))]


def _gathering_pays(x: Array, weight: Array, s: Axes, d: Axes, groups: int) -> bool:
    """Tell whether `_gather` may be used, and is the fastest."""
    kernel, cells = weight.shape[2:], len(x) * prod(x.shape[2:])
    if x.shape[1] == groups or max(d) > 1 or any(k % s for k, s in zip(kernel, s)):
        return False
    turns = [k // s for k, s in zip(kernel, s)]
    # It copies each cell once for each turn, and computes border cells too ...
    wide = prod(n + turn - 1 for n, turn in zip(x.shape[2:], turns))
    copied = x.shape[1] // groups * prod(turns)
    if wide > 1.2 * prod(x.shape[2:]) or copied > 2 * weight.shape[1] * prod(kernel):
        return False
    # ... it sorts the weights first, and the border must be 0 when multiplied by them.
    return cells >= 4 * len(weight) and (max(turns) == 1 or bool(np.isfinite(weight).all()))


def _gather(out: Array, x: Array, weight: Array, s: Axes, p: Axes, groups: int) -> None:
    """Compute each phase of the stride by a convolution of stride 1, all in one product."""
    axes = range(x.ndim - 2)
    turns = tuple(k // s for k, s in zip(weight.shape[2:], s))
    # Tap t lands on phase t % s, and the taps of one phase are flipped, as a convolution asks.
    split = [n for pair in zip(turns, s) for n in pair]
    w = weight.reshape(groups, -1, weight.shape[1], *split)
    w = np.flip(w, [3 + 2 * axis for axis in axes])
    order = (0, 2, *(4 + 2 * a for a in axes), 1, *(3 + 2 * a for a in axes))
    w = w.transpose(order).reshape(-1, x.shape[1] // groups, *turns)
    ones = (1,) * len(s)
    for batch, rows, sums in _correlate(_padded(x, np.subtract(turns, 1)), w, ones, ones, groups):
        sums = sums.reshape(len(sums), -1, *s, *sums.shape[2:])
        above = np.multiply(s, (rows.start, *ones[1:])) - np.multiply(s, (0, *ones[1:])) - p
        for phase in product(*map(range, s)):
            _place(out[batch], sums[(slice(None), slice(None), *phase)], above + phase, s)


def _windows(large, kernel, s, d, groups):
    """View an array as its windows: axes group, channel, *taps, batch, *cells."""
    n = large.ndim - 2
    large = large.reshape(len(large), groups, large.shape[1] // groups, *large.shape[2:])
    spans = tuple(d * (k - 1) + 1 for k, d in zip(kernel, d))
    view = sliding_window_view(large, spans, tuple(range(3, 3 + n)), writeable=True)
    view = view[(slice(None),) * 3 + tuple(slice(None, None, step) for step in (*s, *d))]
    return view.transpose(1, 2, *range(3 + n, 3 + 2 * n), 0, *range(3, 3 + n))


def _blocks(cells, cost):
    """Cut a batch and its rows into blocks; each cell costs `cost` products."""
    cost *= prod(cells[2:])
    some = max(1, _BLOCK // max(1, cost * cells[1]))
    rows = max(1, min(cells[1], _BLOCK // max(1, cost)))
    for first in range(0, cells[0], some):
        for row in range(0, cells[1], rows):
            last = min(first + some, cells[0]), min(row + rows, cells[1])
            yield slice(first, last[0]), slice(row, last[1])


def _padded(x, p):
    if not np.any(p):
        return x
    out = np.zeros((*x.shape[:2], *np.add(x.shape[2:], np.multiply(p, 2))), x.dtype)
    out[(..., *(slice(p, p + n) for p, n in zip(p, x.shape[2:])))] = x
    return out


def _checked(
    x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None, groups: Int, *, channels_axis: int
) -> tuple[Array, Array, int, Callable[[Array], Array]]:
    """Return the arrays, batched and of one type, and what makes an output of the result."""
    arrays = {"x": x, "weight": weight} | ({} if bias is None else {"bias": bias})
    (x, weight, *bias), dtype = as_numbers(**arrays)
    if weight.ndim < 3:
        raise ValueError(
            f"weight must have two axes of channels and at least one of space, "
            f"got shape {weight.shape}"
        )
    if 0 in weight.shape[:2]:
        raise ValueError(
            f"weight must have at least one channel each way, got shape {weight.shape}"
        )
    if x.ndim not in (weight.ndim - 1, weight.ndim):
        raise ValueError(
            f"x must have {weight.ndim - 1} axes, or {weight.ndim} with a batch, "
            f"as weight has {weight.ndim}, got shape {x.shape}"
        )
    groups = as_int("groups", groups, 1)
    if len(weight) % groups:
        raise ValueError(
            f"groups must divide the first number of weight's shape, {len(weight)}, "
            f"got groups={groups}"
        )
    channels = len(weight), weight.shape[1] * groups
    expected, outputs = channels[channels_axis], channels[1 - channels_axis]
    if x.shape[1 - weight.ndim] != expected:
        raise ValueError(
            f"x must have {expected} channels for weight of shape {weight.shape} "
            f"and groups={groups}, got {x.shape[1 - weight.ndim]}"
        )
    if bias and bias[0].shape != (outputs,):
        raise ValueError(f"bias must have shape ({outputs},), got shape {bias[0].shape}")
    batched = x.ndim == weight.ndim

    def finish(out: Array) -> Array:
        for b in bias:
            out += b.reshape(-1, *(1,) * (weight.ndim - 2))
        return np.ascontiguousarray(out if batched else out[0], dtype)

    return x if batched else x[None], weight, groups, finish


def as_numbers(**arrays: ArrayLike) -> tuple[list[Array], np.dtype[Any]]:
    """Return arrays of one type to compute with, and the type of the result.

    Parameters
    ----------
    **arrays : array_like
        By the names that the caller knows them as.

    Returns
    -------
    list of numpy.ndarray, numpy.dtype
        The result has the type that NumPy promotes them to. Sums of half
        precision are kept in single precision, as PyTorch keeps them.

    Raises
    ------
    TypeError
        If one holds anything but numbers, or is masked.
    ValueError
        If rows of one differ in length.

    Examples
    --------
    >>> as_numbers(x=[1, 2], weight=[0.5])
    ([array([1., 2.]), array([0.5])], dtype('float64'))
    """
    found = [_numbers(name, values) for name, values in arrays.items()]
    dtype = np.result_type(*found)
    work = np.float32 if dtype == np.float16 else dtype
    return [values.astype(work, copy=False) for values in found], dtype


def _numbers(name: str, values: ArrayLike) -> Array:
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} must hold a number in each place, got a masked array")
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must have rows of one length, got rows that differ") from None
    if array.dtype.kind not in "iufc":
        raise TypeError(f"{name} must hold numbers, got an array of {array.dtype}")
    return array
