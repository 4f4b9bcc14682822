"""Which cells the convolution reads, and what returns."""

from drawings import cells

from deconv_helpers import figures


def test_unread_rows_draws_the_remainder_and_the_same_number_as_output_padding():
    # i = 10, k = 3, s = 2: four positions of three taps, drawn above and below.
    assert cells(figures.unread_rows(10, 3, stride=2)) == {
        "input": 9 + 4,
        "unread": 1,
        "kernel": 2 * 4 * 3,
        "output": 9 + 4,
        "bias": 1,
    }


def test_with_padding_every_cell_that_stays_is_reached_by_the_kernel():
    # i = 8, p = 1: the unread cell is padding, and the cell that p' = 1 appends is cut again.
    assert cells(figures.unread_rows(8, 3, stride=2, padding=1)) == {
        "input": 8 + 4,
        "unread": 1,
        "padding": 1,  # above, the one that is read
        "cut": 2,  # below
        "kernel": 2 * 4 * 3,
        "output": 8 + 4,
    }


def test_gaps_that_no_tap_reads_are_marked_too():
    # k = 1, s = 3 on 7 cells: taps at 0, 3 and 6; four cells between them.
    assert cells(figures.unread_rows(7, 1, stride=3)) == {
        "input": 3 + 3,
        "unread": 4,
        "kernel": 2 * 3,
        "output": 3 + 3,
        "bias": 4,
    }
