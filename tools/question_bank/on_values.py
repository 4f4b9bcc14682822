"""Questions about values: what stands in a cell, and which stamps reach it."""

from collections.abc import Iterator

import numpy as np

from deconv_helpers import Layer, conv, overlap_counts
from deconv_helpers.design import inputs_seen
from question_bank.making import W, X, choice_question, named, row, slips, values
from question_bank.question import Question


def questions() -> Iterator[Question]:
    """Yield the questions."""
    yield _cell("cell-overlap", 1, 4, stride=2)
    yield _cell("cell-padding", 3, 1, stride=2, padding=1)
    yield _cell("cell-late", 1, 6, stride=2)
    yield _only_the_bias()
    yield _new_cell()
    yield _which_side()
    yield _flipped()
    yield _stride_one()
    yield _work()
    yield _even_overlap()
    yield _border()
    yield _inputs_seen()


def _cell(name: str, chapter: int, at: int, **layer: int) -> Question:
    result, p = values(**layer), layer.get("padding", 0)
    unstrided = dict(enumerate(values(stride=1)))
    # The stamps that reach the cell, in their order.
    terms = [
        x * W[at + p - n * layer["stride"]]
        for n, x in enumerate(X)
        if 0 <= at + p - n * layer["stride"] < len(W)
    ]
    return Question(
        name,
        chapter,
        f"The input is {row(X)}, the kernel {row(W)}, {named(**layer)}. What stands in cell {at} "
        "of the output? The first cell is cell 0.",
        f"{' + '.join(map(str, terms))} = {result[at]}; the whole output is {row(result)}.",
        number=result[at],
        slips=slips(
            result[at],
            (values(w=W[::-1], **layer)[at], "A stamp keeps the kernel's order."),
            (values(stride=layer["stride"])[at], "Padding first cuts cells in front."),
            (unstrided.get(at + p, 0), "The stamps begin a stride apart, not one cell."),
            (terms[0], "A second stamp reaches this cell; the two add."),
            (terms[-1], "An earlier stamp reaches this cell; the two add, and none covers it."),
            (result[at - 1], "That is the cell before it: the first is cell 0."),
        ),
    )


def _only_the_bias() -> Question:
    counts = overlap_counts(3, 2, stride=3, output_padding=1)
    alone = [at for at, count in enumerate(counts) if count == 0]
    reasons = {
        row(alone): "No stamp reaches them.",
        row(alone[-1:]): "Between the stamps lie cells that none of them reaches as well.",
        row(alone[:-1]): "Without padding to take back, the cell of output padding is empty too.",
        "none": "A stride larger than the kernel leaves gaps between the stamps.",
    }
    return choice_question(
        "only-the-bias",
        4,
        "Three cells go into a layer with kernel 2, stride 3, output padding 1 and a bias. Which "
        "cells of the output hold the bias alone? The first cell is cell 0.",
        f"So many stamps reach the cells: {row(counts)}.",
        [(text, text == row(alone), reason) for text, reason in reasons.items()],
    )


def _new_cell() -> Question:
    right = values(stride=2, padding=1, output_padding=1)[-1]
    reasons = {
        400: "It is 4 · 100, which the padding had cut off.",
        0: "Output padding appends no zero; it cuts less, and the value was there.",
        40: "That is the cell before it; nothing is repeated.",
        4: "The last cell of a stamp is the last tap's, 100, not the first one's.",
    }
    return choice_question(
        "new-cell",
        4,
        f"Input {row(X)}, kernel {row(W)}, stride 2, padding 1. What stands in the cell that an "
        "output padding of 1 brings?",
        "The full result is computed, and then cut: output padding moves the cut at the end.",
        [(str(offer), offer == right, reason) for offer, reason in reasons.items()],
    )


def _which_side() -> Question:
    without, with_ = values(stride=2, padding=1), values(stride=2, padding=1, output_padding=1)
    front, end = with_[1:] == without, with_[:-1] == without
    return choice_question(
        "which-side",
        4,
        "Where does a result differ if a layer gets output padding?",
        "Output padding brings cells at the end; those in front of them keep their values.",
        [
            ("At the end only: on the right, or below.", end, "There less is cut off."),
            ("In front only: on the left, or above.", front, "Stamps are counted from the front, "
             "so that what is left over lies at the end."),
            ("At both ends, by half of it at each.", not front and not end, "That would be "
             "padding, which acts at both ends."),
            ("In every cell, since the stamps lie further apart.", all(
                 one != other for one, other in zip(without, with_)
             ), "The distance of the stamps is the stride, and it stays."),
        ],
    )  # fmt: skip


def _flipped() -> Question:
    spread = [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 0]
    y = values(stride=2)
    forwards, backwards = (list(np.correlate(spread, w, "valid")) == y for w in (W, W[::-1]))
    return choice_question(
        "flipped",
        6,
        "The layer can be computed like this: zeros between the inputs and around them, then the "
        "kernel slides over the row in steps of 1, multiplying and adding. In which order do its "
        "taps lie?",
        "An output sees the stamps from the other side; in the plane the kernel is turned by 180°.",
        [
            ("In reverse.", backwards, "The stamp that begins at a cell reaches it by its first "
             "tap, and the earlier stamps by later ones."),
            ("In their own order.", forwards, "Each single input would put down 100, 10, 1."),
            ("In either: the sum is the same.", forwards and backwards, "Only for a kernel that "
             "reads alike from both ends."),
        ],
    )  # fmt: skip


def _stride_one() -> Question:
    def same(w: list[int], padding: int) -> bool:
        return list(conv(np.array([X]), np.array([[w]]), padding=padding)[0]) == values()

    return choice_question(
        "stride-one",
        6,
        "With kernel 3, stride 1 and no padding, a transposed convolution is an ordinary "
        "convolution of the same input. Of which kernel, and with which padding?",
        "The kernel is reversed, and the padding is k − 1 − p = 2.",
        [
            ("The kernel reversed, padding 2.", same(W[::-1], 2), "Two cells more than the input "
             "has, each the sum of the stamps that reach it."),
            ("The kernel as it is, padding 2.", same(W, 2), "The size is right, but each stamp "
             "lies back to front."),
            ("The kernel reversed, padding 1.", same(W[::-1], 1), "That keeps the size, and the "
             "full result has two cells more."),
            ("The kernel reversed, no padding.", same(W[::-1], 0), "That makes the input smaller; "
             "the zeros around it are missing."),
        ],
    )  # fmt: skip


def _work() -> Question:
    answer = int(sum(overlap_counts(4, 3, stride=2)))
    return Question(
        "work",
        8,
        "One channel in and one out, 4 inputs, kernel 3, stride 2, no padding. How many "
        "multiplications of an input by a tap make the result?",
        "Each of the 4 inputs meets each of the 3 taps once.",
        number=answer,
        slips=slips(
            answer,
            (27, "9 outputs times 3 taps also counts products with the zeros between."),
            (9, "An output can be the sum of more than one product."),
            (4, "Each input is multiplied by every tap."),
            (24, "The stride moves stamps apart; it adds no products."),
        ),
    )


def _even_overlap() -> Question:
    reasons = {
        (3, 2): "Two and one by turns.",
        (4, 2): "Two in every cell.",
        (5, 3): "Two, two and one by turns.",
        (2, 3): "One, one and none by turns.",
    }

    def even(k: int, s: int) -> bool:
        return len(set(map(int, overlap_counts(12, k, stride=s)[k:-k]))) == 1

    return choice_question(
        "even-overlap",
        9,
        "Away from the borders, in which of these layers do equally many stamps meet in each cell?",
        "Where the stride divides the kernel size.",
        [(named(kernel_size=k, stride=s), even(k, s), said) for (k, s), said in reasons.items()],
    )


def _border() -> Question:
    counts = list(map(int, overlap_counts(4, 4, stride=2, padding=1)))
    reasons = {
        row(counts): "The padding cuts one of the two cells at each end that one stamp reaches.",
        row([2] * 8): "Beyond the first and the last stamp there is none to meet them.",
        row([1, 1, *[2] * 4, 1, 1]): "Without padding there are two such cells at each end; one "
        "of them is cut.",
        row([1, 2] * 4): "A kernel of 3 does that: two does not divide it.",
    }
    return choice_question(
        "border",
        9,
        "Four cells go into a layer with kernel 4, stride 2 and padding 1. How many stamps meet in "
        "each of the eight cells of its output?",
        "Inside it is even, since 2 divides 4; at the borders it is not.",
        [(text, text == row(counts), reason) for text, reason in reasons.items()],
    )


def _inputs_seen() -> Question:
    answer = max(inputs_seen([("conv_transpose", Layer(4, stride=2, padding=1))]))
    return Question(
        "inputs-seen",
        9,
        "A layer in one dimension has kernel 4 and stride 2. How many inputs does one output see, "
        "away from the borders?",
        "Of the 4 taps every second one falls on an input: 4 / 2.",
        number=answer,
        slips=slips(
            answer,
            (4, "Four outputs see an input; of the four taps an output meets every second one."),
            (1, "The kernel is longer than the stride, so that stamps overlap."),
            (3, "The overlap is even: each output sees equally many."),
        ),
    )
