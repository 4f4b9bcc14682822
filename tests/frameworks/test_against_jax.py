"""JAX: sizes and values, held against `lax.conv_transpose` itself."""

import jax
import numpy as np
import pytest
from drawing import Draw, first, last, size_or_none, told
from jax import lax

from deconv_helpers.frameworks import Scatter, from_jax, to_jax, translate_weight

CASES = 2000
# Many calls are compiled together, and not made fast: it is compiling that takes the time.
TOGETHER = 100
OPTIONS = {"xla_backend_optimization_level": 0}


def layout(arguments):
    return "jax_transpose_kernel" if arguments.get("transpose_kernel") else "jax"


def jax_values(cases):
    """Run many calls on arrays laid out as in JAX."""
    arrays = [(last(x), w) for x, w, _ in cases]

    def run(arrays):
        return [lax.conv_transpose(x, w, **case[2]) for (x, w), case in zip(arrays, cases)]

    with jax.default_device(jax.devices("cpu")[0]):
        return [first(y) for y in jax.jit(run, compiler_options=OPTIONS)(arrays)]


def drawn(draw, axes):
    k = tuple(draw.int(1, 5) for _ in range(axes))
    d = tuple(draw.int(1, 3) for _ in range(axes))
    arguments = {
        "strides": tuple(draw.int(1, 4) for _ in range(axes)),
        "padding": draw.one("VALID", "SAME", "pairs", "pairs"),
    }
    if draw.int(0, 2) == 0:
        arguments["rhs_dilation"] = d
    if arguments["padding"] == "pairs":
        arguments["padding"] = tuple((draw.int(-2, 6), draw.int(-2, 6)) for _ in range(axes))
    for name in ("transpose_kernel", "use_consistent_padding"):
        if draw.int(0, 1):
            arguments[name] = draw.one(True, True, False)
    return k, arguments


def cuts_at_most_all(scatter, size):
    """Tell whether what is cut off the spread input is there: JAX refuses other calls."""
    given = to_jax(scatter)
    spread = [(n - 1) * s + 1 for n, s in zip(size, given["strides"])]
    return all(-min(pair) <= n for pair, n in zip(given["padding"], spread))


def test_random_calls_are_jaxs_own():
    draw = Draw(12)
    cases, scatters, sizes = [], [], []
    while len(cases) < CASES:
        axes = draw.one(1, 2)
        k, arguments = drawn(draw, axes)
        scatter = from_jax(k, **arguments)
        size = tuple(draw.int(1, 5) for _ in range(axes))
        expected = size_or_none(scatter, size)
        if expected is None or not cuts_at_most_all(scatter, size):
            continue
        inputs, outputs = draw.int(1, 2), draw.int(1, 2)
        x = draw.array(draw.int(1, 2), inputs, *size)
        channels = (inputs, outputs) if layout(arguments) == "jax" else (outputs, inputs)
        cases.append((x, draw.array(*k, *channels), arguments))
        scatters.append(scatter)
        sizes.append(told(expected, axes))
    for start in range(0, CASES, TOGETHER):
        some = slice(start, start + TOGETHER)
        for case, scatter, size, theirs in zip(
            cases[some], scatters[some], sizes[some], jax_values(cases[some])
        ):
            x, rhs, arguments = case
            assert theirs.shape[2:] == size, arguments
            # The stamp is the same, whether the model turns the kernel or the translation does.
            weight = translate_weight(rhs, layout(arguments), "pytorch")
            stamps = Scatter(scatter.kernel_size, scatter.stride, scatter.dilation, scatter.crop)
            assert np.array_equal(stamps.apply(x, weight), theirs), arguments
            if scatter.flipped:
                taps = rhs.transpose(-2, -1, *range(rhs.ndim - 2))
                assert np.array_equal(scatter.apply(x, taps), theirs), arguments
            else:
                assert scatter == stamps
            assert from_jax(case[1].shape[:-2], **to_jax(scatter)) == scatter


X, W = np.array([[[1.0], [2], [3]]]), np.array([[[1.0]], [[2]], [[3]]])
BY_HAND = {
    "not flipped": ({"padding": "VALID"}, [3, 2, 7, 4, 11, 6, 3]),
    "flipped": ({"padding": "VALID", "transpose_kernel": True}, [1, 2, 5, 4, 9, 6, 9]),
    "pairs pad the spread input": ({"padding": ((1, 1),)}, [2, 7, 4, 11, 6]),
    "k - 1 gives the full result": ({"padding": ((2, 2),)}, [3, 2, 7, 4, 11, 6, 3]),
    "or are a crop": (
        {"padding": ((2, 2),), "use_consistent_padding": True, "transpose_kernel": True},
        [5, 4, 9],
    ),
    "beyond": ({"padding": ((3, 2),)}, [0, 3, 2, 7, 4, 11, 6, 3]),
    "same": ({"padding": "SAME"}, [3, 2, 7, 4, 11, 6]),
}


@pytest.mark.parametrize(("arguments", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_by_hand(arguments, expected):
    theirs = lax.conv_transpose(X, W, strides=(2,), **arguments)
    assert np.asarray(theirs).ravel().tolist() == expected
    ours = from_jax(3, strides=2, **arguments).apply([[1, 2, 3]], [[[1, 2, 3]]])
    assert ours[0].tolist() == expected


@pytest.mark.parametrize(
    "arguments",
    [
        {"strides": (0,)},
        {"rhs_dilation": (0,)},
        {"padding": "same"},
        {"padding": "SAME_LOWER"},
        {"padding": "FULL"},
        {"padding": ((1, 1), (1, 1)), "kernel_size": (3,)},
    ],
    ids=str,
)
def test_what_jax_refuses(arguments):
    ours = {"kernel_size": 3, "strides": (2,)} | arguments
    theirs = {"strides": (2,), "padding": "VALID"} | arguments
    theirs.pop("kernel_size", None)
    with pytest.raises(Exception, match=r"dilations|padding|pads|stride"):
        lax.conv_transpose(X, W, **theirs)
    with pytest.raises(ValueError, match=r"padding must be|at least 1"):
        from_jax(**ours)


def test_small_letters_mean_another_size_where_jax_takes_them():
    w = np.ones((4, 1, 1))
    assert lax.conv_transpose(X, w, strides=(1,), padding="same").tolist() != (
        lax.conv_transpose(X, w, strides=(1,), padding="SAME").tolist()
    )
    with pytest.raises(ValueError, match="in capital letters"):
        from_jax(4, padding="same")
