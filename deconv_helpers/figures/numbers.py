"""The numbers that a picture shows, checked: whole ones, in a row or in a table."""

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.sizes import as_int

_SHAPES = {1: "row", 2: "table"}


def whole_numbers(name: str, numbers: ArrayLike, axes: int) -> np.ndarray:
    """Return an array of ints with so many axes, if it is one and not too large.

    Examples
    --------
    >>> whole_numbers("x", [1, 2, 3], 1).tolist()
    [1, 2, 3]
    """
    shape = _SHAPES[axes]
    if isinstance(numbers, np.ma.MaskedArray):
        raise TypeError(f"{name} must not be masked, got {name}={numbers}")
    try:
        array = np.asarray(numbers)
    except ValueError:
        raise ValueError(f"{name} must be a {shape} of numbers, but {name} is ragged") from None
    if array.ndim != axes or not array.size:
        raise ValueError(f"{name} must be a {shape} of numbers, but {name} has shape {array.shape}")
    check_cells(*array.shape)
    try:
        for number in array.ravel().tolist():
            as_int(name, number)
    except TypeError:
        raise TypeError(f"{name} must hold ints, got {name}={array.tolist()!r}") from None
    return array
