"""The live figure as a widget for Jupyter. It needs the extra `explorer`."""

from numbers import Real
from typing import Any

import anywidget
import traitlets

from deconv_helpers.explorer import module
from deconv_helpers.explorer.bounds import RANGES, VIEWS
from deconv_helpers.layer import Keywords, Layer
from deconv_helpers.sizes import Ints, Size, as_int

_PARAMETERS = tuple(name for name in RANGES if name != "axes")


class Whole(traitlets.TraitType):
    """An int in the figure's range for the parameter of this name, or one for each axis."""

    def validate(self, _: Any, value: Any) -> Any:
        """Return `value` with ints in it, or say what is allowed."""
        name = self.name or ""
        if name == "axes" or not isinstance(value, tuple | list):
            return as_int(name, value, *RANGES[name])
        if len(value) != 2:
            raise ValueError(f"{name} must be an int, or two for two axes, got {name}={value!r}")
        return tuple(as_int(name, number, *RANGES[name]) for number in value)


class Numbers(traitlets.TraitType):
    """Numbers, nested by axis, or None for those that the figure fills in."""

    def validate(self, _: Any, value: Any) -> Any:
        """Return `value` as lists, or say what is allowed."""
        if value is None:
            return None
        listed = _as_lists(getattr(value, "tolist", lambda: value)())
        rows = [listed] if _is_row(listed) else listed
        if not (isinstance(rows, list) and rows and all(map(_is_row, rows))) or (
            len({len(row) for row in rows}) != 1
        ):
            raise ValueError(
                f"{self.name} must be a row of numbers, or rows of equal length for two axes, "
                f"got {self.name}={value!r}"
            )
        return listed


def _as_lists(value: Any) -> Any:
    return [_as_lists(one) for one in value] if isinstance(value, tuple | list) else value


def _is_row(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) > 0
        and all(isinstance(one, Real) and not isinstance(one, bool) for one in value)
    )


class Explorer(anywidget.AnyWidget):
    """The live figure in a notebook: its controls and these attributes are one.

    Setting an attribute moves the control, and moving the control sets the
    attribute. A combination that PyTorch refuses may be set: the figure then
    says what is wrong, and `output_size` is None.

    Parameters
    ----------
    input_size : int or tuple of int
        Cells along each axis, 1 to 32.
    kernel_size : int or tuple of int
        Number of taps, 1 to 11.
    stride : int or tuple of int
        Distance between the kernels of neighbouring input cells, 1 to 8.
    padding : int or tuple of int
        Cells cut from both ends of the full result, 0 to 10.
    output_padding : int or tuple of int
        Cells added at the end, 0 to 7.
    dilation : int or tuple of int
        Distance between neighbouring taps, 1 to 5.
    axes : int
        1 or 2.
    view : str
        ``stamps``, ``zeros``, ``matrix`` or ``phases``.
    input, kernel : list or numpy.ndarray, optional
        The numbers, nested by axis.
    bias : float
        Added to each output.

    Attributes
    ----------
    output_size : int or tuple of int or None
        Cells along each axis of the output. It follows from the others, and
        cannot be set.

    Raises
    ------
    TypeError
        If a parameter is not an int.
    ValueError
        If a value is outside its range, or numbers are not nested by axis.

    Examples
    --------
    >>> explorer = Explorer(kernel_size=3, stride=2)
    >>> explorer.output_size
    9
    >>> explorer.output_padding = 1
    >>> explorer.output_size
    10
    """

    _esm = module()

    input_size = Whole(4).tag(sync=True)
    kernel_size = Whole(3).tag(sync=True)
    stride = Whole(1).tag(sync=True)
    padding = Whole(0).tag(sync=True)
    output_padding = Whole(0).tag(sync=True)
    dilation = Whole(1).tag(sync=True)
    axes = Whole(1).tag(sync=True)
    view = traitlets.Enum(VIEWS, "stamps").tag(sync=True)
    input = Numbers(None, allow_none=True).tag(sync=True)
    kernel = Numbers(None, allow_none=True).tag(sync=True)
    bias = traitlets.Float(0.0).tag(sync=True)
    output_size = traitlets.Any(None, allow_none=True, read_only=True)

    def __init__(
        self,
        input_size: Ints = 4,
        kernel_size: Ints = 3,
        *,
        stride: Ints = 1,
        padding: Ints = 0,
        output_padding: Ints = 0,
        dilation: Ints = 1,
        axes: int = 1,
        view: str = "stamps",
        input: Any = None,  # noqa: A002  as the element's attribute is called
        kernel: Any = None,
        bias: float = 0.0,
    ) -> None:
        super().__init__(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
            axes=axes,
            view=view,
            input=input,
            kernel=kernel,
            bias=bias,
        )

    @property
    def layer(self) -> Keywords:
        """The parameters of the layer, as PyTorch's constructors take them.

        Examples
        --------
        >>> Explorer(kernel_size=4, stride=2, padding=1).layer
        {'kernel_size': 4, 'stride': 2, 'padding': 1, 'output_padding': 0, 'dilation': 1}
        """
        return {name: getattr(self, name) for name in Layer(1).keywords}  # type: ignore[return-value]

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser sends: all of it, or with one bad value nothing."""
        traits = self.traits()
        for name, value in sync_data.items():
            if name in (*_PARAMETERS, "axes", "view", "input", "kernel", "bias"):
                traits[name]._validate(self, value)
        super().set_state(sync_data)

    def _size(self) -> Size | None:
        try:
            return Layer(**self.layer).output_size(self.input_size)
        except ValueError:
            return None

    @traitlets.default("output_size")
    def _size_at_first(self) -> Size | None:
        return self._size()

    @traitlets.observe(*_PARAMETERS)
    def _follow(self, _: Any) -> None:
        self.set_trait("output_size", self._size())
