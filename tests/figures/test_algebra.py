"""The matrix and its transpose."""

from drawings import cells

from deconv_helpers import figures


def test_matrices_leave_zeros_empty():
    # 3 x 7 entries, twice, of which three in each row are weights.
    assert cells(figures.matrices(7, 3, stride=2)) == {"padding": 2 * (21 - 9)}
