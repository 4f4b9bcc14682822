"""What size goes in, what size comes out: the arithmetic of both convolutions.

Integers only. Every size and parameter is an int, or a tuple with one int per
axis; an int stands for every axis. All ints in, an int out; otherwise a tuple.
A list does as well as a tuple, as it does in PyTorch. Whatever Python takes as
an index is an int, a NumPy integer or an array of no axes too; a bool is not.
"""

from collections.abc import Callable, Mapping
from operator import index
from typing import Any, SupportsIndex, TypeAlias, TypeVar, overload

Int: TypeAlias = SupportsIndex
Ints: TypeAlias = Int | tuple[Int, ...] | list[Any]
Size: TypeAlias = int | tuple[int, ...]
_Result = TypeVar("_Result")

# The smallest value that PyTorch accepts, for each parameter on its own.
# Bounds that tie parameters together stand in the functions below.
SMALLEST = {
    "input_size": 1,
    "output_size": 1,
    "kernel_size": 1,
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "dilation": 1,
}


@overload
def effective_kernel_size(kernel_size: Int, dilation: Int = 1) -> int: ...
@overload
def effective_kernel_size(kernel_size: Ints, dilation: Ints = 1) -> Size: ...
def effective_kernel_size(kernel_size: Ints, dilation: Ints = 1) -> Size:
    """Return how many input cells a dilated kernel spans, first tap to last.

    Parameters
    ----------
    kernel_size : int or tuple of int
        Number of taps, at least 1.
    dilation : int or tuple of int
        Distance between neighbouring taps, at least 1.

    Returns
    -------
    int or tuple of int
        ``dilation * (kernel_size - 1) + 1``, in cells.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its bound, or tuples differ in length.

    Examples
    --------
    Three taps, every second cell, span five cells:

    >>> effective_kernel_size(3, dilation=2)
    5
    """
    return _on_each_axis(_effective_kernel, kernel_size=kernel_size, dilation=dilation)


@overload
def conv_output_size(
    input_size: Int, kernel_size: Int, *, stride: Int = 1, padding: Int = 0, dilation: Int = 1
) -> int: ...
@overload
def conv_output_size(
    input_size: Ints, kernel_size: Ints, *, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1
) -> Size: ...
def conv_output_size(
    input_size: Ints, kernel_size: Ints, *, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1
) -> Size:
    """Return the size that a convolution makes of `input_size`.

    Parameters
    ----------
    input_size : int or tuple of int
        Cells along each axis, at least 1.
    kernel_size : int or tuple of int
        Number of taps, at least 1. The effective kernel must fit into the
        padded input.
    stride : int or tuple of int
        Step of the kernel in input cells, at least 1.
    padding : int or tuple of int
        Zeros put before and after the input, at least 0.
    dilation : int or tuple of int
        Distance between neighbouring taps, at least 1.

    Returns
    -------
    int or tuple of int
        Number of positions that the kernel takes.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If PyTorch's layer would refuse the combination.

    Examples
    --------
    >>> conv_output_size(5, 3, stride=2)
    2
    >>> conv_output_size((5, 6), 3, stride=(2, 1), padding=1)
    (3, 6)

    References
    ----------
    V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep
    learning", arXiv:1603.07285, relationship 6.
    """
    return _on_each_axis(
        _conv_output,
        input_size=input_size,
        kernel_size=kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )


@overload
def conv_transpose_output_size(
    input_size: Int,
    kernel_size: Int,
    *,
    stride: Int = 1,
    padding: Int = 0,
    output_padding: Int = 0,
    dilation: Int = 1,
) -> int: ...
@overload
def conv_transpose_output_size(
    input_size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Size: ...
def conv_transpose_output_size(
    input_size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
) -> Size:
    """Return the size that a transposed convolution makes of `input_size`.

    Parameters
    ----------
    input_size : int or tuple of int
        Cells along each axis, at least 1.
    kernel_size : int or tuple of int
        Number of taps, at least 1.
    stride : int or tuple of int
        Distance in output cells between the kernels of neighbouring input
        cells, at least 1.
    padding : int or tuple of int
        Cells cut from both ends of the full result, at least 0. The output
        must keep at least one cell.
    output_padding : int or tuple of int
        Cells added at the end, at least 0 and smaller than `stride` or
        smaller than `dilation`.
    dilation : int or tuple of int
        Distance between neighbouring taps, at least 1.

    Returns
    -------
    int or tuple of int
        ``(i - 1) * s + d * (k - 1) + 1 - 2 * p + output_padding``.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If the combination is not legal, or no cell would remain.

    Notes
    -----
    That at least one cell remains, and that `dilation` is at least 1, are this
    book's rules. PyTorch's own answer depends on the type, the batch, the
    groups and the device: sometimes an error, sometimes a tensor of no cells.

    Examples
    --------
    >>> conv_transpose_output_size(5, 3, stride=2)
    11
    >>> conv_transpose_output_size(4, 3, stride=2, output_padding=(0, 1))
    (9, 10)

    References
    ----------
    PyTorch, "ConvTranspose2d", section "Shape".
    """
    return _on_each_axis(
        _conv_transpose_output,
        input_size=input_size,
        kernel_size=kernel_size,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )


@overload
def conv_input_sizes(
    output_size: Int, kernel_size: Int, *, stride: Int = 1, padding: Int = 0, dilation: Int = 1
) -> range: ...
@overload
def conv_input_sizes(
    output_size: Ints, kernel_size: Ints, *, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1
) -> range | tuple[range, ...]: ...
def conv_input_sizes(
    output_size: Ints, kernel_size: Ints, *, stride: Ints = 1, padding: Ints = 0, dilation: Ints = 1
) -> range | tuple[range, ...]:
    """Return every size that the convolution sends to `output_size`.

    Parameters
    ----------
    output_size : int or tuple of int
        Size after the convolution, at least 1.
    kernel_size, stride, padding, dilation : int or tuple of int
        As in `conv_output_size`.

    Returns
    -------
    range or tuple of range
        `stride` neighbouring sizes, fewer where some would be below 1; empty
        where all would.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its bound, or tuples differ in length.

    Examples
    --------
    Both 9 and 10 go to 4:

    >>> conv_input_sizes(4, 3, stride=2)
    range(9, 11)
    """
    return _on_each_axis(
        _conv_inputs,
        output_size=output_size,
        kernel_size=kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )


@overload
def output_padding_for(
    input_size: Int,
    output_size: Int,
    kernel_size: Int,
    *,
    stride: Int = 1,
    padding: Int = 0,
    dilation: Int = 1,
) -> int: ...
@overload
def output_padding_for(
    input_size: Ints,
    output_size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
) -> Size: ...
def output_padding_for(
    input_size: Ints,
    output_size: Ints,
    kernel_size: Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    dilation: Ints = 1,
) -> Size:
    """Return the `output_padding` that makes `output_size` of `input_size`.

    It is what PyTorch works out when a layer is called with ``output_size=``.

    Parameters
    ----------
    input_size : int or tuple of int
        Size before the transposed convolution, at least 1.
    output_size : int or tuple of int
        Size wanted after it: one of `stride` neighbouring sizes, at least 1.
    kernel_size, stride, padding, dilation : int or tuple of int
        As in `conv_transpose_output_size`.

    Returns
    -------
    int or tuple of int
        From 0 to ``stride - 1``.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its bound, tuples differ in length, or no
        `output_padding` below `stride` gives `output_size`.

    Examples
    --------
    >>> output_padding_for(4, 10, 3, stride=2)
    1
    """
    return _on_each_axis(
        _output_padding,
        input_size=input_size,
        output_size=output_size,
        kernel_size=kernel_size,
        stride=stride,
        padding=padding,
        dilation=dilation,
    )


# One axis, checked ints: each formula is written here, and only here.


def _effective_kernel(kernel_size: int, dilation: int) -> int:
    return dilation * (kernel_size - 1) + 1


def _conv_output(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> int:
    span = _effective_kernel(kernel_size, dilation)
    room = input_size + 2 * padding - span
    if room < 0:
        raise ValueError(
            f"kernel_size must span at most input_size + 2 * padding = {input_size + 2 * padding} "
            f"cells, got kernel_size={kernel_size}, which with dilation={dilation} spans {span}"
        )
    return room // stride + 1


def _smallest_transposed(
    input_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> int:
    # Not an output size yet: with much padding it may be 0 or negative.
    return (input_size - 1) * stride + _effective_kernel(kernel_size, dilation) - 2 * padding


def _check_output_padding(stride: int, output_padding: int, dilation: int) -> None:
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be smaller than stride={stride} or dilation={dilation}, "
            f"got output_padding={output_padding}"
        )


def _conv_transpose_output(
    input_size: int, kernel_size: int, stride: int, padding: int, output_padding: int, dilation: int
) -> int:
    _check_output_padding(stride, output_padding, dilation)
    size = _smallest_transposed(input_size, kernel_size, stride, padding, dilation) + output_padding
    if size < 1:
        # Ours: some of PyTorch's backends return a tensor of no cells instead.
        raise ValueError(
            f"padding must be at most {padding + (size - 1) // 2}, so that a cell remains, "
            f"got padding={padding}, which leaves {size} of input_size={input_size}; "
            f"that one must remain is this book's rule, PyTorch's depends on the backend"
        )
    return size


def _conv_inputs(
    output_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> range:
    first = _smallest_transposed(output_size, kernel_size, stride, padding, dilation)
    # An input has at least one cell, however much padding surrounds it.
    return range(max(first, 1), max(first + stride, 1))


def _output_padding(
    input_size: int, output_size: int, kernel_size: int, stride: int, padding: int, dilation: int
) -> int:
    first = _smallest_transposed(input_size, kernel_size, stride, padding, dilation)
    if not first <= output_size < first + stride:
        reached = _conv_inputs(input_size, kernel_size, stride, padding, dilation)
        allowed = (
            f"output_size must be {span_of(reached[0], reached[-1])} for input_size={input_size}"
            if reached
            else f"padding must leave a cell, but with padding={padding} no output_size of at "
            f"least 1 comes from input_size={input_size}"
        )
        raise ValueError(f"{allowed}, got output_size={output_size}")
    return output_size - first


# From what the caller wrote to one axis at a time.


def as_int(name: str, value: Any, low: int | None = None, high: int | None = None) -> int:
    """Return `value` as an int, if it is one and lies within its bounds.

    This is the one place that says what an int is: whatever Python takes as an
    index, but no bool, and no array that has an axis.

    Parameters
    ----------
    name : str
        What the caller knows the value as.
    value : object
        The value.
    low, high : int, optional
        The smallest and the largest that are allowed.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If it is not an int.
    ValueError
        If it is outside its bounds.

    Examples
    --------
    >>> as_int("dpi", 200, 10, 2000)
    200
    >>> as_int("dpi", True)
    Traceback (most recent call last):
        ...
    TypeError: dpi must be an int, got dpi=True
    """
    try:
        if _is_bool(value) or getattr(value, "ndim", 0) > 0:
            raise TypeError  # ints to Python or to a tensor, never a size to PyTorch
        number = index(value)
    except TypeError:
        raise TypeError(f"{name} must be an int, got {name}={value!r}") from None
    if (low is not None and number < low) or (high is not None and number > high):
        if low is None:
            allowed = f"at most {high}"
        else:
            allowed = f"at least {low}" if high is None else span_of(low, high)
        raise ValueError(f"{name} must be {allowed}, got {name}={number}")
    return number


def _is_bool(value: Any) -> bool:
    # A tensor of one bool is an index too; its type is told by name, so that none is imported.
    return isinstance(value, bool) or str(getattr(value, "dtype", "")).endswith("bool")


def span_of(low: int, high: int) -> str:
    """Say which ints are allowed, for a message.

    Examples
    --------
    >>> span_of(0, 7), span_of(-5, -5)
    ('from 0 to 7', '-5')
    """
    return str(low) if low == high else f"from {low} to {high}"


def check_output_padding(*, stride: Ints = 1, output_padding: Ints = 0, dilation: Ints = 1) -> None:
    """Refuse an `output_padding` that is smaller neither than `stride` nor than `dilation`.

    Parameters
    ----------
    stride, output_padding, dilation : int or tuple of int
        As in `conv_transpose_output_size`.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If it is not smaller, on some axis.

    Examples
    --------
    >>> check_output_padding(stride=2, output_padding=1)
    """
    _on_each_axis(
        _check_output_padding, stride=stride, output_padding=output_padding, dilation=dilation
    )


def per_axis(
    axes: int, smallest: Mapping[str, int] = SMALLEST, /, **parameters: Ints
) -> tuple[tuple[int, ...], ...]:
    """Return each parameter as a tuple with one checked int per axis.

    Parameters
    ----------
    axes : int
        Number of spatial axes.
    smallest : mapping
        The smallest value of each parameter, by name.
    **parameters : int or tuple of int
        Sizes and parameters of a layer, by PyTorch's names.

    Returns
    -------
    tuple of tuple of int
        In the order of the arguments.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is below its own bound, or a tuple has another length.

    Examples
    --------
    >>> per_axis(2, stride=2, padding=(0, 1))
    ((2, 2), (0, 1))
    """
    return tuple(_as_tuple(name, value, axes, smallest[name]) for name, value in parameters.items())


def axes_of(**parameters: Ints) -> int | None:
    """Return for how many axes these parameters are given; None where all are ints.

    Examples
    --------
    >>> axes_of(kernel_size=3, stride=(2, 1))
    2
    """
    # The first tuple sets the number of axes; the others are held against it.
    return next(
        (len(value) for value in parameters.values() if isinstance(value, tuple | list)), None
    )


def _on_each_axis(rule: Callable[..., _Result], **parameters: Ints) -> Any:
    """Check every parameter, apply `rule` axis by axis, and undo the wrapping."""
    axes = axes_of(**parameters)
    results = []
    for axis, numbers in enumerate(zip(*per_axis(axes or 1, **parameters))):
        try:
            results.append(rule(**dict(zip(parameters, numbers))))
        except ValueError as error:
            if axes is None:
                raise
            raise ValueError(f"{error} (on axis {axis})") from None
    return results[0] if axes is None else tuple(results)


def _as_tuple(name: str, value: Ints, axes: int, low: int) -> tuple[int, ...]:
    given = tuple(value) if isinstance(value, tuple | list) else (value,) * axes
    if not given:
        raise ValueError(f"{name} must have at least one axis, got {name}={value!r}")
    try:
        numbers = tuple(as_int(name, number) for number in given)
    except TypeError:
        raise TypeError(f"{name} must be an int or a tuple of ints, got {name}={value!r}") from None
    shown = numbers if isinstance(value, tuple | list) else numbers[0]
    if len(numbers) != axes:
        raise ValueError(
            f"{name} must be an int or a tuple of {axes} ints, one for each axis, "
            f"got {name}={shown!r}"
        )
    if min(numbers) < low:
        raise ValueError(f"{name} must be at least {low}, got {name}={shown!r}")
    return numbers
