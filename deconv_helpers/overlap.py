"""How many numbers meet in each output cell of a transposed convolution."""

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv_transpose
from deconv_helpers.sizes import Ints, per_axis


def overlap_counts(
    input_size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Array:
    """Return how many products are added up in each output cell.

    Parameters
    ----------
    input_size, kernel_size, stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_transpose_output_size`; ints alone stand for one axis.

    Returns
    -------
    numpy.ndarray of int, shape of the output
        0 where nothing but the bias arrives.

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_output_size`.

    Examples
    --------
    >>> overlap_counts(4, 3, stride=2)
    array([1, 1, 2, 1, 2, 1, 2, 1, 1])
    >>> overlap_counts((2, 2), 2, stride=(1, 2))
    array([[1, 1, 1, 1],
           [2, 2, 2, 2],
           [1, 1, 1, 1]])

    References
    ----------
    Odena, Dumoulin and Olah, "Deconvolution and Checkerboard Artifacts", Distill, 2016.
    """
    size = Layer(kernel_size, stride, padding, output_padding, dilation).output_size(input_size)
    axes = len(size) if isinstance(size, tuple) else 1
    cells, taps = per_axis(axes, input_size=input_size, kernel_size=kernel_size)
    # With ones for input and weights, each product is 1, and the sum is their number.
    counts: Array = conv_transpose(
        np.ones((1, *cells), dtype=int),
        np.ones((1, 1, *taps), dtype=int),
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )[0]
    return counts
