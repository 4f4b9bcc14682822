"""The forty questions. What is right is computed by the helper, and never typed."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import numpy as np
from question_bank.question import Choice, Question, Slip

from deconv_helpers import (
    Layer,
    conv,
    conv_input_sizes,
    conv_output_size,
    conv_transpose,
    conv_transpose_output_size,
    output_padding_for,
    overlap_counts,
)
from deconv_helpers.design import centre, find_layers, mirror, receptive_field, stream

X, W = [1, 2, 3, 4], [1, 10, 100]


def _named(**parameters: int) -> str:
    """Return parameters as a question names them."""
    letters = {"kernel_size": "kernel", "output_padding": "output padding"}
    return ", ".join(f"{letters.get(name, name)} {value}" for name, value in parameters.items())


def _size(i: int, **layer: int) -> int:
    layer = dict(layer)
    return conv_transpose_output_size(i, layer.pop("kernel_size"), **layer)


def _values(x: Sequence[int] = X, w: Sequence[int] = W, **layer: int) -> list[int]:
    y = conv_transpose(np.array([x]), np.array([[w]]), **layer)
    return [int(value) for value in y[0]]


def _row(values: Sequence[Any]) -> str:
    return ", ".join(map(str, values))


def _slips(answer: int, *slips: tuple[int, str]) -> list[Slip]:
    """Return the slips that are wrong here, each number once."""
    kept: dict[int, str] = {}
    for number, reason in slips:
        if number != answer and number > 0:
            kept.setdefault(number, reason)
    return [Slip(number, reason) for number, reason in kept.items()]


def _holds(claim: Callable[[], bool]) -> bool:
    """Return whether a claim holds; what the helper refuses does not."""
    try:
        return bool(claim())
    except ValueError:
        return False


def size_question(name: str, chapter: int, i: int, **layer: int) -> Question:
    """Return a question for the size of a layer's output."""
    k, s, p, p_, d = (
        layer.get(key, default)
        for key, default in zip(
            ("kernel_size", "stride", "padding", "output_padding", "dilation"),
            (1, 1, 0, 0, 1),
            strict=True,
        )
    )
    answer, span = _size(i, **layer), d * (k - 1) + 1
    return Question(
        name,
        chapter,
        f"A transposed convolution gets {i} cells: {_named(**layer)}. How many does it return?",
        f"({i} − 1) · {s} + {span} − 2 · {p} + {p_} = {answer}.",
        number=answer,
        slips=_slips(
            answer,
            (answer - p_, "The output padding is missing."),
            (i * s + span - 2 * p + p_, f"Between {i} stamps lie {i - 1} strides, not {i}."),
            ((i - 1) * s + span + 2 * p + p_, "Padding takes away here, from both ends."),
            ((i - 1) * s + span - p + p_, "Padding cuts from both ends."),
            ((i - 1) * s + span, "That is the full result; padding still cuts."),
            ((i - 1) * s + k - 2 * p + p_, "Dilation is missing: the kernel spans more cells."),
            (i * s, "The size is not always the stride times the input."),
        ),
    )


def padding_question(name: str, chapter: int, size: int, **layer: int) -> Question:
    """Return a question for the output padding that leads back."""
    k, s, p = layer["kernel_size"], layer["stride"], layer.get("padding", 0)
    small = conv_output_size(size, k, stride=s, padding=p)
    answer = output_padding_for(small, size, k, stride=s, padding=p)
    return Question(
        name,
        chapter,
        f"A convolution ({_named(**layer)}) takes {size} cells to {small}. Which output padding "
        f"does its transposed partner need to return {size}?",
        f"({size} + 2 · {p} − {k}) mod {s} = {answer}.",
        number=answer,
        slips=_slips(
            answer,
            (size % s, "It is the remainder of the padded size less the kernel."),
            ((size - k) % s, "The padding is missing in the remainder."),
            (s - 1, "Stride less one is right only where so much is left over."),
            (s, "The output padding of a layer without dilation is below its stride."),
        ),
    )


def cell_question(name: str, chapter: int, at: int, **layer: int) -> Question:
    """Return a question for the value of one cell."""
    values, flipped = _values(**layer), _values(w=W[::-1], **layer)
    whole = _values(stride=layer["stride"])
    return Question(
        name,
        chapter,
        f"The input is {_row(X)}, the kernel {_row(W)}, {_named(**layer)}. What stands in cell "
        f"{at} of the output, if the first is cell 0?",
        f"The output is {_row(values)}.",
        number=values[at],
        slips=_slips(
            values[at],
            (flipped[at], "A stamp keeps the kernel's order."),
            (whole[at], "Padding cuts cells in front first."),
            (values[at - 1], "That is the cell before it."),
        ),
    )


def choice_question(
    name: str, chapter: int, text: str, reason: str, choices: Sequence[tuple[str, bool, str]]
) -> Question:
    """Return a question with choices, the right one anywhere among them."""
    mixed = [Choice(*one) for one in choices]
    Random(name).shuffle(mixed)
    return Question(name, chapter, text, reason, choices=mixed)


def _there_and_back(size: int, **layer: int) -> Question:
    k, s, p = layer["kernel_size"], layer["stride"], layer.get("padding", 0)
    small = conv_output_size(size, k, stride=s, padding=p)
    back = conv_transpose_output_size(small, k, stride=s, padding=p)
    offers = sorted({back, size, back + 1, back - 1, small * s})
    return choice_question(
        f"there-and-back-{size}",
        3,
        f"A convolution ({_named(**layer)}) takes {size} cells to {small}. What does the "
        "transposed convolution with the same numbers, without output padding, return?",
        f"({small} − 1) · {s} + {k} − 2 · {p} = {back}, the size that divides.",
        [
            (
                str(offer),
                offer == back,
                f"({small} − 1) · {s} + {k} − 2 · {p} = {back}."
                if offer == back
                else "It cannot know which of the sizes that lead here was meant."
                if offer == size
                else "That is not what the formula says.",
            )
            for offer in offers
        ],
    )


def _sizes_that_lead(output: int, **layer: int) -> Question:
    k, s, p = layer["kernel_size"], layer["stride"], layer.get("padding", 0)
    answer = len(conv_input_sizes(output, k, stride=s, padding=p))
    return Question(
        "how-many-sizes",
        2,
        f"How many input sizes does a convolution ({_named(**layer)}) send to {output} cells?",
        "As many as the stride, as long as the smallest is at least 1.",
        number=answer,
        slips=_slips(answer, (1, "The floor hides a remainder."), (k, "The stride counts here.")),
    )


def _only_the_bias() -> Question:
    layer = {"stride": 3, "output_padding": 1}
    counts = overlap_counts(3, 2, **layer)
    alone = [at for at, count in enumerate(counts) if count == 0]
    offers = {
        _row(alone): (True, "No stamp reaches them."),
        str(alone[-1]): (False, "Gaps between stamps hold the bias alone as well."),
        _row(alone[:-1]): (False, "The cell that output padding brings is none of a stamp either."),
        "none": (False, "With a stride larger than the kernel there are gaps."),
    }
    return choice_question(
        "only-the-bias",
        4,
        "Three cells go in: kernel 2, stride 3, output padding 1, with a bias. Which cells of the "
        "output hold the bias alone, if the first is cell 0?",
        f"So many stamps reach each cell: {_row(counts)}.",
        [(text, *rest) for text, rest in offers.items()],
    )


def _refused() -> Question:
    layers = {
        "kernel 3, stride 2, output padding 1": {"kernel_size": 3, "stride": 2, "output_padding": 1},
        "kernel 3, stride 2, padding 4": {"kernel_size": 3, "stride": 2, "padding": 4},
        "kernel 3, stride 2, output padding 2": {"kernel_size": 3, "stride": 2, "output_padding": 2},
        "kernel 3, stride 2, dilation 4, output padding 3": {
            "kernel_size": 3, "stride": 2, "dilation": 4, "output_padding": 3,
        },
    }  # fmt: skip
    refused = {
        text: not _holds(lambda layer=layer: _size(6, **layer)) for text, layer in layers.items()
    }
    return choice_question(
        "refused",
        5,
        "Which of these layers does PyTorch refuse for an input of 6 cells?",
        "The output padding must be smaller than the stride or than the dilation.",
        [
            (
                text,
                wrong,
                "Its output padding is neither below the stride nor below the dilation."
                if wrong
                else f"It returns {_size(6, **layers[text])} cells.",
            )
            for text, wrong in refused.items()
        ],
    )


def _weight_shape() -> Question:
    x = np.zeros((4, 5), int)

    def fits(shape: tuple[int, ...]) -> bool:
        return _holds(lambda: conv_transpose(x, np.zeros(shape, int), groups=2).shape[0] == 6)

    shapes = {
        (4, 3, 3): "(in, out / groups, kernel).",
        (6, 2, 3): "That is the convolution's layout, (out, in / groups, kernel).",
        (3, 4, 3): "The first axis counts the input's channels.",
        (4, 6, 3): "With two groups, an input channel reaches half of the outputs.",
    }
    return choice_question(
        "weight-shape",
        8,
        "Which shape has the weight of a transposed convolution in one dimension from 4 channels "
        "to 6, with a kernel of 3 and two groups?",
        "The weight is laid out as (in, out / groups, kernel).",
        [(str(shape), fits(shape), reason) for shape, reason in shapes.items()],
    )


def _undoes() -> Question:
    y = np.array([[3, 1, 4, 1, 5, 9]])
    w = np.array([[[1, 1]]])
    haar = np.array([[[1.0, 1.0]], [[1.0, -1.0]]]) / np.sqrt(2)

    def back(values: Any, weight: Any) -> bool:
        there = conv(values, weight, stride=2)
        return bool(np.allclose(conv_transpose(there, weight, stride=2), values))

    one, two = back(y, w), back(y, haar)
    choices = [
        (
            "Always, if the sizes match.",
            one and two,
            "The values differ already for a kernel 1, 1.",
        ),
        (
            "Never.",
            not one and not two,
            "The Haar pair of kernels, with stride 2, is undone exactly.",
        ),
        (
            "If the kernels are orthonormal and enough of them, and not otherwise in general.",
            two and not one,
            "Then the matrix of the convolution is orthogonal, and its transpose is its inverse.",
        ),
        (
            "Whenever the stride is 1.",
            back(y, np.array([[[1, 1]]])) and one,
            "Blurring is not undone.",
        ),
    ]
    return choice_question(
        "undoes",
        7,
        "When does a transposed convolution with the same weight return the values that went into "
        "the convolution?",
        "It is the transpose of the convolution's matrix. Only for an orthogonal one is that the "
        "inverse.",
        choices,
    )


def _flipped() -> Question:
    y = _values(stride=2)
    spread = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0]
    slid = {
        "as it is": np.correlate(spread, W, "valid"),
        "reversed": np.correlate(spread, W[::-1], "valid"),
    }
    right = {order: list(map(int, values)) == y for order, values in slid.items()}
    return choice_question(
        "flipped",
        6,
        "To compute the layer, you put zeros between the inputs and around them, and slide the "
        "kernel over the row with stride 1, multiplying and adding. In which order do its taps lie?",
        "Seen from the output the kernel is reversed; in two dimensions it is turned by 180°.",
        [
            ("reversed", right["reversed"], "The last tap meets the first cell."),
            ("as in the convolution", right["as it is"], "That returns other numbers."),
            ("its order does not matter", all(right.values()), "Only for kernels that read alike."),
        ],
    )


def _stamp_of_one() -> Any:
    return conv_transpose(np.array([[[1]]]), np.array([[[[1, 2], [3, 4]]]]))[0]


def _why_transposed() -> Question:
    matrix = np.array(
        [conv(np.eye(6, dtype=int)[[n]], np.array([[W]]), stride=2)[0] for n in range(6)]
    ).T
    x = np.array([3, 5])
    layer = _values(list(map(int, x)), stride=2, output_padding=1)
    choices = [
        ("The matrix of the convolution.", list(map(int, matrix.T @ x)) == layer,
         "Its columns are the stamps."),
        ("The kernel: its rows and columns are exchanged.", _stamp_of_one().tolist() == [[1, 3], [2, 4]],
         "One cell that holds 1 returns the kernel as it is."),
        ("The input, before the convolution.", len(layer) == len(conv(x[None], np.array([[[1]]]))[0]),
         "That would not change how many cells come out."),
    ]  # fmt: skip
    return choice_question(
        "why-transposed", 6, "What is transposed in a transposed convolution?",
        "A convolution is a matrix C; the layer multiplies by its transpose.", choices,
    )  # fmt: skip


def _even_overlap() -> Question:
    def even(k: int, s: int) -> bool:
        inner = overlap_counts(12, k, stride=s)[k:-k]
        return len(set(map(int, inner))) == 1

    kernels = {(3, 2): "Two and one by turns.", (4, 2): "Two everywhere inside.",
               (5, 3): "Two, two, one.", (2, 3): "One, one, none."}  # fmt: skip
    return choice_question(
        "even-overlap",
        9,
        "In which of these layers do equally many stamps meet in every cell, away from the borders?",
        "Where the stride divides the kernel size.",
        [(f"kernel {k}, stride {s}", even(k, s), reason) for (k, s), reason in kernels.items()],
    )


def _border() -> Question:
    counts = overlap_counts(6, 4, stride=2, padding=1)
    offers = {
        _row(counts): "The first and the last cell lack a stamp.",
        _row([2] * len(counts)): "At the borders stamps are missing.",
        _row([1, *[2] * (len(counts) - 3), 1, 1]): "Both ends are alike.",
        _row([2, 1] * (len(counts) // 2)): "That is what a kernel of 3 does.",
    }
    return choice_question(
        "border",
        9,
        "How many stamps meet in each of the 12 output cells of a layer with 6 inputs, kernel 4, "
        "stride 2, padding 1?",
        "Inside it is even, since 2 divides 4; at the borders it is not.",
        [(text, text == _row(counts), reason) for text, reason in offers.items()],
    )


def _exact() -> Question:
    def exact(**layer: int) -> bool:
        return all(_holds(lambda i=i: _size(i, **layer) == 3 * i) for i in range(2, 20))

    layers = [
        {"kernel_size": 3, "stride": 3, "padding": 0},
        {"kernel_size": 4, "stride": 3, "padding": 1},
        {"kernel_size": 5, "stride": 3, "padding": 0},
        {"kernel_size": 6, "stride": 3, "padding": 1},
    ]
    return choice_question(
        "exact",
        5,
        "Which layer triples every size exactly?",
        "Twice the padding, less the output padding, must be the kernel less the stride.",
        [
            (
                _named(**layer),
                exact(**layer),
                f"It makes {_size(5, **layer)} of 5.",
            )
            for layer in layers
        ],
    )


def _longest_padding() -> Question:
    answer = max(
        p for p in range(12) if _holds(lambda p=p: _size(4, kernel_size=3, stride=2, padding=p))
    )
    return Question(
        "largest-padding",
        5,
        "Four cells go in: kernel 3, stride 2, no output padding. Which is the largest padding "
        "that leaves a cell?",
        "The full result has 9 cells; a padding of 4 leaves one.",
        number=answer,
        slips=_slips(answer, (2, "More than the kernel less one is legal."), (1, "More is legal.")),
    )


def _mirror() -> Question:
    encoder = [Layer(3, stride=2, padding=1)] * 3
    right = [layer.output_padding for layer in mirror(50, encoder)]
    offers = {
        _row(right): "The decoder begins with the encoder's last layer.",
        _row(right[::-1]): "That is the order of the way down.",
        _row([1] * 3): "Output padding is the remainder of each step.",
        _row([0] * 3): "Output padding is the remainder of each step.",
    }
    return choice_question(
        "mirror",
        11,
        "An encoder has three convolutions with kernel 3, stride 2, padding 1, and takes 50 cells. "
        "Which output paddings lead back, in the order of the decoder?",
        "The sizes are 50, 25, 13, 7; each step's remainder is its output padding.",
        [(text, text == _row(right), reason) for text, reason in offers.items()],
    )


def _unet() -> Question:
    right = [layer.output_padding for layer in mirror(143, [Layer(2, stride=2)] * 2)]
    offers = [right, [0, 0], [1, 0], [0, 1]]
    return choice_question(
        "unet",
        11,
        "A U-Net halves 143 rows twice by pooling: 71, then 35. Which output paddings do the two "
        "steps up need, with kernel 2 and stride 2?",
        "71 and 143 are odd, and the layer alone returns 70 and 142.",
        [
            (
                _row(one),
                one == right,
                "Both sizes are odd." if one == right else "Look at 71 and 143.",
            )
            for one in offers
        ],
    )


def _keeps() -> Question:
    kept = stream(Layer(16, stride=8)).frames
    return Question(
        "past-frames",
        10,
        "A causal layer with kernel 16 and stride 8 works frame by frame. How many past frames "
        "must it keep to compute the next samples?",
        "Each sample sees the newest frame and 16 / 8 − 1 before it.",
        number=kept,
        slips=_slips(
            kept, (2, "The newest frame is not a past one."), (15, "Frames, not samples.")
        ),
    )


def _fcn() -> Question:
    pool = ("conv", Layer(2, stride=2))
    chain = [("conv", Layer(3, padding=100)), *5 * [pool], ("conv", Layer(7)),
             ("conv_transpose", Layer(64, stride=32))]  # fmt: skip
    answer = int(centre(chain).offset)
    return Question(
        "fcn",
        10,
        "FCN-32s pads its picture by 100, pools five times, and enlarges by kernel 64 and stride "
        "32. At which place must its result be cropped so that it lies over the picture?",
        "Score n stands for place 32n + 12.5, and its stamp's centre lies at 32n + 31.5.",
        number=answer,
        slips=_slips(answer, (16, "Half a kernel less half a stride; the padding of 100 counts too."),
                     (100, "That is the padding of the first layer.")),
    )  # fmt: skip


def _receptive() -> Question:
    answer = max(receptive_field([("conv_transpose", Layer(4, stride=2, padding=1))]))
    return Question(
        "inputs-seen",
        9,
        "How many inputs does one output of a layer with kernel 4 and stride 2 see, in one "
        "dimension, away from the borders?",
        "Each phase has 4 / 2 taps.",
        number=answer,
        slips=_slips(answer, (4, "Two taps of each stamp reach a phase."), (1, "Stamps overlap.")),
    )


def _half_cell() -> Question:
    place = centre([("conv_transpose", Layer(3, stride=2, padding=1, output_padding=1))])
    offers = {"0": 0, "half a cell": 0.5, "a whole cell": 1}
    off = abs(float(place.at(0)) - (2 - 1) / 2)
    return choice_question(
        "half-a-cell",
        10,
        "A layer doubles by kernel 3, stride 2, padding 1, output padding 1. By how much are the "
        "stamps' centres off the middle of the two output cells of each input?",
        "The centre of input n is at 2n, and the middle of its two cells at 2n + 1/2.",
        [(text, value == off, f"It is {off} output cells.") for text, value in offers.items()],
    )


def _doubling() -> Question:
    found = find_layers(factor=2, kernel_size=4, output_padding=0)
    right = found[0].padding
    return Question(
        "doubling",
        5,
        "A layer with kernel 4 and stride 2, without output padding, is to double every size. "
        "Which padding does it need?",
        "2p = 4 − 2.",
        number=int(right),  # type: ignore[call-overload]
        slips=_slips(int(right), (2, "Padding cuts from both ends."),),  # type: ignore[call-overload]
    )  # fmt: skip


def _not_zero() -> Question:
    with_padding = _values(stride=2, padding=1, output_padding=1)
    right = with_padding[-1]
    return choice_question(
        "not-zero",
        4,
        f"Input {_row(X)}, kernel {_row(W)}, stride 2, padding 1. What stands in the cell that "
        "output padding 1 adds at the end?",
        "Output padding moves the cut: the value was computed, and padding had cut it off.",
        [
            (str(right), right == 400, "It is 4 · 100, which padding had cut off."),
            ("0", right == 0, "Output padding appends no zeros; it cuts less."),
            (
                "the mean of its neighbours",
                right == np.mean(with_padding[-3:-1]),
                "Nothing is guessed.",
            ),
            ("the value before it once more", right == with_padding[-2], "Nothing is repeated."),
        ],
    )


def _which_side() -> Question:
    without, with_ = _values(stride=2, padding=1), _values(stride=2, padding=1, output_padding=1)
    return choice_question(
        "which-side",
        4,
        "Where does output padding change a result?",
        "Earlier outputs never change.",
        [
            ("Only at the end: right, or below.", with_[:-1] == without, "The front stays."),
            ("Only at the front.", with_[1:] == without, "The front stays."),
            ("At both ends by half of it.", with_[:-1] != without != with_[1:], "The front stays."),
        ],
    )


def _gradient() -> Question:
    w = np.array([[W]])
    layer = _values([1, 1, 1, 1], stride=2)
    reads = overlap_counts(4, 3, stride=2)
    return choice_question(
        "backward",
        7,
        "What does backpropagation compute to get through a convolution to its input?",
        "The transposed convolution of the gradient, with the same weight.",
        [
            (
                "A transposed convolution with the same weight.",
                len(layer) == 9 and conv(np.arange(9)[None], w, stride=2).shape == (1, 4),
                "The gradient is multiplied by the transpose of the convolution's matrix.",
            ),
            (
                "The same convolution once more.",
                len(layer) == conv_output_size(4, 3, stride=2),
                "That would make it smaller still.",
            ),
            (
                "A division by how often each cell was read.",
                layer == list(map(int, reads)),
                "Reads are counted by a kernel of ones; the weight matters.",
            ),
        ],
    )


def _work() -> Question:
    answer = 4 * 3
    counts = overlap_counts(4, 3, stride=2)
    return Question(
        "work",
        8,
        "One channel in and one out, 4 inputs, kernel 3, stride 2, no padding. How many "
        "multiplications make the result?",
        "Each input meets each tap once.",
        number=int(sum(map(int, counts))),
        slips=_slips(answer, (27, "Outputs times taps counts products with zeros."), (9, "Each of the inputs meets each tap.")),
    )  # fmt: skip


def _stride_one() -> Question:
    y = _values(w=W, stride=1)
    convolved = {
        "reversed, and padding 2": conv(np.array([X]), np.array([[W[::-1]]]), padding=2)[0],
        "as it is, and padding 2": conv(np.array([X]), np.array([[W]]), padding=2)[0],
        "reversed, and padding 1": conv(np.array([X]), np.array([[W[::-1]]]), padding=1)[0],
    }
    return choice_question(
        "stride-one",
        6,
        "A transposed convolution with kernel 3, stride 1 and no padding is an ordinary "
        "convolution. With which kernel and padding?",
        "Flip the kernel; the padding is k − 1 − p.",
        [
            (text, list(map(int, values)) == y, "The values tell.")
            for text, values in convolved.items()
        ],
    )


def _in_two() -> Question:
    height = _size(5, kernel_size=3, stride=2, padding=1)
    width = _size(7, kernel_size=4, stride=3, padding=0)
    right = (height, width)
    offers = [right, (width, height), (height * 2, width), (10, 21)]
    return choice_question(
        "two-axes",
        5,
        "A layer in the plane gets 5 rows and 7 columns: kernel (3, 4), stride (2, 3), padding "
        "(1, 0). What does it return?",
        "Each axis by itself.",
        [
            (
                f"{rows} rows, {columns} columns",
                (rows, columns) == right,
                "Each axis has its own numbers.",
            )
            for rows, columns in offers
        ],
    )


def _grows_by() -> Question:
    answer = _size(11, kernel_size=5, stride=3, padding=1) - _size(
        10, kernel_size=5, stride=3, padding=1
    )
    return Question(
        "one-more",
        3,
        "A layer has kernel 5, stride 3, padding 1. By how many cells does its output grow if its "
        "input grows by one?",
        "By one more stamp's start: a stride.",
        number=answer,
        slips=_slips(answer, (5, "The stamps overlap."), (1, "Stamps start a stride apart.")),
    )


def _all() -> list[Question]:
    return [
        size_question("size-bare", 1, 4, kernel_size=3, stride=2),
        size_question("size-padding", 1, 4, kernel_size=3, stride=2, padding=1),
        size_question(
            "size-output-padding", 4, 13, kernel_size=3, stride=2, padding=1, output_padding=1
        ),
        size_question("size-stride-3", 1, 7, kernel_size=5, stride=3, padding=2, output_padding=2),
        size_question("size-gaps", 1, 5, kernel_size=2, stride=4),
        size_question("size-dilation", 5, 6, kernel_size=3, stride=2, padding=2, dilation=3),
        size_question("size-vocoder", 11, 20, kernel_size=16, stride=8, padding=4),
        padding_question("p-50", 4, 50, kernel_size=3, stride=2, padding=1),
        padding_question("p-12", 4, 12, kernel_size=5, stride=3, padding=2),
        padding_question("p-143", 11, 143, kernel_size=2, stride=2),
        padding_question("p-100", 4, 100, kernel_size=7, stride=4, padding=2),
        cell_question("cell-overlap", 1, 4, stride=2),
        cell_question("cell-padding", 1, 1, stride=2, padding=1),
        cell_question("cell-end", 1, 6, stride=2),
        _sizes_that_lead(6, kernel_size=3, stride=3),
        _there_and_back(50, kernel_size=3, stride=2, padding=1),
        _grows_by(),
        _only_the_bias(),
        _not_zero(),
        _which_side(),
        _refused(),
        _longest_padding(),
        _doubling(),
        _exact(),
        _in_two(),
        _why_transposed(),
        _flipped(),
        _stride_one(),
        _gradient(),
        _undoes(),
        _weight_shape(),
        _work(),
        _even_overlap(),
        _border(),
        _receptive(),
        _half_cell(),
        _fcn(),
        _keeps(),
        _mirror(),
        _unet(),
    ]


QUESTIONS = tuple(_all())
