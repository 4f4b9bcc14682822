"""How far the live figure goes with each parameter, on both sides: Python's and the browser's."""

from deconv_helpers.sizes import SMALLEST

_LARGEST = {
    "input_size": 32,
    "kernel_size": 11,
    "stride": 8,
    "padding": 10,
    "output_padding": 7,
    "dilation": 5,
}
# The first and the last value of each parameter.
RANGES = {name: (SMALLEST[name], high) for name, high in _LARGEST.items()} | {"axes": (1, 2)}
VIEWS = ("stamps", "zeros", "matrix", "phases")
