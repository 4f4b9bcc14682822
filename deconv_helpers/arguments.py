"""What arrays the convolutions take: numbers only, and channels that fit together."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from deconv_helpers.sizes import Int, as_int

Array = np.ndarray[Any, Any]


def checked(
    x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None, groups: Int, *, channels_axis: int
) -> tuple[Array, Array, int, Callable[[Array], Array]]:
    """Return what a convolution is given, checked.

    Parameters
    ----------
    x, weight, bias : array_like
        As in `conv`; `bias` may be None.
    groups : int
        As in `conv`.
    channels_axis : int
        The axis of `weight` along which the input's channels lie.

    Returns
    -------
    x, weight : numpy.ndarray
        With a batch axis, and of the type to compute with.
    groups : int
    finish : callable
        What makes of the sums the result: it adds the bias, takes away a batch
        axis that was not given, and brings back the type.

    Raises
    ------
    TypeError, ValueError
        As `conv`.
    """
    arrays = {"x": x, "weight": weight} | ({} if bias is None else {"bias": bias})
    (x, weight, *bias), dtype = as_numbers(**arrays)
    check_weight(weight)
    if x.ndim not in (weight.ndim - 1, weight.ndim):
        raise ValueError(
            f"x must have {weight.ndim - 1} axes, or {weight.ndim} with a batch, "
            f"as weight has {weight.ndim}, got shape {x.shape}"
        )
    groups = checked_groups(weight, groups)
    channels = len(weight), weight.shape[1] * groups
    expected, outputs = channels[channels_axis], channels[1 - channels_axis]
    if x.shape[1 - weight.ndim] != expected:
        raise ValueError(
            f"x must have {expected} channels for weight of shape {weight.shape} "
            f"and groups={groups}, got {x.shape[1 - weight.ndim]}"
        )
    if bias and bias[0].shape != (outputs,):
        raise ValueError(f"bias must have shape ({outputs},), got shape {bias[0].shape}")
    batched = x.ndim == weight.ndim

    def finish(out: Array) -> Array:
        for b in bias:
            out += b.reshape(-1, *(1,) * (weight.ndim - 2))
        return np.ascontiguousarray(out if batched else out[0], dtype)

    return x if batched else x[None], weight, groups, finish


def check_weight(weight: Array) -> None:
    """Refuse weights without two axes of channels and at least one of space.

    Parameters
    ----------
    weight : numpy.ndarray
        Laid out as in PyTorch.

    Raises
    ------
    ValueError
        If an axis is missing, or there is no channel.

    Examples
    --------
    >>> check_weight(np.ones((1, 1, 3)))
    """
    if weight.ndim < 3:
        raise ValueError(
            f"weight must have two axes of channels and at least one of space, "
            f"got shape {weight.shape}"
        )
    if 0 in weight.shape[:2]:
        raise ValueError(
            f"weight must have at least one channel each way, got shape {weight.shape}"
        )


def checked_groups(weight: Array, groups: Int) -> int:
    """Return the number of groups, if the first axis of the weights can be split into them.

    Parameters
    ----------
    weight : numpy.ndarray
        Laid out as in PyTorch.
    groups : int
        At least 1.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If `groups` is not an int.
    ValueError
        If it is below 1, or does not divide the first number of the shape.

    Examples
    --------
    >>> checked_groups(np.ones((4, 1, 3)), 2)
    2
    """
    groups = as_int("groups", groups, 1)
    if len(weight) % groups:
        raise ValueError(
            f"groups must divide the first number of weight's shape, {len(weight)}, "
            f"got groups={groups}"
        )
    return groups


def as_numbers(**arrays: ArrayLike) -> tuple[list[Array], np.dtype[Any]]:
    """Return arrays of one type to compute with, and the type of the result.

    Parameters
    ----------
    **arrays : array_like
        By the names that the caller knows them as.

    Returns
    -------
    list of numpy.ndarray, numpy.dtype
        The result has the type that NumPy promotes them to. Sums of half
        precision are kept in single precision, as PyTorch keeps them.

    Raises
    ------
    TypeError
        If one holds anything but numbers, or is masked.
    ValueError
        If rows of one differ in length.

    Examples
    --------
    >>> as_numbers(x=[1, 2], weight=[0.5])
    ([array([1., 2.]), array([0.5])], dtype('float64'))
    """
    found = [_numbers(name, values) for name, values in arrays.items()]
    dtype = np.result_type(*found)
    work = np.float32 if dtype == np.float16 else dtype
    return [values.astype(work, copy=False) for values in found], dtype


def _numbers(name: str, values: ArrayLike) -> Array:
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} must hold a number in each place, got a masked array")
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"{name} must have rows of one length, got rows that differ") from None
    if array.dtype.kind not in "iufc":
        raise TypeError(f"{name} must hold numbers, got an array of {array.dtype}")
    return array
