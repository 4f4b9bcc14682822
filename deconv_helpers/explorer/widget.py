"""The explorer as a widget for Jupyter. It needs the extra `explorer`."""

from operator import index

import anywidget
import traitlets

from deconv_helpers.explorer import MODULE
from deconv_helpers.sizes import conv_transpose_output_size

# The first and the last value of each control; explorer.js has the same table.
RANGES = {
    "input_size": (1, 32),
    "kernel_size": (1, 11),
    "stride": (1, 8),
    "padding": (0, 10),
    "output_padding": (0, 7),
    "dilation": (1, 5),
    "axes": (1, 2),
}


class Whole(traitlets.TraitType):
    """An int in the range that the explorer has for the parameter of this name."""

    def validate(self, _, value):
        """Return `value` as an int, or say what is allowed."""
        low, high = RANGES[self.name]
        try:
            if isinstance(value, bool):
                raise TypeError  # an int to Python, never a size to PyTorch
            number = index(value)
        except TypeError:
            raise TypeError(f"{self.name} must be an int, got {self.name}={value!r}") from None
        if not low <= number <= high:
            raise ValueError(
                f"{self.name} must be from {low} to {high} in the explorer, "
                f"got {self.name}={value!r}"
            )
        return number


class Explorer(anywidget.AnyWidget):
    """The explorer in a notebook: its controls and these attributes are one.

    Setting an attribute moves the control, and moving the control sets the
    attribute. A combination that PyTorch refuses may be set: the explorer
    then says what is wrong, and `output_size` is None.

    Parameters
    ----------
    input_size : int
        Cells along each axis, 1 to 32.
    kernel_size : int
        Number of taps, 1 to 11.
    stride : int
        Distance between the kernels of neighbouring input cells, 1 to 8.
    padding : int
        Cells cut from both ends of the full result, 0 to 10.
    output_padding : int
        Cells added at the end, 0 to 7.
    dilation : int
        Distance between neighbouring taps, 1 to 5.
    axes : int
        1, or 2 for a picture of two axes with the same parameters.

    Attributes
    ----------
    output_size : int or None
        Cells along each axis of the output. It follows from the others, and
        cannot be set.

    Raises
    ------
    TypeError
        If a value is not an int.
    ValueError
        If a value is outside its range.

    Examples
    --------
    >>> explorer = Explorer(kernel_size=3, stride=2)
    >>> explorer.output_size
    9
    >>> explorer.output_padding = 1
    >>> explorer.output_size
    10
    """

    _esm = MODULE

    input_size = Whole(4).tag(sync=True)
    kernel_size = Whole(3).tag(sync=True)
    stride = Whole(1).tag(sync=True)
    padding = Whole(0).tag(sync=True)
    output_padding = Whole(0).tag(sync=True)
    dilation = Whole(1).tag(sync=True)
    axes = Whole(1).tag(sync=True)
    output_size = traitlets.Int(allow_none=True, read_only=True).tag(sync=True)

    def __init__(
        self,
        input_size=4,
        kernel_size=3,
        *,
        stride=1,
        padding=0,
        output_padding=0,
        dilation=1,
        axes=1,
    ):
        super().__init__(
            input_size=input_size,
            kernel_size=kernel_size,
            stride=stride,
            padding=padding,
            output_padding=output_padding,
            dilation=dilation,
            axes=axes,
        )

    @property
    def layer(self):
        """The parameters of the layer, as PyTorch's constructors take them.

        Examples
        --------
        >>> Explorer(kernel_size=4, stride=2, padding=1).layer
        {'kernel_size': 4, 'stride': 2, 'padding': 1, 'output_padding': 0, 'dilation': 1}
        """
        names = ("kernel_size", "stride", "padding", "output_padding", "dilation")
        return {name: getattr(self, name) for name in names}

    def _size(self):
        try:
            return conv_transpose_output_size(self.input_size, **self.layer)
        except ValueError:
            return None

    @traitlets.default("output_size")
    def _size_at_first(self):
        return self._size()

    @traitlets.observe(*RANGES)
    def _follow(self, _):
        self.set_trait("output_size", self._size())

    @traitlets.validate("output_size")
    def _correct(self, _):
        # What the browser sends may be older than what Python has set since.
        return self._size()
