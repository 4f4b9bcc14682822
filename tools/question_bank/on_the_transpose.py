"""Questions about what is transposed, gradients, inverses and channels: chapters 6 to 8."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from deconv_helpers import conv, conv_transpose
from question_bank.making import W, choice_question, holds
from question_bank.question import Question


def questions() -> Iterator[Question]:
    """Yield the questions."""
    yield _why_transposed()
    yield _backward()
    yield _undoes()
    yield _weight_shape()
    yield _tied_weight()


# Of two channels to three, with a kernel of three different numbers for each pair.
WEIGHT = np.arange(1, 19).reshape(3, 2, 3)


def _adjoint(weight: Any) -> bool:
    """Return whether a transposed convolution with a weight is the adjoint of one by WEIGHT."""
    y, x = np.arange(18).reshape(2, 9) % 5, np.arange(12).reshape(3, 4) % 7
    there = (conv(y, WEIGHT, stride=2) * x).sum()
    return holds(lambda: (conv_transpose(x, weight, stride=2) * y).sum() == there)


def _why_transposed() -> Question:
    one = conv_transpose(np.array([[[1]]]), np.array([[[[1, 2], [3, 4]]]]))[0].tolist()
    return choice_question(
        "why-transposed",
        6,
        "What is transposed in a transposed convolution?",
        "A convolution multiplies by a matrix C; this layer multiplies by its transpose.",
        [
            ("The matrix that the convolution multiplies by.", _adjoint(WEIGHT), "Its rows, the "
             "positions of the kernel, become columns, the stamps."),
            ("The kernel: its rows become its columns.", one == [[1, 3], [2, 4]], "A single 1 in "
             "the plane returns the kernel as it is."),
            ("The weight: the axes of its channels change places.",
             _adjoint(WEIGHT.swapaxes(0, 1)), "The convolution's weight serves as it is; only what "
             "its axes are called differs."),
            ("The kernel: its taps are read from the end.", _adjoint(WEIGHT[..., ::-1]), "A stamp "
             "keeps the kernel's order."),
        ],
    )  # fmt: skip


def _backward() -> Question:
    w = np.array([[W]])
    matrix = np.array([conv(np.eye(9, dtype=int)[[n]], w, stride=2)[0] for n in range(9)])
    upstream = np.array([[3, 1, 4, 1]])

    def right(gradient: Any) -> bool:
        return np.array_equal(gradient, upstream @ matrix.T)

    reads = conv_transpose(np.ones((1, 4), int), np.ones((1, 1, 3), int), stride=2)
    spread = conv_transpose(upstream, np.ones((1, 1, 3), int), stride=2) / reads
    return choice_question(
        "backward",
        7,
        "Backpropagation knows the gradient for a convolution's output. What makes of it the one "
        "for the convolution's input?",
        "The gradient is multiplied by the transpose of the convolution's matrix.",
        [
            ("The transposed convolution with the same weight.", right(conv_transpose(upstream, w,
             stride=2)), "Each gradient puts down a stamp where its window was read."),
            ("The transposed convolution with the kernel reversed.", right(conv_transpose(upstream,
             w[..., ::-1], stride=2)), "What tap t has read, tap t writes to; the reversed kernel "
             "belongs to the view that slides."),
            ("The same convolution once more.", right(conv(upstream, w)), "That makes it smaller "
             "still, and the input was larger."),
            ("Each gradient, shared equally among the cells of its window.", right(spread),
             "A cell counts as much as the tap that it met."),
        ],
    )  # fmt: skip


def _undoes() -> Question:
    y, ones = np.array([[3, 1, 4, 1, 5, 9]]), np.array([[[1, 1]]])
    haar = np.array([[[1.0, 1.0]], [[1.0, -1.0]]]) / np.sqrt(2)

    def back(weight: Any, stride: int) -> bool:
        there = conv(y, weight, stride=stride)
        return np.allclose(conv_transpose(there, weight, stride=stride), y)

    plain, orthogonal, dense = back(ones, 2), back(haar, 2), back(ones, 1)
    return choice_question(
        "undoes",
        7,
        "When does the transposed convolution with the same weight return the values that went "
        "into a convolution?",
        "It multiplies by the transpose, which is the inverse of an orthogonal matrix only.",
        [
            ("Whenever the sizes come back.", plain and orthogonal, "The kernel 1, 1 with stride 2 "
             "returns another row of the same size."),
            ("Never.", not orthogonal, "Sums and differences of neighbours, divided by the root of "
             "2, come back exactly."),
            ("If the convolution's matrix is orthogonal.", orthogonal and not plain, "Then its "
             "transpose is its inverse."),
            ("Whenever the stride is 1.", dense, "The kernel 1, 1 blurs, and its transpose blurs "
             "once more."),
        ],
    )  # fmt: skip


def _weight_shape() -> Question:
    x = np.zeros((4, 5), int)
    reasons = {
        (4, 3, 3): "The axes are in, out / groups, kernel.",
        (6, 2, 3): "These are the axes of a convolution's weight: out, in / groups, kernel.",
        (4, 6, 3): "With two groups an input channel reaches only half of the outputs.",
        (3, 4, 3): "The first axis counts the channels that come in, all of them.",
    }

    def fits(shape: tuple[int, ...]) -> bool:
        return holds(lambda: len(conv_transpose(x, np.zeros(shape, int), groups=2)) == 6)

    return choice_question(
        "weight-shape",
        8,
        "A transposed convolution in one dimension leads from 4 channels to 6, with a kernel of 3 "
        "and two groups. Which shape has its weight?",
        "It is that of the convolution from 6 channels to 4, its partner.",
        [(str(shape), fits(shape), reason) for shape, reason in reasons.items()],
    )


def _tied_weight() -> Question:
    return choice_question(
        "tied-weight",
        7,
        "The decoder of an autoencoder is to use the weight w of the encoder's convolution, so "
        "that it is its transpose. What do you pass to conv_transpose1d?",
        "The transpose of the big matrix comes from the layer; the weight stays as it is.",
        [
            ("w", _adjoint(WEIGHT), "Its first axis counts what the convolution "
             "returns, and that is what the decoder gets."),
            ("w.transpose(0, 1)", _adjoint(WEIGHT.swapaxes(0, 1)), "PyTorch then asks for as many "
             "channels as the encoder was given."),
            ("w.flip(2)", _adjoint(WEIGHT[..., ::-1]), "The layer writes by the tap that the "
             "convolution read by."),
            ("w.transpose(0, 1).flip(2)", _adjoint(WEIGHT.swapaxes(0, 1)[..., ::-1]), "That is "
             "the weight for an ordinary convolution over the spread input."),
        ],
    )  # fmt: skip
