"""Random layers and whole numbers for their arrays, from a fixed seed: sums are exact."""

import numpy as np


class Draw:
    """Draw what a layer and its arrays need, for one or two axes."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)

    def one(self, *choices):
        return choices[self.random.integers(len(choices))]

    def int(self, low, high):
        return int(self.random.integers(low, high + 1))

    def each(self, axes, low, high):
        """Draw an int for each axis, or now and then one for all of them."""
        if self.int(0, 3) == 0:
            return self.int(low, high)
        return tuple(self.int(low, high) for _ in range(axes))

    def array(self, *shape):
        return self.random.integers(-9, 10, shape).astype(np.float32)


def told(value, axes):
    """Return one value for each axis."""
    return tuple(value) if isinstance(value, tuple | list) else (value,) * axes


def last(array):
    """Move the channels behind space, as Keras and JAX have them."""
    return np.moveaxis(array, 1, -1)


def first(array):
    return np.moveaxis(np.asarray(array), -1, 1)


def outcome(call, *given, **named):
    """Return what a call returns, and what its ValueError says: one of the two is None."""
    try:
        return call(*given, **named), None
    except ValueError as error:
        return None, str(error)


def size_or_none(scatter, size):
    """Return the size that a layer makes, or None where it leaves no cell."""
    made, why = outcome(scatter.output_size, size)
    assert why is None or "must leave a cell" in why
    return made
