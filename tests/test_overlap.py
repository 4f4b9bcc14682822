"""Overlap counts, against a count of every product by hand and by loop."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deconv_helpers import conv_transpose_output_size, overlap_counts

CASES = {
    # By hand: stamps of three, two apart, share one cell with each neighbour.
    "stride does not divide the kernel": (dict(kernel_size=3, stride=2), [1, 1, 2, 1, 2, 1, 1]),
    "stride divides the kernel": (dict(kernel_size=4, stride=2), [1, 1, 2, 2, 2, 2, 1, 1]),
    "uneven at the border even then": (
        dict(kernel_size=4, stride=2, padding=1),
        [1, 2, 2, 2, 2, 1],
    ),
    "gaps": (dict(kernel_size=1, stride=2), [1, 0, 1, 0, 1]),
    "output padding": (dict(kernel_size=2, stride=2, output_padding=1), [1, 1, 1, 1, 1, 1, 0]),
    "dilation": (dict(kernel_size=2, stride=1, dilation=2), [1, 1, 2, 1, 1]),
}


@pytest.mark.parametrize(("layer", "counts"), CASES.values(), ids=CASES)
def test_three_cells(layer, counts):
    assert overlap_counts(3, **layer).tolist() == counts


def test_two_axes_have_the_product_of_their_counts():
    rows = overlap_counts(3, 3, stride=2, padding=1, output_padding=1)
    columns = overlap_counts(4, 5, stride=3)
    both = overlap_counts((3, 4), (3, 5), stride=(2, 3), padding=(1, 0), output_padding=(1, 0))
    assert np.array_equal(both, np.outer(rows, columns))


@given(*(st.integers(*bounds) for bounds in ((1, 6), (1, 5), (1, 4), (0, 4), (0, 4), (1, 3))))
def test_each_product_is_counted_once(i, k, s, p, op, d):
    layer = dict(stride=s, padding=p, output_padding=op, dilation=d)
    try:
        size = conv_transpose_output_size(i, k, **layer)
    except ValueError:
        with pytest.raises(ValueError, match=r"padding|size"):
            overlap_counts(i, k, **layer)
        return
    counts = [0] * size
    for cell, tap in product(range(i), range(k)):
        place = cell * s + tap * d - p
        if 0 <= place < size:
            counts[place] += 1
    assert overlap_counts(i, k, **layer).tolist() == counts
