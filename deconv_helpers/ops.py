"""The convolution and the transposed convolution, by whole-array NumPy.

Both rest on one view. Each cell of the small array, which is what a convolution
returns and what a transposed one takes, faces a window of the large array:

    windows[channel, tap, cell] = large[channel, cell * stride + tap * dilation]

The convolution multiplies the windows by the weights. The transposed one multiplies
the weights by the cells, and adds the products into the windows: these are the stamps.
"""

from itertools import product
from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from deconv_helpers.sizes import conv_output_size, conv_transpose_output_size, per_axis

# How many products are worked on at a time: few enough to stay in the cache.
_BLOCK = 2**20
# NaN and infinity pass through without a word, as they do in PyTorch.
_silent = np.errstate(invalid="ignore", over="ignore")
# Additions along an axis this short spend their time on the loop, not on the sums.
_SHORT = 16


@_silent
def conv(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1):
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
        If an array does not hold numbers, or a size is not an int.
    ValueError
        If PyTorch's layer would refuse the shapes or the parameters.

    Examples
    --------
    >>> conv([[1, 2, 3, 4, 5, 6, 7]], [[[1, 2, 1]]], stride=2)
    array([[ 8, 16, 24]])
    """
    x, weight, bias, finish = _checked(x, weight, bias, groups, channels_axis=1)
    s, p, d = per_axis(x.ndim - 2, stride=stride, padding=padding, dilation=dilation)
    size = conv_output_size(x.shape[2:], weight.shape[2:], stride=s, padding=p, dilation=d)
    out = np.empty((len(x), len(weight), *size), x.dtype)
    for batch, rows, sums in _correlate(_padded(x, p), weight, s, d, groups):
        out[batch, :, rows] = sums
    return finish(out)


@_silent
def conv_transpose(
    x, weight, bias=None, *, stride=1, padding=0, output_padding=0, groups=1, dilation=1
):
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
        If an array does not hold numbers, or a size is not an int.
    ValueError
        If PyTorch's layer would refuse the shapes or the parameters.

    Examples
    --------
    >>> conv_transpose([[1, 2, 3]], [[[1, 2, 1]]], stride=2)
    array([[1, 2, 3, 4, 5, 6, 3]])
    """
    x, weight, bias, finish = _checked(x, weight, bias, groups, channels_axis=0)
    s, p, d = per_axis(x.ndim - 2, stride=stride, padding=padding, dilation=dilation)
    size = conv_transpose_output_size(
        x.shape[2:],
        weight.shape[2:],
        stride=s,
        padding=p,
        output_padding=output_padding,
        dilation=d,
    )
    # All stamps, and behind them the empty cells of output_padding; then the padding cuts.
    channels, uncut_size = groups * weight.shape[1], tuple(np.add(size, np.multiply(p, 2)))
    dense = _is_dense(x, weight, s, d)
    # Small maps with many channels: memory runs along the channels, and so do the additions.
    along_channels = not dense and weight.shape[1] > _SHORT >= x.shape[-1]
    if along_channels:
        uncut = np.moveaxis(np.zeros((len(x), *uncut_size, channels), x.dtype), -1, 1)
    else:
        uncut = np.zeros((len(x), channels, *uncut_size), x.dtype)
    if dense:
        _interleave(uncut, x, weight, s, groups)
    else:
        _scatter(uncut, x, weight, s, d, groups, along_channels=along_channels)
    return finish(uncut[(..., *(slice(p, p + n) for p, n in zip(p, size)))])


def _correlate(x, weight, s, d, groups):
    """Yield the convolution of an input already padded, as (batch, rows, sums) for each block."""
    windows = _windows(x, weight.shape[2:], s, d, groups)
    axes = x.ndim - 2
    w = weight.reshape(groups, len(weight) // groups, -1)
    for block in _blocks(windows.shape[2 + axes :], groups * w.shape[2]):
        columns = windows[(slice(None),) * (2 + axes) + block]
        sums = w @ columns.reshape(groups, w.shape[2], -1)
        yield *block, sums.reshape(len(weight), *columns.shape[2 + axes :]).swapaxes(0, 1)


def _scatter(uncut, x, weight, s, d, groups, *, along_channels):
    """Add the stamps: multiply the weights by the cells, and add the products into the windows."""
    axes, kernel = x.ndim - 2, weight.shape[2:]
    windows = _windows(uncut, kernel, s, d, groups)[(..., *map(slice, x.shape[2:]))]
    x = x.reshape(len(x), groups, x.shape[1] // groups, *x.shape[2:])
    w = weight.reshape(groups, -1, weight.shape[1], *kernel)
    if along_channels:
        w = np.ascontiguousarray(np.moveaxis(w, 2, -1))
    w = w.reshape(groups, w.shape[1], -1)
    # Neighbouring taps that lie within one stride never meet: they are added together.
    steps = [range(0, k, -(-s // d)) for k, s, d in zip(kernel, s, d)]
    tiles = [
        tuple(slice(tap, tap + step.step) for tap, step in zip(first, steps))
        for first in product(*steps)
    ]
    for batch, rows in _blocks((len(x), *x.shape[3:]), groups * w.shape[2]):
        cells = np.moveaxis(x[batch, :, :, rows], 0, 2).reshape(groups, w.shape[1], -1)
        target = windows[(slice(None),) * (2 + axes) + (batch, rows)]
        if along_channels:
            shape = (groups, *target.shape[2 + axes :], *kernel, -1)
            stamps = (cells.swapaxes(1, 2) @ w).reshape(shape)
            order = (0, 2 + 2 * axes, *range(2 + axes, 2 + 2 * axes), *range(1, 2 + axes))
            stamps = stamps.transpose(order)
        else:
            stamps = (w.swapaxes(1, 2) @ cells).reshape(target.shape)
        for tile in tiles:
            target[(slice(None), slice(None), *tile)] += stamps[(slice(None), slice(None), *tile)]


def _is_dense(x, weight, s, d):
    """Tell whether `_interleave` may take the place of `_scatter`, and pays."""
    kernel, cells = weight.shape[2:], len(x) * prod(x.shape[2:])
    if any(d > 1 for d in d) or any(k % s for k, s in zip(kernel, s)):
        return False
    turns = [k // s for k, s in zip(kernel, s)]
    # It copies each cell once for each turn, and computes border cells too ...
    wide = prod(n + turn - 1 for n, turn in zip(x.shape[2:], turns))
    copied = x.shape[1] * prod(turns)
    if wide > 1.2 * prod(x.shape[2:]) or copied > 2 * weight.shape[1] * prod(kernel):
        return False
    # ... it sorts the weights first, and the border must be 0 when multiplied by them.
    return cells >= 4 * len(weight) and (max(turns) == 1 or np.isfinite(weight).all())


def _interleave(uncut, x, weight, s, groups):
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
        part = uncut[batch, :, rows.start * s[0] : rows.stop * s[0]]
        for phase in product(*map(range, s)):
            places = zip(phase, s, sums.shape[2 + len(s) :])
            every = tuple(slice(first, first + step * n, step) for first, step, n in places)
            part[(..., *every)] = sums[(slice(None), slice(None), *phase)]


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


def _checked(x, weight, bias, groups, *, channels_axis):
    """Return the arrays, batched and of one type, and what makes an output of the result."""
    x, weight = _numbers("x", x), _numbers("weight", weight)
    bias = None if bias is None else _numbers("bias", bias)
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
    _check_channels(x.shape[1 - weight.ndim], weight, bias, groups, channels_axis)
    dtype = np.result_type(x, weight) if bias is None else np.result_type(x, weight, bias)
    # Sums of half precision are kept in single precision, as PyTorch keeps them.
    work = np.float32 if dtype == np.float16 else dtype
    batched = x.ndim == weight.ndim

    def finish(out):
        if bias is not None:
            out += bias.astype(work).reshape(-1, *(1,) * (weight.ndim - 2))
        return np.ascontiguousarray(out if batched else out[0], dtype)

    x = x.astype(work, copy=False)
    return x if batched else x[None], weight.astype(work, copy=False), bias, finish


def _numbers(name, values):
    values = np.asarray(values)
    if values.dtype.kind not in "iufc":
        raise TypeError(f"{name} must hold numbers, got an array of {values.dtype}")
    return values


def _check_channels(channels, weight, bias, groups, channels_axis):
    if isinstance(groups, bool) or not isinstance(groups, (int, np.integer)):
        raise TypeError(f"groups must be an int, got groups={groups!r}")
    if groups < 1:
        raise ValueError(f"groups must be at least 1, got groups={groups}")
    if len(weight) % groups:
        raise ValueError(
            f"groups must divide the first number of weight's shape, {len(weight)}, "
            f"got groups={groups}"
        )
    expected = weight.shape[1] * groups if channels_axis else len(weight)
    if channels != expected:
        raise ValueError(
            f"x must have {expected} channels for weight of shape {weight.shape} "
            f"and groups={groups}, got {channels}"
        )
    outputs = len(weight) if channels_axis else weight.shape[1] * groups
    if bias is not None and bias.shape != (outputs,):
        raise ValueError(f"bias must have shape ({outputs},), got shape {bias.shape}")
