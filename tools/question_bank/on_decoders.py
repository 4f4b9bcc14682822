"""Questions about decoders: places, streams and mirrors, chapters 10 and 11."""

from collections.abc import Iterator
from fractions import Fraction

from deconv_helpers import Layer
from deconv_helpers.design import centre, mirror, stream
from question_bank.making import choice_question, row, slips
from question_bank.question import Question


def questions() -> Iterator[Question]:
    """Yield the questions."""
    yield _half_cell()
    yield _fcn()
    yield _past_frames()
    yield _mirror()
    yield _unet()


def _half_cell() -> Question:
    place = centre([("conv_transpose", Layer(3, stride=2, padding=1, output_padding=1))])
    off = abs(place.at(0) - Fraction(1, 2))
    reasons = {
        "Half a cell.": (0.5, "The stamp's centre lies on the first of the two cells."),
        "Not at all.": (0, "That is so for kernel 4 and padding 1, whose centre lies between two "
                        "cells."),
        "A whole cell.": (1, "The middle of two neighbouring cells is half a cell from either."),
    }  # fmt: skip
    return choice_question(
        "half-a-cell",
        10,
        "A layer doubles by kernel 3, stride 2, padding 1 and output padding 1, so that each input "
        "has two cells of the output. How far is the centre of its stamp off their middle?",
        "The centre of input n lies at 2n, and the middle of its two cells at 2n + 1/2.",
        [(text, value == off, reason) for text, (value, reason) in reasons.items()],
    )


def _fcn() -> Question:
    pool = ("conv", Layer(2, stride=2))
    scores = [("conv", Layer(3, padding=100)), *5 * [pool], ("conv", Layer(7))]
    answer = centre([*scores, ("conv_transpose", Layer(64, stride=32))]).offset
    if answer.denominator != 1:
        raise ValueError("the crop is no whole number")
    return Question(
        "fcn",
        10,
        "FCN-32s pads its picture by 100 in a layer with kernel 3, halves it five times by "
        "pooling, and has a layer with kernel 7 and no padding. All its other layers keep places. "
        "Then it enlarges by kernel 64 and stride 32. At which cell must the result be cropped in "
        "front, so that it lies over the picture?",
        "Score n sees the picture around place 32n + 12.5, and its stamp's centre lies at "
        "32n + 31.5.",
        number=int(answer),
        slips=slips(
            int(answer),
            (16, "(64 − 32) / 2 fits scores that lie over the picture's blocks of 32; here the "
             "padding of 100 and the kernel of 7 move them."),
            (100, "So many cells were put before the picture; how far the scores moved is less."),
            (31, "That is the stamp's centre alone; where the score sees the picture counts too."),
            (12, "That is where the first score sees the picture; its stamp's centre counts too."),
        ),
    )  # fmt: skip


def _past_frames() -> Question:
    kept = stream(Layer(16, stride=8))
    return Question(
        "past-frames",
        10,
        "A causal layer with kernel 16 and stride 8 makes sound chunk by chunk. How many past "
        "input frames must it keep, so that the next chunk comes out as if all had been computed "
        "at once?",
        "A stamp of 16 reaches over 16 / 8 − 1 later frames.",
        number=kept.frames,
        slips=slips(
            kept.frames,
            (2, "Two frames meet in each sample, but one of them is the newest."),
            (kept.sums, "So many unfinished sums may be kept instead of frames."),
            (15, "That counts samples of the output, not frames."),
            (0, "The last stamp is 16 long and reaches into the next chunk."),
            least=0,
        ),
    )


def _mirror() -> Question:
    right = row(layer.output_padding for layer in mirror(50, [Layer(3, stride=2, padding=1)] * 3))
    reasons = {
        "0, 0, 1": "From 7 to 13 and from 13 to 25 nothing is left over, and from 25 to 50 one is.",
        "1, 0, 0": "This is the order of the way down; the decoder begins where the encoder ends.",
        "1, 1, 1": "The first layer would then make 14 of 7, where the encoder had 13.",
        "0, 0, 0": "The last layer would then make 49 of 25.",
    }
    return choice_question(
        "mirror",
        11,
        "An encoder of three convolutions, each with kernel 3, stride 2 and padding 1, takes 50 "
        "cells to 25, 13 and 7. Which output paddings lead back over the same sizes, in the order "
        "of the decoder?",
        "Each is the remainder of its partner's division, (size + 2 − 3) mod 2.",
        [(text, text == right, reason) for text, reason in reasons.items()],
    )


def _unet() -> Question:
    right = row(layer.output_padding for layer in mirror(143, [Layer(2, stride=2)] * 2))
    reasons = {
        "1, 1": "71 and 143 are odd, and twice a number is even.",
        "0, 0": "The first step returns 70, and the skip connection brings 71.",
        "1, 0": "The first step returns 71, but the second one 142.",
        "0, 1": "The second step has its remainder, but the first one returns 70.",
    }
    return choice_question(
        "unet",
        11,
        "A U-Net halves 143 rows twice by pooling, to 71 and to 35. Which output paddings do its "
        "two steps up need, one after the other, each with kernel 2 and stride 2?",
        "Pooling drops the last row of an odd number; output padding 1 gives it its place back.",
        [(text, text == right, reason) for text, reason in reasons.items()],
    )
