"""The convolution and the transposed convolution, by whole-array NumPy.

Both rest on one view. Each cell of the small array, which is what a convolution
returns and what a transposed one takes, faces a window of the large array:

    windows[channel, tap, cell] = large[channel, cell * stride + tap * dilation]

The convolution multiplies the windows by the weights. The transposed one multiplies
the weights by the cells, and adds the products into the windows: these are the stamps.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import gcd, prod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from deconv_helpers.arguments import Array, checked
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Int, Ints, conv_output_size, per_axis

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
    x, weight, groups, finish = checked(x, weight, bias, groups, channels_axis=1)
    s, p, d = per_axis(x.ndim - 2, stride=stride, padding=padding, dilation=dilation)
    size: Any = conv_output_size(x.shape[2:], weight.shape[2:], stride=s, padding=p, dilation=d)
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
    stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_transpose_output_size`.
    bias, groups
        As in `conv`.

    Returns
    -------
    numpy.ndarray, shape (N, out_channels, ...) or (out_channels, ...)

    Raises
    ------
    TypeError, ValueError
        As `conv`. That at least one cell must remain, and that `dilation` is at
        least 1, are this book's rules: see `conv_transpose_output_size`.

    Examples
    --------
    >>> conv_transpose([[1, 2, 3]], [[[1, 2, 1]]], stride=2)
    array([[1, 2, 3, 4, 5, 6, 3]])
    """
    x, weight, groups, finish = checked(x, weight, bias, groups, channels_axis=0)
    layer = Layer(weight.shape[2:], stride, padding, output_padding, dilation)
    size: Any = layer.output_size(x.shape[2:])
    s, p, d = per_axis(len(size), stride=stride, padding=padding, dilation=dilation)
    out = np.zeros((len(x), groups * weight.shape[1], *size), x.dtype)
    if _gathering_pays(x, weight, s, d, groups):
        _gather(out, x, weight, s, p, groups)
    elif weight.shape[1] > _SHORT >= x.shape[-1]:
        _stamp(out, x, weight, s, p, d, groups)
    else:
        _shift(out, x, weight, s, p, d, groups)
    return finish(out)


def _correlate(x: Array, weight: Array, s: Axes, d: Axes, groups: int) -> Iterator[Any]:
    """Yield the convolution of an input already padded, as (batch, rows, sums) for each block."""
    windows = _windows(x, weight.shape[2:], s, d, groups)
    w = weight.reshape(groups, len(weight) // groups, -1)
    for block in _blocks(windows.shape[2 + len(s) :], groups * w.shape[2]):
        columns = windows[(slice(None),) * (2 + len(s)) + block]
        sums = w @ columns.reshape(groups, w.shape[2], -1)
        yield *block, sums.reshape(len(weight), *columns.shape[2 + len(s) :]).swapaxes(0, 1)


# Three ways to add the stamps, each the fastest for some layers. The output holds zeros.


def _shift(out: Array, x: Array, weight: Array, s: Axes, p: Axes, d: Axes, groups: int) -> None:
    """Make a map of products for each tap, and add the maps of each phase, shifted."""
    kernel, n = weight.shape[2:], x.shape[2:]
    # Taps a step apart land on the same phase, so many cells further; nearer ones on others.
    step = [s // gcd(s, d) for s, d in zip(s, d)]
    further = [step * d // s for step, s, d in zip(step, s, d)]
    turns = [range(-(-k // step)) for k, step in zip(kernel, step)]
    # With room behind each row, a shift of the map is a shift of the flat array.
    map_size = [n + turns[-1] * cells for n, turns, cells in zip(n, turns, further)]
    strides = [cells * prod(map_size[axis + 1 :]) for axis, cells in enumerate(further)]
    x, w, out = _grouped(x, groups, 1), _grouped(weight, groups, 0), _grouped(out, groups, 1)
    for batch, _ in _blocks((len(x), 1), prod(w.shape) // w.shape[1] * prod(map_size)):
        cells = np.zeros((*w.shape[:2], len(x[batch]), *map_size), x.dtype)
        cells[_inside((0,) * len(n), n)] = np.moveaxis(x[batch], 0, 2)
        flat = cells.reshape(*w.shape[:2], -1)
        for some, channels in _blocks((groups, w.shape[2]), prod(kernel) * flat.shape[2]):
            part = w[some, :, channels]
            columns = part.reshape(*part.shape[:2], -1).swapaxes(1, 2)
            # A channel by itself needs no sums, and a matrix product is slow at it.
            maps: Any = columns * flat[some] if w.shape[1] == 1 else columns @ flat[some]
            maps = maps.reshape(len(part), *part.shape[2:], *cells.shape[2:])
            if maps[(..., *(-1,) * len(n))].any():  # an infinite weight makes NaN of zeros
                for axis, size in enumerate(n):
                    np.moveaxis(maps, axis - len(n), 0)[size:] = 0
            sums: Any = maps.reshape(*maps.shape[: -len(n) - 1], -1)
            for turn in list(product(*turns))[1:]:
                tile = [slice(t * step, (t + 1) * step) for t, step in zip(turn, step)]
                later = sums[..., *tile, :]
                first = sums[..., *map(slice, later.shape[2:-1]), :]
                shift = sum(t * stride for t, stride in zip(turn, strides))
                first[..., shift:] += later[..., : later.shape[-1] - shift]
            for tap in product(*map(range, map(min, kernel, step))):
                start = [tap * d - p for tap, d, p in zip(tap, d, p)]
                _place(out[batch, some, channels], np.moveaxis(maps[:, :, *tap], 2, 0), start, s)


def _stamp(out: Array, x: Array, weight: Array, s: Axes, p: Axes, d: Axes, groups: int) -> None:
    """Add the stamps into the windows, with memory running along the channels; then cut."""
    axes, kernel = x.ndim - 2, weight.shape[2:]
    uncut = np.zeros((len(x), *np.add(out.shape[2:], np.multiply(p, 2)), out.shape[1]), x.dtype)
    uncut = np.moveaxis(uncut, -1, 1)
    windows = _windows(uncut, kernel, s, d, groups)[_inside((0,) * axes, x.shape[2:])]
    x, w = _grouped(x, groups, 1), _grouped(weight, groups, 0)
    # Channels come last: the weights are sorted, or the products, if these are fewer.
    sort_products = len(x) * prod(x.shape[3:]) < w.shape[1]
    if not sort_products:
        w = np.ascontiguousarray(np.moveaxis(w, 2, -1))
    w = w.reshape(*w.shape[:2], -1)
    # Neighbouring taps that lie within one stride never meet: they are added together.
    steps = [range(0, k, -(-s // d)) for k, s, d in zip(kernel, s, d)]
    for batch, rows in _blocks((len(x), *x.shape[3:]), groups * w.shape[2]):
        target: Any = windows[(slice(None),) * (2 + axes) + (batch, rows)]
        cells = np.moveaxis(x[batch, :, :, rows], 0, 2).reshape(*w.shape[:2], -1)
        stamps: Any = cells.swapaxes(1, 2) @ w
        if sort_products:
            stamps = stamps.reshape(groups, cells.shape[2], -1, *kernel)
            stamps = np.ascontiguousarray(np.moveaxis(stamps, 2, -1))
        stamps = stamps.reshape(groups, *target.shape[2 + axes :], *kernel, -1)
        stamps = stamps.transpose(0, -1, *range(2 + axes, 2 + 2 * axes), *range(1, 2 + axes))
        for first in product(*steps):
            tile = [slice(tap, tap + step.step) for tap, step in zip(first, steps)]
            target[:, :, *tile] += stamps[:, :, *tile]
    out[...] = uncut[_inside(p, out.shape[2:])]


def _gathering_pays(x: Array, weight: Array, s: Axes, d: Axes, groups: int) -> bool:
    """Tell whether `_gather` may be used, and is the fastest."""
    kernel, n = weight.shape[2:], x.shape[2:]
    if x.shape[1] == groups or max(d) > 1 or any(k % s for k, s in zip(kernel, s)):
        return False
    turns = [k // s for k, s in zip(kernel, s)]
    # It computes border cells, copies each cell once for each turn, and sorts the weights ...
    return (
        prod(n + turn - 1 for n, turn in zip(n, turns)) <= 1.2 * prod(n)
        and x.shape[1] // groups * prod(turns) <= 2 * weight.shape[1] * prod(kernel)
        and len(x) * prod(n) >= 4 * len(weight)
        # ... and the border must be 0 when multiplied by them.
        and (max(turns) == 1 or bool(np.isfinite(weight).all()))
    )


def _gather(out: Array, x: Array, weight: Array, s: Axes, p: Axes, groups: int) -> None:
    """Compute each phase by a convolution of stride 1, all phases in one product."""
    axes, turns = range(len(s)), [k // s for k, s in zip(weight.shape[2:], s)]
    # Tap t lands on phase t % s, and the taps of one phase are flipped, as a convolution asks.
    split = (n for pair in zip(turns, s) for n in pair)
    w = weight.reshape(groups, -1, weight.shape[1], *split)
    w = np.flip(w, tuple(3 + 2 * axis for axis in axes))
    order = (0, 2, *(4 + 2 * a for a in axes), 1, *(3 + 2 * a for a in axes))
    w = w.transpose(order).reshape(-1, x.shape[1] // groups, *turns)
    ones = (1,) * len(s)
    x = _padded(x, [turn - 1 for turn in turns])
    for batch, rows, sums in _correlate(x, w, ones, ones, groups):
        phases: Any = sums.reshape(len(sums), out.shape[1], *s, *sums.shape[2:])
        for phase in np.ndindex(s):
            start = [phase - p for phase, p in zip(phase, p)]
            start[0] += rows.start * s[0]
            _place(out[batch], phases[:, :, *phase], start, s)


def _place(out: Array, sums: Any, start: Sequence[int], s: Axes) -> None:
    """Write sums into the output, `s` apart, the first at `start`; those outside are cut off."""
    n, size = sums.shape[-len(s) :], out.shape[-len(s) :]
    first = [max(0, -(start // s)) for start, s in zip(start, s)]
    stop = [min(n, -((start - size) // s)) for n, start, size, s in zip(n, start, size, s)]
    if all(first < stop for first, stop in zip(first, stop)):
        axes = zip(start, s, first, stop)
        there: Any = (..., *(slice(start + a * s, start + b * s, s) for start, s, a, b in axes))
        out[there] = sums[..., *map(slice, first, stop)]


def _grouped(array: Array, groups: int, axis: int) -> Array:
    """Split an axis of channels into two: group, and channel."""
    shape = array.shape
    return array.reshape(*shape[:axis], groups, shape[axis] // groups, *shape[axis + 1 :])


def _windows(large: Array, kernel: Axes, s: Axes, d: Axes, groups: int) -> Array:
    """View an array as its windows: axes group, channel, *taps, batch, *cells."""
    n, large = large.ndim - 2, _grouped(large, groups, 1)
    spans = tuple(d * (k - 1) + 1 for k, d in zip(kernel, d))
    view = sliding_window_view(large, spans, tuple(range(3, 3 + n)), writeable=True)
    view = view[(slice(None),) * 3 + tuple(slice(None, None, step) for step in (*s, *d))]
    return view.transpose(1, 2, *range(3 + n, 3 + 2 * n), 0, *range(3, 3 + n))


def _blocks(cells: Axes, cost: int) -> Iterator[tuple[slice, slice]]:
    """Cut a batch and its rows into blocks; each cell costs `cost` products."""
    cost *= prod(cells[2:])
    some = max(1, _BLOCK // max(1, cost * cells[1]))
    rows = max(1, _BLOCK // max(1, cost))
    for first in range(0, cells[0], some):
        for row in range(0, cells[1], rows):
            yield slice(first, first + some), slice(row, row + rows)


def _padded(x: Array, p: Sequence[int]) -> Array:
    if not any(p):
        return x
    out = np.zeros((*x.shape[:2], *(n + 2 * p for n, p in zip(x.shape[2:], p))), x.dtype)
    out[_inside(p, x.shape[2:])] = x
    return out


def _inside(p: Sequence[int], size: Axes) -> Any:
    """Index what padding surrounds."""
    return (..., *(slice(p, p + n) for p, n in zip(p, size)))
