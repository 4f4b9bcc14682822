"""The five parameters of a layer as one value, checked when it is made."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypedDict

from deconv_helpers.sizes import (
    Ints,
    Size,
    as_int,
    axes_of,
    check_output_padding,
    conv_input_sizes,
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    output_padding_for,
    per_axis,
)

# The literature's symbol of each parameter, in the order in which it is told.
SYMBOLS = {
    "kernel_size": "k",
    "stride": "s",
    "padding": "p",
    "output_padding": "p'",
    "dilation": "d",
}


class ConvKeywords(TypedDict):
    """What a convolution takes."""

    kernel_size: Any
    stride: Any
    padding: Any
    dilation: Any


class Keywords(TypedDict):
    """What a transposed convolution takes."""

    kernel_size: Any
    stride: Any
    padding: Any
    output_padding: Any
    dilation: Any


@dataclass(frozen=True)
class Layer:
    """A transposed convolution by its parameters, and the convolution with the same ones.

    Parameters
    ----------
    kernel_size : int or tuple of int
        Number of taps, at least 1.
    stride : int or tuple of int
        Distance in output cells between the kernels of neighbouring input
        cells, at least 1.
    padding : int or tuple of int
        Cells cut from both ends of the full result, at least 0.
    output_padding : int or tuple of int
        Cells added at the end, at least 0 and smaller than `stride` or
        smaller than `dilation`.
    dilation : int or tuple of int
        Distance between neighbouring taps, at least 1.

    Raises
    ------
    TypeError
        If a value is not an int, nor a tuple of ints.
    ValueError
        If a value is out of its bounds, or tuples differ in length.

    Examples
    --------
    >>> layer = Layer(kernel_size=3, stride=2, padding=1)
    >>> layer.output_size(4), layer.with_output_size(4, 8)
    (7, Layer(kernel_size=3, stride=2, padding=1, output_padding=1, dilation=1))

    The same parameters make PyTorch's layer:

    >>> layer.keywords["stride"]
    2
    """

    kernel_size: Ints
    stride: Ints = 1
    padding: Ints = 0
    output_padding: Ints = 0
    dilation: Ints = 1

    def __post_init__(self) -> None:
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        checked = per_axis(axes_of(**given) or 1, **given)
        for (name, value), numbers in zip(given.items(), checked):
            as_given = numbers if isinstance(value, tuple | list) else numbers[0]
            object.__setattr__(self, name, as_given)
        check_output_padding(
            stride=self.stride, output_padding=self.output_padding, dilation=self.dilation
        )

    @classmethod
    def of(cls, layer: "Layer | Ints", **parameters: Ints) -> "Layer":
        """Return the layer that a function was given, whole or as its parameters.

        Parameters
        ----------
        layer : Layer or int or tuple of int
            A layer, or the `kernel_size` of one.
        **parameters : int or tuple of int
            The other parameters. Beside a layer they must be at their defaults.

        Returns
        -------
        Layer

        Raises
        ------
        TypeError
            If a parameter is given beside a layer, which has it already, or is
            none of a layer's.

        Examples
        --------
        >>> Layer.of(3, stride=2) == Layer.of(Layer(3, 2))
        True
        """
        if not isinstance(layer, Layer):
            return cls(layer, **parameters)
        if unknown := parameters.keys() - SYMBOLS:
            raise TypeError(f"a Layer has no parameter {', '.join(sorted(unknown))}")
        for field in fields(cls):
            if parameters.get(field.name, field.default) != field.default:
                raise TypeError(
                    f"{field.name} must be left out where a Layer is given, "
                    f"got {field.name}={parameters[field.name]!r}"
                )
        return layer

    @property
    def keywords(self) -> Keywords:
        """The parameters as a transposed convolution takes them, in PyTorch and here."""
        return {
            "kernel_size": self.kernel_size,
            "stride": self.stride,
            "padding": self.padding,
            "output_padding": self.output_padding,
            "dilation": self.dilation,
        }

    @property
    def conv_keywords(self) -> ConvKeywords:
        """The parameters as a convolution takes them: all but `output_padding`."""
        return {
            "kernel_size": self.kernel_size,
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
        }

    @property
    def effective_kernel_size(self) -> Size:
        """How many cells the dilated kernel spans, first tap to last."""
        return effective_kernel_size(self.kernel_size, self.dilation)

    def output_size(self, input_size: Ints) -> Size:
        """Return the size that the transposed convolution makes of `input_size`.

        Parameters, errors and rule are those of `conv_transpose_output_size`.

        Examples
        --------
        >>> Layer(3, stride=2, output_padding=1).output_size(4)
        10
        """
        return conv_transpose_output_size(input_size, **self.keywords)

    def conv_output_size(self, input_size: Ints) -> Size:
        """Return the size that the convolution with the same parameters makes of `input_size`.

        Parameters, errors and rule are those of `conv_output_size`.

        Examples
        --------
        >>> Layer(3, stride=2).conv_output_size(10)
        4
        """
        return conv_output_size(input_size, **self.conv_keywords)

    def input_sizes(self, output_size: Ints) -> range | tuple[range, ...]:
        """Return every size that this convolution sends to `output_size`.

        Parameters, errors and rule are those of `conv_input_sizes`.

        Examples
        --------
        >>> Layer(3, stride=2).input_sizes(4)
        range(9, 11)
        """
        return conv_input_sizes(output_size, **self.conv_keywords)

    def with_output_size(self, input_size: Ints, output_size: Ints) -> "Layer":
        """Return the same layer with the `output_padding` that makes one size of the other.

        Parameters, errors and rule are those of `output_padding_for`.

        Examples
        --------
        >>> Layer(3, stride=2).with_output_size(4, 10).output_padding
        1
        """
        rest = output_padding_for(input_size, output_size, **self.conv_keywords)
        return replace(self, output_padding=rest)

    def axes(self, n: int) -> tuple["Layer", ...]:
        """Return one layer of ints for each of `n` axes.

        Parameters
        ----------
        n : int
            Number of axes; that of the tuples, where there are some.

        Returns
        -------
        tuple of Layer

        Raises
        ------
        TypeError
            If `n` is not an int.
        ValueError
            If `n` is below 1, or a parameter has another number of axes.

        Examples
        --------
        >>> [str(layer) for layer in Layer(3, stride=(2, 1)).axes(2)]
        ["k=3 s=2 p=0 p'=0 d=1", "k=3 s=1 p=0 p'=0 d=1"]
        """
        n = as_int("n", n, 1)
        return tuple(Layer(*numbers) for numbers in zip(*per_axis(n, **self.keywords)))

    def symbols(self, *, conv: bool = False) -> dict[str, Size]:
        """Return the parameters by their symbols.

        Parameters
        ----------
        conv : bool
            Whether it is the convolution that is told of: then without `p'`.

        Returns
        -------
        dict of str to int or tuple of int
            Where all axes have the same number, it stands once.

        Examples
        --------
        >>> Layer((3, 3), stride=(2, 1)).symbols(conv=True)
        {'k': 3, 's': (2, 1), 'p': 0, 'd': 1}
        """
        told = {SYMBOLS[name]: _once(value) for name, value in self.keywords.items()}
        if conv:
            del told["p'"]
        return told

    def line(self, *, conv: bool = False) -> str:
        """Return the parameters on one line, as `symbols` has them.

        Examples
        --------
        >>> Layer(3, stride=2).line(conv=True)
        'k=3 s=2 p=0 d=1'
        """
        return " ".join(f"{name}={value}" for name, value in self.symbols(conv=conv).items())

    def __str__(self) -> str:
        return self.line()


def _once(value: Any) -> Size:
    """Return one number where all axes have the same."""
    return value[0] if isinstance(value, tuple) and len(set(value)) == 1 else value
