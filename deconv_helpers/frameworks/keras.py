"""Keras 3's `ConvTranspose`: one word for the padding, which asks for a size."""

from itertools import product
from typing import Any

from deconv_helpers.frameworks.scatter import (
    Pair,
    Scatter,
    by_hand,
    pairs,
    scatter_of,
    unwrapped,
)
from deconv_helpers.sizes import Ints, axes_of, effective_kernel_size, per_axis

_SMALLEST = {"kernel_size": 1, "strides": 1, "output_padding": 0, "dilation_rate": 1}


def from_keras(
    kernel_size: Ints,
    *,
    strides: Ints = 1,
    padding: str = "valid",
    output_padding: Ints | None = None,
    dilation_rate: Ints = 1,
) -> Scatter:
    """Return Keras's layer as a Scatter.

    Parameters
    ----------
    kernel_size, strides, dilation_rate : int or tuple of int
        At least 1. `strides` and `dilation_rate` are not both above 1, not
        even on different axes.
    padding : "valid" or "same"
        In small or capital letters.
    output_padding : int or tuple of int, optional
        At least 0 and smaller than `strides`. Left out, it is not 0 but
        chooses another size.

    Returns
    -------
    Scatter

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If Keras refuses the arguments.

    Notes
    -----
    With a kernel that spans ``span`` cells the size asked for is

    - "valid": ``(i - 1) * s + max(span, s)``, or ``(i - 1) * s + span + p'``;
    - "same": ``i * s``, or ``(i - 1) * s + span % 2 + p'``.

    "valid" cuts at the end alone. "same" cuts at the beginning half of what is
    too much, rounded down, but never appends there, and the rest at the end.
    TensorFlow and older backends may give other values: this is Keras 3.15.

    Examples
    --------
    >>> from_keras(3, strides=2, padding="same").crop
    (0, 1)
    """
    given = {"kernel_size": kernel_size, "strides": strides, "dilation_rate": dilation_rate}
    if output_padding is not None:
        given["output_padding"] = output_padding
    axes = axes_of(**given)
    k, s, d, *rest = per_axis(axes or 1, _SMALLEST, **given)
    if not isinstance(padding, str) or padding.lower() not in ("valid", "same"):
        raise ValueError(f"padding must be 'valid' or 'same', got padding={padding!r}")
    if max(s) > 1 and max(d) > 1:
        raise ValueError(
            f"strides and dilation_rate must not both be above 1 in Keras, "
            f"got strides={strides}, dilation_rate={dilation_rate}"
        )
    for number, stride in zip(*rest, s) if rest else ():
        if number >= stride:
            raise ValueError(
                f"output_padding must be smaller than strides={strides} in Keras, "
                f"got output_padding={output_padding}"
            )
    added = rest[0] if rest else (None,) * len(k)
    crop = [crop_for(padding, *numbers) for numbers in zip(k, s, d, added)]
    return scatter_of(axes, k, s, d, crop)


def crop_for(padding: str, k: int, s: int, d: int, output_padding: int | None = None) -> Pair:
    """Return what "valid" and "same" cut off, in Keras, and in JAX where they are words.

    Examples
    --------
    >>> crop_for("same", 3, 2, 1), crop_for("VALID", 2, 3, 1)
    ((0, 1), (0, -1))
    """
    span = effective_kernel_size(k, d)
    same = padding.lower() == "same"
    if output_padding is None:
        # i * s cells, or so many that even the last stamp's stride has room.
        surplus = span - s if same else min(span - s, 0)
    else:
        surplus = (span - span % 2 if same else 0) - output_padding
    begin = max(surplus // 2, 0)
    return begin, surplus - begin


def to_keras(scatter: Scatter) -> dict[str, Any]:
    """Return what Keras's layer is to be called with, beside its filters.

    Parameters
    ----------
    scatter : Scatter
        Whether it is `flipped` is a matter of the weights: `translate_weight`.

    Returns
    -------
    dict
        `kernel_size`, `strides`, `padding`, `output_padding`, `dilation_rate`.

    Raises
    ------
    ValueError
        If there is none: no words of Keras's cut like this.

    Examples
    --------
    >>> to_keras(Scatter(3, stride=2, crop=(0, 1)))["padding"]
    'same'
    """
    axes = axes_of(kernel_size=scatter.kernel_size)
    crop = pairs("crop", scatter.crop, axes or 1)
    given: dict[str, Any] = {
        "kernel_size": scatter.kernel_size,
        "strides": scatter.stride,
        "dilation_rate": scatter.dilation,
    }
    from_keras(**given)  # refuses strides with dilation
    k, s, d = per_axis(axes or 1, _SMALLEST, **given)
    numbers = list(zip(k, s, d))
    for padding, choose in product(("valid", "same"), (_no_output_padding, _output_paddings)):
        chosen = choose(padding, crop, numbers)
        if chosen is not None:
            given["output_padding"] = None if chosen == () else unwrapped(axes, chosen)
            return {**given, "padding": padding}
    raise ValueError(
        f"crop={scatter.crop} is no layer of Keras's: {_reached(numbers)}; {by_hand(crop)}"
    )


_Numbers = list[tuple[int, int, int]]
_Chosen = tuple[int, ...] | None


def _no_output_padding(padding: str, crop: tuple[Pair, ...], numbers: _Numbers) -> _Chosen:
    """Return () where it is to be left out, on all axes."""
    found = all(crop_for(padding, *each) == pair for each, pair in zip(numbers, crop))
    return () if found else None


def _output_paddings(padding: str, crop: tuple[Pair, ...], numbers: _Numbers) -> _Chosen:
    """Return one for each axis, if there are some."""
    found: list[int] = []
    for each, pair in zip(numbers, crop):
        legal = range(each[1])
        found += [q for q in legal if crop_for(padding, *each, q) == pair][:1]
    return tuple(found) if len(found) == len(crop) else None


def _reached(numbers: _Numbers) -> str:
    """Say which crops Keras has for this kernel and this stride."""
    lines = []
    for axis, each in enumerate(numbers):
        words = []
        for padding in ("valid", "same"):
            crops = [crop_for(padding, *each, q) for q in (None, *range(each[1]))]
            words.append(f"{padding!r} has {', '.join(map(str, dict.fromkeys(crops)))}")
        lines.append(" and ".join(words) + (f" (on axis {axis})" if len(numbers) > 1 else ""))
    return "; ".join(lines)
