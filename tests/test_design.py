"""Which layers to take: by hand, against PyTorch's layers, and against a search that tries all."""

import random
import time
from collections import defaultdict
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from browsing import in_a_browser

from deconv_helpers import Layer, design, explorer
from deconv_helpers.design import (
    FoundLayers,
    Placement,
    centre,
    find_layers,
    inputs_seen,
    mirror,
    overlap,
    receptive_field,
    stream,
)

# --- An encoder backwards --------------------------------------------------------------------

POOL = Layer(2, stride=2)
# name: size in, encoder, output_padding of each layer of the decoder
MIRRORS = {
    "no layer": (5, [], []),
    "even sizes need nothing": (16, [POOL, POOL], [0, 0]),
    "U-Net's odd sizes": (143, [POOL, POOL], [1, 1]),
    "the first step alone is odd": (35, [POOL, POOL], [1, 1]),
    "the last of three strides": (40, [Layer(3, 2, 1), Layer(3, 2, 1)], [1, 1]),
    "a vocoder's hop": (256, [Layer(16, 8, 4), Layer(4, 2, 1)], [0, 0]),
    "dilated": (21, [Layer(3, stride=3, padding=2, dilation=2)], [2]),
    "two axes": ((35, 36), [POOL, Layer((3, 2), stride=(2, 1))], [(0, 0), (1, 0)]),
}


@pytest.mark.parametrize(("size", "encoder", "needed"), MIRRORS.values(), ids=MIRRORS)
def test_mirrors_by_hand(size, encoder, needed):
    assert [layer.output_padding for layer in mirror(size, encoder)] == needed


def convolution(layer):
    return torch.nn.Conv1d(1, 1, **layer.conv_keywords)


def max_pooling(layer):
    return torch.nn.MaxPool1d(**layer.conv_keywords)


def average_pooling(layer):
    return torch.nn.AvgPool1d(layer.kernel_size, layer.stride, layer.padding)


ENCODERS = {
    "poolings": [(max_pooling, POOL), (max_pooling, Layer(3, 2, 1)), (max_pooling, Layer(3, 3))],
    "strides": [(convolution, Layer(k, s, p)) for k, s, p in [(3, 2, 1), (4, 2, 1), (5, 3, 1)]],
    "both": [
        (convolution, Layer(7, stride=2, padding=3)),
        (max_pooling, Layer(3, stride=2, padding=1)),
        (convolution, Layer(3, stride=2, padding=2, dilation=2)),
        (average_pooling, POOL),
    ],
    "dilated, strides apart": [
        (convolution, Layer(3, stride=4, padding=1, dilation=2)),
        (max_pooling, Layer(2, stride=3, padding=1, dilation=3)),
    ],
}


@pytest.mark.parametrize("encoder", ENCODERS.values(), ids=ENCODERS)
def test_the_mirror_returns_through_every_size_of_pytorchs_layers(encoder):
    for size in range(17, 81):
        x = torch.zeros(1, 1, size)
        sizes = [size]
        for make, layer in encoder:
            x = make(layer)(x)
            sizes.append(x.shape[-1])
        for layer, expected in zip(mirror(size, [each for _, each in encoder]), sizes[-2::-1]):
            x = torch.nn.ConvTranspose1d(1, 1, **layer.keywords)(x)
            assert x.shape[-1] == expected


def test_the_mirror_of_two_axes_returns_pytorchs_sizes():
    encoder = [Layer((3, 5), (2, 3), (1, 0)), Layer(2, stride=(2, 1))]
    for size in product(range(11, 17), range(11, 17)):
        x = torch.zeros(1, 1, *size)
        x = torch.nn.Conv2d(1, 1, **encoder[0].conv_keywords)(x)
        x = torch.nn.MaxPool2d(**encoder[1].conv_keywords)(x)
        for layer in mirror(size, encoder):
            x = torch.nn.ConvTranspose2d(1, 1, **layer.keywords)(x)
        assert tuple(x.shape[2:]) == size


# --- From two sizes to layers ----------------------------------------------------------------

SMALL = {
    "kernel_size": range(1, 6),
    "stride": range(1, 5),
    "padding": range(7),
    "dilation": range(1, 4),
}


@pytest.fixture(scope="module")
def found_by_trying():
    """Every size that PyTorch makes, with every layer of small numbers that it accepts."""
    layers = defaultdict(list)
    for k, s, p, d, q in product(*SMALL.values(), range(5)):
        weight = torch.zeros(1, 1, k, dtype=torch.float64)
        for have in range(1, 13):
            x = torch.zeros(1, 1, have, dtype=torch.float64)
            try:
                out = F.conv_transpose1d(
                    x, weight, stride=s, padding=p, output_padding=q, dilation=d
                )
            except RuntimeError:
                continue
            layers[have, out.shape[-1]].append(Layer(k, s, p, q, d))
    return dict(layers)


def test_finds_what_trying_every_layer_of_pytorch_finds(found_by_trying):
    pairs = random.Random(0).choices([*product(range(1, 13), range(1, 70))], k=500)
    unreached = 0
    for have, want in pairs:
        tried = found_by_trying.get((have, want), [])
        found = find_layers(have, want, **SMALL)
        assert len(found) == len(tried)
        assert set(found) == set(tried)
        reached = [size for start, size in found_by_trying if start == have]
        nearest = {
            max((size for size in reached if size <= want), default=None),
            min((size for size in reached if size >= want), default=None),
        }
        assert set(found.nearest) == nearest - {None}
        unreached += not tried
    assert 20 < unreached < 480  # both answers were asked for


def test_finds_for_every_size_what_trying_several_sizes_finds(found_by_trying):
    for factor in range(1, 5):
        tried = set.intersection(
            *(set(found_by_trying[have, factor * have]) for have in range(1, 13))
        )
        found = find_layers(factor=factor, **SMALL)
        assert len(found) == len(tried) > 0
        assert set(found) == tried


# what is asked, the layers that come first
SIMPLEST = {
    "nothing to do": (dict(input_size=5, output_size=5), ["k=1 s=1 p=0 p'=0 d=1"]),
    "doubling": (
        dict(factor=2),
        ["k=2 s=2 p=0 p'=0 d=1", "k=4 s=2 p=1 p'=0 d=1", "k=6 s=2 p=2 p'=0 d=1"],
    ),
    "doubling with an odd kernel": (
        dict(factor=2, kernel_size=range(3, 8, 2)),
        [f"k={k} s=2 p={(k - 1) // 2} p'=1 d=1" for k in (3, 5, 7)],
    ),
    "a hop of 8": (dict(factor=8, kernel_size=16), ["k=16 s=8 p=4 p'=0 d=1"]),
    "dilated": (dict(factor=2, dilation=3), ["k=2 s=2 p=1 p'=0 d=3", "k=4 s=2 p=4 p'=0 d=3"]),
    "one more than double": (
        dict(input_size=7, output_size=15, stride=2),
        ["k=2 s=2 p=0 p'=1 d=1", "k=4 s=2 p=1 p'=1 d=1"],
    ),
}


@pytest.mark.parametrize(("asked", "first"), SIMPLEST.values(), ids=SIMPLEST)
def test_the_simplest_come_first(asked, first):
    assert [str(layer) for layer in find_layers(**asked)[: len(first)]] == first


# size in, size out, the simpler layer, the other: they differ in the next thing that counts
ORDER = {
    "dilation before all": (6, 12, Layer(2, 5, 8, 1), Layer(2, 2, 1, 0, 3)),
    "no phase left out": (6, 12, Layer(3, 2, 1, 1), Layer(2, 3, 3, 1)),
    "no phase left out by the dilation": (6, 12, Layer(4, 3, 5, 0, 2), Layer(4, 2, 3, 1, 2)),
    "even": (6, 12, Layer(6, 2, 2), Layer(3, 2, 1, 1)),
    "even before exact": (6, 18, Layer(8, 2), Layer(5, 3, 1)),
    "exact and centred": (6, 12, Layer(4, 2, 1), Layer(3, 3, 3)),
    "nothing added": (6, 12, Layer(4, 4, 6), Layer(3, 3, 4, 2)),
    "a small kernel": (6, 12, Layer(2, 2), Layer(4, 2, 1)),
}


@pytest.mark.parametrize(("have", "want", "simpler", "other"), ORDER.values(), ids=ORDER)
def test_the_order_by_hand(have, want, simpler, other):
    found = find_layers(have, want, padding=range(20), dilation=range(1, 4))
    assert found.index(simpler) < found.index(other)


@in_a_browser
def test_the_order_is_the_live_figures(browser):
    script = (Path(explorer.__file__).parent / "arithmetic.js").read_text(encoding="utf-8")
    pairs = [[have, want] for have in (1, 2, 4, 7, 16, 32) for want in range(1, 90, 3)]
    page = browser.new_page()
    told = page.evaluate(
        f"([GIVEN, pairs]) => {{ {script}; return pairs.map((pair) => layersFor(...pair)); }}",
        [explorer.given(), pairs],
    )
    page.close()
    names = ("k", "s", "p", "op", "d")
    for pair, layers in zip(pairs, told):
        expected = [Layer(*(layer[name] for name in names)) for layer in layers]
        # The figure has no more padding than fits into it: the same with this kernel.
        assert list(find_layers(*pair)) == expected
    assert sum(map(len, told)) > 1000


def test_a_search_takes_less_than_50_milliseconds():
    def milliseconds(**bounds):
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            find_layers(**bounds, dilation=range(1, 4))
            times.append(1000 * (time.perf_counter() - begin))
        return min(times)

    assert milliseconds(input_size=40, output_size=80, padding=range(100)) < 50
    assert milliseconds(input_size=40, output_size=5000, padding=range(100)) < 50
    assert milliseconds(factor=20) < 50


def test_nothing_found_is_an_empty_answer_with_what_comes_near():
    found = find_layers(4, 100)
    assert found == ()
    assert found.nearest == (42,)  # k=11, s=8, p'=7
    assert find_layers(1, 3, kernel_size=2, stride=1).nearest == (2,)
    assert find_layers(8, 31, kernel_size=4, stride=4, output_padding=0).nearest == (30, 32)
    assert find_layers(2, 1, kernel_size=4, stride=2, output_padding=0).nearest == (2,)  # not 0
    assert find_layers(factor=9).nearest == (8,)
    assert find_layers(factor=2, stride=(1, 3), kernel_size=3).nearest == (1, 3)
    assert find_layers(3, 3, stride=[]) == FoundLayers()
    assert find_layers(3, 3, stride=[]).nearest == ()


def test_one_number_or_several_of_any_kind():
    one = find_layers(7, 14, kernel_size=4, stride=2)
    assert one == (Layer(4, 2, 1),)
    for kernel, stride in [([4], (2,)), (np.array(4), np.int64(2)), ({4}, np.array([2, 2]))]:
        assert find_layers(7, 14, kernel_size=kernel, stride=iter([2])) == one
        assert find_layers(np.int64(7), 14, kernel_size=kernel, stride=stride) == one


def test_more_padding_than_the_kernel_spans_is_found_where_it_is_asked_for():
    assert Layer(2, 2, 3) not in find_layers(8, 10)
    assert Layer(2, 2, 3) in find_layers(8, 10, padding=range(5))


# --- Where things land -----------------------------------------------------------------------

FCN = [
    *[("conv", Layer(3, padding=100)), ("conv", Layer(3, padding=1)), ("conv", POOL)],
    *2 * [("conv", Layer(3, padding=1))],
    ("conv", POOL),
    *3 * [*3 * [("conv", Layer(3, padding=1))], ("conv", POOL)],
    *[("conv", Layer(7)), ("conv", Layer(1)), ("conv", Layer(1))],
]
FCN_STAMP = ("conv_transpose", Layer(64, stride=32))


def test_the_crop_of_fcn():
    assert centre(FCN).inverse() == (32, Fraction(25, 2))
    assert centre([FCN_STAMP]) == (32, Fraction(63, 2))
    assert centre([*FCN, FCN_STAMP]) == (1, 19)


def test_a_centred_layer_keeps_the_picture_in_place():
    # The middle of the first cell of two lies half a cell before their border.
    for layer in find_layers(factor=2, output_padding=0):
        assert centre([("conv_transpose", layer)]) == (2, Fraction(1, 2))
    # Half a padding too much, made good by an output_padding: half a cell off.
    assert centre([("conv_transpose", Layer(3, 2, 1, 1))]) == (2, 0)
    assert centre([]) == (1, 0)


def test_a_mirror_leads_back_to_where_it_came_from():
    encoder = [Layer(3, 2, 1), Layer(4, 2), Layer(3, dilation=2)]
    there = [("conv", layer) for layer in encoder]
    back = [("conv_transpose", layer) for layer in mirror(41, encoder)]
    assert centre([*there, *back]) == (1, 0)


def test_a_placement_and_its_inverse():
    placement = Placement(Fraction(3, 2), Fraction(-1, 4))
    for n in (0, 5, -3, Fraction(1, 3), np.int64(2)):
        assert placement.inverse().at(placement.at(n)) == n


@pytest.mark.parametrize(
    ("scale", "offset", "written"),
    [
        (2, Fraction(1, 2), "2n + 1/2"),
        (1, -19, "n - 19"),
        (Fraction(1, 32), 0, "n/32"),
        (Fraction(3, 2), Fraction(-1, 4), "3n/2 - 1/4"),
        (1, 0, "n"),
    ],
)
def test_a_placement_as_it_is_written(scale, offset, written):
    assert str(Placement(Fraction(scale), Fraction(offset))) == written


CHAINS = {
    "one layer": [("conv_transpose", Layer(4, 2, 1))],
    "fewer taps than steps": [("conv_transpose", Layer(2, 3))],
    "uneven, twice": 2 * [("conv_transpose", Layer(3, 2, 1, 1))],
    "dilated": [("conv_transpose", Layer(3, 2, 2, 0, 3)), ("conv_transpose", Layer(3, 2))],
    "convolutions": [("conv", Layer(3, 2, 1)), ("conv", Layer(5, 3, dilation=2))],
    "down and up": [("conv", Layer(3, 2, 1)), ("conv_transpose", Layer(4, 2, 1))],
    "up three, down two": [("conv_transpose", Layer(5, 3, 1)), ("conv", Layer(4, 2, 1))],
    "up two, down four, up three": [
        ("conv_transpose", Layer(3, 2, 1)),
        ("conv", Layer(3, 4)),
        ("conv_transpose", Layer(4, 3, dilation=2)),
    ],
}


def run(steps, x):
    """Run a chain with ones for weights."""
    for direction, layer in steps:
        call = {"conv": F.conv1d, "conv_transpose": F.conv_transpose1d}[direction]
        keywords = layer.conv_keywords if direction == "conv" else layer.keywords
        weight = torch.ones(1, 1, keywords.pop("kernel_size"), dtype=x.dtype)
        x = call(x, weight, **keywords)
    return x


@pytest.mark.parametrize("name", ["one layer", "fewer taps than steps", "uneven, twice", "dilated"])
def test_an_impulses_stamp_has_its_centre_there(name):
    placement = centre(CHAINS[name])
    for n in range(8, 12):
        x = torch.zeros(1, 1, 20, dtype=torch.float64)
        x[..., n] = 1
        stamp = run(CHAINS[name], x)[0, 0].long().tolist()
        mass = sum(place * value for place, value in enumerate(stamp))
        assert Fraction(mass, sum(stamp)) == placement.at(n)


def gradients(steps, size=72):
    """Return for each output of the middle how it depends on each input."""
    x = torch.zeros(1, 1, size, dtype=torch.float64)
    matrix = torch.autograd.functional.jacobian(lambda x: run(steps, x), x)
    return matrix.reshape(-1, size).long().tolist()


@pytest.mark.parametrize("steps", CHAINS.values(), ids=CHAINS)
def test_over_whole_periods_the_mean_way_ends_where_it_is_said(steps):
    placement, ways = centre(steps), gradients(steps)
    inputs = range(24, 48)  # whole periods of each chain, away from the borders
    off = [(f - placement.at(n)) * row[n] for f, row in enumerate(ways) for n in inputs]
    assert any(off)
    assert sum(off) == 0


def test_one_chain_after_another():
    for first, second in product(CHAINS.values(), CHAINS.values()):
        for n in range(3):
            assert centre([*first, *second]).at(n) == centre(second).at(centre(first).at(n))


@pytest.mark.parametrize("steps", CHAINS.values(), ids=CHAINS)
def test_what_one_output_sees_is_pytorchs_gradient(steps):
    told = list(zip(receptive_field(steps), inputs_seen(steps), overlap(steps)))
    seen = gradients(steps)
    middle = range(len(seen) // 3, 2 * len(seen) // 3)
    assert len(middle) >= len(told)
    for f in middle:
        places = [place for place, ways in enumerate(seen[f]) if ways]
        span = places[-1] - places[0] + 1 if places else 0
        assert told[f % len(told)] == (span, len(places), sum(seen[f]))


def test_what_one_output_sees_by_hand():
    assert receptive_field(2 * [("conv", Layer(3))]) == (5,)
    assert receptive_field([]) == inputs_seen([]) == overlap([]) == (1,)
    assert inputs_seen([("conv_transpose", Layer(4, 2, 1))]) == (2, 2)
    # In two dimensions a quarter of the outputs sees one input, half see two, a quarter four.
    one = inputs_seen([("conv_transpose", Layer(3, 2))])
    assert sorted(a * b for a, b in product(one, one)) == [1, 2, 2, 4]
    assert receptive_field([("conv_transpose", Layer(2, 3))]) == (1, 1, 0)
    # Twice the size and half of it: all outputs are alike again.
    assert overlap([("conv_transpose", Layer(3, 2)), ("conv", Layer(2, 2))]) == (3,)
    # FCN-32s: the field of a score, as it is given everywhere.
    assert receptive_field(FCN) == (404,)


# --- Chunk by chunk --------------------------------------------------------------------------

CAUSAL = [Layer(k, s, dilation=d) for k, s, d in product((1, 2, 3, 4, 7), (1, 2, 3, 5), (1, 2, 3))]
CHUNKS = [3, 1, 1, 4, 2, 1, 5, 6, 2]


@pytest.fixture
def causal():
    """Return what makes of a layer PyTorch's full result before the bias, its frames and bias."""
    torch.manual_seed(0)

    def of(layer):
        weight = torch.randint(-9, 10, (2, 3, layer.kernel_size)).double()
        x = torch.randint(-9, 10, (1, 2, sum(CHUNKS))).double()
        bias = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64).reshape(1, 3, 1)

        def full(frames):
            out = F.conv_transpose1d(frames, weight, stride=layer.stride, dilation=layer.dilation)
            missing = frames.shape[-1] * layer.stride - out.shape[-1]
            return F.pad(out, (0, max(missing, 0)))

        return full, x, bias

    return of


@pytest.mark.parametrize("layer", CAUSAL, ids=str)
def test_chunks_with_past_frames_equal_the_whole(layer, causal):
    full, x, bias = causal(layer)
    s, keep = layer.stride, stream(layer).frames
    whole = full(x)[..., : x.shape[-1] * s] + bias

    def streamed(keep):
        past, outputs = torch.zeros(1, 2, keep, dtype=x.dtype), []
        for chunk in x.split(CHUNKS, -1):
            frames = torch.cat([past, chunk], -1)
            outputs.append(full(frames)[..., keep * s : frames.shape[-1] * s] + bias)
            past = frames[..., frames.shape[-1] - keep :]
        return torch.cat(outputs, -1)

    assert torch.equal(streamed(keep), whole)
    # None is kept in vain.
    assert keep == 0 or not torch.equal(streamed(keep - 1), whole)


@pytest.mark.parametrize("layer", CAUSAL, ids=str)
def test_chunks_with_carried_sums_equal_the_whole(layer, causal):
    full, x, bias = causal(layer)
    s, sums = layer.stride, stream(layer).sums
    carried, outputs = torch.zeros(1, 3, sums, dtype=x.dtype), []
    for chunk in x.split(CHUNKS, -1):
        out = full(chunk)
        out[..., :sums] += carried
        outputs.append(out[..., : chunk.shape[-1] * s] + bias)
        carried = out[..., chunk.shape[-1] * s :]
        assert carried.shape[-1] == sums
    assert torch.equal(torch.cat(outputs, -1), full(x)[..., : x.shape[-1] * s] + bias)


# --- Refusals --------------------------------------------------------------------------------

PLAIN = ("conv", Layer(3))
REFUSED = {
    "size": (lambda: mirror(0, []), ValueError, "input_size must be at least 1, got input_size=0"),
    "size as text": (lambda: mirror("4", []), TypeError, "input_size must be an int or a tuple"),
    "no layer": (lambda: mirror(8, [3]), TypeError, r"encoder\[0\] must be a Layer, got 3"),
    "too small": (
        lambda: mirror(4, [POOL, Layer(3)]),
        ValueError,
        r"= 2 cells, got kernel_size=3.* \(at encoder\[1\], input_size=2\)",
    ),
    "one size": (lambda: find_layers(4), TypeError, "must both be given, or factor alone"),
    "nothing": (lambda: find_layers(), TypeError, "must both be given, or factor alone"),
    "all": (
        lambda: find_layers(4, 8, factor=2),
        TypeError,
        "got input_size=4, output_size=8, factor=2",
    ),
    "factor": (
        lambda: find_layers(factor=0),
        ValueError,
        "factor must be at least 1, got factor=0",
    ),
    "factor 1.5": (
        lambda: find_layers(factor=1.5),
        TypeError,
        "factor must be an int, got factor=1.5",
    ),
    "output": (
        lambda: find_layers(4, 0),
        ValueError,
        "output_size must be at least 1, got output_size=0",
    ),
    "two axes": (lambda: find_layers((4, 4), 8), TypeError, "input_size must be an int, got"),
    "kernel": (
        lambda: find_layers(4, 8, kernel_size=range(3)),
        ValueError,
        "kernel_size must be at least 1, got kernel_size=0",
    ),
    "padding": (
        lambda: find_layers(4, 8, padding=[-1, 0]),
        ValueError,
        "padding must be at least 0, got padding=-1",
    ),
    "strides": (
        lambda: find_layers(4, 8, stride=[1.5]),
        TypeError,
        "stride must be an int, got stride=1.5",
    ),
    "step": (
        lambda: centre([Layer(3)]),
        TypeError,
        r"steps\[0\] must be a direction and a Layer, got",
    ),
    "direction": (
        lambda: centre([PLAIN, ("pool", POOL)]),
        ValueError,
        r"steps\[1\] must begin with 'conv' or 'conv_transpose', got 'pool'",
    ),
    "step's layer": (
        lambda: overlap([("conv", 3)]),
        TypeError,
        r"steps\[0\] must be a Layer, got 3",
    ),
    "step's axes": (
        lambda: receptive_field([PLAIN, ("conv", Layer((3, 3)))]),
        ValueError,
        r"got kernel_size=\(3, 3\) \(in steps\[1\]; Layer.axes gives one layer for each axis\)",
    ),
    "stream, padding": (
        lambda: stream(Layer(4, 2, 1)),
        ValueError,
        "padding must be 0 in a causal layer, .* got padding=1",
    ),
    "stream, output padding": (
        lambda: stream(Layer(4, 2, 0, 1)),
        ValueError,
        "output_padding must be 0 .* got output_padding=1",
    ),
    "stream, no layer": (lambda: stream(4), TypeError, "layer must be a Layer, got 4"),
    "place": (lambda: centre([PLAIN]).at(0.5), TypeError, "n must be an int, got n=0.5"),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refuses(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_needs_no_numpy():
    assert "numpy" not in Path(design.__file__).read_text(encoding="utf-8")
