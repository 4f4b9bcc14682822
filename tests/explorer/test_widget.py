"""The explorer as a widget: what Python sees of it, with no browser."""

import subprocess
import sys

import numpy as np
import pytest
import torch
import traitlets
from torch import nn

from deconv_helpers import explorer as package
from deconv_helpers.explorer import Explorer
from deconv_helpers.explorer.bounds import RANGES


def from_browser(widget, **changes):
    """Deliver a message of the front end, as the notebook would."""
    widget.set_state(changes)


def test_what_is_left_out_has_pytorchs_default():
    explorer = Explorer()
    assert (explorer.input_size, explorer.output_size) == (4, 6)
    layer = nn.ConvTranspose1d(1, 1, 3)
    for name, value in explorer.layer.items():
        assert (value,) == getattr(layer, name), name


def test_the_layer_is_pytorchs():
    explorer = Explorer(5, 4, stride=3, padding=1, output_padding=2, dilation=2)
    made = nn.ConvTranspose1d(1, 1, **explorer.layer)(torch.zeros(1, 1, 5))
    assert made.shape[-1] == explorer.output_size == 19


@pytest.mark.parametrize(
    ("values", "size"),
    [
        (dict(kernel_size=3, stride=2), 9),
        (dict(kernel_size=3, stride=2, output_padding=1), 10),
        (dict(kernel_size=3, stride=2, output_padding=2), None),
        (dict(kernel_size=3, stride=2, output_padding=2, dilation=3), 15),
        (dict(input_size=1, kernel_size=1, padding=1), None),
        (dict(input_size=32, kernel_size=11, stride=8, output_padding=7, dilation=5), 306),
        (dict(kernel_size=3, stride=2, axes=2), 9),
        (dict(input_size=(3, 4), kernel_size=3, stride=(2, 1), axes=2), (7, 6)),
    ],
)
def test_output_size_at_once_after_python_and_after_the_browser(values, size):
    assert Explorer(**values).output_size == size
    later = Explorer()
    for name, value in values.items():
        setattr(later, name, value)
    assert later.output_size == size
    moved = Explorer()
    from_browser(moved, **values)
    assert moved.output_size == size


def test_a_message_is_taken_whole_or_not_at_all():
    explorer = Explorer(kernel_size=3, stride=2)
    before = explorer.get_state()
    for bad in ({"padding": 99}, {"dilation": "2"}, {"view": "sideways"}, {"kernel": [[1], 2]}):
        with pytest.raises((TypeError, ValueError, traitlets.TraitError)):
            from_browser(explorer, stride=4, input_size=7, **bad)
        assert explorer.get_state() == before, bad
    from_browser(explorer, stride=4, input_size=7)
    assert explorer.output_size == 27


def test_output_size_cannot_be_set():
    explorer = Explorer()
    with pytest.raises(traitlets.TraitError, match="read-only"):
        explorer.output_size = 3
    with pytest.raises(TypeError, match="output_size"):
        Explorer(output_size=3)


@pytest.mark.parametrize("name", RANGES)
def test_each_bound(name):
    low, high = RANGES[name]
    for value in (low, high):
        assert getattr(Explorer(**{name: value}), name) == value
    for value in (low - 1, high + 1):
        message = f"{name} must be from {low} to {high}, got {name}={value}"
        with pytest.raises(ValueError, match=f"^{message}$"):
            Explorer(**{name: value})
        explorer = Explorer()
        before = getattr(explorer, name), explorer.output_size
        with pytest.raises(ValueError, match=f"^{message}$"):
            setattr(explorer, name, value)
        assert (getattr(explorer, name), explorer.output_size) == before


@pytest.mark.parametrize("value", [2.0, "2", None, True, (2, 2.0)])
def test_only_an_int_is_an_int(value):
    for name in RANGES:
        with pytest.raises(TypeError, match=f"{name} must be an int, got {name}="):
            Explorer(**{name: value})


def test_one_int_for_each_axis_is_two():
    with pytest.raises(ValueError, match=r"stride must be an int, or two for two axes, got"):
        Explorer(stride=(2,))


@pytest.mark.parametrize("value", [5, "123", [], [[]], [1, [2]], [[1, 2], [3]], [True], [None]])
def test_numbers_are_nested_by_axis(value):
    with pytest.raises(ValueError, match="kernel must be a row of numbers"):
        Explorer(kernel=value)


def test_numbers_come_as_arrays_too():
    assert Explorer(kernel=np.arange(3)).kernel == [0, 1, 2]
    assert Explorer(input=((1, 2), (3, 4)), axes=2).input == [[1, 2], [3, 4]]


def test_an_int_of_numpy_becomes_one_of_python():
    assert type(Explorer(stride=np.int64(2)).stride) is int


def test_a_name_that_is_none():
    with pytest.raises(TypeError, match="kernel"):
        Explorer(kernels=3)
    with pytest.raises(AttributeError, match="Explorers"):
        _ = package.Explorers


def test_observers_hear_the_size():
    explorer, heard = Explorer(kernel_size=3, stride=2), []
    explorer.observe(lambda change: heard.append((change.old, change.new)), "output_size")
    explorer.padding = 1
    explorer.padding = 10
    assert heard == [(9, 7), (7, None)]


def test_the_module_reaches_the_browser():
    state = Explorer(stride=2).get_state()
    assert state["_esm"] == package.module()
    assert set(RANGES) <= set(state)


def test_the_page_needs_no_anywidget():
    code = """if True:
        import sys
        sys.modules["anywidget"] = None  # as if it were not installed
        from deconv_helpers import explorer
        assert "Transposed" in explorer.page()
        try:
            explorer.Explorer
        except ImportError as error:
            print(error)
    """
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert "deconv-helpers[explorer]" in run.stdout
