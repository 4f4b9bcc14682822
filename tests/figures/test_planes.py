"""Stamps in two dimensions."""

import numpy as np
import pytest
import torch
from drawings import cells

from deconv_helpers import Layer, figures

X, W = [[1, 2], [3, 4]], [[1, 10], [100, 1000]]


def test_one_sheet_for_each_input_and_one_for_their_sum():
    picture = figures.stamps_2d(X, W)
    # Four stamps of four on nine cells each, and nine sums.
    assert cells(picture) == {"input": 4, "kernel": 16, "padding": 4 * 5, "output": 9}
    assert repr(picture).endswith("sum 1 12 20 | 103 1234 2040 | 300 3400 4000")
    assert "x=1,2;3,4&amp;w=1,10;100,1000" in picture.svg


LAYERS = {
    "gaps between the stamps": Layer((2, 2), stride=3),
    "cut on all sides": Layer((2, 2), stride=2, padding=1),
    "a row and a column more": Layer((2, 2), stride=2, padding=1, output_padding=1),
    "an axis of its own each": Layer((2, 2), stride=(1, 2), output_padding=(0, 1)),
    "spread taps": Layer((2, 2), stride=2, dilation=(1, 3), padding=(0, 1)),
}


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_the_sum_is_what_pytorch_returns(layer):
    settings = {name: value for name, value in layer.keywords.items() if name != "kernel_size"}
    x, w = torch.tensor(X)[None, None], torch.tensor(W)[None, None]
    expected = torch.nn.functional.conv_transpose2d(x, w, **settings)[0, 0].tolist()
    shown = " | ".join(" ".join(map(str, row)) for row in expected)
    assert repr(figures.stamps_2d(X, W, layer)).endswith(f"sum {shown}")


@pytest.mark.parametrize(
    ("x", "kernel", "error", "said"),
    [
        ([1, 2], W, ValueError, r"x must be a table of numbers, but x has shape \(2,\)"),
        (np.ma.array(X, mask=False), W, TypeError, "x must not be masked"),
        ([[1], [2, 3]], W, ValueError, "x must be a table of numbers, but x is ragged"),
        (X, [[0.5]], TypeError, r"kernel must hold ints, got kernel=\[\[0.5\]\]"),
        ([[1] * 60] * 60, W, ValueError, "a picture has at most 4000 cells"),
    ],
)
def test_what_is_no_table_of_ints_is_refused(x, kernel, error, said):
    with pytest.raises(error, match=said):
        figures.stamps_2d(x, kernel)


def test_a_layer_with_another_kernel_is_refused():
    with pytest.raises(
        ValueError, match=r"kernel must have shape 3, as layer has it, got \(2, 2\)"
    ):
        figures.stamps_2d(X, W, Layer(3))
