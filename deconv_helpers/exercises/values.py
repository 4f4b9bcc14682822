"""What an answer returned: read as what was expected, compared with it, and written out.

An array may come as a tensor or as lists of numbers, and whole values may be
floats: nothing that an exercise asks for is hidden by that. A size is an int, of
Python or NumPy, and never a float: sizes index and count.
"""

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array

# How much of a value is written out.
_MOST_CELLS, _LONGEST = 36, 280
# How long a list may be that is read.
_LONGEST_LIST = 1_000_000


def as_expected(value: Any, expected: Any) -> Any:
    """Return a value as the kind of thing that was expected.

    Raises
    ------
    TypeError, ValueError
        If it is no such thing. An object of another library may raise others.
    """
    if isinstance(expected, int):
        return as_number(value)
    if isinstance(expected, list):
        if not _is_a_row(value):
            return as_number(value)
        if len(value) > _LONGEST_LIST:
            raise ValueError("too long to be read")
        return [each if isinstance(each, tuple) else as_number(each) for each in value]
    if isinstance(expected, tuple):
        if not isinstance(value, tuple | list):
            raise TypeError("no tuple")
        if len(value) != len(expected):
            raise ValueError("too many or too few")
        return tuple(as_array(each) for each in value)
    return as_array(value)


def as_number(value: Any) -> int | float:
    """Return an int, or a float as it is, to be told that it is one."""
    if isinstance(value, bool | np.bool_):
        raise TypeError("a bool is no int")
    if isinstance(value, float | np.floating):
        return float(value)
    return operator.index(value)


def as_array(value: Any) -> Array:
    """Return an array of numbers of whatever holds them."""
    if hasattr(value, "detach"):  # a tensor that wants a gradient is no array before
        value = value.detach()
    if isinstance(value, Sequence) and len(value) > _LONGEST_LIST:
        raise ValueError("too long to be read")  # a range is endless without taking any room
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        raise TypeError("no numbers")
    return array


def is_uneven(value: Any, deep: int = 4) -> bool:
    """Return whether a value is a list of lists that are not equally long."""
    if not isinstance(value, list | tuple) or not deep:
        return False
    rows = {len(each) if isinstance(each, list | tuple) else None for each in value}
    return len(rows) > 1 or any(is_uneven(each, deep - 1) for each in value)


def _is_a_row(value: Any) -> bool:
    # No generator: it may have no end.
    return isinstance(value, Sequence | np.ndarray) and not isinstance(value, str | bytes)


def equal(got: Any, expected: Any) -> bool:
    """Return whether two read values are equal; nothing is broadcast, and no float is an int."""
    if _is_arrays(expected) or _is_arrays(got):
        if not (isinstance(got, tuple) and isinstance(expected, tuple)):
            return False
        return len(got) == len(expected) and all(map(equal, got, expected))
    if isinstance(got, np.ndarray) or isinstance(expected, np.ndarray):
        one, other = np.asarray(got), np.asarray(expected)
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-6, atol=1e-9))
    if isinstance(got, list) and isinstance(expected, list):
        return len(got) == len(expected) and all(map(equal, got, expected))
    return type(got) is type(expected) and bool(got == expected)


def _is_arrays(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(each, np.ndarray) for each in value)


def _is_list_of_arrays(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, np.ndarray) for each in value)


def shown(value: Any) -> str:
    """Return a value as it is written in a report, in one line."""
    if _is_arrays(value):
        return f"({', '.join(map(shown, value))})"
    if _is_list_of_arrays(value):
        return f"[{', '.join(map(shown, value))}]"
    try:
        if isinstance(value, np.ndarray) or hasattr(value, "detach"):
            array = as_array(value)
            if is_large(array):
                return f"array of shape {array.shape}"
            return shortened(str(array.tolist()))
        return shortened(repr(value))
    except Exception:  # an object's own way to show itself may fail
        return f"a {type(value).__name__}"


def is_large(value: Any) -> bool:
    """Return whether of a value, or of one in a list, only the shape is written."""
    if isinstance(value, list):
        return any(map(is_large, value))
    return isinstance(value, np.ndarray) and value.size > _MOST_CELLS


def shortened(text: str) -> str:
    """Return a text in one line that is not too long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
