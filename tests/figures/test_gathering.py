"""Zeros between inputs, and phases."""

import pytest
from drawings import cells

from deconv_helpers import figures


def test_zero_insertion_draws_the_zeros_that_the_layer_inserts():
    # Three inputs, a zero between neighbours, a border of k - 1 at each end.
    assert cells(figures.zero_insertion(3, 3, stride=2)) == {
        "input": 3,
        "padding": 2 + 2 * 2,
        "kernel": 3,
        "output": 7,
    }
    with pytest.raises(ValueError, match="position must be from 0 to 6, got position=7"):
        figures.zero_insertion(3, 3, stride=2, position=7)


def test_phases_marks_cells_that_no_tap_reaches():
    # k = 2, s = 3: every third cell is a gap, drawn in its row and in the result.
    assert cells(figures.phases(3, 2, stride=3)) == {"bias": 2 * 2}
    assert "taps 0 | 1 | -" in repr(figures.phases(3, 2, stride=3))
