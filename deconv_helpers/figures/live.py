"""Where a picture comes alive: the state of the live figure that shows the same layer."""

from collections.abc import Sequence
from typing import Any

from deconv_helpers.layer import SYMBOLS, Layer
from deconv_helpers.sizes import Ints, axes_of

# The symbols as an address can hold them, in the order in which it names them.
_NAMES = SYMBOLS | {"output_padding": "op"}


def live_state(
    input_size: Ints,
    layer: Layer,
    *,
    x: Sequence[Any] = (),
    w: Sequence[Any] = (),
    view: str = "",
    counts: bool = False,
) -> str:
    """Return the state of the live figure, as its address holds it.

    Parameters
    ----------
    input_size : int or tuple of int
        Size before the transposed convolution.
    layer : Layer
        The transposed convolution.
    x, w : sequence of int, or of sequences of int
        The input and the kernel, where a picture shows their numbers.
    view : {"", "zeros", "matrix", "phases"}
        The view; none for stamps.
    counts : bool
        Whether it counts products.

    Returns
    -------
    str

    Examples
    --------
    >>> live_state(4, Layer(3, stride=2), w=[1, 10, 100])
    'i=4&k=3&s=2&p=0&op=0&d=1&w=1,10,100'
    >>> live_state((3, 4), Layer((3, 3), stride=(2, 1)), counts=True)
    'i=3,4&k=3&s=2,1&p=0&op=0&d=1&axes=2&counts=1'
    """
    given: dict[str, Any] = {"i": input_size}
    given |= {_NAMES[name]: value for name, value in layer.keywords.items()}
    state = {name: _written(value) for name, value in given.items()}
    axes = axes_of(input_size=input_size, **layer.keywords) or 1
    if axes > 1:
        state["axes"] = str(axes)
    if x:
        state["x"] = _numbers(x)
    if w:
        state["w"] = _numbers(w)
    if view:
        state["view"] = view
    if counts:
        state["counts"] = "1"
    return "&".join(f"{name}={value}" for name, value in state.items())


def _numbers(values: Sequence[Any]) -> str:
    """Write a row with commas, and the rows of a table with semicolons between them."""
    rows = values if isinstance(values[0], list | tuple) else [values]
    return ";".join(",".join(map(str, row)) for row in rows)


def _written(value: Any) -> str:
    """Write one number where all axes have the same."""
    numbers = value if isinstance(value, tuple | list) else (value,)
    return ",".join(map(str, numbers if len(set(numbers)) > 1 else numbers[:1]))
