"""The same values from other layers: convolution and shuffle, upsampling and convolution.

Each substitute is exact, and holds for every input. Weights are laid out as in
PyTorch, those of a convolution ``(out, in / groups, ...)``, those of a
transposed one ``(in, out / groups, ...)``. Where a layer is asked for, a
`Layer` does, and a `Scatter`, which crops its two ends independently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.arguments import Array, as_numbers, check_weight, checked_groups
from deconv_helpers.frameworks.scatter import (
    Pair,
    Scatter,
    cropped,
    pairs,
    scatter_of,
    unwrapped,
)
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv
from deconv_helpers.sizes import Int, Ints, axes_of, effective_kernel_size, per_axis

_SMALLEST = {"padding": 0, "dilation": 1, "scale_factor": 1, "upscale_factor": 1}


@dataclass(frozen=True)
class Substitute:
    """One plain convolution, with an upsampling before it or a shuffle behind it, and a crop.

    Attributes
    ----------
    weight : numpy.ndarray, shape (out_channels, in_channels / groups, ...)
        Kernels of the convolution, whose stride is 1.
    padding, dilation : int or tuple of int
        Of the convolution.
    groups : int
        Of the convolution.
    scale_factor : int or tuple of int
        How often each input cell is repeated before it.
    upscale_factor : int or tuple of int
        Into how many cells along each axis its channels are shuffled.
    crop : pair of int, or a pair for each axis
        How many cells are then cut off at the beginning and at the end.
    """

    weight: Array
    padding: Any
    dilation: Any = 1
    groups: int = 1
    scale_factor: Any = 1
    upscale_factor: Any = 1
    crop: Any = (0, 0)

    def apply(self, x: ArrayLike, bias: ArrayLike | None = None) -> Array:
        """Return the values that the transposed convolution computes.

        Parameters
        ----------
        x : array_like, shape (N, in_channels, ...) or (in_channels, ...)
            Input.
        bias : array_like, optional
            That of the transposed convolution, one number for each of its
            output channels. The convolution takes each as often as it has
            channels that are shuffled into one.

        Returns
        -------
        numpy.ndarray, shape (N, out_channels, ...) or (out_channels, ...)

        Raises
        ------
        TypeError, ValueError
            As `conv`.
        """
        axes = self.weight.ndim - 2
        given = {"scale_factor": self.scale_factor, "upscale_factor": self.upscale_factor}
        repeated, up = per_axis(axes, _SMALLEST, **given)
        y = conv(
            upsample_nearest(x, repeated),
            self.weight,
            None if bias is None else np.repeat(bias, prod(up)),
            padding=self.padding,
            dilation=self.dilation,
            groups=self.groups,
        )
        return cropped(pixel_shuffle(y, up), pairs("crop", self.crop, axes))


def conv_and_shuffle(layer: Layer | Scatter, weight: ArrayLike, *, groups: Int = 1) -> Substitute:
    """Return a convolution and a shuffle that do what a transposed convolution does.

    Each phase of the stride is a small convolution of its own. One convolution
    computes them all, as channels, and the shuffle interleaves them.

    Parameters
    ----------
    layer : Layer or Scatter
        Any.
    weight : array_like, shape (in_channels, out_channels / groups, ...)
        Its kernels.
    groups : int
        Number of groups, at least 1.

    Returns
    -------
    Substitute
        With `upscale_factor` for the stride. Its `crop` is not (0, 0) where the
        phases do not begin and end together: with most kernels of odd size.

    Raises
    ------
    TypeError, ValueError
        If `weight` does not fit the layer, or `groups` does not fit it.

    Examples
    --------
    >>> weight = np.arange(1, 5).reshape(1, 1, 4)
    >>> new = conv_and_shuffle(Layer(4, stride=2, padding=1), weight)
    >>> new.weight[:, 0].tolist(), new.padding, new.crop
    ([[4, 2, 0], [0, 3, 1]], 1, (0, 0))
    >>> new.apply([[1, 2, 3]])
    array([[ 2,  5,  8,  9, 14,  9]])
    """
    stamps, axes, numbers = _prepared(layer, weight, groups)
    outputs, inputs = stamps.shape[1:3]
    # Phase r of output m sums x[m + j], times one tap for each j from `first` to `last`.
    first, last = [], []
    for k, s, d, (begin, _) in numbers:
        first.append(-((d * (k - 1) - begin) // s))
        last.append((s - 1 + begin) // s)
    strides = [s for _, s, _, _ in numbers]
    counts = [b - a + 1 for a, b in zip(first, last)]
    new = np.zeros((len(stamps), outputs, *strides, inputs, *counts), stamps.dtype)
    for tap in np.ndindex(stamps.shape[3:]):
        places = [t * d - begin for t, (_, _, d, (begin, _)) in zip(tap, numbers)]
        phase = [place % s for place, s in zip(places, strides)]
        j = [-(place // s) - a for place, s, a in zip(places, strides, first)]
        new[(slice(None), slice(None), *phase, slice(None), *j)] = stamps[(..., *tap)]
    padding, crop = [], []
    for (k, s, d, (begin, end)), a, b in zip(numbers, first, last):
        # Of i inputs come i * s + surplus cells, and from the input they want `behind` more.
        surplus = effective_kernel_size(k, d) - s - begin - end
        behind = b - (-surplus // s)
        p = max(-a, behind, 0)
        padding.append(p)
        crop.append((s * (p + a), s * (p - b) - surplus))
    return Substitute(
        new.reshape(-1, inputs, *counts),
        unwrapped(axes, tuple(padding)),
        groups=len(stamps),
        upscale_factor=unwrapped(axes, tuple(strides)),
        crop=unwrapped(axes, tuple(crop)),
    )


def from_conv_and_shuffle(
    weight: ArrayLike,
    upscale_factor: Ints,
    *,
    padding: Ints = 0,
    crop: Any = (0, 0),
    groups: Int = 1,
) -> tuple[Scatter, Array]:
    """Return a transposed convolution that does what a convolution and a shuffle do.

    Parameters
    ----------
    weight : array_like, shape (out_channels, in_channels / groups, ...)
        Kernels of the convolution, of stride and dilation 1.
    upscale_factor : int or tuple of int
        Of the shuffle, at least 1.
    padding : int or tuple of int
        Of the convolution, at least 0.
    crop : pair of int, or a pair for each axis
        What is cut off behind the shuffle, if anything.
    groups : int
        Of the convolution, at least 1.

    Returns
    -------
    Scatter
        Its stride is the `upscale_factor`; `to_pytorch` makes a `Layer` of it,
        where there is one.
    numpy.ndarray, shape (in_channels, out_channels / groups, ...)
        Its kernels. Outer taps that are 0 everywhere are left away, where they
        would be cropped anyway.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If `weight` has no channels to shuffle, or `groups` does not fit it.

    Examples
    --------
    >>> scatter, weight = from_conv_and_shuffle([[[1]], [[10]], [[100]]], 3)
    >>> str(scatter), weight.tolist()
    ('k=3 s=3 d=1 crop=(0, 0)', [[[1, 10, 100]]])
    """
    stamps = _flipped(_grouped(weight, groups, channels_axis=1))
    n = stamps.ndim - 3
    given = {"upscale_factor": upscale_factor, "padding": padding}
    axes = axes_of(**given)
    s, p = per_axis(n, _SMALLEST, **given)
    if stamps.shape[1] % prod(s):
        raise ValueError(
            f"weight must have a multiple of {prod(s)} output channels in each group for "
            f"upscale_factor={upscale_factor}, got {stamps.shape[1]}"
        )
    # Axes group, channel, *phases, input, *turns: each turn's phases are neighbouring taps.
    counts = stamps.shape[3:]
    stamps = stamps.reshape(len(stamps), -1, *s, *stamps.shape[2:])
    order = [axis for pair in zip(range(3 + n, 3 + 2 * n), range(2, 2 + n)) for axis in pair]
    stamps = stamps.transpose(0, 1, 2 + n, *order)
    stamps = stamps.reshape(*stamps.shape[:3], *np.multiply(counts, s))
    ends = [
        ((count - 1 - p) * s + begin, (count - 1 - p) * s + end)
        for count, s, p, (begin, end) in zip(counts, s, p, pairs("crop", crop, n))
    ]
    stamps, ends = _without_outer_zeros(stamps, s, ends)
    return _transposed(stamps, axes, s, (1,) * n, ends)


def upsample_and_conv(layer: Layer | Scatter, weight: ArrayLike, *, groups: Int = 1) -> Substitute:
    """Return a nearest upsampling and a convolution that do what a transposed convolution does.

    Parameters
    ----------
    layer : Layer or Scatter
        A stride of s repeats each input s times.
    weight : array_like, shape (in_channels, out_channels / groups, ...)
        Its kernels. Along each axis they must be `stride` ones convolved with
        something smaller, as those of `from_upsample_and_conv` are: with other
        weights there is no such substitute.
    groups : int
        Number of groups, at least 1.

    Returns
    -------
    Substitute
        With `scale_factor` for the stride.

    Raises
    ------
    TypeError
        If `groups` is not an int.
    ValueError
        If there is none, or `weight` does not fit the layer.

    Examples
    --------
    >>> new = upsample_and_conv(Layer(4, stride=2, padding=1), [[[1, 3, 5, 3]]])
    >>> new.weight.tolist(), new.padding
    ([[[3, 2, 1]]], 1)
    """
    stamps, axes, numbers = _prepared(layer, weight, groups)
    strides = [s for _, s, _, _ in numbers]
    wide = _dilated(stamps, [d for _, _, d, _ in numbers])
    narrow = wide
    for axis, s in enumerate(strides, start=3):
        narrow = _narrowed(narrow, axis, s)
    again = narrow
    for axis, s in enumerate(strides, start=3):
        again = _widened(again, axis, s)
    if again.shape != wide.shape or abs(again - wide).max() > 1e-6 * abs(wide).max():
        raise ValueError(
            f"weight must be {unwrapped(axes, tuple(strides))} ones convolved with something "
            f"smaller, along each axis, for an upsampling to take its place, and it is not; "
            f"conv_and_shuffle takes any"
        )
    return _slid(narrow, axes, (1,) * len(strides), strides, [pair for *_, pair in numbers])


def from_upsample_and_conv(
    weight: ArrayLike,
    scale_factor: Ints,
    *,
    padding: Ints = 0,
    dilation: Ints = 1,
    groups: Int = 1,
) -> tuple[Scatter, Array]:
    """Return a transposed convolution that does what nearest upsampling and a convolution do.

    Parameters
    ----------
    weight : array_like, shape (out_channels, in_channels / groups, ...)
        Kernels of the convolution, of stride 1.
    scale_factor : int or tuple of int
        Of the upsampling, at least 1.
    padding, dilation : int or tuple of int
        Of the convolution.
    groups : int
        Of the convolution, at least 1.

    Returns
    -------
    Scatter
        With ``span + s - 1`` taps, and a crop of ``span - 1 - p`` at both ends.
    numpy.ndarray, shape (in_channels, out_channels / groups, ...)
        Its kernels: `scale_factor` ones convolved with the flipped kernel.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its bound, or `groups` does not fit `weight`.

    Examples
    --------
    >>> scatter, weight = from_upsample_and_conv([[[3, 2, 1]]], 2, padding=1)
    >>> str(scatter), weight.tolist()
    ('k=4 s=2 d=1 crop=(1, 1)', [[[1, 3, 5, 3]]])
    """
    stamps = _flipped(_grouped(weight, groups, channels_axis=1))
    given = {"scale_factor": scale_factor, "padding": padding, "dilation": dilation}
    s, p, d = per_axis(stamps.ndim - 3, _SMALLEST, **given)
    spans = [effective_kernel_size(k, d) for k, d in zip(stamps.shape[3:], d)]
    ends = [(span - 1 - p, span - 1 - p) for span, p in zip(spans, p)]
    if max(s) > 1:
        stamps, d = _dilated(stamps, d), (1,) * len(d)
    for axis, number in enumerate(s, start=3):
        stamps = _widened(stamps, axis, number)
    return _transposed(stamps, axes_of(**given), s, d, ends)


def plain_conv(layer: Layer | Scatter, weight: ArrayLike, *, groups: Int = 1) -> Substitute:
    """Return the convolution that does what a transposed convolution of stride 1 does.

    Parameters
    ----------
    layer : Layer or Scatter
        Of stride 1.
    weight : array_like, shape (in_channels, out_channels / groups, ...)
        Its kernels.
    groups : int
        Number of groups, at least 1.

    Returns
    -------
    Substitute
        The kernels are flipped, in and out are swapped inside each group, and
        `padding` is ``span - 1 - p``. Where that would be negative, or differs
        between the ends, there is a `crop`.

    Raises
    ------
    TypeError
        If `groups` is not an int.
    ValueError
        If a stride is above 1, or `weight` or `groups` does not fit.

    Examples
    --------
    >>> new = plain_conv(Layer(3, padding=1), [[[1, 10, 100]]])
    >>> new.weight.tolist(), new.padding
    ([[[100, 10, 1]]], 1)
    """
    stamps, axes, numbers = _prepared(layer, weight, groups)
    ones = (1,) * len(numbers)
    if any(s > 1 for _, s, _, _ in numbers):
        raise ValueError(
            f"stride must be 1, got stride={Scatter.of(layer).stride}; conv_and_shuffle takes any"
        )
    return _slid(stamps, axes, [d for _, _, d, _ in numbers], ones, [pair for *_, pair in numbers])


def from_plain_conv(
    weight: ArrayLike, *, padding: Ints = 0, dilation: Ints = 1, groups: Int = 1
) -> tuple[Scatter, Array]:
    """Return the transposed convolution that does what a convolution of stride 1 does.

    Parameters, result and errors are those of `from_upsample_and_conv`, without
    an upsampling.

    Examples
    --------
    >>> scatter, weight = from_plain_conv([[[100, 10, 1]]], padding=1)
    >>> str(scatter), weight.tolist()
    ('k=3 s=1 d=1 crop=(1, 1)', [[[1, 10, 100]]])
    """
    return from_upsample_and_conv(weight, 1, padding=padding, dilation=dilation, groups=groups)


# What stands before the convolution, and behind it.


def upsample_nearest(x: ArrayLike, scale_factor: Ints) -> Array:
    """Return each cell of an array repeated along each of its axes of space.

    Parameters
    ----------
    x : array_like, shape (N, channels, ...)
    scale_factor : int or tuple of int
        How often, at least 1. A tuple leaves as many axes at the end to space,
        and `x` may then come without a batch.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    TypeError
        If `scale_factor` is not an int, nor a tuple of ints.
    ValueError
        If it is below 1, or `x` has too few axes.

    Examples
    --------
    >>> upsample_nearest([[[1, 2]]], 2)
    array([[[1, 1, 2, 2]]])
    """
    x, factors = _with_space("scale_factor", x, scale_factor)
    for axis, s in enumerate(factors, start=x.ndim - len(factors)):
        x = x.repeat(s, axis)
    return x


def pixel_shuffle(x: ArrayLike, upscale_factor: Ints) -> Array:
    """Return an array whose channels are shuffled into space, as PyTorch's `PixelShuffle` does.

    Parameters
    ----------
    x : array_like, shape (N, channels, ...)
    upscale_factor : int or tuple of int
        Into how many cells along each axis of space, at least 1. A tuple leaves
        as many axes at the end to space, and `x` may then come without a batch.

    Returns
    -------
    numpy.ndarray, shape (N, channels / product of upscale_factor, ...)

    Raises
    ------
    TypeError
        If `upscale_factor` is not an int, nor a tuple of ints.
    ValueError
        If it is below 1, its product does not divide the channels, or `x` has
        too few axes.

    Examples
    --------
    >>> pixel_shuffle([[[1, 2, 3], [10, 20, 30]]], 2)
    array([[[ 1, 10,  2, 20,  3, 30]]])
    """
    x, factors = _with_space("upscale_factor", x, upscale_factor)
    n, batch = len(factors), x.shape[: -len(factors) - 1]
    channels, size = x.shape[-n - 1], x.shape[-n:]
    if channels % prod(factors):
        raise ValueError(
            f"x must have a multiple of {prod(factors)} channels for "
            f"upscale_factor={upscale_factor}, got {channels}"
        )
    phases = x.reshape(*batch, -1, *factors, *size)
    first = len(batch) + 1
    order = [axis for a in range(first, first + n) for axis in (a + n, a)]
    return phases.transpose(*range(first), *order).reshape(*batch, -1, *np.multiply(size, factors))


# Kernels as stamps: axes group, output channel, input channel, *taps, as they land.


_Numbers = list[tuple[int, int, int, Pair]]


def _prepared(
    layer: Layer | Scatter, weight: ArrayLike, groups: Int
) -> tuple[Array, int | None, _Numbers]:
    """Return the stamps of a layer; for how many axes it is told; k, s, d, crop of each axis."""
    scatter = Scatter.of(layer)
    stamps = _grouped(weight, groups, channels_axis=0)
    n = stamps.ndim - 3
    given = {"kernel_size": scatter.kernel_size, "stride": scatter.stride}
    k, s, d = per_axis(n, **given, dilation=scatter.dilation)
    if stamps.shape[3:] != k:
        raise ValueError(
            f"weight must have kernel_size={scatter.kernel_size} taps, got shape {np.shape(weight)}"
        )
    if scatter.flipped:
        stamps = _flipped(stamps)
    axes = axes_of(kernel_size=scatter.kernel_size)
    return stamps, axes, list(zip(k, s, d, pairs("crop", scatter.crop, n)))


def _grouped(weight: ArrayLike, groups: Int, *, channels_axis: int) -> Array:
    """Split the first axis into groups, and put the input's channels, told by axis, last."""
    (weight,), _ = as_numbers(weight=weight)
    check_weight(weight)
    groups = checked_groups(weight, groups)
    split = weight.reshape(groups, -1, *weight.shape[1:])
    return split if channels_axis else split.swapaxes(1, 2)


def _flipped(stamps: Array) -> Array:
    return np.flip(stamps, tuple(range(3, stamps.ndim)))


def _dilated(stamps: Array, d: Sequence[int]) -> Array:
    """Return dilated kernels as dense ones, with zeros between the taps."""
    spans = [effective_kernel_size(k, d) for k, d in zip(stamps.shape[3:], d)]
    dense = np.zeros((*stamps.shape[:3], *spans), stamps.dtype)
    every: Any = (..., *(slice(None, None, step) for step in d))
    dense[every] = stamps
    return dense


def _widened(stamps: Array, axis: int, s: int) -> Array:
    """Convolve along an axis with `s` ones."""
    room = [(0, s - 1 if each == axis else 0) for each in range(stamps.ndim)]
    padded = np.pad(stamps, room)
    return np.sum([np.roll(padded, e, axis) for e in range(s)], axis=0, dtype=stamps.dtype)


def _narrowed(stamps: Array, axis: int, s: int) -> Array:
    """Return what gives the first of these taps when it is convolved with `s` ones."""
    wide = np.moveaxis(stamps, axis, 0)
    narrow = np.zeros_like(wide[: max(len(wide) - s + 1, 1)])
    for t in range(len(narrow)):
        narrow[t] = wide[t] - narrow[max(t - s + 1, 0) : t].sum(0)
    return np.moveaxis(narrow, 0, axis)


def _without_outer_zeros(
    stamps: Array, s: Sequence[int], ends: Sequence[Pair]
) -> tuple[Array, list[Pair]]:
    """Leave away outer taps that are 0 in all channels, as long as they are cropped.

    As many as there are, but fewer where only that is a layer of PyTorch's.
    """
    kept = []
    for axis, (stride, (begin, end)) in enumerate(zip(s, ends), start=3):
        count = stamps.shape[axis]
        used = np.flatnonzero(np.moveaxis(stamps, axis, 0).reshape(count, -1).any(1)).tolist()
        first, last = (used[0], used[-1]) if used else (0, 0)
        fronts, backs = (
            range(min(first, max(begin, 0)) + 1),
            range(min(count - 1 - last, max(end, 0)) + 1),
        )
        front, back = max(
            product(fronts, backs),
            key=lambda cut: (0 <= begin - cut[0] - end + cut[1] < stride, sum(cut)),
        )
        kept.append((begin - front, end - back))
        stamps = stamps.take(range(front, count - back), axis)
    return stamps, kept


def _slid(
    stamps: Array, axes: int | None, d: Sequence[int], s: Sequence[int], ends: Sequence[Pair]
) -> Substitute:
    """Return the convolution that puts these stamps one cell apart, after an upsampling."""
    padding, crop = [], []
    for k, d_, (begin, end) in zip(stamps.shape[3:], d, ends):
        reach = effective_kernel_size(k, d_) - 1
        p = max(reach - begin, reach - end, 0)
        padding.append(p)
        crop.append((p - reach + begin, p - reach + end))
    return Substitute(
        _flipped(stamps).reshape(-1, *stamps.shape[2:]).copy(),
        unwrapped(axes, tuple(padding)),
        dilation=unwrapped(axes, tuple(d)),
        groups=len(stamps),
        scale_factor=unwrapped(axes, tuple(s)),
        crop=unwrapped(axes, tuple(crop)),
    )


def _transposed(
    stamps: Array, axes: int | None, s: Sequence[int], d: Sequence[int], ends: Sequence[Pair]
) -> tuple[Scatter, Array]:
    """Return the layer that puts these stamps, and its kernels; of ints where all axes agree."""
    k = stamps.shape[3:]
    if len({*zip(k, ends)}) > 1:
        axes = len(k)
    weight = stamps.swapaxes(1, 2)
    return scatter_of(axes, k, s, d, ends), weight.reshape(-1, *weight.shape[2:]).copy()


def _with_space(name: str, x: ArrayLike, factor: Ints) -> tuple[Array, tuple[int, ...]]:
    """Return an array, and a factor for each of its axes of space."""
    x = np.asarray(x)
    axes = axes_of(**{name: factor}) or x.ndim - 2
    if axes < 1 or x.ndim < axes + 1:
        raise ValueError(f"x must have axes for channels and space, got shape {x.shape}")
    return x, per_axis(axes, _SMALLEST, **{name: factor})[0]
