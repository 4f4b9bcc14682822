"""The tones before and after a layer, drawn."""

import re

import numpy as np
import pytest
import torch
from drawings import cells, note_texts

from deconv_helpers import figures

TONE = [2, 1, -1, -2, -1, 1, 2, 1, -1, -2, -1, 1]  # two swings in 12 samples
# Worked by hand: a stride of s copies tone q to the sums of q and -q with multiples of 12.
COPIES = {
    "one tone, twice": (TONE, [1], 2, "2 -> 2 10, 100 100"),
    "one tone, three times": (TONE, [1], 3, "2 -> 2 10 14, 100 100 100"),
    # A constant is the tone 0: with equal weights all phases are equal, and nothing is copied.
    "a constant, equal weights": ([1, 1, 1, 1], [1, 1], 2, "0 -> 0, 100"),
    "a constant, a tent": ([1, 1, 1, 1], [1, 2, 1], 2, "0 -> 0, 100"),
    "a constant, a sum of 3 against 1": ([1, 1, 1, 1], [3, 1], 2, "0 -> 0 4, 100 50"),
    "stride 1 copies nothing": (TONE, [1, 10, 100], 1, "2 -> 2, 100"),
    "a kernel that is longer than the period": ([1], [1, 1, 3], 2, "0 -> 0 1, 100 60"),
}


@pytest.mark.parametrize(("x", "w", "stride", "told"), COPIES.values(), ids=COPIES)
def test_a_stride_copies_the_tones_and_the_kernel_weighs_them(x, w, stride, told):
    picture = figures.spectrum(x, w, stride=stride)
    assert repr(picture).endswith(f", tones {told} per cent")


@pytest.mark.parametrize("stride", [1, 2, 3, 5])
def test_it_tells_what_pytorch_returns_in_the_middle_of_a_long_input(stride):
    x, w = np.random.default_rng(stride).integers(-9, 10, (2, 8))
    many = torch.tensor(np.tile(x, 5))[None, None].double()
    y = torch.conv_transpose1d(many, torch.tensor(w)[None, None].double(), stride=stride)
    period = 8 * stride
    loudness = torch.fft.rfft(y[0, 0, 2 * period : 3 * period]).abs()
    levels = (100 * loudness / loudness.max()).round().int()
    tones = re.search(
        r"-> ([\d ]+), ([\d ]+) per cent", repr(figures.spectrum(x, w, stride=stride))
    )
    told = dict(zip(*(map(int, numbers.split()) for numbers in tones.groups())))
    assert told == {tone: level for tone, level in enumerate(levels.tolist()) if level}


def test_copies_are_drawn_apart_from_the_inputs_own_tones():
    # The tone, and again between zeros; below, in the output, it and its two copies.
    drawn = cells(figures.spectrum(TONE, [1, 10, 100], stride=3))
    assert drawn == {"input": 2, "kernel": 19, "output": 1, "unread": 4}


def test_every_tone_is_numbered(monkeypatch):
    written = []
    note_texts(monkeypatch, written)
    figures.spectrum(TONE, [1, 1, 1], stride=3)
    numbers = " ".join(text for text, _ in written if text.isdigit())
    assert numbers == "100 2 100 2 100 10 100 14 100 2 23 10 18 14"


@pytest.mark.parametrize(("x", "w", "name"), [([0, 0], [1], "x"), ([1], [0], "kernel")])
def test_silence_has_no_tones(x, w, name):
    with pytest.raises(ValueError, match=f"{name} must hold a tone"):
        figures.spectrum(x, w, stride=2)


def test_a_kernel_that_lets_nothing_through_is_refused():
    with pytest.raises(ValueError, match="y must hold a tone"):
        figures.spectrum([1, 1], [1, -1])
