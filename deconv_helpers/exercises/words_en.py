"""What checks and hints say in English."""

SAYS = {
    "passed": "{name}: passed, all {cases} cases.",
    "failed": "{name}: not yet.",
    # The answer is none that can be called so.
    "not-a-function": "{function} must be a function, got {got}. Pass its name without brackets.",
    "signature": "It is called as {call}, but it takes {takes}.",
    # The call came to nothing.
    "raised": "It raised {error}{at}",
    "no-room": (
        "A stamp does not fit into its place. Is there room for the full result, before the cut?"
    ),
    "no-pad": (
        "What is read does not fit what it is to meet. Has `grad` got back, as zeros, the cells "
        "that padding cut?"
    ),
    "recursion": "It calls itself without end{at}.",
    "time": "No answer after {seconds:g} s: it was stopped{at}.",
    "at": ", at {line}",
    "nothing": "It returned None: the body is still to be written, or its `return` is missing.",
    "unfinished": "It returned {got}: the body is still to be written.",
    # It returned something else than what is asked for.
    "type": "It returned {got}, of type {type}. Expected was {expected}.",
    "generator": "It returned a generator, for its body has a `yield`. Expected was {expected}.",
    "uneven": "It returned {got}: lists that are not equally long. Expected was {expected}.",
    "an-int": "an int",
    "a-list": "a list of ints",
    "layers": "a list of transposed layers, of one channel each",
    "two-gradients": "two arrays, the gradients for x and for the weight, none for a bias",
    "parts": "a list of arrays, one for each chunk",
    "convention": "whether stamps are turned round, b and e",
    "an-array": "an array of numbers, axes: {axes}",
    "a-pair": "a tuple of {count} arrays",
    # It is wrong: what came out, what was expected, and what can be seen.
    "returned": "returned  {got}",
    "expected": "expected  {expected}",
    "both": "returned and expected: {shown}. See `check(…).returned` and `.expected`.",
    "layers-as-numbers": "(Of each layer: k, s, p, p', d.)",
    "elements": "It holds {got} things. Expected were {expected}.",
    "parts-count": "It holds {got} things. Expected: {expected}.",
    "convention-as-numbers": "(Of it: 1 if stamps are turned round and 0 if not, b, e.)",
    "the-one": "Of what it returned, number {place} is wrong.",
    "float": "It returned {got}, a float. A size is an int: divide with `//`.",
    "too-large": "Too large by {number}{is_parameter}.",
    "too-small": "Too small by {number}{is_parameter}.",
    "is-parameter": ", which is {name} here and in every case that fails",
    "one-number": "It is a single number. Expected was {expected}.",
    "axes": "It has {got} axes. Expected were {expected}.",
    "axes-of-one": "The values are right, but in an array of shape {shape}: take its `[{index}]`.",
    "shape": "Its shape is {got}. Expected was {expected}.",
    "too-long": "It is too long by {number}.",
    "too-short": "It is too short by {number}.",
    "moved-back": "The values are right, but {number} too far to the end.",
    "moved-front": "The values are right, but {number} too far to the front.",
    "first-cell": "The first difference is at {cell}: {got}, expected {expected}.",
    "lacks": "{cell} lacks {product}.",
    "holds": "{cell} holds {product}, which belongs into {home}.",
    "holds-cut": "{cell} holds {product}, which belongs nowhere: it is cut off.",
    "exchanged": "{cell} holds {got} where {expected} belongs.",
    "or": "{one} Or: {other}",
    "may": "It may be this: {why}",
    "again": "(The arguments are in the report: `check(…).arguments`.)",
    # The values are right.
    "dtype": "The values are right, but of type {got}. The input's is {expected}, and stays.",
    "changed": "The result is right, but the call changed its argument {argument}. Work on a copy.",
    "loop": (
        "The values are right. But with more {what} more lines of Python run: something loops over "
        "them. Make all stamps by one matrix product, and loop over the taps only."
    ),
    "rows": "rows",
    "columns": "columns",
    "channels": "channels",
    "hint": "{name}, hint {number} of {count}: {hint}",
    "no-more-hints": "{name}: these were all {count} hints. The solution stands in the book.",
}

# Why: for each mistake that is recognised by what it returns.
REASONS = {
    # Of the operation and of the size.
    "overwrite": "Overlapping stamps add: `+=` where `=` stands.",
    "first-wins": "Overlapping stamps add: a cell that already holds something gets more.",
    "largest-wins": "Overlapping stamps add: it is their sum, not the largest.",
    "reversed": "The kernel came out reversed. Stamping keeps its order; gathering flips it.",
    "stride-ignored": "Neighbouring stamps start `stride` cells apart, not one.",
    "stride-in-the-size-only": (
        "Stamp n starts at cell `n * stride`. The result is long enough, but these start at n."
    ),
    "stride-zeros": "Between neighbours stand `stride` − 1 zeros, not `stride`.",
    "stride-is-kernel": (
        "Stamps start `stride` cells apart, however long they are. These lie side by side."
    ),
    "stride-twice": "After spreading, the kernel moves by one. The stride was used twice.",
    "n-strides": "Between i' stamps there are i' − 1 strides, not i'.",
    "uncropped": "This is the full result. Padding cuts p cells from each end.",
    "padding-ignored": "Padding is missing: it cuts p cells from each end.",
    "crop-at-the-end-only": "The front loses p cells too: the cut begins at p.",
    "crop-in-front-only": "Padding cuts p cells from both ends. These are cut in front only.",
    "padding-adds": "Here padding takes away: it cuts p cells from each end.",
    "padding-times-stride": "Padding counts output cells: cut p, not `stride` times p.",
    "padding-pads-input": "Padding cuts the output; the input is not padded.",
    "output-padding-ignored": "output_padding is missing: the result is longer by it.",
    "output-padding-is-zeros": (
        "output_padding does not append zeros: it moves the cut at the end outwards, and "
        "computed values come to light."
    ),
    "zeros-in-front": "output_padding acts at the end, and it is no zeros.",
    "output-padding-in-front": "output_padding acts at the end, not at the front.",
    "output-padding-both-ends": "output_padding acts at the end only, not at both ends.",
    "output-padding-cuts": "output_padding makes the result longer. It came out shorter.",
    "output-padding-pads-input": (
        "output_padding counts output cells. One more input is `stride` more outputs."
    ),
    "repeated": "Put zeros between the inputs. They were repeated.",
    "repeated-and-cut": "`np.repeat` fills the gaps with copies. The gaps stay empty: zeros.",
    "repeated-whole": "The inputs are repeated where zeros belong, and nothing is cut.",
    "negative-index": (
        "A negative index counts from the end: what padding cuts in front was added there. Skip it."
    ),
    "into-ints": (
        "The room is made of ints, so each sum loses its fraction: give it the input's type."
    ),
    "spread-only": (
        "The spread input still needs k − 1 − p zeros at each end, and the kernel is to be flipped."
    ),
    "convolution": "This is the convolution. The transposed one goes the other way.",
    "first-lost": "The first input has no stamp: the loop starts too late.",
    "last-lost": "The last input has no stamp: the loop ends too early.",
    "last-tap-lost": "The kernel's last tap is never used: the loop ends too early.",
    "jax-same": "This is JAX's convention: `SAME`, and the kernel is not flipped.",
    "whole-numbers-only": "The result has the input's type. In an array of ints, 0.5 becomes 0.",
    "dilation-ignored": "Dilation is forgotten: taps lie d cells apart, not side by side.",
    "dilation-in-the-size-only": (
        "Tap t belongs `t * dilation` cells on. The result is large enough, but its taps lie side "
        "by side."
    ),
    "dilation-times-kernel": "Dilation widens the gaps, and between k taps there are k − 1 gaps.",
    "span-one-short": "The last stamp is one cell longer: its first and its last tap both count.",
    "span-one-long": "One cell is counted twice: where does the last stamp begin, and where end?",
    "kernel-left-out": "The last stamp is k cells long: they are missing.",
    "times-stride": (
        "That is `stride` times the input. The true size depends on k, d, p and p' too."
    ),
    "phases-side-by-side": (
        "Phase j lies in every s-th cell, from cell j: `y[j::s]`. These lie side by side."
    ),
    "first-phase-only": "This is the first phase alone: there are s of them.",
    # Of the plane.
    "kernel-transposed": "The kernel's rows and columns are exchanged.",
    "kernel-upside-down": "The kernel came out upside down. Stamping keeps its order.",
    "kernel-mirrored": "The kernel came out mirrored, left for right. Stamping keeps its order.",
    "axes-swapped": "The parameters of rows and columns are exchanged: the first is for rows.",
    "strides-swapped": "The two strides are exchanged: the first is for rows.",
    "paddings-swapped": "The two paddings are exchanged: the first is for rows.",
    "output-paddings-swapped": "The two output_paddings are exchanged: the first is for rows.",
    "rows-not-cut": "Only the columns are cut. Rows lose `padding[0]` at each end.",
    "columns-not-cut": "Only the rows are cut. Columns lose `padding[1]` at each end.",
    "first-stride-twice": "Columns have a stride of their own. The first one was used for both.",
    "first-padding-twice": "Columns have a padding of their own. The first one was used for both.",
    "first-output-padding-twice": (
        "Columns have an output_padding of their own. The first one was used for both."
    ),
    "result-transposed": "The result's rows and columns are exchanged.",
    # Of the convolution and its size.
    "rounded": (
        "The kernel stands in whole positions: round down, `//`. This rounds to the nearest."
    ),
    "ceiling": "A position that does not fit does not count: round down. This rounds up.",
    "no-floor": "Sizes are whole numbers: divide with `//`, which rounds down.",
    "no-first": "The first position counts as well: + 1 behind the division.",
    "one-inside-floor": "The + 1 stands behind the division, not inside of it.",
    "padding-once": "The convolution's padding is added at both ends: 2p.",
    "padding-cuts": "The convolution's padding adds cells. It is the transposed one that cuts.",
    "conv-flipped": "PyTorch's convolution does not flip the kernel: tap 0 meets the first cell.",
    "conv-stride-ignored": "The kernel moves by `s` cells, not by one.",
    "conv-last-position-lost": "The last position is missing: it starts at len(y) − len(w).",
    "conv-not-summed": "The products of a position are to be added.",
    "conv-beyond-the-end": (
        "The kernel must lie on the input wholly. Nothing is read behind the end."
    ),
    "conv-padded": "Without padding no zeros are put around the input.",
    "conv-stride-is-kernel": "Positions start `s` apart, whatever the kernel's size.",
    "conv-transposed": "This is the transposed convolution, the other direction.",
    "conv-padding-ignored": "Padding is missing: the convolution adds p cells at each end.",
    "conv-first-position-lost": "The first position is missing: it starts at cell 0.",
    # Of decoders.
    "same-order-up": "On the way up the layers come in the opposite order.",
    "only-down": "These are the sizes on the way down. The way up is missing.",
    "only-up": "These are the sizes on the way up. The way down is missing.",
    "only-ends": (
        "Give all sizes, as a list: the first, those on the way down, those on the way up."
    ),
    "first-size-left-out": "The list begins with the size itself.",
    "remainders-given-back": (
        "Without output_padding the layer returns the size that divides, not the one that was."
    ),
    "order-of-the-way-down": (
        "The decoder comes in the opposite order: the encoder's last layer first."
    ),
    "order-of-the-output-paddings": (
        "The layers are turned round, but not their output paddings: each belongs to its layer."
    ),
    "remainder-of-the-small-size": "Look at the size that a step returns, not at the one it gets.",
    "always-one": "output_padding is the remainder of each step. It is not always 1.",
    "never": "output_padding is the remainder of each step. It is not always 0.",
    "only-the-last": "Every step can leave a remainder, not only the last on the way up.",
    "sizes-instead": (
        "These are the sizes. What is asked for is what each step needs as output_padding."
    ),
    "dilation-forgotten": "The partner has the dilation of its convolution.",
    "padding-forgotten": "The partner has the padding of its convolution.",
    "stride-less-one": (
        "output_padding is what the division leaves over: (i + 2p − k̂) mod s. It is not "
        "always s − 1."
    ),
    "convolutions-up": "On the way up the sizes grow: (i' − 1) s + k − 2p. These are convolutions.",
    "bottom-twice": (
        "The smallest size stands in the list twice. It ends the way down and begins the way up."
    ),
    "the-last-everywhere": "Each step has a remainder of its own, not that of the largest size.",
    "remainder-without-padding": "The remainder is that of the padded size: i + 2p − k̂.",
    "remainder-without-dilation": (
        "The remainder is that of the spread kernel: k̂ is d (k − 1) + 1."
    ),
    # Of channels, groups and the bias.
    "channels-swapped": (
        "The weight reads (in, out / groups, …): its first axis is the input's channels."
    ),
    "groups-ignored": "Groups are forgotten: an input channel writes into its own group only.",
    "groups-interleaved": (
        "The outputs of a group lie side by side: first all of group 0, then all of group 1."
    ),
    "channels-not-summed": (
        "An output channel is the sum over the input channels of its group: `+=`."
    ),
    "first-group-only": "Only the first group was computed.",
    "bias-ignored": "The bias is missing: it is added to each cell of its output channel.",
    "bias-on-each-stamp": "The bias is added once to each cell, not once for each stamp.",
    "first-image-only": "Each image of the batch has its own result. All are that of the first.",
    "first-image-alone": "Only the first image came back. The batch has one result for each.",
    "other-images-empty": "Only the first image was computed: the others are empty.",
    "input-of-group-0": "Each group has input channels of its own. All were given the first's.",
    "weight-of-group-0": "The weight's axis 0 counts all input channels, not those of one group.",
    "bias-of-group-0": "The bias has a number for each output channel, not for one group's only.",
    "into-group-0": "Each group has output channels of its own. All wrote into the first's.",
    "dilations-swapped": "The two dilations are exchanged: the first is for rows.",
    "taps-repeated": "Put zeros between the taps. They were repeated.",
    "kernel-too-long": "The spread kernel ends with its last tap. There are zeros behind it.",
    "taps-before-channels": (
        "The weight is laid out (out, taps), in this order, and was read as (taps, out)."
    ),
    "reshaped-not-transposed": (
        "The weight's matrix was reshaped where it should be transposed: `.T`, or `swapaxes`."
    ),
    "cells-before-channels": (
        "The input's matrix is (in, cells). `reshape` to (cells, in) mixes channels and cells."
    ),
    "tap-axes-misread": "The taps' rows and columns were exchanged when the stamps were laid out.",
    "cell-axes-misread": (
        "The cells' rows and columns were exchanged when the stamps were laid out."
    ),
    "images-in-the-cells": (
        "Images and channels are mixed: the batch comes first, and `reshape` does not move it."
    ),
    "taps-overwrite": "Cells that several taps reach hold their sum: `+=` where `=` stands.",
    "batch-lost": "The batch has an axis of its own, and keeps it.",
    "by-input": "Axis 0 is the input's channels. Look over the axes 0 and 2 for the largest.",
    "by-kernel": "An output channel has one scale. This has one for each pair of channels.",
    "by-everything": "Each output channel has a scale of its own. This is one for all.",
    "by-tap": "An output channel has one scale for all of its taps.",
    "sign-forgotten": "Look for the largest absolute value.",
    "by-sum": "Divide by the largest absolute value, not by the sum.",
    "inputs-interleaved": (
        "Channels that lie side by side make a group: with 2 groups of 4 channels, 0 and 1, 2 "
        "and 3."
    ),
    "bias-on-each-channel": "The bias is added once, not once for each input channel.",
    "by-norm": "Divide by the largest absolute value, not by the norm.",
    "not-divided": "These are the largest values. Divide the weight by them.",
    # Of the way back.
    "size-ignored": "The size of y decides output_padding: s sizes lead to the same gradient.",
    "output-padding-always-one": "output_padding is (size + 2p − k) mod s. It is not always 1.",
    "padding-left-out-of-the-remainder": "The remainder is that of the padded size: size + 2p − k.",
    "unread-cells-in-front": (
        "The cells that nobody reads lie at the end, so the zeros belong there."
    ),
    "gradients-exchanged": "The gradient for the input comes first, then that for the weight.",
    "input-gradient-reversed": (
        "For the input, the convolution with the same weight, not flipped: PyTorch's own."
    ),
    "input-gradient-stride": "The convolution for the input has the layer's stride.",
    "weight-gradient-reversed": (
        "The weight's gradient came out reversed: tap t meets cell n·s + t·d − p."
    ),
    "gradients-reversed": "Both gradients came out as of a reversed kernel: tap t is tap t.",
    "gradients-averaged": "Nothing is divided by the batch: an average, if any, is in `grad`.",
    "weight-gradient-mean": "The weight's gradient is a sum over images and cells, not a mean.",
    "weight-gradient-last-image": (
        "The weight's gradient is that of the last image: add up over the batch, `+=`."
    ),
    "input-gradient-overwritten": "A cell of the input collects from many cells of `grad`: `+=`.",
    "weight-gradient-overwritten": "A tap collects from every cell that it met: `+=`.",
    "gradients-overwritten": "Both gradients are sums of many products: `+=` where `=` stands.",
    "input-gradient-last-term": (
        "The input's gradient is a sum over taps and output channels. This is its last term."
    ),
    "groups-in-the-gradient": (
        "Groups are forgotten: a group reads its own output channels in `grad`, not the first's."
    ),
    "stride-in-the-gradient": "The stride is forgotten: a tap met every s-th cell of `grad`.",
    "weight-gradient-averaged": "Gradients of a batch add up. They were averaged.",
    "weight-gradient-first-image": "The weight's gradient adds up over the batch.",
    "dilation-in-the-gradient": "Dilation is forgotten on the way back: taps lie d apart.",
    "all-cells-kept": (
        "With p' of at least s the convolution has more positions than there are inputs: keep "
        "the first."
    ),
    "unread-cells-as-zeros": (
        "The cells at the end are no zeros where padding had cut them off. Let output_padding "
        "bring them back."
    ),
    "input-gradient-scattered": (
        "For the input it is the convolution of `grad`: each cell collects what its stamp wrote."
    ),
    "input-gradient-channels": (
        "For the input, the weight is read as it is: (in, out / groups, …) is a convolution's "
        "(out, in / groups, …)."
    ),
    "weight-gradient-channels": (
        "The weight's gradient is laid out like the weight: (in, out / groups, …)."
    ),
    "padding-in-the-gradient": (
        "Padding is forgotten on the way back: `grad` lacks the p cells that were cut at each end."
    ),
    # Of kernels whose phases are evened.
    "phases-scaled": "Add the same to each tap of a phase. These were multiplied.",
    "miss-not-shared": "What a phase lacks is shared by its taps. Each has got all of it.",
    "miss-shared-by-all": (
        "What a phase lacks is shared by the phase's own taps, which are fewer than the kernel's."
    ),
    "miss-on-one-tap": "What a phase lacks is shared by its taps. One of them has got it all.",
    "phases-sum-to-one": "The phases are to sum to their mean, not to 1.",
    "phases-sum-to-all": "Each phase has got the sum of the whole kernel: divide it by s.",
    "as-the-first-phase": "All phases have the sum of the first now. It is to be their mean.",
    "means-evened": (
        "The phases have the same mean now. They need the same sum, and some have more taps."
    ),
    "taps-evened": "The taps of a phase came out all alike: add to each, keep their differences.",
    "runs-for-phases": "A phase is every s-th tap, `w[j::s]`. These were runs of neighbours.",
    "miss-the-wrong-way": "What a phase lacks is to be added. It was taken away.",
    # Of streams.
    "past-forgotten": "A chunk's first samples also hear the last frames of the chunk before.",
    "chunks-in-full": "A chunk of m frames gives m · s samples. These are the full results.",
    "past-sent-again": (
        "What the past frames make was sent already: drop the first s samples of each."
    ),
    "tail-sent": "The samples behind the last frame's s are not finished yet: do not send them.",
    "last-samples-sent": (
        "These are the last samples of each result. Its end is not finished yet: take those before."
    ),
    "one-frame-kept": "A stamp may reach over several frames: keep as many as the kernel needs.",
    "too-few-frames-kept": "k / s is rounded up before 1 is taken away. A frame is missing.",
    "past-of-the-chunk-alone": (
        "A chunk may be shorter than the past: take the past from old frames and new ones joined."
    ),
    "bias-in-the-tails": "Where a tail is added to the next result the bias counts twice.",
    # Of pictures that are made to fit a network.
    "not-cropped": "This is the padded size: crop what the network returns.",
    "cut-down": "The picture was cut down to a multiple. Make it larger instead.",
    "padded-in-front": "Pad at the bottom and on the right. This padded at the top and left.",
    "padded-in-front-cropped-behind": (
        "Padding stands at the top and left, and the crop is at the bottom and right."
    ),
    "padded-at-both-ends": "Pad at the bottom and on the right only, not at both ends.",
    "cropped-in-front": "The padding is at the bottom and right, and the crop at the top and left.",
    "sizes-exchanged": "The crop takes rows for columns: axis 2 has the rows, axis 3 the columns.",
    "a-multiple-too-many": (
        "A size that is a multiple already needs no padding: `-size % multiple`."
    ),
    "padded-to-a-square": (
        "Rows and columns each go to their own next multiple. This made a square."
    ),
    "network-not-run": "This is the picture as it came: run the network on it.",
    # Of ports.
    "turned-the-other-way": "Stamps are turned round if the last tap, k, comes first.",
    "ends-exchanged": "The two cuts are exchanged: the first is that at the beginning.",
    "place-for-begin": (
        "That is where the stamp begins. In the full result it would begin at n · s: subtract."
    ),
    "sign-of-begin": "A cut moves the stamp to the front, so b is its old place less its new one.",
    "begin-without-stride": "In the full result the stamp of input n begins at n · s, not at n.",
    "whole-cut-for-end": "That is the whole cut. What is cut at the beginning is no part of e.",
    "full-by-n-strides": (
        "For e you need the full size: i' stamps have i' − 1 strides between them."
    ),
    "full-without-kernel": "For e you need the full size: the last stamp is k cells long.",
    "full-from-the-strides-alone": "The full size is not s times the input: k counts as well.",
    "impulse-at-the-border": (
        "The first input's stamp may itself be cut. Put the impulse farther in."
    ),
    "end-without-room": (
        "Where p' is larger than p the slice ends behind the array, which adds nothing: append "
        "zeros first."
    ),
    "end-counted-back": (
        "Where p' is not less than p, `p_ - p` no longer counts from the end. Count from the front."
    ),
    "minus-zero": (
        "With p = 0 the slice `[p:-p]` is `[0:0]`, which is empty: −0 is 0. Count the end from the "
        "front."
    ),
    # Of the 1 × 1 convolution before a shuffle.
    "taps-before-outputs": (
        "The taps come first. A shuffle reads channel c k² + k r + q: c is first."
    ),
    "taps-exchanged": (
        "The taps' rows and columns are exchanged: channel c k² + k r + q, row r first."
    ),
    "reshaped-only": ("`reshape` keeps the order of the values. Permute the axes first."),
    "inputs-first": "A convolution's weight is (out, in, 1, 1). This has the inputs first.",
    "weight-of-the-transposed": (
        "The transposed layer's weight has the inputs first: (in, out, k, k). This took them for "
        "the outputs."
    ),
    "taps-turned": (
        "The taps came out turned round. A stamp keeps its order, and so does a shuffle."
    ),
    "no-axes-of-one": "The weight of a convolution has four axes: the last two are of size 1.",
    "taps-summed": (
        "Each tap is a channel of its own: k² of them for each output. They were summed."
    ),
}

# The hints of each exercise, from a question to nearly the answer.
HINTS = {
    "conclusion-implement": (
        "Make room for the full result and p' empty cells behind it.",
        "Put down one stamp for each input: `y[n*s : n*s + len(w)] += x[n] * w`.",
        "Cut p cells from the front and p from the end: `y[p : len(y) - p]`.",
    ),
    "start-implement": (
        "Which is the last place where the kernel still lies wholly on the input?",
        "The positions are `range(0, len(y) - len(w) + 1, s)`.",
        "At position m multiply `y[m : m + len(w)]` by `w`, and add up.",
    ),
    "start-repair": (
        "How many whole strides fit behind the first position?",
        "Only whole ones count, so the division must round down.",
        "In Python `//` rounds down: `(i + 2*p - k) // s + 1`.",
    ),
    "divides-implement": (
        "Keep a list, and always compute from its last entry.",
        "Down: `(size + 2*p - k) // s + 1`, layer by layer.",
        "Up: `(size - 1) * s + k - 2*p`, for `reversed(layers)`.",
    ),
    "remainder-implement": (
        "First write down the sizes: each is half of the one before, rounded down.",
        "A step up with k = s = 2 returns an even size. When is it one short?",
        "Its output_padding is the wanted size modulo 2; begin with the step at the bottom.",
    ),
    "together-implement": (
        "Go down first, and write down for each layer what the division leaves over.",
        "With `room = size + 2*p - (d*(k - 1) + 1)` it is `room % s`, and `room // s + 1` is left.",
        "Each partner has its convolution's k, s, p and d. Turn the list round at the end.",
    ),
    "four-implement": (
        "Phase j of the output is the cells j, j + s, j + 2s, …: `y[j::s]`.",
        "Only the taps `w[j::s]` ever write there.",
        "`np.convolve(x, w[j::s])` is that phase; if it has no taps, it stays 0.",
    ),
    "transpose-implement": (
        "The gradient for the input is a transposed convolution of g, with the same w, s and p.",
        "Of the s sizes that it could return, `size` is one: output_padding picks it.",
        "output_padding is `(size + 2*p - w.shape[2]) % s`.",
    ),
    "channels-implement": (
        "The result has `groups` times `w.shape[1]` channels.",
        "Input channel a belongs to group `a // (channels // groups)`.",
        "Its stamps, `x[a, n] * w[a]`, go into the rows of that group, all at once.",
    ),
    "channels-repair": (
        "Which axis of the weight counts the output's channels?",
        "Axis 1. The largest must be looked for over all the other axes.",
        "These are 0 and 2.",
    ),
    "checkerboards-implement": (
        "Phase j holds the taps `w[j::s]`. Which sum should each phase have?",
        "The mean of the sums: the sum of the whole kernel divided by s.",
        "What a phase lacks, divided by the number of its taps, is added to each of these.",
    ),
    "places-implement": (
        "How many frames before its own can a sample hear? Count from the kernel's length.",
        "It is k / s, rounded up, less 1. Put so many frames before each chunk, zeros at first.",
        "Of each result take m · s samples from `keep*s` on. Keep the last frames of all joined.",
    ),
    "decoder-implement": (
        "How many rows are missing to the next multiple? If none is, it must be 0.",
        "It is `-rows % multiple`, for Python's remainder is never negative.",
        "Pad both axes behind, run the network, and take `[..., :rows, :columns]`.",
    ),
    "elsewhere-implement": (
        "Which one input shows a whole stamp? And which kernel shows its direction?",
        "Taps 1 to k and a 1 in the middle: the first cell that is not 0 is the stamp's beginning.",
        "b is n · s less that place; e is what b and the result leave of (i' − 1) s + k.",
    ),
    "elsewhere-repair": (
        "Which cells does output_padding uncover: new ones, or ones that were there?",
        "The cut at the end moves by p'. Only behind the full result is there nothing.",
        "Append the p' zeros first, then cut p from both ends.",
    ),
    "elsewhere-shuffle": (
        "Which output channels has the 1 × 1 convolution, and in which order?",
        "One for each (out, row, column), in this order; for each of them a number per input.",
        "Permute the axes to (out, row, column, in), then join the first three.",
    ),
    "output-size": (
        "Where does the last stamp begin, and how long is it?",
        "It begins at (i' − 1) s and is d (k − 1) + 1 long.",
        "Then padding takes p from both ends, and output_padding adds at one.",
    ),
    "transpose-1d": (
        "First the full result: one stamp for each input, `stride` apart, added.",
        "Make `output_padding` more empty cells behind it.",
        "At last cut `padding` cells from each end.",
    ),
    "transpose-2d": (
        "A stamp is now a rectangle: `x[r, c] * w`.",
        "It begins at row `r * stride[0]` and column `c * stride[1]`.",
        "Cut rows by `padding[0]` and columns by `padding[1]`.",
    ),
    "layer": (
        "Let `transpose_2d` do the work for one input channel and one output channel.",
        "Input channel a writes into the `weight.shape[1]` output channels of its group.",
        "Dilation: put `dilation − 1` zeros between the taps. The bias comes last, once.",
    ),
    "backward": (
        "For the input: each cell collects what its stamp wrote, times the same weights.",
        "For the weight: tap t of pair (a, c) met cell n of `x[:, a]` with output n·s + t·d − p.",
        "Pad `grad` by p, and both are sums over slices with step `stride`.",
    ),
    "fast": (
        "Lay the input out as (in, cells) and the weight as (in, out · taps).",
        "One product, `weight.T @ x`, makes every stamp of every cell, group by group.",
        "Then loop over the taps: add each one's cells into a slice with step `stride`.",
    ),
}
