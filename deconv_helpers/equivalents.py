"""One operation, four ways: each gives what `conv_transpose` gives, for one channel.

The input and the kernel are arrays with one axis for each spatial axis. All four
begin with an array that is longer than the result by `padding` at both ends, fill
it with the stamps, and cut: `output_padding` is only the room behind the last one.
"""

from itertools import product
from math import gcd

import numpy as np

from deconv_helpers.ops import conv
from deconv_helpers.sizes import (
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    per_axis,
)


def scatter_add(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
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

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> scatter_add([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    x, kernel, uncut, result, s, d = _prepared(x, kernel, stride, padding, output_padding, dilation)
    for place in np.ndindex(x.shape):
        starts = np.multiply(place, s)
        uncut[_every(starts, d, kernel.shape)] += x[place] * kernel
    return result


def zero_insertion(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Put zeros between and around the inputs, and convolve with the flipped kernel.

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

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> zero_insertion([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    x, kernel, uncut, result, s, d = _prepared(x, kernel, stride, padding, output_padding, dilation)
    border = np.subtract(effective_kernel_size(kernel.shape, d), 1)
    spread = np.zeros(np.add(uncut.shape, border), uncut.dtype)
    spread[_every(border, s, x.shape)] = x
    uncut[...] = conv(spread[None], np.flip(kernel)[None, None], dilation=d)[0]
    return result


def conv_matrix(input_size, kernel, *, stride=1, padding=0, dilation=1):
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
        As `conv_output_size`.

    Examples
    --------
    >>> conv_matrix(5, [1, 2, 1], stride=2)
    array([[1, 2, 1, 0, 0],
           [0, 0, 1, 2, 1]])
    """
    kernel = np.asarray(kernel)
    sizes = {"stride": stride, "padding": padding, "dilation": dilation}
    size, s, p, d = per_axis(kernel.ndim, input_size=input_size, **sizes)
    places = conv_output_size(size, kernel.shape, stride=s, padding=p, dilation=d)
    padded = np.zeros((*places, *np.add(size, np.multiply(p, 2))), kernel.dtype)
    for place in np.ndindex(places):
        padded[place][_every(np.multiply(place, s), d, kernel.shape)] = kernel
    return padded[(..., *_every(p, (1,) * len(p), size))].reshape(np.prod(places), -1)


def matrix_transpose(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Multiply by the transpose of the convolution's matrix.

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

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> matrix_transpose([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])
    """
    x, kernel, _, result, s, d = _prepared(x, kernel, stride, padding, output_padding, dilation)
    layer = {"stride": s, "padding": padding, "dilation": d}
    matrix = conv_matrix(result.shape, kernel, **layer)
    # With output_padding >= stride the convolution has positions that x has no number for.
    places = conv_output_size(result.shape, kernel.shape, **layer)
    used = np.arange(np.prod(places)).reshape(places)[tuple(map(slice, x.shape))]
    return (matrix[used.ravel()].T @ x.ravel()).reshape(result.shape)


def phase_by_phase(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Convolve once for each phase of the stride, and interleave: sub-pixel convolution.

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

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> phase_by_phase([1, 2, 3], [1, 2, 1], stride=2)
    array([1, 2, 3, 4, 5, 6, 3])

    References
    ----------
    W. Shi et al., "Is the deconvolution layer the same as a convolutional
    layer?", arXiv:1609.07009.
    """
    x, kernel, uncut, result, s, d = _prepared(x, kernel, stride, padding, output_padding, dilation)
    # Every s / gcd(s, d)-th tap lands on the same phase: these taps are one small kernel.
    step = tuple(s // gcd(s, d) for s, d in zip(s, d))
    for first in product(*(range(min(n, k)) for n, k in zip(step, kernel.shape))):
        small = kernel[tuple(slice(t, None, n) for t, n in zip(first, step))]
        part = zero_insertion(x, small, dilation=tuple(np.multiply(step, d) // s))
        uncut[_every(np.multiply(first, d), s, part.shape)] += part
    return result


def _prepared(x, kernel, stride, padding, output_padding, dilation):
    """Check all arguments; return zeros to fill, and a view of what stays after the cut."""
    x, kernel = np.asarray(x), np.asarray(kernel)
    sizes = {"stride": stride, "padding": padding, "dilation": dilation}
    s, p, d = per_axis(x.ndim, **sizes)
    size = conv_transpose_output_size(x.shape, kernel.shape, output_padding=output_padding, **sizes)
    uncut = np.zeros(np.add(size, np.multiply(p, 2)), np.result_type(x, kernel))
    return x, kernel, uncut, uncut[_every(p, (1,) * x.ndim, size)], s, d


def _every(starts, steps, counts):
    """Index `counts` cells along each axis, from `starts` on, `steps` apart."""
    axes = zip(starts, steps, counts)
    return tuple(slice(first, first + step * (n - 1) + 1, step) for first, step, n in axes)
