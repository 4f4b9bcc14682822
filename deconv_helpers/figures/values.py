"""Arrays side by side, each number a shade of grey."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.picture import Picture


def arrays(*values: ArrayLike, names: Sequence[str], one_scale: bool = False) -> Picture:
    """Draw two-dimensional arrays side by side, each cell shaded by its value.

    Parameters
    ----------
    *values : array_like, shape (rows, columns)
        The arrays; each is shaded from its own smallest to its own largest value.
    names : sequence of str
        A symbol for each array, without the dollar signs.
    one_scale : bool
        Whether a shade means the same in all arrays: from the smallest to the
        largest value of them all.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError
        If an array is masked, or holds anything but real numbers.
    ValueError
        If an array has not two axes, a number is not finite, there are not as
        many names as arrays, or there are too many cells to be read.

    Examples
    --------
    >>> arrays([[0, 1], [1, 0]], names=["x"])
    arrays: x 2 x 2
    """
    names = list(names or ())
    if not values or len(names) != len(values):
        raise ValueError(f"names must be {len(values)} symbols, one for each array, got {names!r}")
    planes = [_plane(name, value) for name, value in zip(names, values)]
    small = 0.5  # these arrays are looked at as a whole: half the size of other cells
    width = sum(value.shape[1] for value in planes) * small + (len(planes) - 1) * 1.0
    height = max(value.shape[0] for value in planes) * small
    sheet = Canvas(-0.2, -1.1, width + 0.2, height + 0.2)
    left = 0.0
    for name, value in zip(names, planes):
        scale = planes if one_scale else [value]
        # Half, so that no difference is too large.
        low, high = min(each.min() / 2 for each in scale), max(each.max() / 2 for each in scale)
        levels = {
            entry: (entry / 2 - low) / (high - low) if high > low else 0.5
            for entry in np.unique(value).tolist()
        }
        greys = {entry: f"{1 - 0.85 * level:.3f}" for entry, level in levels.items()}
        sheet.mosaic(left, 0, value, greys, size=small)
        sheet.text(left + value.shape[1] * small / 2, -0.6, f"${name}$", size=14)
        left += value.shape[1] * small + 1.0
    shapes = ", ".join(
        f"{name} {value.shape[0]} x {value.shape[1]}" for name, value in zip(names, planes)
    )
    return sheet.picture(f"arrays: {shapes}")


def _plane(name: str, value: ArrayLike) -> np.ndarray:
    """Return a two-dimensional array of floats, if it is one that can be shaded."""
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"values must not be masked, but {name} is")
    try:
        plane = np.asarray(value)
    except ValueError:
        raise ValueError(f"values must have two axes, but {name} is ragged") from None
    if plane.dtype.kind not in "biuf":
        raise TypeError(
            f"values must be real numbers that a float can hold, but {name} has {plane.dtype}"
        )
    if plane.ndim != 2 or not plane.size:
        raise ValueError(f"values must have two axes, but {name} has shape {plane.shape}")
    check_cells(*plane.shape)
    if not np.isfinite(plane).all():
        raise ValueError(f"values must be finite, but {name} holds {plane[~np.isfinite(plane)][0]}")
    return plane.astype(float)
