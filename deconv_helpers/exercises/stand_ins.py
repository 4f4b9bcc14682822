"""What stands in for somebody else's work: a network, and a port of the layer.

Both take arrays of any library, so that an exercise may be solved in each.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.mistakes.operation import cut
from deconv_helpers.ops import conv_transpose


@dataclass(frozen=True, repr=False)
class Network:
    """A network that takes sizes of a multiple only, and marks in its result what it was given.

    Each cell gets 100 for each row and 1000 for each column that came in, and half of one
    more stands in the first row and in the first column.

    Attributes
    ----------
    multiple : int
        Of which rows and columns must be multiples.
    """

    multiple: int

    def __call__(self, x: Any) -> Any:
        """Return a picture of the same size.

        Raises
        ------
        ValueError
            If rows or columns are no multiple.
        """
        rows, columns = x.shape[2:]
        if rows % self.multiple or columns % self.multiple:
            raise ValueError(f"{rows} by {columns} is no multiple of {self.multiple}")
        y = x + (100 * rows + 1000 * columns)
        y[..., :1, :] += 0.5
        y[..., :1] += 0.5
        return y

    def __repr__(self) -> str:
        return "network"


@dataclass(frozen=True, repr=False)
class Port:
    """A transposed convolution of one axis by another library's convention.

    Attributes
    ----------
    turned : bool
        Whether its stamps are turned round.
    begin, end : int
        How many cells of the full result it cuts there; less than none are zeros put there.
    stride : int
        Its stride.
    """

    turned: bool
    begin: int
    end: int
    stride: int

    def __call__(self, x: Any, w: Any) -> Array:
        """Return the result for arrays of shape (1, i') and (1, 1, k)."""
        x, w = np.asarray(x), np.asarray(w)
        y = conv_transpose(x, w[..., ::-1] if self.turned else w, stride=self.stride)
        return cut(y, [self.begin], [self.end])

    def __repr__(self) -> str:
        return "port"
