"""Stamps and the crop."""

import pytest
from drawings import cells

from deconv_helpers import Layer, figures


def test_stamps_draws_each_product_and_the_sum():
    picture = figures.stamps([1, 2, 3], [1, 2, 3], stride=2, padding=1, output_padding=1)
    assert cells(picture) == {"input": 3, "kernel": 9, "output": 6, "cut": 2}
    assert repr(picture).endswith("sum 2 5 4 9 6 9")


def test_crop_draws_the_full_result_and_what_remains():
    assert cells(figures.crop(3, 3, stride=2, padding=1, output_padding=1)) == {
        "output": 6 + 6,
        "cut": 2,  # a value in front, and behind the cell that p' = 1 appends
    }


def test_a_crop_says_what_is_cut_and_what_is_appended():
    # Two cells appended, one of them cut again: nothing of the full result is, at the end.
    drawn = repr(figures.crop(3, 3, stride=3, padding=1, output_padding=2))
    assert drawn == "crop: k=3 s=3 p=1 p'=2 d=1, full 9, cut 1 and 0, 1 more, o'=9"
    drawn = repr(figures.crop(3, 3, stride=2, padding=2, output_padding=1))
    assert drawn == "crop: k=3 s=2 p=2 p'=1 d=1, full 7, cut 2 and 1, o'=4"


def test_stamps_take_a_layer_that_has_as_many_weights():
    layer = Layer(3, stride=2, padding=1)
    whole = figures.stamps([1, 2], [1, 2, 1], layer)
    assert whole.svg == figures.stamps([1, 2], [1, 2, 1], stride=2, padding=1).svg
    with pytest.raises(ValueError, match=r"kernel must hold kernel_size=3 .*got kernel=\[1, 2\]"):
        figures.stamps([1, 2], [1, 2], layer)
    with pytest.raises(TypeError, match="stride must be left out where a Layer is given"):
        figures.stamps([1, 2], [1, 2, 1], layer, stride=3)
