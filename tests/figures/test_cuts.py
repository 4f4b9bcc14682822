"""One full result, cut in several ways."""

import numpy as np
import pytest
import torch
from drawings import cells
from torch.nn.functional import conv_transpose1d

from deconv_helpers import figures


def test_each_row_keeps_what_its_crop_leaves():
    # By hand: 1 2 3 and 2 4 6, two places further on, are 1 2 5 4 6.
    picture = figures.cuts([1, 2], [1, 2, 3], [(1, 0), (0, 2)], stride=2)
    assert repr(picture) == ("cuts: full 1 2 5 4 6, (1, 0) keeps 2 5 4 6, (0, 2) keeps 1 2 5")
    assert cells(picture) == {"kernel": 5, "output": 4 + 3, "cut": 1 + 2}


def test_a_negative_number_appends_cells_of_bias():
    picture = figures.cuts([1], [5, 6], [(-1, 0), (1, -2)])
    assert repr(picture).endswith("(-1, 0) keeps 0 5 6, (1, -2) keeps 6 0 0")
    assert cells(picture) == {"kernel": 2, "output": 3, "bias": 3, "cut": 1}


@pytest.mark.parametrize(("p", "p_"), [(0, 0), (1, 0), (1, 1), (2, 1), (0, 2)])
def test_pytorch_keeps_what_its_crop_keeps(p, p_):
    x, w = [3, 1, 4], [1, 10, 100, 1000]
    by_torch = conv_transpose1d(torch.tensor([[x]]), torch.tensor([[w]]), None, 3, p, p_)
    said = repr(figures.cuts(x, w, [(p, p - p_)], stride=3)).split("keeps ")[1]
    assert said == " ".join(map(str, by_torch.flatten().tolist()))


def test_dilation_spreads_the_stamps():
    assert repr(figures.cuts([1], [1, 2], [(0, 0)], dilation=3)).startswith("cuts: full 1 0 0 2,")


@pytest.mark.parametrize(
    ("crops", "error", "message"),
    [
        ([], ValueError, "at least one pair"),
        ([1], ValueError, r"pairs \(begin, end\), got 1"),
        ([(1, 2, 3)], ValueError, r"got \(1, 2, 3\)"),
        ([(1.0, 0)], TypeError, "begin must be an int"),
        ([(0, 0), (2, 3)], ValueError, r"at least one of 5 cells, got \(2, 3\)"),
    ],
)
def test_crops_that_are_none_are_named(crops, error, message):
    with pytest.raises(error, match=message):
        figures.cuts([1, 2], [1, 2, 3], crops, stride=2)


def test_ints_of_any_kind_are_ints():
    plain = figures.cuts([1, 2], [1, 2, 3], [(1, 0)], stride=2)
    other = figures.cuts(np.array([1, 2]), [1, 2, 3], [(np.int64(1), 0)], stride=np.int8(2))
    assert other.svg == plain.svg
