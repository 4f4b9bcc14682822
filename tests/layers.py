"""Random layers for property tests: every legal combination has its chance."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from deconv_helpers import Layer


@dataclass
class Case:
    """A layer with whole numbers in its arrays, so that sums are exact."""

    layer: Layer
    x: np.ndarray
    weight: np.ndarray
    bias: np.ndarray | None
    groups: int

    @property
    def parameters(self):
        """What `conv_transpose` takes beside the arrays."""
        return {name: value for name, value in self.layer.keywords.items() if name != "kernel_size"}


@st.composite
def layers(draw, axes=(1, 2, 3), one_channel=False):
    """Draw a legal layer: k < s, p > k - 1 and p' >= s are all among them."""
    n = draw(st.sampled_from(axes))

    def each(low, high):
        return tuple(draw(st.integers(low, high)) for _ in range(n))

    size, kernel, stride, dilation = each(1, 5), each(1, 4), each(1, 4), each(1, 3)
    if draw(st.booleans()):
        # As most layers are: no dilation, and a stride that divides the kernel.
        dilation, kernel = (1,) * n, tuple(s * draw(st.integers(1, 2)) for s in stride)
    output_padding = tuple(draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation))
    layer = Layer(kernel, stride, each(0, 5), output_padding, dilation)
    try:
        layer.output_size(size)
    except ValueError:
        assume(False)
    groups = 1 if one_channel else draw(st.sampled_from((1, 1, 2, 3)))
    batch, inputs, outputs = (1, 1, 1) if one_channel else each_of(draw, (1, 3), (1, 3), (1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**16)))
    return Case(
        layer=layer,
        x=random.integers(-9, 10, (batch, groups * inputs, *size)).astype(float),
        weight=random.integers(-9, 10, (groups * inputs, outputs, *kernel)).astype(float),
        bias=random.integers(-9, 10, groups * outputs).astype(float)
        if draw(st.booleans())
        else None,
        groups=groups,
    )


def each_of(draw, *ranges):
    return [draw(st.integers(low, high)) for low, high in ranges]


def transposed_by_definition(case):
    """Add every product at its place, one at a time: the definition, and nothing else."""
    x, weight, groups, layer = case.x, case.weight, case.groups, case.layer
    size = layer.output_size(x.shape[2:])
    out = np.zeros((len(x), groups * weight.shape[1], *size))
    for b, c, o in product(range(len(x)), range(x.shape[1]), range(weight.shape[1])):
        channel = c // (x.shape[1] // groups) * weight.shape[1] + o
        for cell, tap in product(np.ndindex(x.shape[2:]), np.ndindex(weight.shape[2:])):
            place = np.multiply(cell, layer.stride) + np.multiply(tap, layer.dilation)
            place -= layer.padding
            if all(0 <= q < m for q, m in zip(place, size)):
                out[(b, channel, *place)] += x[(b, c, *cell)] * weight[(c, o, *tap)]
    if case.bias is not None:
        out += case.bias.reshape(-1, *(1,) * len(size))
    return out
