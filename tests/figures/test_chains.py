"""An encoder, and the decoder that mirrors it."""

import re

import pytest
from drawings import cells

from deconv_helpers import Layer, figures


def test_a_decoder_mirrors_layers_that_differ():
    layers = [dict(kernel_size=7, stride=4, padding=3), dict(kernel_size=2, stride=2)]
    assert repr(figures.encoder_decoder(100, layers)) == (
        "encoder and decoder: 100 -> 25 -> 12 -> 25 -> 100, back with p'=1 3"
    )


def test_the_decoder_returns_through_the_sizes_of_the_encoder():
    # (29 + 2 - 3) / 2 + 1 = 15, and so on; 8 is even, so its layer needs p' = 1.
    layers = [dict(kernel_size=3, stride=2, padding=1)] * 3
    picture = figures.encoder_decoder(29, layers)
    assert repr(picture) == (
        "encoder and decoder: 29 -> 15 -> 8 -> 4 -> 8 -> 15 -> 29, back with p'=1 0 0"
    )
    assert cells(picture) == {"input": 4, "output": 3}


def test_the_bars_of_an_encoder_are_drawn_to_scale():
    svg = figures.encoder_decoder(64, [dict(kernel_size=2, stride=2)] * 2).svg
    heights = []
    for path in re.findall(r'id="(?:input|output)-\d+">\s*<path d="([^"]*)"', svg):
        ys = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", path)]
        heights.append(max(ys) - min(ys))
    whole = heights[0]
    gap = 0.08 * 0.4 * 72  # between neighbouring cells, in points
    shares = [(h + gap) / (whole + gap) for h in heights]
    assert shares == pytest.approx([1, 1 / 2, 1 / 4, 1 / 2, 1], abs=0.005)


def test_layers_do_as_well_as_dicts():
    layers = [Layer(7, stride=4, padding=3), dict(kernel_size=2, stride=2)]
    dicts = [dict(kernel_size=7, stride=4, padding=3), dict(kernel_size=2, stride=2)]
    assert figures.encoder_decoder(100, layers).svg == figures.encoder_decoder(100, dicts).svg


def test_a_size_that_nobody_could_read_is_refused():
    with pytest.raises(ValueError, match="input_size must be from 1 to 1000000, got input_size="):
        figures.encoder_decoder(10**400, [{"kernel_size": 3}])
