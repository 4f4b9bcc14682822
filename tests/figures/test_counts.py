"""How many products meet, drawn."""

import numpy as np
import pytest
from drawings import cells, note_texts

from deconv_helpers import figures


def test_overlap_shades_each_count_and_marks_where_nothing_arrives():
    # k = 2, s = 3 leaves a gap behind each stamp; p' = 2 makes it three with the last.
    picture = figures.overlap(3, 2, stride=3, output_padding=2)
    assert cells(picture) == {"input": 3, "kernel": 6, "bias": 4}
    assert repr(picture).endswith("counts 1 1 0 1 1 0 1 1 0 0")


def test_overlap_draws_what_is_cut_beside_the_counts():
    picture = figures.overlap(4, 4, stride=2, padding=1)
    assert cells(picture) == {"input": 4, "kernel": 16, "cut": 2}
    assert repr(picture).endswith("counts 1 2 2 2 2 2 2 1")


def test_overlap_in_two_dimensions_is_the_product_of_the_axes():
    assert repr(figures.overlap((2, 3), 3, stride=2)).endswith(
        "i'=(2, 3) -> o'=(5, 7), counts 1 to 4"
    )
    with pytest.raises(ValueError, match="one or two dimensions"):
        figures.overlap((2, 2, 2), 3)


def test_the_margins_hold_the_counts_of_each_axis(monkeypatch):
    written = []
    note_texts(monkeypatch, written)
    figures.overlap((2, 3), (3, 2), stride=2)
    numbers = [int(text) for text, _ in written]
    cells_, down, across = numbers[:30], numbers[30:35], numbers[35:]
    assert (down, across) == ([1, 1, 2, 1, 1], [1, 1, 1, 1, 1, 1])
    assert cells_ == [row * column for row in down for column in across]


def test_a_description_has_plain_numbers_whatever_the_sizes_came_as():
    drawn = repr(figures.overlap(np.array([4, 4]).tolist(), (np.int64(3), 3), stride=[2, 2]))
    assert drawn == "overlap: k=3 s=2 p=0 p'=0 d=1, i'=(4, 4) -> o'=(9, 9), counts 1 to 4"
