"""What size goes in, what size comes out: the arithmetic of both convolutions.

Integers only. Every size and parameter is an int, or a tuple with one int per
axis; an int stands for every axis. All ints in, an int out; otherwise a tuple.
A list does as well as a tuple, as it does in PyTorch.
"""

from operator import index

# The smallest value that PyTorch accepts, for each parameter on its own.
# Bounds that tie parameters together stand in the functions below.
_SMALLEST = {
    "input_size": 1,
    "output_size": 1,
    "kernel_size": 1,
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "dilation": 1,
}


_PER_AXIS = (tuple, list)


def effective_kernel_size(kernel_size, dilation=1):
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


def conv_output_size(input_size, kernel_size, *, stride=1, padding=0, dilation=1):
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


def conv_transpose_output_size(
    input_size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1
):
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
        If PyTorch's layer would refuse the combination.

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


def conv_input_sizes(output_size, kernel_size, *, stride=1, padding=0, dilation=1):
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


def output_padding_for(input_size, output_size, kernel_size, *, stride=1, padding=0, dilation=1):
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


def _effective_kernel(kernel_size, dilation):
    return dilation * (kernel_size - 1) + 1


def _conv_output(input_size, kernel_size, stride, padding, dilation):
    span = _effective_kernel(kernel_size, dilation)
    room = input_size + 2 * padding - span
    if room < 0:
        raise ValueError(
            f"kernel_size must span at most input_size + 2 * padding = {input_size + 2 * padding} "
            f"cells, got kernel_size={kernel_size}, which with dilation={dilation} spans {span}"
        )
    return room // stride + 1


def _smallest_transposed(input_size, kernel_size, stride, padding, dilation):
    # Not an output size yet: with much padding it may be 0 or negative.
    return (input_size - 1) * stride + _effective_kernel(kernel_size, dilation) - 2 * padding


def _conv_transpose_output(input_size, kernel_size, stride, padding, output_padding, dilation):
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be smaller than stride={stride} or dilation={dilation}, "
            f"got output_padding={output_padding}"
        )
    size = _smallest_transposed(input_size, kernel_size, stride, padding, dilation) + output_padding
    if size < 1:
        raise ValueError(
            f"padding must be at most {padding + (size - 1) // 2}, so that a cell remains, "
            f"got padding={padding}, which leaves {size} of input_size={input_size}"
        )
    return size


def _conv_inputs(output_size, kernel_size, stride, padding, dilation):
    first = _smallest_transposed(output_size, kernel_size, stride, padding, dilation)
    # An input has at least one cell, however much padding surrounds it.
    return range(max(first, 1), max(first + stride, 1))


def _output_padding(input_size, output_size, kernel_size, stride, padding, dilation):
    first = _smallest_transposed(input_size, kernel_size, stride, padding, dilation)
    if not first <= output_size < first + stride:
        raise ValueError(
            f"output_size must be from {first} to {first + stride - 1} "
            f"for input_size={input_size}, got output_size={output_size}"
        )
    return output_size - first


# From what the caller wrote to one axis at a time.


def per_axis(axes, **parameters):
    """Return each parameter as a tuple with one checked int per axis.

    Parameters
    ----------
    axes : int
        Number of spatial axes.
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
    return tuple(_as_tuple(name, value, axes) for name, value in parameters.items())


def _on_each_axis(rule, **parameters):
    """Check every parameter, apply `rule` axis by axis, and undo the wrapping."""
    # The first tuple sets the number of axes; the others are held against it.
    axes = next((len(value) for value in parameters.values() if isinstance(value, _PER_AXIS)), None)
    results = []
    for axis, numbers in enumerate(zip(*per_axis(axes or 1, **parameters))):
        try:
            results.append(rule(**dict(zip(parameters, numbers))))
        except ValueError as error:
            if axes is None:
                raise
            raise ValueError(f"{error} (on axis {axis})") from None
    return results[0] if axes is None else tuple(results)


def _as_tuple(name, value, axes):
    numbers = tuple(value) if isinstance(value, _PER_AXIS) else (value,) * axes
    if not numbers:
        raise ValueError(f"{name} must have at least one axis, got {name}={value!r}")
    try:
        if any(isinstance(number, bool) for number in numbers):
            raise TypeError  # an int to Python, never a size to PyTorch
        numbers = tuple(index(number) for number in numbers)
    except TypeError:
        raise TypeError(f"{name} must be an int or a tuple of ints, got {name}={value!r}") from None
    if len(numbers) != axes:
        raise ValueError(
            f"{name} must be an int or a tuple of {axes} ints, one for each axis, "
            f"got {name}={value!r}"
        )
    if min(numbers) < _SMALLEST[name]:
        raise ValueError(f"{name} must be at least {_SMALLEST[name]}, got {name}={value!r}")
    return numbers
