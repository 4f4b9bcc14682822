"""Exact substitutes: by hand, and against PyTorch's layers and its transposed convolution."""

from itertools import product

import numpy as np
import pytest
import torch
from one_thread import one_thread  # noqa: F401
from torch.nn import functional as F

from deconv_helpers import Layer
from deconv_helpers.frameworks import Scatter, from_pytorch, to_pytorch
from deconv_helpers.substitutes import (
    Substitute,
    conv_and_shuffle,
    from_conv_and_shuffle,
    from_plain_conv,
    from_upsample_and_conv,
    pixel_shuffle,
    plain_conv,
    upsample_and_conv,
    upsample_nearest,
)

CASES = 300


# --- By hand -----------------------------------------------------------------------------


def test_where_kernel_and_stride_agree_each_input_becomes_a_tile():
    weight = np.arange(16).reshape(2, 2, 2, 2)
    new = conv_and_shuffle(Layer(2, stride=2), weight)
    assert new.weight.shape == (8, 2, 1, 1)
    assert (new.padding, new.upscale_factor, new.crop) == (0, 2, (0, 0))
    assert new.weight[:, 0, 0, 0].tolist() == [0, 1, 2, 3, 4, 5, 6, 7]


def test_doubling_by_a_kernel_of_four_uses_four_ninths_of_the_weights():
    new = conv_and_shuffle(Layer(4, stride=2, padding=1), np.ones((5, 3, 4, 4)))
    assert new.weight.shape == (12, 5, 3, 3)
    assert (new.padding, new.upscale_factor, new.crop) == (1, 2, (0, 0))
    assert new.weight.mean() == pytest.approx(4 / 9)


def test_what_output_padding_adds_is_what_the_crop_leaves():
    layer = Layer(3, stride=2, padding=1, output_padding=1)
    new = conv_and_shuffle(layer, [[[1, 10, 100]]])
    assert new.apply([[1, 2, 3, 4]]).tolist() == [[10, 102, 20, 203, 30, 304, 40, 400]]


def test_upsampling_and_a_convolution_by_hand():
    scatter, weight = from_upsample_and_conv(np.ones((1, 1, 3, 3), int), 2, padding=1)
    assert to_pytorch(scatter) == Layer(4, stride=2, padding=1)
    assert weight[0, 0].tolist() == np.outer([1, 2, 2, 1], [1, 2, 2, 1]).tolist()


def test_the_padding_is_the_same_only_where_the_convolution_keeps_the_size():
    ones = np.ones((1, 1, 5))
    assert to_pytorch(from_upsample_and_conv(ones, 2, padding=2)[0]).padding == 2
    assert to_pytorch(from_upsample_and_conv(ones, 2, padding=1)[0]).padding == 3


def test_most_kernels_are_no_upsampling():
    with pytest.raises(ValueError, match="conv_and_shuffle takes any"):
        upsample_and_conv(Layer(4, stride=2), [[[1, 3, 5, 4]]])
    with pytest.raises(ValueError, match="conv_and_shuffle takes any"):
        upsample_and_conv(Layer(1, stride=2), [[[1]]])


def test_a_padding_beyond_the_kernel_is_cropped_or_appended():
    new = plain_conv(Layer(3, padding=3), [[[1, 10, 100]]])
    assert (new.padding, new.crop) == (0, (1, 1))
    scatter, _ = from_plain_conv([[[1, 10, 100]]], padding=3)
    assert scatter.crop == (-1, -1)
    with pytest.raises(ValueError, match="append 1"):
        to_pytorch(scatter)


def test_outer_zeros_stay_where_they_would_append():
    scatter, weight = from_conv_and_shuffle([[[0]], [[5]]], 2)
    assert (scatter, weight.tolist()) == (Scatter(2, 2), [[[0, 5]]])


def test_zero_weights_are_a_layer_too():
    new = conv_and_shuffle(Layer(4, stride=2, padding=1), np.zeros((1, 1, 4)))
    scatter, _ = from_conv_and_shuffle(new.weight, 2, padding=1)
    assert scatter.output_size(5) == 10


REFUSED = {
    "a stride in a plain convolution": (
        lambda: plain_conv(Layer(3, stride=2), np.ones((1, 1, 3))),
        "stride must be 1, got stride=2",
    ),
    "other taps": (
        lambda: conv_and_shuffle(Layer(3), np.ones((1, 1, 4))),
        "weight must have kernel_size=3 taps",
    ),
    "groups that do not divide": (
        lambda: conv_and_shuffle(Layer(3), np.ones((3, 1, 3)), groups=2),
        "groups must divide",
    ),
    "no space": (lambda: from_plain_conv(np.ones((1, 1))), "weight must have two axes"),
    "channels that cannot be shuffled": (
        lambda: from_conv_and_shuffle(np.ones((3, 1, 3)), 2),
        "multiple of 2 output channels",
    ),
    "nor these": (lambda: pixel_shuffle(np.ones((1, 3, 2)), 2), "multiple of 2 channels"),
    "an array without space": (lambda: upsample_nearest(np.ones((1, 3)), 2), "x must have axes"),
    "a factor of nothing": (lambda: upsample_nearest(np.ones((1, 1, 3)), 0), "at least 1"),
}


@pytest.mark.parametrize(("call", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_layer_must_be_one():
    with pytest.raises(TypeError, match="layer must be a Layer or a Scatter"):
        plain_conv(3, np.ones((1, 1, 3)))


# --- Against PyTorch -----------------------------------------------------------------------


class Draw:
    def __init__(self, seed):
        self.random = np.random.default_rng(seed)

    def int(self, low, high):
        return int(self.random.integers(low, high + 1))

    def each(self, axes, low, high):
        together = self.int(0, 1)
        numbers = tuple(self.int(low, high) for _ in range(axes))
        return numbers[0] if together else numbers

    def array(self, *shape):
        return self.random.integers(-9, 10, shape).astype(float)

    def layer(self, axes, **fixed):
        """Draw a legal layer, and a size that it leaves a cell of."""
        while True:
            parameters = {
                "kernel_size": tuple(self.int(1, 5) for _ in range(axes)),
                "stride": self.each(axes, 1, 4),
                "padding": self.each(axes, 0, 5),
                "output_padding": self.each(axes, 0, 3),
                "dilation": self.each(axes, 1, 3) if self.int(0, 2) == 0 else 1,
            }
            size = tuple(self.int(1, 5) for _ in range(axes))
            try:
                layer = Layer(**(parameters | fixed))
                layer.output_size(size)
            except ValueError:
                continue
            return layer, size


def torch_transposed(x, weight, bias, layer, groups):
    call = getattr(F, f"conv_transpose{x.ndim - 2}d")
    given = {name: value for name, value in layer.keywords.items() if name != "kernel_size"}
    x, weight, bias = map(torch.from_numpy, (x, weight, bias))
    return call(x, weight, bias, groups=groups, **given).numpy()


def torch_substitute(new, x, bias):
    """Run a substitute by PyTorch's own layers, shuffling two axes alike by PixelShuffle."""
    axes = x.ndim - 2
    y = torch.from_numpy(x)
    scale, up = (
        each if isinstance(each, tuple) else (each,) * axes
        for each in (new.scale_factor, new.upscale_factor)
    )
    y = F.interpolate(y, scale_factor=[float(s) for s in scale], mode="nearest")
    y = getattr(F, f"conv{axes}d")(
        y,
        torch.from_numpy(new.weight),
        torch.from_numpy(np.repeat(bias, np.prod(up))),
        padding=new.padding,
        dilation=new.dilation,
        groups=new.groups,
    ).numpy()
    if axes == 2 and up[0] == up[1]:
        y = F.pixel_shuffle(torch.from_numpy(y), up[0]).numpy()
    else:
        y = pixel_shuffle(y, up)
    crop = new.crop if isinstance(new.crop[0], tuple) else (new.crop,) * axes
    ends = [slice(begin, n - end) for n, (begin, end) in zip(y.shape[2:], crop)]
    return y[(..., *ends)]


def drawn_arrays(draw, layer, size, groups):
    inputs, outputs = draw.int(1, 3), draw.int(1, 3)
    x = draw.array(draw.int(1, 2), groups * inputs, *size)
    weight = draw.array(groups * inputs, outputs, *layer.kernel_size)
    return x, weight, draw.array(groups * outputs)


SUBSTITUTES = {"any stride": (conv_and_shuffle, {}), "stride 1": (plain_conv, {"stride": 1})}


@pytest.mark.parametrize(("substitute", "fixed"), SUBSTITUTES.values(), ids=SUBSTITUTES)
def test_substitutes_are_pytorchs_transposed_convolution_and_lead_back(substitute, fixed):
    draw = Draw(3)
    for _ in range(CASES):
        axes, groups = draw.int(1, 2), draw.int(1, 3)
        layer, size = draw.layer(axes, **fixed)
        x, weight, bias = drawn_arrays(draw, layer, size, groups)
        theirs = torch_transposed(x, weight, bias, layer, groups)
        new = substitute(layer, weight, groups=groups)
        assert np.array_equal(new.apply(x, bias), theirs), layer
        assert np.array_equal(torch_substitute(new, x, bias), theirs), layer
        # And back: some layer with the same values.
        if substitute is plain_conv:
            given = {"padding": new.padding, "dilation": new.dilation, "groups": groups}
            scatter, again = from_plain_conv(new.weight, **given)
            assert np.array_equal(again, weight)
            if not np.any(new.crop):
                assert scatter == from_pytorch(layer)
        else:
            given = {"padding": new.padding, "crop": new.crop, "groups": groups}
            scatter, again = from_conv_and_shuffle(new.weight, new.upscale_factor, **given)
            assert np.array_equal(scatter.apply(x, again, bias, groups=groups), theirs), layer


def test_convolution_and_shuffle_are_a_transposed_convolution():
    draw = Draw(4)
    done = 0
    while done < CASES:
        axes, groups, up = draw.int(1, 2), draw.int(1, 3), draw.int(1, 3)
        taps = tuple(draw.int(1, 4) for _ in range(axes))
        padding = draw.each(axes, 0, 4)
        size = tuple(draw.int(4, 6) for _ in range(axes))
        inputs, outputs = draw.int(1, 2), draw.int(1, 2)
        weight = draw.array(groups * outputs * up**axes, inputs, *taps)
        new = Substitute(weight, padding, groups=groups, upscale_factor=up)
        x, bias = draw.array(2, groups * inputs, *size), draw.array(groups * outputs)
        theirs = torch_substitute(new, x, bias)
        scatter, stamps = from_conv_and_shuffle(weight, up, padding=padding, groups=groups)
        assert np.array_equal(scatter.apply(x, stamps, bias, groups=groups), theirs)
        if all(p < k for p, k in zip(np.broadcast_to(padding, axes), taps)):
            layer = to_pytorch(scatter)
            assert np.array_equal(torch_transposed(x, stamps, bias, layer, groups), theirs)
        done += 1


def test_upsampling_and_convolution_are_a_transposed_convolution_and_back():
    draw = Draw(5)
    done = 0
    while done < CASES:
        axes, groups = draw.int(1, 2), draw.int(1, 3)
        taps = tuple(draw.int(1, 4) for _ in range(axes))
        scale, padding = draw.each(axes, 1, 4), draw.each(axes, 0, 4)
        dilation = draw.each(axes, 1, 2) if draw.int(0, 2) == 0 else 1
        size = tuple(draw.int(2, 5) for _ in range(axes))
        given = [np.broadcast_to(each, axes) for each in (scale, padding, dilation)]
        if any(s * n + 2 * p <= d * (k - 1) for n, k, s, p, d in zip(size, taps, *given)):
            continue
        inputs, outputs = draw.int(1, 2), draw.int(1, 2)
        weight = draw.array(groups * outputs, inputs, *taps)
        x, bias = draw.array(2, groups * inputs, *size), draw.array(groups * outputs)
        new = Substitute(weight, padding, dilation, groups, scale)
        theirs = torch_substitute(new, x, bias)
        assert np.array_equal(new.apply(x, bias), theirs)
        scatter, stamps = from_upsample_and_conv(
            weight, scale, padding=padding, dilation=dilation, groups=groups
        )
        assert np.array_equal(scatter.apply(x, stamps, bias, groups=groups), theirs)
        if all(p <= d * (k - 1) for k, p, d in zip(taps, *given[1:])):
            layer = to_pytorch(scatter)
            assert np.array_equal(torch_transposed(x, stamps, bias, layer, groups), theirs)
        back = upsample_and_conv(scatter, stamps, groups=groups)
        assert np.array_equal(back.apply(x, bias), theirs)
        if np.all(given[2] == 1):
            assert np.array_equal(back.weight, weight)
        done += 1


def test_scatters_that_no_layer_has_have_substitutes_too():
    x = [[1, 2, 3, 4]]
    for k, s, d, flipped in product(range(1, 5), range(1, 4), range(1, 3), (False, True)):
        weight = 10 ** np.arange(k).reshape(1, 1, k)
        for crop in product(range(-3, 4), repeat=2):
            scatter = Scatter(k, s, d, crop, flipped)
            if sum(crop) < 3 * s + d * (k - 1) + 1:
                new = conv_and_shuffle(scatter, weight)
                expected = scatter.apply(x, weight, [7]).tolist()
                assert new.apply(x, [7]).tolist() == expected, scatter


@pytest.mark.parametrize("batch", [(), (2,)], ids=["unbatched", "batched"])
def test_shuffle_and_upsampling_are_pytorchs(batch):
    x = torch.arange(float(np.prod((*batch, 18, 2, 3)))).reshape(*batch, 18, 2, 3)
    assert np.array_equal(pixel_shuffle(x.numpy(), (3, 3)), F.pixel_shuffle(x, 3).numpy())
    up = upsample_nearest(x.numpy(), (2, 3))
    many = x if batch else x[None]
    theirs = F.interpolate(many, scale_factor=(2.0, 3.0), mode="nearest").numpy()
    assert np.array_equal(up if batch else up[None], theirs)
