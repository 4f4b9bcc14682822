"""A convolution, or a transposed one, step by step: for a page, and for slides."""

from itertools import product
from numbers import Real

from deconv_helpers.figures.axis import POINT, Axis, Cells, read, spread, stamp
from deconv_helpers.figures.bounds import check_cells
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.live import live_state
from deconv_helpers.figures.picture import Animation
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints, axes_of, per_axis

# A cell is of one kind on each axis; in the plane, the later of the two holds.
_RANKS = ("input", "output", "padding", "bias", "unread")
_VIEWS = {"stamps": stamp, "zero_insertion": spread}


def animate(
    operation: str,
    input_size: Ints,
    kernel_size: Layer | Ints,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    dilation: Ints = 1,
    view: str | None = None,
    seconds: float = 0.7,
) -> Animation:
    """Draw a convolution or a transposed one, step by step.

    The numbered cells are the kernel's weights, numbered in the order of the
    weight array; the ringed cell is the one that belongs to their position.

    Parameters
    ----------
    operation : {"conv", "conv_transpose"}
        What is drawn.
    input_size, kernel_size, stride, padding, output_padding, dilation : int or tuple of int
        As in `conv_output_size` and `conv_transpose_output_size`: ints alone
        for one dimension, a tuple of two ints for two. A `Layer` in place of
        `kernel_size` stands for the last five.
    view : {"stamps", "zero_insertion"}, optional
        How a transposed convolution is drawn: each input cell adds its stamp to
        the output, which is what is drawn if nothing is said, or each output
        cell is read from the input with zeros between, under the flipped
        kernel. A convolution has one view only, which has no name.
    seconds : float
        Length of a step, from 0.02 to 60.

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
    if operation == "conv_transpose":
        view = "stamps" if view is None else view
        _choose("view", view, tuple(_VIEWS))
    elif view is not None:
        raise ValueError(f"view must be left out for conv, which has one only, got view={view!r}")
    if isinstance(seconds, bool) or not isinstance(seconds, Real):
        raise TypeError(f"seconds must be a number, got seconds={seconds!r}")
    if not 0.02 <= seconds <= 60:
        raise ValueError(f"seconds must be from 0.02 to 60, got seconds={seconds!r}")
    conv = operation == "conv"
    unwanted = kernel_size.symbols()["p'"] if isinstance(kernel_size, Layer) else output_padding
    if conv and unwanted != 0:
        raise ValueError(f"output_padding must be 0 for conv, got output_padding={unwanted!r}")
    layer = Layer.of(
        kernel_size,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )
    axes = axes_of(input_size=input_size, **layer.keywords) or 1
    if axes > 2:
        raise ValueError(f"a picture has one or two dimensions, the parameters have {axes}")
    (inputs,) = per_axis(axes, input_size=input_size)
    output = layer.conv_output_size(input_size) if conv else layer.output_size(input_size)
    (outputs,) = per_axis(axes, output_size=output)
    check_cells(*inputs)
    check_cells(*outputs)
    build = _VIEWS.get(view, read)
    scene = [build(size, each) for size, each in zip(inputs, layer.axes(axes))]
    rows, columns = [POINT] * (2 - axes) + scene
    prime = "" if conv else "'"
    sizes = {f"i{prime}": inputs, f"o{prime}": outputs}
    unset = Layer(1).symbols(conv=conv)
    # k and s always stand below the picture, the others where somebody has set them.
    told = {
        symbol: value
        for symbol, value in layer.symbols(conv=conv).items()
        if symbol in ("k", "s") or value != unset[symbol]
    }
    canvas, window, mark = _draw(rows, columns, sizes, told, flat=axes == 1)
    flow = " -> ".join(f"{name}={'x'.join(map(str, size))}" for name, size in sizes.items())
    title = operation if conv else f"{operation}, {view}"
    return Animation(
        canvas,
        {"window": window, "mark": mark},
        still=len(window) // 2,
        seconds=seconds,
        description=f"{title}: {flow}, {layer.line(conv=conv)}, {len(window)} steps",
        live=live_state(output, layer.with_output_size(output, input_size))
        if conv
        else live_state(input_size, layer, view="zeros" if view == "zero_insertion" else ""),
    )


_Moves = list[tuple[float, float]]


def _draw(
    rows: Axis,
    columns: Axis,
    sizes: dict[str, tuple[int, ...]],
    told: dict[str, object],
    *,
    flat: bool,
) -> tuple[Canvas, _Moves, _Moves]:
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
    right = max(width, len(told) * pitch) + 0.3
    canvas = Canvas(left, -0.3, right, bottom + 0.12 * size)
    for (x, y), (down, across) in zip(corners, planes):
        groups: dict[tuple[str, bool], _Moves] = {}
        for (row, by_row), (column, by_column) in product(down.items(), across.items()):
            kind = max(by_row[0], by_column[0], key=_RANKS.index)
            place = (x + column - min(across), y + row - min(down))
            groups.setdefault((kind, by_row[1] or by_column[1]), []).append(place)
        for (kind, cut), cells in groups.items():
            canvas.cells(cells, kind, cut=cut)
    canvas.arrow(*arrow)
    for (x, y), (name, cells_of) in zip(places, sizes.items()):
        aligned = "right" if flat else "center"
        canvas.text(x, y, f"${name} = {_by_axis(cells_of)}$", across=aligned, size=size)
    for column, (name, value) in enumerate(told.items()):
        x = pitch * (column + 0.5)
        canvas.text(x, bottom + 0.07 * size, f"${name} = {value}$", size=size)
    moved, marked = (0, 1) if columns.along == "source" else (1, 0)
    windows = _places(rows.window, columns.window, corners[moved], planes[moved])
    marks = _places(rows.mark, columns.mark, corners[marked], planes[marked])
    still = len(windows) // 2
    taps = product(zip(rows.weights, rows.taps), zip(columns.weights, columns.taps))
    for (high_weight, y_tap), (weight, x_tap) in taps:
        number = high_weight * len(columns.taps) + weight
        x, y = windows[still][0] + x_tap, windows[still][1] + y_tap
        # Smaller than a cell, so that what lies below it is seen.
        canvas.cell(x + 0.16, y + 0.16, "kernel", width=0.68, height=0.68, name="window")
        # Longer numbers in smaller figures.
        digit = 22 / (len(str(number)) + 1)
        canvas.text(x + 0.5, y + 0.5, number, size=digit, name="window")
    canvas.ring(*marks[still], name="mark")
    return canvas, _moves(windows, still), _moves(marks, still)


def _places(
    downs: list[int],
    acrosses: list[int],
    corner: tuple[float, float],
    plane: tuple[Cells, Cells],
) -> _Moves:
    """Return where on the sheet each step lies, row by row."""
    x, y = corner
    return [
        (x + across - min(plane[1]), y + down - min(plane[0]))
        for down, across in product(downs, acrosses)
    ]


def _moves(places: _Moves, still: int) -> _Moves:
    """Return how far each place lies from the one that is drawn."""
    return [(x - places[still][0], y - places[still][1]) for x, y in places]


def _by_axis(numbers: tuple[int, ...]) -> str:
    """Write one number where all axes have the same."""
    return str(numbers[0]) if len(set(numbers)) == 1 else f"({', '.join(map(str, numbers))})"


def _choose(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {name}={value!r}")
