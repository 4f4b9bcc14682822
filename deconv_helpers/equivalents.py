"""One operation, four ways: each gives what `conv_transpose` gives, for one channel.

The input and the kernel are arrays with one axis for each spatial axis. All four
begin with an array that is longer than the result by `padding` at both ends, fill
it with the stamps, and cut: `output_padding` is only the room behind the last one.

All take what `conv_transpose` takes and refuse what it refuses. They differ where a
number is not finite: all but `scatter_add` multiply zeros too, and zero times infinity
or NaN is NaN. So they have NaN wherever `conv_transpose` has it, and may have more.
"""

from collections.abc import Sequence
from itertools import product
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.arguments import Array, as_numbers
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv, silent
from deconv_helpers.sizes import Ints, per_axis


@silent
def scatter_add(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Add a stamp for each input number: the kernel, multiplied by it.

    Parameters
    ----------
    x : array_like, shape (...)
        Input of one channel.
    kernel : array_like, shape (...)
        Weights, one axis for each axis of `x`.
    stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_transpose`.

    Returns
    -------
    numpy.ndarray, shape (...)
        Of the type that NumPy promotes the arguments to.

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose`.

    Examples
    --------
    >>> scatter_add([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    cells, taps, layer, uncut, result, dtype = _prepared(
        x, kernel, stride, padding, output_padding, dilation
    )
    for place in np.ndindex(cells.shape):
        starts = np.multiply(place, layer.stride)
        uncut[_every(starts, layer.dilation, taps.shape)] += cells[place] * taps
    return result.astype(dtype)


@silent
def zero_insertion(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Put zeros between and around the inputs, and convolve with the flipped kernel.

    Parameters, result and errors are those of `scatter_add`. A weight that is not
    finite meets the zeros too, and gives NaN there.

    Examples
    --------
    >>> zero_insertion([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    cells, taps, layer, uncut, result, dtype = _prepared(
        x, kernel, stride, padding, output_padding, dilation
    )
    border = np.subtract(layer.effective_kernel_size, 1)
    spread = np.zeros(np.add(uncut.shape, border), uncut.dtype)
    spread[_every(border, layer.stride, cells.shape)] = cells
    uncut[...] = conv(spread[None], np.flip(taps)[None, None], dilation=layer.dilation)[0]
    return result.astype(dtype)


def conv_matrix(
    input_size: Ints,
    kernel: ArrayLike,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Return the matrix of the convolution: a row for each output, a column for each input.

    Parameters
    ----------
    input_size : int or tuple of int
        Size that the convolution takes.
    kernel : array_like, shape (...)
        Weights, one axis for each axis of the input.
    stride, padding, dilation : int or tuple of int
        As in `conv`.

    Returns
    -------
    numpy.ndarray, shape (outputs, inputs)
        With several axes, rows and columns run through them in C order.

    Raises
    ------
    TypeError, ValueError
        As `conv`.

    Examples
    --------
    >>> conv_matrix(5, [1, 2, 1], stride=2)
    array([[1, 2, 1, 0, 0],
           [0, 0, 1, 2, 1]])
    """
    (taps,), dtype = as_numbers(kernel=kernel)
    _check_axes("kernel", taps)
    sizes = {"input_size": input_size, "stride": stride, "padding": padding, "dilation": dilation}
    size, s, p, d = per_axis(taps.ndim, **sizes)
    places: Any = Layer(taps.shape, s, p, dilation=d).conv_output_size(size)
    padded: Any = np.zeros((*places, *np.add(size, np.multiply(p, 2))), dtype)
    for place in np.ndindex(places):
        padded[place][_every(np.multiply(place, s), d, taps.shape)] = taps
    return padded[(..., *_every(p, (1,) * len(p), size))].reshape(np.prod(places), -1)


@silent
def matrix_transpose(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Multiply by the transpose of the convolution's matrix.

    Parameters, result and errors are those of `scatter_add`. A number that is not
    finite, in `x` or `kernel`, meets the matrix's zeros too, and gives NaN there.

    Examples
    --------
    >>> matrix_transpose([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    cells, taps, layer, _, result, dtype = _prepared(
        x, kernel, stride, padding, output_padding, dilation
    )
    sizes = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    matrix = conv_matrix(result.shape, taps, **sizes)
    # With output_padding >= stride the convolution has positions that no cell faces.
    places = layer.conv_output_size(result.shape)
    used: Any = np.arange(np.prod(places)).reshape(places)
    used = used[tuple(map(slice, cells.shape))]
    return (matrix[used.ravel()].T @ cells.ravel()).reshape(result.shape).astype(dtype)


@silent
def phase_by_phase(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Convolve once for each phase of the stride, and interleave: sub-pixel convolution.

    Parameters, result and errors are those of `scatter_add`. A weight that is not
    finite meets the zeros around the inputs too, and gives NaN there.

    Examples
    --------
    >>> phase_by_phase([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])

    References
    ----------
    W. Shi et al., "Is the deconvolution layer the same as a convolutional
    layer?", arXiv:1609.07009.
    """
    cells, taps, layer, uncut, result, dtype = _prepared(
        x, kernel, stride, padding, output_padding, dilation
    )
    s, d = layer.stride, layer.dilation
    # Every s / gcd(s, d)-th tap lands on the same phase: these taps are one small kernel.
    step = tuple(s // gcd(s, d) for s, d in zip(s, d))
    for first in product(*(range(min(n, k)) for n, k in zip(step, taps.shape))):
        small = taps[tuple(slice(t, None, n) for t, n in zip(first, step))]
        part = zero_insertion(cells, small, dilation=tuple(np.multiply(step, d) // s))
        uncut[_every(np.multiply(first, d), s, part.shape)] += part
    return result.astype(dtype)


def _prepared(x: ArrayLike, kernel: ArrayLike, *parameters: Ints) -> tuple[Any, ...]:
    """Check all arguments; return zeros to fill, a view of what stays after the cut, its type."""
    (cells, taps), dtype = as_numbers(x=x, kernel=kernel)
    _check_axes("x", cells)
    if taps.ndim != cells.ndim:
        raise ValueError(
            f"kernel must have as many axes as x, {cells.ndim}, got shape {taps.shape}"
        )
    names = ("stride", "padding", "output_padding", "dilation")
    layer: Any = Layer(taps.shape, *per_axis(cells.ndim, **dict(zip(names, parameters))))
    size = layer.output_size(cells.shape)
    uncut = np.zeros(np.add(size, np.multiply(layer.padding, 2)), cells.dtype)
    return cells, taps, layer, uncut, uncut[_every(layer.padding, (1,) * cells.ndim, size)], dtype


def _check_axes(name: str, array: Array) -> None:
    if array.ndim == 0:
        raise ValueError(f"{name} must have at least one axis, got {name}={array}")


def _every(starts: Any, steps: Sequence[int], counts: Sequence[int]) -> Any:
    """Index `counts` cells along each axis, from `starts` on, `steps` apart."""
    axes = zip(starts, steps, counts)
    return tuple(slice(first, first + step * (n - 1) + 1, step) for first, step, n in axes)
