"""Transposed convolution, explained by code: sizes, the operation, its pictures."""

from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv, conv_transpose
from deconv_helpers.overlap import overlap_counts
from deconv_helpers.sizes import (
    conv_input_sizes,
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    output_padding_for,
)

__all__ = [
    "Layer",
    "conv",
    "conv_input_sizes",
    "conv_output_size",
    "conv_transpose",
    "conv_transpose_output_size",
    "effective_kernel_size",
    "output_padding_for",
    "overlap_counts",
]
