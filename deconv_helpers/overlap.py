"""How many numbers meet in each output cell of a transposed convolution."""

import numpy as np

from deconv_helpers.ops import conv_transpose
from deconv_helpers.sizes import conv_transpose_output_size, per_axis


def overlap_counts(input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1):
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
    layer = {
        "stride": stride,
        "padding": padding,
        "output_padding": output_padding,
        "dilation": dilation,
    }
    output = conv_transpose_output_size(input_size, kernel_size, **layer)
    axes = len(output) if isinstance(output, tuple) else 1
    cells, taps = per_axis(axes, input_size=input_size, kernel_size=kernel_size)
    # With ones for input and weights, each product is 1, and the sum is their number.
    ones = np.ones((1, *cells), dtype=int), np.ones((1, 1, *taps), dtype=int)
    return conv_transpose(*ones, **layer)[0]
