"""The staircase and the map of sizes."""

import pytest
from drawings import cells

from deconv_helpers import figures


def test_the_staircase_draws_a_cell_for_each_size():
    # 3..12 with k = 3, s = 2: five sizes divide, five leave a remainder.
    assert cells(figures.staircase(3, stride=2)) == {"output": 5, "unread": 5}
    assert cells(figures.staircase(3, stride=1, input_sizes=range(3, 9))) == {"output": 6}


def test_the_staircase_begins_where_the_kernel_fits_and_ends_with_a_whole_step():
    assert "i=3..12" in repr(figures.staircase(3, stride=2))
    assert "i=5..16 " in repr(figures.staircase(5, stride=4))
    assert "i=1..10 -> o=3..12" in repr(figures.staircase(3, padding=2))


@pytest.mark.parametrize(
    ("sizes", "kind", "message"),
    [
        ([3, 4], TypeError, "input_sizes must be a range"),
        (range(3, 3), ValueError, "at least one size"),
        (range(1, 5), ValueError, "kernel_size must span at most"),
    ],
)
def test_the_staircase_refuses_sizes_it_cannot_draw(sizes, kind, message):
    with pytest.raises(kind, match=message):
        figures.staircase(3, input_sizes=sizes)


def test_the_size_map_leads_every_size_forth_and_back():
    picture = figures.size_map(3, stride=2)
    assert cells(picture) == {"input": 10 + 5, "output": 5 + 10}
    assert "11 12 -> 5" in repr(picture)
    # A range that begins in the middle of a step keeps the output padding of its sizes.
    assert "8 -> 3, 9 -> 4" in repr(figures.size_map(3, stride=2, input_sizes=range(8, 10)))
