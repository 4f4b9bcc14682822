"""How each framework lays out its weights, and the way from one layout to another."""

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.arguments import Array, check_weight, checked_groups
from deconv_helpers.sizes import Int, as_int

Layout: TypeAlias = Literal["pytorch", "onnx", "keras", "jax", "jax_transpose_kernel"]

# The others have the channels last, and no groups.
_GROUPED = ("pytorch", "onnx")


def translate_weight(
    weight: ArrayLike, source: Layout, target: Layout, *, groups: Int = 1
) -> Array:
    """Return the weights that put the same stamps in another framework.

    Parameters
    ----------
    weight : array_like
        Laid out as in `source`:

        - "pytorch" and "onnx": ``(in, out / groups, ...)``
        - "keras": ``(..., out, in)``
        - "jax": ``(..., in, out)``, and the stamp is the kernel turned round
        - "jax_transpose_kernel", called with ``transpose_kernel=True``:
          ``(..., out, in)``, and it is not
    source, target : str
        Two of these.
    groups : int
        Number of groups of the layer, at least 1; only "pytorch" and "onnx"
        know more than one.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    TypeError
        If `groups` is not an int.
    ValueError
        If a layout is unknown, `weight` has fewer than three axes, or `groups`
        does not divide the input's channels or is not known to one of the two.

    Examples
    --------
    >>> translate_weight([[[1, 10, 100]]], "pytorch", "jax").ravel()
    array([100,  10,   1])
    """
    weight = np.asarray(weight)
    check_weight(weight)
    groups = checked_groups(weight, groups) if source in _GROUPED else as_int("groups", groups, 1)
    for name, layout in {"source": source, "target": target}.items():
        if layout not in get_args(Layout):
            raise ValueError(f"{name} must be one of {get_args(Layout)}, got {name}={layout!r}")
        if groups > 1 and layout not in _GROUPED:
            raise ValueError(
                f"groups must be 1 for {name}={layout!r}, whose layer has none, got "
                f"groups={groups}; dense_weight makes of a weight with groups one without"
            )
    axes = weight.ndim - 2
    if source not in _GROUPED:
        # The taps come first, then the channels: the input's before the output's in JAX alone.
        inputs, outputs = (-2, -1) if source == "jax" else (-1, -2)
        weight = weight.transpose(inputs, outputs, *range(axes))
    if (source == "jax") != (target == "jax"):
        weight = np.flip(weight, tuple(range(2, 2 + axes)))
    if target not in _GROUPED:
        weight = weight.transpose(*range(2, 2 + axes), *((0, 1) if target == "jax" else (1, 0)))
    return weight.copy()


def dense_weight(weight: ArrayLike, groups: Int) -> Array:
    """Return the weights of the same layer without groups: zeros between them.

    Parameters
    ----------
    weight : array_like, shape (in_channels, out_channels / groups, ...)
        Laid out as in PyTorch.
    groups : int
        Number of groups, at least 1.

    Returns
    -------
    numpy.ndarray, shape (in_channels, out_channels, ...)

    Raises
    ------
    TypeError
        If `groups` is not an int.
    ValueError
        If `groups` does not divide the input's channels.

    Examples
    --------
    >>> dense_weight([[[1]], [[2]]], groups=2)[..., 0]
    array([[1, 0],
           [0, 2]])
    """
    weight = np.asarray(weight)
    check_weight(weight)
    groups = checked_groups(weight, groups)
    inputs, outputs = len(weight) // groups, weight.shape[1]
    dense = np.zeros((len(weight), groups * outputs, *weight.shape[2:]), weight.dtype)
    for group in range(groups):
        rows = slice(group * inputs, (group + 1) * inputs)
        dense[rows, group * outputs : (group + 1) * outputs] = weight[rows]
    return dense
