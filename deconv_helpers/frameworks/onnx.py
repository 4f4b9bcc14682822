"""ONNX's `ConvTranspose`, version 22: pads at each end, or an output shape that asks for them."""

from typing import Any

from deconv_helpers.frameworks.scatter import Pair, Scatter, by_hand, pairs, scatter_of
from deconv_helpers.sizes import Ints, axes_of, per_axis

_SMALLEST = {
    "kernel_shape": 1,
    "strides": 1,
    "output_padding": 0,
    "dilations": 1,
    "output_shape": 1,
    "input_size": 1,
    "pads": 0,
}
_AUTO_PADS = ("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")


def from_onnx(
    kernel_shape: Ints,
    *,
    strides: Ints = 1,
    pads: Ints | None = None,
    output_padding: Ints = 0,
    dilations: Ints = 1,
    auto_pad: str = "NOTSET",
    output_shape: Ints | None = None,
    input_size: Ints | None = None,
) -> Scatter:
    """Return ONNX's operator as a Scatter.

    Parameters
    ----------
    kernel_shape, strides, dilations : int or tuple of int
        At least 1.
    pads : int or tuple of int, optional
        What is cut off, at least 0: ONNX's flat list, the beginnings of all
        axes and then their ends. One int stands for all of them.
    output_padding : int or tuple of int
        At least 0 and smaller than `strides`.
    auto_pad : "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER"
        With anything but "NOTSET", `pads` must be left out. Both that say
        "SAME" ask for ``i * s`` cells, unless `output_shape` asks for others.
    output_shape : int or tuple of int, optional
        The spatial axes of the result; `pads` are then ignored.
    input_size : int or tuple of int, optional
        Needed with `output_shape`, and only then: the crop depends on it.

    Returns
    -------
    Scatter

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints, or `input_size` is
        missing.
    ValueError
        If ONNX refuses the arguments.

    Notes
    -----
    Where a size is asked for, what is too much is halved. Of an odd number
    "SAME_UPPER" cuts one more at the end, everything else one more at the
    beginning. Where the full result is too small, cells are appended by the
    same rule, as ONNX's reference evaluator does it with either "SAME".
    onnxruntime 1.32 appends at the end alone, and with "SAME" but no
    `output_shape` it appends nothing: fewer than ``i * s`` cells come out.

    The text of the standard allows `output_padding` below "stride/dilation";
    both programs refuse all that is not below the stride.

    Examples
    --------
    >>> from_onnx(3, strides=2, auto_pad="SAME_UPPER").crop
    (0, 1)
    >>> from_onnx(3, strides=2, output_shape=8, input_size=4).crop
    (1, 0)
    """
    given = {
        "kernel_shape": kernel_shape,
        "strides": strides,
        "dilations": dilations,
        "output_padding": output_padding,
    }
    if output_shape is not None:
        if input_size is None:
            raise TypeError("input_size must be given with output_shape: the crop depends on it")
        given |= {"output_shape": output_shape, "input_size": input_size}
    axes = axes_of(**given)
    if axes is None and isinstance(pads, tuple | list) and len(pads) > 2:
        axes = len(pads) // 2
    k, s, d, added, *sizes = per_axis(axes or 1, _SMALLEST, **given)
    begins_and_ends = _flat(pads, len(k))
    if auto_pad not in _AUTO_PADS:
        raise ValueError(f"auto_pad must be one of {_AUTO_PADS}, got auto_pad={auto_pad!r}")
    if auto_pad != "NOTSET" and pads is not None:
        raise ValueError(
            f"pads must be left out where auto_pad is not 'NOTSET' in ONNX, "
            f"got pads={pads}, auto_pad={auto_pad!r}"
        )
    for number, stride in zip(added, s):
        if number >= stride:
            raise ValueError(
                f"output_padding must be smaller than strides={strides} in ONNX, "
                f"got output_padding={output_padding}"
            )
    full = Scatter(k, s, d)
    if sizes:
        wanted, cells = sizes
    elif auto_pad.startswith("SAME"):
        # One input cell asks for s cells, and each further one adds s to both sides.
        wanted, cells = s, (1,) * len(k)
    else:
        crop = [(begin, end - more) for (begin, end), more in zip(begins_and_ends, added)]
        return scatter_of(axes, k, s, d, crop)
    (uncut,) = per_axis(len(k), output_size=full.output_size(cells))
    crop = [
        _halved(size, more, asked, auto_pad == "SAME_UPPER")
        for size, more, asked in zip(uncut, added, wanted)
    ]
    return scatter_of(axes, k, s, d, crop)


def _halved(full: int, output_padding: int, wanted: int, upper: bool) -> Pair:
    """Return what a wanted size cuts off at the two ends; output padding has its share."""
    total = full + output_padding - wanted
    begin = total // 2 if upper else total - total // 2
    return begin, full - wanted - begin


def _flat(pads: Ints | None, axes: int) -> tuple[Pair, ...]:
    """Return a pair for each axis of ONNX's list."""
    if isinstance(pads, tuple | list) and len(pads) != 2 * axes:
        raise ValueError(
            f"pads must be an int or {2 * axes} ints, the beginnings and then the ends, "
            f"got pads={pads}"
        )
    (flat,) = per_axis(2 * axes, _SMALLEST, pads=0 if pads is None else pads)
    return tuple(zip(flat[:axes], flat[axes:]))


def to_onnx(scatter: Scatter) -> dict[str, Any]:
    """Return the attributes of ONNX's operator with this crop.

    Parameters
    ----------
    scatter : Scatter
        Whether it is `flipped` is a matter of the weights: `translate_weight`.

    Returns
    -------
    dict of str to list of int
        `kernel_shape`, `strides`, `pads`, `output_padding`, `dilations`.

    Raises
    ------
    ValueError
        If there is none: cells are to be appended in front, or `stride` or
        more of them behind.

    Examples
    --------
    >>> to_onnx(Scatter(3, stride=2, crop=(0, 1)))["pads"]
    [0, 1]
    """
    axes = axes_of(kernel_size=scatter.kernel_size)
    crop = pairs("crop", scatter.crop, axes or 1)
    numbers = {"kernel_size": scatter.kernel_size, "stride": scatter.stride}
    k, s, d = per_axis(axes or 1, **numbers, dilation=scatter.dilation)
    for axis, ((begin, end), stride) in enumerate(zip(crop, s)):
        if begin < 0:
            why = f"its pad in front would be {begin}, and must be at least 0"
        elif -end >= stride:
            why = f"output_padding would be {-end}, and must be smaller than stride={stride}"
        else:
            continue
        raise ValueError(
            f"crop={(begin, end)} is no operator of ONNX's: {why}"
            f"{'' if axes is None else f' (on axis {axis})'}; {by_hand(crop)}"
        )
    return {
        "kernel_shape": list(k),
        "strides": list(s),
        "pads": [begin for begin, _ in crop] + [max(end, 0) for _, end in crop],
        "output_padding": [max(-end, 0) for _, end in crop],
        "dilations": list(d),
    }
