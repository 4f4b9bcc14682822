"""Questions about sizes: chapters 1 to 5."""

from collections.abc import Iterator

from deconv_helpers import conv_input_sizes, conv_output_size, output_padding_for
from deconv_helpers.design import find_layers
from question_bank.making import choice_question, holds, named, size, slips
from question_bank.question import Question


def questions() -> Iterator[Question]:
    """Yield the questions."""
    yield _size("size-bare", 1, 4, kernel_size=3, stride=2)
    yield _size("size-padding", 1, 4, kernel_size=3, stride=2, padding=1)
    yield _size("size-gaps", 1, 5, kernel_size=2, stride=4)
    yield _size("size-all-four", 4, 7, kernel_size=5, stride=3, padding=2, output_padding=2)
    yield _size("size-dilation", 5, 6, kernel_size=3, stride=2, padding=2, dilation=3)
    yield _size("size-times-eight", 5, 20, kernel_size=16, stride=8, padding=4)
    yield _way_back("way-back-50", 4, 50, kernel_size=3, stride=2, padding=1)
    yield _way_back("way-back-12", 4, 12, kernel_size=5, stride=3, padding=2)
    yield _way_back("way-back-102", 4, 102, kernel_size=7, stride=4, padding=3)
    yield _way_back("way-back-pooling", 11, 143, kernel_size=2, stride=2)
    yield _sizes_that_lead()
    yield _there_and_back()
    yield _one_more()
    yield _refused()
    yield _largest_padding()
    yield _doubling()
    yield _exact()
    yield _two_axes()


def _size(name: str, chapter: int, i: int, **layer: int) -> Question:
    k, s, p, p_, d = (
        layer.get(key, default)
        for key, default in zip(
            ("kernel_size", "stride", "padding", "output_padding", "dilation"),
            (1, 1, 0, 0, 1),
            strict=True,
        )
    )
    answer, span = size(i, **layer), d * (k - 1) + 1
    return Question(
        name,
        chapter,
        f"A transposed convolution has {named(**layer)}, and PyTorch's defaults for the rest. It "
        f"gets {i} cells. How many does it return?",
        f"({i} − 1) · {s} + {span} − 2 · {p} + {p_} = {answer}."
        + (f" The {k} taps of the kernel span {span} cells." if d > 1 else ""),
        number=answer,
        slips=slips(
            answer,
            (answer - p_, "The output padding is missing."),
            (i * s + span - 2 * p + p_, f"Between {i} stamps lie {i - 1} strides, not {i}."),
            ((i - 1) * s + span + 2 * p + p_, "Padding makes the result smaller, not larger."),
            ((i - 1) * s + span - p + p_, "Padding cuts at both ends."),
            ((i - 1) * s + span + p_, "Padding is missing: it cuts at both ends."),
            ((i - 1) * s + k - 2 * p + p_, f"With dilation {d} the taps span {span} cells."),
            (i * s, "It is the stride times the input only for certain kernels and paddings."),
        ),
    )


def _way_back(name: str, chapter: int, large: int, **layer: int) -> Question:
    k, s, p = layer["kernel_size"], layer["stride"], layer.get("padding", 0)
    small = conv_output_size(large, k, stride=s, padding=p)
    answer = output_padding_for(small, large, k, stride=s, padding=p)
    without = size(small, **layer)
    return Question(
        name,
        chapter,
        f"A convolution ({named(**layer)}) takes {large} cells to {small}. Which output padding "
        f"does the transposed convolution with the same numbers need to return {large}?",
        f"({large} + 2 · {p} − {k}) mod {s} = {answer}: what the division leaves over.",
        number=answer,
        slips=slips(
            answer,
            (0, f"Without output padding it returns {without}."),
            (large % s, f"It is the remainder of the padded size less the kernel, not of {large}."),
            ((large - k) % s, "The padding counts in the remainder too."),
            ((large + p - k) % s, "The padding counts twice in the remainder, once for each end."),
            (s - 1, "The stride less one is the largest remainder, not always the one left over."),
            (s, "It must be smaller than the stride, or PyTorch refuses it."),
            least=0,
        ),
    )


def _sizes_that_lead() -> Question:
    sizes = conv_input_sizes(6, 5, stride=3)
    return Question(
        "how-many-sizes",
        2,
        "How many different input sizes does a convolution with kernel 5, stride 3 and no padding "
        "take to 6 cells?",
        f"The sizes from {min(sizes)} to {max(sizes)}: as many as there are remainders of a "
        "division by the stride.",
        number=len(sizes),
        slips=slips(
            len(sizes),
            (1, "The floor drops a remainder, so that neighbouring sizes come to the same."),
            (2, "The remainder 0 counts as well."),
            (5, "The stride decides, not the kernel."),
        ),
    )


def _there_and_back() -> Question:
    layer = {"kernel_size": 3, "stride": 2, "padding": 1}
    small = conv_output_size(50, **layer)
    back = size(small, **layer)
    reasons = {
        (small - 1) * 2 + 3 - 2 * 1: "It is the size without a remainder among those that lead to "
        f"{small}.",
        50: f"{back} and 50 both go to {small}; that it was 50 only output padding can say.",
        small * 2 + 3 - 2 * 1: f"Between {small} stamps lie {small - 1} strides.",
        (small - 1) * 2 + 3 + 2 * 1: "Padding, added on the way down, is cut on the way up.",
    }
    return choice_question(
        "there-and-back",
        3,
        f"A convolution ({named(**layer)}) takes 50 cells to {small}. What does the transposed "
        f"convolution with the same numbers, without output padding, make of {small}?",
        f"({small} − 1) · 2 + 3 − 2 · 1 = {back}.",
        [(str(offer), offer == back, reason) for offer, reason in reasons.items()],
    )


def _one_more() -> Question:
    ten, eleven = (size(i, 5, stride=3, padding=1) for i in (10, 11))
    return Question(
        "one-more",
        3,
        "A layer has kernel 5, stride 3 and padding 1. By how many cells does its output grow if "
        "its input grows by one?",
        "One more stamp begins, a stride behind the last one.",
        number=eleven - ten,
        slips=slips(
            eleven - ten,
            (5, "The new stamp overlaps the one before it, and adds only a stride."),
            (1, "The new stamp begins a stride further on, not a cell."),
            (2, "The overlap is 5 − 3 = 2; what is added is the rest."),
        ),
    )


def _refused() -> Question:
    layers = [
        ({"kernel_size": 3, "stride": 2, "output_padding": 1}, "An output padding of 1 is smaller "
         "than the stride 2; it returns {} cells."),
        ({"kernel_size": 3, "stride": 2, "padding": 4}, "Padding may be larger than the kernel as "
         "long as a cell remains; it returns {} cells."),
        ({"kernel_size": 3, "stride": 2, "output_padding": 2}, "2 is neither smaller than the "
         "stride 2 nor than the dilation 1."),
        ({"kernel_size": 3, "stride": 2, "output_padding": 3, "dilation": 4}, "An output padding "
         "of 3 is smaller than the dilation 4, and that is enough; it returns {} cells."),
    ]  # fmt: skip

    def refused(layer: dict[str, int]) -> bool:
        return not holds(lambda: size(6, **layer) > 0)

    return choice_question(
        "refused",
        5,
        "Which of these layers does PyTorch refuse for an input of 6 cells?",
        "The output padding must be smaller than the stride or than the dilation.",
        [
            (
                named(**layer),
                refused(layer),
                reason if refused(layer) else reason.format(size(6, **layer)),
            )
            for layer, reason in layers
        ],
    )


def _largest_padding() -> Question:
    full = size(4, 3, stride=2)
    answer = max(p for p in range(full) if holds(lambda p=p: size(4, 3, stride=2, padding=p) > 0))
    return Question(
        "largest-padding",
        5,
        "Four cells go into a layer with kernel 3 and stride 2, without output padding. Which is "
        "the largest padding that leaves at least one cell?",
        f"The full result has {full} cells; a padding of {answer} leaves {full - 2 * answer}.",
        number=answer,
        slips=slips(
            answer,
            (1, "Half the kernel is a limit of pooling layers, not of this one."),
            (2, "The kernel less one is no limit; only the size of the full result is."),
            (3, f"A padding of 3 leaves {full - 6} cells, so one more is possible."),
            (full - 1, "Padding cuts at both ends."),
            (answer + 1, f"{2 * (answer + 1)} cells would be cut, and there are {full}."),
        ),
    )


def _doubling() -> Question:
    answer = int(find_layers(factor=2, kernel_size=4, output_padding=0)[0].padding)
    return Question(
        "doubling",
        5,
        "A layer with kernel 4 and stride 2, without output padding, is to double every size. "
        "Which padding does it need?",
        "(i − 1) · 2 + 4 − 2p is 2i for every i if 2p = 4 − 2.",
        number=answer,
        slips=slips(
            answer,
            (0, f"Without padding it makes {size(5, 4, stride=2)} of 5."),
            (2, "Two cells are too many, but padding cuts at both ends."),
            least=0,
        ),
    )


def _exact() -> Question:
    def triples(k: int) -> bool:
        return all(size(i, k, stride=3, padding=1) == 3 * i for i in range(1, 20))

    reasons = {
        3: "It makes {} of 5: the padding takes two cells too many.",
        4: "It makes {} of 5: one too few for stride 3.",
        5: "It makes {} of 5, and each further cell brings 3.",
        6: "It makes {} of 5: one too many, and padding cuts two at a time.",
    }
    return choice_question(
        "exact",
        5,
        "Without output padding, which layer triples every size exactly?",
        "The kernel less twice the padding must be the stride.",
        [
            (
                named(kernel_size=k, stride=3, padding=1),
                triples(k),
                reason.format(size(5, k, stride=3, padding=1)),
            )
            for k, reason in reasons.items()
        ],
    )


def _two_axes() -> Question:
    right = size(5, 3, stride=2, padding=1), size(7, 4, stride=3)
    rows, columns = right
    reasons = {
        (rows, columns): f"(5 − 1) · 2 + 3 − 2 = {rows} and (7 − 1) · 3 + 4 = {columns}.",
        (columns, rows): "The first number of each pair is that of the rows.",
        (5 * 2, 7 * 3): "Neither axis is multiplied by its stride: kernel and padding count too.",
        (rows, columns - 2): "The padding is 1 for the rows and 0 for the columns.",
    }
    return choice_question(
        "two-axes",
        5,
        "A layer in the plane gets 5 rows and 7 columns. It has kernel (3, 4), stride (2, 3) and "
        "padding (1, 0). What does it return?",
        "Each axis follows the formula by itself, with its own numbers.",
        [
            (f"{one} rows, {other} columns", (one, other) == right, reason)
            for (one, other), reason in reasons.items()
        ],
    )
