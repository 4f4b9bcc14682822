"""One model of every framework's layer: the full scatter, and then a crop at each end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.arguments import Array
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv_transpose
from deconv_helpers.sizes import Int, Ints, Size, as_int, axes_of, effective_kernel_size, per_axis

Pair: TypeAlias = tuple[int, int]
Pairs: TypeAlias = tuple[Pair, ...]


@dataclass(frozen=True)
class Scatter:
    """The full scatter of size ``(i - 1) * s + span``, cropped at the ends of each axis.

    Parameters
    ----------
    kernel_size, stride, dilation : int or tuple of int
        As in `Layer`.
    crop : pair of int, or a pair for each axis
        How many cells are cut off at the beginning and at the end. A negative
        number appends cells, which hold nothing but the bias.
    flipped : bool
        Whether a stamp is the kernel turned round, last tap first: so it is by
        default in JAX, and nowhere else.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its bound, or tuples differ in length.

    Notes
    -----
    Ints stay ints. As soon as one value is told for each axis, all are, so that
    what is the same layer is the same value.

    Examples
    --------
    PyTorch's padding is a crop of both ends, its output padding crops less at the end:

    >>> scatter = Scatter(3, stride=2, crop=(1, 0))
    >>> str(scatter), scatter.output_size(4)
    ('k=3 s=2 d=1 crop=(1, 0)', 8)
    >>> scatter.apply([[1, 2, 3, 4]], [[[1, 10, 100]]])
    array([[ 10, 102,  20, 203,  30, 304,  40, 400]])
    """

    kernel_size: Ints
    stride: Ints = 1
    dilation: Ints = 1
    crop: Any = (0, 0)
    flipped: bool = False

    def __post_init__(self) -> None:
        given = {name: getattr(self, name) for name in ("kernel_size", "stride", "dilation")}
        axes = axes_of(**given)
        if axes is None and is_nested(self.crop):
            axes = len(self.crop)
        numbers = per_axis(axes or 1, **given)
        for name, value in zip(given, numbers):
            object.__setattr__(self, name, unwrapped(axes, value))
        object.__setattr__(self, "crop", unwrapped(axes, pairs("crop", self.crop, axes or 1)))
        if not isinstance(self.flipped, bool):
            raise TypeError(f"flipped must be True or False, got flipped={self.flipped!r}")

    @classmethod
    def of(cls, layer: "Scatter | Layer") -> "Scatter":
        """Return a Layer as a Scatter, and a Scatter as it is.

        Examples
        --------
        >>> Scatter.of(Layer(3, stride=2, padding=1, output_padding=1)).crop
        (1, 0)
        """
        if isinstance(layer, Scatter):
            return layer
        if not isinstance(layer, Layer):
            raise TypeError(f"layer must be a Layer or a Scatter, got {layer!r}")
        axes = axes_of(**layer.keywords)
        k, s, p, q, d = per_axis(axes or 1, **layer.keywords)
        return scatter_of(axes, k, s, d, [(p, p - q) for p, q in zip(p, q)])

    @property
    def effective_kernel_size(self) -> Size:
        """How many cells a stamp spans, first tap to last."""
        return effective_kernel_size(self.kernel_size, self.dilation)

    def output_size(self, input_size: Ints) -> Size:
        """Return the size that comes out: that of the full scatter without what is cut.

        Parameters
        ----------
        input_size : int or tuple of int
            Cells along each axis, at least 1.

        Returns
        -------
        int or tuple of int
            ``(i - 1) * s + span - begin - end``.

        Raises
        ------
        TypeError
            If `input_size` is not an int, nor a tuple of ints.
        ValueError
            If it is too small for a cell to remain.

        Examples
        --------
        >>> Scatter(3, stride=2, crop=(0, -2)).output_size(4)
        11
        """
        axes = axes_of(kernel_size=self.kernel_size, input_size=input_size)
        layer = Layer(self.kernel_size, self.stride, dilation=self.dilation)
        (full,) = per_axis(axes or 1, output_size=layer.output_size(input_size))
        left = tuple(n - sum(pair) for n, pair in zip(full, pairs("crop", self.crop, axes or 1)))
        if min(left) < 1:
            raise ValueError(
                f"crop must leave a cell of each axis, got crop={self.crop} "
                f"for a full result of {unwrapped(axes, full)} cells"
            )
        return unwrapped(axes, left)

    def apply(
        self, x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, *, groups: Int = 1
    ) -> Array:
        """Return the values that the layer computes.

        Parameters
        ----------
        x : array_like, shape (N, in_channels, ...) or (in_channels, ...)
            Input, laid out as in PyTorch.
        weight : array_like, shape (in_channels, out_channels / groups, ...)
            Kernels, laid out as in PyTorch, the taps in the framework's own
            order: with `flipped` they are turned round here.
        bias, groups
            As in `conv_transpose`.

        Returns
        -------
        numpy.ndarray, shape (N, out_channels, ...) or (out_channels, ...)

        Raises
        ------
        TypeError, ValueError
            As `conv_transpose`; also if `weight` has other taps than
            `kernel_size`, or no cell remains.

        Examples
        --------
        >>> x, weight = [[1, 2, 3]], [[[1, 2, 3]]]
        >>> Scatter(3, stride=2, flipped=True).apply(x, weight)
        array([[ 3,  2,  7,  4, 11,  6,  3]])
        """
        weight = np.asanyarray(weight)
        axes = max(weight.ndim - 2, 1)
        kernel, s, d = per_axis(
            axes, kernel_size=self.kernel_size, stride=self.stride, dilation=self.dilation
        )
        if weight.shape[2:] != kernel:
            raise ValueError(
                f"weight must have kernel_size={self.kernel_size} taps, got shape {weight.shape}"
            )
        if self.flipped:
            weight = np.flip(weight, tuple(range(2, weight.ndim)))
        full = conv_transpose(x, weight, bias, stride=s, groups=groups, dilation=d)
        self.output_size(np.shape(x)[-axes:])  # refuses where no cell remains
        return cropped(full, pairs("crop", self.crop, axes), bias)

    def __str__(self) -> str:
        turned = " flipped" if self.flipped else ""
        return f"k={self.kernel_size} s={self.stride} d={self.dilation} crop={self.crop}{turned}"


def scatter_of(
    axes: int | None,
    kernel_size: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    crop: Sequence[Pair],
    *,
    flipped: bool = False,
) -> Scatter:
    """Return a Scatter of one value for each axis; of ints alone where `axes` is None."""
    k, s, d, ends = (unwrapped(axes, tuple(each)) for each in (kernel_size, stride, dilation, crop))
    return Scatter(k, s, d, ends, flipped)


def cropped(full: Array, crop: Pairs, bias: ArrayLike | None = None) -> Array:
    """Return an array without the ends of its last axes; negative ends appended.

    Parameters
    ----------
    full : numpy.ndarray, shape (..., channels, ...)
    crop : tuple of pair of int
        For each of the last axes: cells at the beginning, cells at the end.
    bias : array_like, shape (channels,), optional
        What appended cells hold; 0 where there is none.

    Returns
    -------
    numpy.ndarray

    Examples
    --------
    >>> cropped(np.array([[1, 2, 3]]), ((1, -2),), bias=[7])
    array([[2, 3, 7, 7]])
    """
    axes = len(crop)
    size = [n - sum(pair) for n, pair in zip(full.shape[-axes:], crop)]
    out = np.zeros((*full.shape[:-axes], *size), full.dtype)
    if bias is not None:
        out += np.reshape(bias, (-1, *(1,) * axes)).astype(full.dtype)
    here: Any = [...]
    there: Any = [...]
    for n, left, (begin, _) in zip(full.shape[-axes:], size, crop):
        first = min(max(begin, 0), n)
        stop = max(min(begin + left, n), first)
        here.append(slice(first, stop))
        there.append(slice(first - begin, stop - begin) if first < stop else slice(0))
    out[tuple(there)] = full[tuple(here)]
    return out


# From what the caller wrote to one axis at a time.


def unwrapped(axes: int | None, values: Any) -> Any:
    """Return what one axis has, where nothing was given axis by axis."""
    return values[0] if axes is None else values


def is_nested(value: Any) -> bool:
    """Tell whether a pair is given for each axis."""
    return isinstance(value, tuple | list) and any(isinstance(one, tuple | list) for one in value)


def pairs(name: str, value: Any, axes: int) -> Pairs:
    """Return a pair of ints for each axis.

    Examples
    --------
    >>> pairs("crop", (1, 0), 2)
    ((1, 0), (1, 0))
    """
    given = value if is_nested(value) else (value,) * axes
    if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in given):
        raise TypeError(
            f"{name} must be a pair of ints, or one for each axis, got {name}={value!r}"
        )
    if len(given) != axes:
        raise ValueError(
            f"{name} must be a pair of ints, or {axes} pairs, one for each axis, "
            f"got {name}={value!r}"
        )
    return tuple((as_int(name, begin), as_int(name, end)) for begin, end in given)


def by_hand(crop: Pairs) -> str:
    """Say how to get this crop where a framework has no layer for it.

    Examples
    --------
    >>> by_hand(((0, 1),))
    'take the full result, and cut off 0 cells in front and 1 behind'
    >>> by_hand(((0, -2), (1, 0)))
    'take the full result, and cut off (0, 1) cells in front and (-2, 0) behind (-2: append 2)'
    """
    begins, ends = (unwrapped(None if len(crop) == 1 else 2, side) for side in zip(*crop))
    least = min(number for pair in crop for number in pair)
    append = f" ({least}: append {-least})" if least < 0 else ""
    return f"take the full result, and cut off {begins} cells in front and {ends} behind{append}"
