"""JAX's `lax.conv_transpose`: the padding of the spread input, and a kernel not flipped in it."""

from collections.abc import Sequence
from typing import Any

from deconv_helpers.frameworks.keras import crop_for
from deconv_helpers.frameworks.scatter import (
    Pair,
    Scatter,
    is_nested,
    pairs,
    scatter_of,
)
from deconv_helpers.sizes import Ints, axes_of, effective_kernel_size, per_axis

_SMALLEST = {"kernel_size": 1, "strides": 1, "rhs_dilation": 1}


def from_jax(
    kernel_size: Ints,
    *,
    strides: Ints = 1,
    padding: str | Sequence[Pair] = "VALID",
    rhs_dilation: Ints | None = None,
    transpose_kernel: bool = False,
    use_consistent_padding: bool = False,
) -> Scatter:
    """Return what JAX's function computes as a Scatter.

    Parameters
    ----------
    kernel_size : int or tuple of int
        The spatial axes of `rhs`.
    strides, rhs_dilation : int or tuple of int
        At least 1. JAX itself takes tuples only.
    padding : "VALID", "SAME", or a pair of int for each axis
        The words are those of Keras, with its `output_padding` left out. Pairs
        pad the input after zeros were put between its cells; a negative number
        cuts there.
    transpose_kernel : bool
        Whether JAX turns the kernel round before it slides it over the spread
        input, so that the stamp is the kernel as it is. By default it does not,
        and the stamp is flipped.
    use_consistent_padding : bool
        Whether pairs are the padding of the convolution that goes the other
        way, which is a crop of the result, as in PyTorch.

    Returns
    -------
    Scatter

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If JAX refuses the arguments, or takes them for something else: in small
        letters "same" means another size.

    Examples
    --------
    >>> from_jax(3, strides=2, padding=((1, 1),)).output_size(3)
    5
    >>> from_jax(3, strides=2).apply([[1, 2, 3]], [[[1, 2, 3]]])
    array([[ 3,  2,  7,  4, 11,  6,  3]])
    """
    given = {"kernel_size": kernel_size, "strides": strides}
    given["rhs_dilation"] = 1 if rhs_dilation is None else rhs_dilation
    axes = axes_of(**given)
    if axes is None and is_nested(padding) and len(padding) > 1:
        axes = len(padding)
    k, s, d = per_axis(axes or 1, _SMALLEST, **given)
    if isinstance(padding, str):
        if padding not in ("VALID", "SAME"):
            raise ValueError(
                f"padding must be 'VALID', 'SAME' or a pair of ints for each axis, in capital "
                f"letters, got padding={padding!r}"
            )
        crop = [crop_for(padding, *each) for each in zip(k, s, d)]
    else:
        # Padded by span - 1 cells, the spread input gives the full result.
        sides = pairs("padding", padding, len(k))
        crop = list(sides if use_consistent_padding else map(_other_side, k, d, sides))
    return scatter_of(axes, k, s, d, crop, flipped=not transpose_kernel)


def to_jax(scatter: Scatter) -> dict[str, Any]:
    """Return what JAX's function is to be called with, beside the arrays.

    Parameters
    ----------
    scatter : Scatter
        Any: JAX pads, or cuts, either end of the spread input by any number.

    Returns
    -------
    dict
        `strides`, `padding`, `rhs_dilation` for each axis, and
        `transpose_kernel`, which says whether the kernel is laid out as
        "jax_transpose_kernel" or as "jax": see `translate_weight`.

    Examples
    --------
    >>> to_jax(Scatter(3, stride=2, crop=(1, 0)))["padding"]
    ((1, 2),)
    """
    axes = axes_of(kernel_size=scatter.kernel_size) or 1
    given = {"kernel_size": scatter.kernel_size, "dilation": scatter.dilation}
    k, d, s = per_axis(axes, **given, stride=scatter.stride)
    sides = pairs("crop", scatter.crop, axes)
    return {
        "strides": s,
        "padding": tuple(map(_other_side, k, d, sides)),
        "rhs_dilation": d,
        "transpose_kernel": not scatter.flipped,
    }


def _other_side(k: int, d: int, pair: Pair) -> Pair:
    """Return the crop that a padding of the spread input leaves, or the padding for a crop."""
    reach = effective_kernel_size(k, d) - 1
    return reach - pair[0], reach - pair[1]
