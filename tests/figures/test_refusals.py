"""What a picture refuses is named, and so is the function that was called."""

import inspect

import numpy as np
import pytest

from deconv_helpers import figures


@pytest.mark.parametrize("draw", [figures.staircase, figures.unread_rows])
def test_a_drawing_refuses_what_the_layer_refuses(draw):
    arguments = () if draw is figures.staircase else (5,)
    with pytest.raises(ValueError, match="stride must be at least 1"):
        draw(*arguments, 3, stride=0)
    with pytest.raises(TypeError, match="padding must be an int"):
        draw(*arguments, 3, padding="same")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: figures.stamps([[1]], [1]), ValueError, "x must be a row of numbers"),
        (lambda: figures.stamps([1], []), ValueError, "kernel must be a row of numbers"),
        (lambda: figures.crop((3, 3), 3), ValueError, "must be an int or a tuple of 1 ints"),
        (
            lambda: figures.phases(3, 3, output_padding=1),
            ValueError,
            "output_padding must be smaller",
        ),
        (
            lambda: figures.arrays([1, 2], names=["x"]),
            ValueError,
            r"x has shape \(2,\)",
        ),
        (lambda: figures.arrays([[1]], names=[]), ValueError, "names must be 1 symbols"),
        (lambda: figures.staircase((3, 3)), ValueError, "kernel_size must be an int or a tuple"),
        (lambda: figures.unread_rows((9, 9), 3), ValueError, "input_size must be an int"),
        (lambda: figures.stamps([1.5], [1]), TypeError, "x must hold ints, got x="),
        (lambda: figures.stamps(["a"], [1]), TypeError, "x must hold ints"),
        (lambda: figures.zero_insertion(3, 3, position=1.0), TypeError, "position must be an int"),
        (lambda: figures.centres((3, 3), 3), ValueError, "must be an int or a tuple of 1 ints"),
        (lambda: figures.centres(3, 3, position=3), ValueError, "position must be from 0 to 2"),
        (lambda: figures.chunks([1.5], [1], [1]), TypeError, "x must hold ints"),
        (lambda: figures.chunks([1, 2], [1], [1]), ValueError, r"sizes must add up to the 2"),
        (lambda: figures.chunks([1, 2], [1], [2, 0]), ValueError, "sizes must be at least 1"),
        (lambda: figures.chunks([1, 2], [1], 2), TypeError, "sizes must be a row of ints, got"),
        (lambda: figures.arrays([[float("nan")]], names=["x"]), ValueError, "must be finite"),
        (lambda: figures.arrays(names=[]), ValueError, "names must be"),
        (lambda: figures.logo().save("a.png", dpi="200"), TypeError, "dpi must be an int"),
        (lambda: figures.logo().save("/nowhere/a.svg"), FileNotFoundError, "/nowhere/a.svg"),
        (
            lambda: figures.encoder_decoder(8, [{"kernel_size": 3}, {"kernel_size": 0}]),
            ValueError,
            r"in layers\[1\]",
        ),
        (
            lambda: figures.encoder_decoder(4, [{"kernel_size": 3}, {"kernel_size": 3}]),
            ValueError,
            r"in layers\[1\]",
        ),
        (lambda: figures.encoder_decoder(8, []), ValueError, "at least one layer"),
        (lambda: figures.encoder_decoder(8, [{"k": 3}]), TypeError, r"layers\[0\]=\{'k': 3\}"),
        (lambda: figures.encoder_decoder(8, [3]), TypeError, r"layers\[0\]=3"),
        (lambda: figures.encoder_decoder((8, 8), [{"kernel_size": 3}]), ValueError, "input_size"),
        (lambda: figures.encoder_decoder(2, [{"kernel_size": 3}]), ValueError, r"in layers\[0\]"),
        (lambda: figures.size_map(3, input_sizes=range(0)), ValueError, "at least one size"),
        # What `arrays` and `stamps` are handed: ragged, complex, masked, huge, text.
        (lambda: figures.arrays([[1], [1, 2]], names=["x"]), ValueError, "x is ragged"),
        (lambda: figures.arrays([[1j]], names=["x"]), TypeError, "x has complex128"),
        (lambda: figures.arrays([["a"]], names=["x"]), TypeError, "real numbers .* x has <U1"),
        (lambda: figures.arrays([[10**400]], names=["x"]), TypeError, "that a float can hold"),
        (lambda: figures.arrays(np.ma.ones((2, 2)), names=["x"]), TypeError, "masked, but x is"),
        (lambda: figures.arrays(np.ones((900, 9)), names=["x"]), ValueError, "500 to a side"),
        (lambda: figures.stamps([1, [2]], [1]), ValueError, "x is ragged"),
        (lambda: figures.spectrum([1.5], [1]), TypeError, "x must hold ints"),
        (lambda: figures.spectrum([[1]], [1]), ValueError, "x must be a row of numbers"),
        (lambda: figures.spectrum([1], [1], stride=0), ValueError, "stride must be at least 1"),
        (lambda: figures.spectrum([1], [1], stride=9999), ValueError, "500 to a side"),
        (lambda: figures.stamps([1], [1j]), TypeError, "kernel must hold ints"),
        (lambda: figures.stamps([True], [1]), TypeError, "x must hold ints"),
        (lambda: figures.stamps(np.ma.ones(3, int), [1]), TypeError, "x must not be masked"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


DRAWING = [getattr(figures, name) for name in figures.__all__ if name[0].islower()]


@pytest.mark.parametrize("draw", DRAWING, ids=lambda draw: draw.__name__)
def test_an_unknown_keyword_is_answered_by_the_function_called(draw):
    needed = [p for p in inspect.signature(draw).parameters.values() if p.default is p.empty]
    positional = [3 for p in needed if p.kind is p.POSITIONAL_OR_KEYWORD]
    with pytest.raises(TypeError, match=rf"^{draw.__name__}\(\) got an unexpected keyword"):
        draw(*positional, strides=2)


def test_far_numbers_have_shades_too():
    assert repr(figures.arrays([[1e308, -1e308]], names=["x"])) == "arrays: x 1 x 2"
