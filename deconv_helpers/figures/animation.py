"""A convolution, or a transposed one, step by step: for a page, and for slides."""

from itertools import product
from numbers import Real

from deconv_helpers.figures.film import Animation
from deconv_helpers.figures.grid import Grid
from deconv_helpers.figures.picture import drawing_style
from deconv_helpers.figures.scene import PARAMETERS, Axis, read, spread, stamp
from deconv_helpers.sizes import conv_output_size, conv_transpose_output_size, per_axis

# A cell is of one kind on each axis; in the plane, the later of the two holds.
_RANKS = ("input", "output", "padding", "bias", "unread")
# What stands for the second axis where there is only one.
_POINT = Axis({0: ("input", False)}, {0: ("output", False)}, [0], [0], [0])


def animate(
    operation,
    input_size,
    kernel_size,
    *,
    stride=1,
    padding=0,
    output_padding=0,
    dilation=1,
    view="stamps",
    seconds=0.7,
):
    """Draw a convolution or a transposed one, step by step.

    The numbered cells are the kernel's weights, numbered in the order of the
    weight array; the ringed cell is the one that belongs to their position.

    Parameters
    ----------
    operation : {"conv", "conv_transpose"}
        What is drawn.
    input_size, kernel_size, stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_output_size` and `conv_transpose_output_size`: ints alone
        for one dimension, a tuple of two ints for two.
    view : {"stamps", "zero_insertion"}
        How a transposed convolution is drawn: each input cell adds its stamp to
        the output, or each output cell is read from the input with zeros
        between, under the flipped kernel. A convolution has one view only.
    seconds : float
        Length of a step, from 0.02 on.

    Returns
    -------
    Animation

    Raises
    ------
    TypeError, ValueError
        If PyTorch's layer would refuse the parameters, there are more than two
        dimensions, or another argument is not one of those named.

    Examples
    --------
    >>> animate("conv_transpose", (3, 3), 3, stride=2, padding=1, output_padding=1)
    conv_transpose, stamps: i'=3x3 -> o'=6x6, k=3 s=2 p=1 p'=1 d=1, 9 steps

    References
    ----------
    The zero-insertion view follows Dumoulin and Visin, "A guide to convolution
    arithmetic for deep learning", 2016, and its animations.
    """
    _choose("operation", operation, ("conv", "conv_transpose"))
    _choose("view", view, ("stamps", "zero_insertion"))
    if isinstance(seconds, bool) or not isinstance(seconds, Real):
        raise TypeError(f"seconds must be a number, got seconds={seconds!r}")
    if not 0.02 <= seconds <= 60:
        raise ValueError(f"seconds must be from 0.02 to 60, got seconds={seconds!r}")
    layer = {
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
        "output_padding": output_padding,
        "dilation": dilation,
    }
    if operation == "conv":
        if layer.pop("output_padding") != 0:
            raise ValueError(
                f"output_padding must be 0 for conv, got output_padding={output_padding!r}"
            )
        output, build, title = conv_output_size(input_size, **layer), read, operation
    else:
        output = conv_transpose_output_size(input_size, **layer)
        build, title = stamp if view == "stamps" else spread, f"{operation}, {view}"
    axes = len(output) if isinstance(output, tuple) else 1
    if axes > 2:
        raise ValueError(f"a picture has one or two dimensions, the parameters have {axes}")
    inputs, *values = per_axis(axes, input_size=input_size, **layer)
    numbers = dict(zip(layer, values))
    scene = [
        build(size, **{name: value[axis] for name, value in numbers.items()})
        for axis, size in enumerate(inputs)
    ]
    prime = "" if operation == "conv" else "'"
    outputs = output if isinstance(output, tuple) else (output,)
    labels = {PARAMETERS[name][0]: value for name, value in numbers.items()}
    # k and s always stand below the picture, the others where somebody has set them.
    told = {
        symbol: numbers[name]
        for name, (symbol, unset) in PARAMETERS.items()
        if name in numbers and (symbol in ("k", "s") or set(numbers[name]) != {unset})
    }
    sizes = {f"i{prime}": inputs, f"o{prime}": outputs}
    rows, columns = [_POINT] * (2 - axes) + scene
    sheet, window, mark = _draw(rows, columns, sizes, told, flat=axes == 1, build=build)
    flow = " -> ".join(f"{name}={'x'.join(map(str, size))}" for name, size in sizes.items())
    given = " ".join(f"{name}={_by_axis(value)}" for name, value in labels.items())
    return Animation(
        sheet,
        {"window": window, "mark": mark},
        still=len(window) // 2,
        seconds=seconds,
        description=f"{title}: {flow}, {given}, {len(window)} steps",
    )


def _draw(rows, columns, sizes, told, *, flat, build):
    """Draw both planes at the middle step; return the sheet, and how its parts move."""
    planes = [(rows.source, columns.source), (rows.result, columns.result)]
    (high, wide), (high2, wide2) = [(len(down), len(across)) for down, across in planes]
    # One dimension: one row above the other. Two: side by side, which a screen has room for.
    if flat:
        width = max(wide, wide2)
        corners = [((width - wide) / 2, 0), ((width - wide2) / 2, 2.4)]
        bottom, left = 3.4, -2.2
        arrow = (width / 2, 1.3), (width / 2, 2.1)
        places = [(-0.4, 0.5), (-0.4, 2.9)]
    else:
        width, tall = wide + 2 + wide2, max(high, high2)
        corners = [(0, (tall - high) / 2), (wide + 2, (tall - high2) / 2)]
        bottom, left = tall + 1.2, -0.3
        arrow = (wide + 0.5, tall / 2), (wide + 1.5, tall / 2)
        places = [
            (x + w / 2, y + h + 0.7)
            for (x, y), (h, w) in zip(corners, [(high, wide), (high2, wide2)])
        ]
    size = max(12, min(width, 20))  # a wide sheet is shrunk more, its labels less
    pitch = 0.2 * size
    with drawing_style():
        right = max(width, len(told) * pitch) + 0.3
        sheet = Grid(left, -0.3, right, bottom + 0.12 * size)
        for (x, y), (down, across) in zip(corners, planes):
            groups = {}
            for (row, by_row), (column, by_column) in product(down.items(), across.items()):
                kind = max(by_row[0], by_column[0], key=_RANKS.index)
                place = (x + column - min(across), y + row - min(down))
                groups.setdefault((kind, by_row[1] or by_column[1]), []).append(place)
            for (kind, cut), cells in groups.items():
                sheet.cells(cells, kind, cut=cut)
        sheet.arrow(*arrow)
        for (x, y), (name, number) in zip(places, sizes.items()):
            across = "right" if flat else "center"
            sheet.text(x, y, f"${name} = {_by_axis(number)}$", across=across, size=size)
        for place, (name, value) in enumerate(told.items()):
            text = f"${name} = {_by_axis(value)}$"
            sheet.text(pitch * (place + 0.5), bottom + 0.07 * size, text, size=size)
        moved, marked = (1, 0) if build is stamp else (0, 1)
        windows = _places(rows.window, columns.window, corners[moved], planes[moved])
        marks = _places(rows.mark, columns.mark, corners[marked], planes[marked])
        still = len(windows) // 2
        taps = list(product(rows.taps, columns.taps))
        order = reversed(range(len(taps))) if build is spread else range(len(taps))
        for number, (down, across) in zip(order, taps):
            x, y = windows[still][0] + across, windows[still][1] + down
            # Smaller than a cell, so that what lies below it is seen.
            sheet.cell(x + 0.16, y + 0.16, "kernel", width=0.68, height=0.68, name="window")
            # Longer numbers in smaller figures.
            digit = 22 / (len(str(number)) + 1)
            sheet.text(x + 0.5, y + 0.5, number, size=digit, name="window")
        sheet.ring(*marks[still], name="mark")
    return sheet, *(
        [(x - all_[still][0], y - all_[still][1]) for x, y in all_] for all_ in (windows, marks)
    )


def _places(downs, acrosses, corner, plane):
    """Return where on the sheet each step lies, row by row."""
    x, y = corner
    return [
        (x + across - min(plane[1]), y + down - min(plane[0]))
        for down, across in product(downs, acrosses)
    ]


def _by_axis(numbers):
    """Write one number where all axes have the same."""
    return str(numbers[0]) if len(set(numbers)) == 1 else f"({', '.join(map(str, numbers))})"


def _choose(name, value, allowed):
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {name}={value!r}")
