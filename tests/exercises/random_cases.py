"""Calls of each exercise with random arguments that are legal, far more than a check makes."""

import numpy as np

from deconv_helpers import conv_transpose_output_size
from deconv_helpers.exercises.probes import LAYER_KEYWORDS
from deconv_helpers.exercises.stand_ins import Network, Port
from deconv_helpers.ops import conv_transpose


def _array(chance, *shape):
    return chance.integers(-9, 10, shape)


def _axis(chance, *, dilated=False):
    """Return i', k, s, p, p' and d of an axis that a layer takes."""
    while True:
        i_, k, s = (int(chance.integers(1, most)) for most in (6, 6, 5))
        d = int(chance.integers(1, 4)) if dilated else 1
        p, p_ = int(chance.integers(0, 4)), int(chance.integers(0, max(s, d)))
        try:
            conv_transpose_output_size(
                i_, k, stride=s, padding=p, output_padding=p_, dilation=d
            )  # fmt: skip
        except ValueError:
            continue
        return i_, k, s, p, p_, d


def _layers(chance, dilated):
    layers = []
    for _ in range(chance.integers(1, 4)):
        k, s = int(chance.integers(1, 6)), int(chance.integers(1, 5))
        p, d = int(chance.integers(0, k // 2 + 1)), int(chance.integers(1, 4))
        layers.append((k, s, p, d) if dilated else (k, s, p))
    return {"size": int(chance.integers(60, 200)), "layers": layers}


def _letters(chance):
    i_, k, s, p, p_, _ = _axis(chance)
    return {"x": _array(chance, i_), "w": _array(chance, k), "s": s, "p": p, "p_": p_}


def _full(chance):
    return {key: value for key, value in _letters(chance).items() if key in "xws"}


def _named(chance):
    i_, k, s, p, p_, _ = _axis(chance)
    numbers = {"stride": s, "padding": p, "output_padding": p_}
    return {"x": _array(chance, i_), "w": _array(chance, k), **numbers}


def _two_axes(chance, dilated=False):
    i_, k, s, p, p_, d = zip(_axis(chance, dilated=dilated), _axis(chance, dilated=dilated))
    numbers = {"stride": s, "padding": p, "output_padding": p_}
    return i_, k, numbers | ({"dilation": d} if dilated else {})


def _plane(chance):
    i_, k, numbers = _two_axes(chance)
    return {"x": _array(chance, *i_), "w": _array(chance, *k), **numbers}


def _layer(chance):
    i_, k, numbers = _two_axes(chance, dilated=True)
    n, groups, inputs, outputs = (int(number) for number in chance.integers(1, 4, 4))
    return {
        "x": _array(chance, n, groups * inputs, *i_),
        "weight": _array(chance, groups * inputs, outputs, *k),
        "bias": _array(chance, groups * outputs) if chance.integers(2) else None,
        **numbers,
        "groups": groups,
    }


def _backward(chance):
    case = _layer(chance)
    del case["bias"]
    y = conv_transpose(case["x"], case["weight"], **{key: case[key] for key in LAYER_KEYWORDS})
    return {"grad": _array(chance, *y.shape), **case}


def _size(chance):
    i_, k, s, p, p_, d = _axis(chance, dilated=True)
    numbers = {"stride": s, "padding": p, "output_padding": p_, "dilation": d}
    return {"input_size": i_, "kernel_size": k, **numbers}


def _convolution(chance):
    k = int(chance.integers(1, 5))
    y = _array(chance, int(chance.integers(k, 12)))
    return {"y": y, "w": _array(chance, k), "s": int(chance.integers(1, 5))}


def _conv_size(chance):
    k = int(chance.integers(1, 8))
    i = int(chance.integers(k, 60))
    return {"i": i, "k": k, "s": int(chance.integers(1, 6)), "p": int(chance.integers(0, 4))}


def _gradient(chance):
    n, k, s = (int(number) for number in chance.integers(1, 6, 3))
    p = int(chance.integers(0, k))
    size = (n - 1) * s + k - 2 * p + int(chance.integers(0, s))
    if size < 1:
        return _gradient(chance)
    arrays = {"g": _array(chance, 1, 1, n) * 1.0, "w": _array(chance, 1, 1, k) * 1.0}
    return {**arrays, "size": size, "s": s, "p": p}


def _channels(chance):
    n, k, s, groups, inputs, outputs = (int(number) for number in chance.integers(1, 5, 6))
    x, w = _array(chance, groups * inputs, n), _array(chance, groups * inputs, outputs, k)
    return {"x": x, "w": w, "s": s, "groups": groups}


def _weight(chance):
    return {"w": chance.uniform(-2, 2, chance.integers(1, 4, 3))}


def _kernel(chance):
    s = int(chance.integers(1, 5))
    return {"w": chance.uniform(-2, 2, chance.integers(s, 10)), "s": s}


def _stream(chance):
    n, inputs, outputs, s = (int(number) for number in chance.integers(1, (4, 4, 4, 5)))
    k = int(chance.integers(s, 10))
    sizes = chance.integers(1, 5, chance.integers(1, 5))
    chunks = [_array(chance, n, inputs, size) for size in sizes]
    return {
        "chunks": chunks,
        "w": _array(chance, inputs, outputs, k),
        "bias": _array(chance, outputs),
        "s": s,
    }


def _picture(chance):
    multiple = int(chance.integers(1, 6))
    x = chance.uniform(-2, 2, chance.integers(1, (3, 3, 20, 20)))
    return {"network": Network(multiple), "x": x, "multiple": multiple}


def _port(chance):
    k, s = int(chance.integers(2, 7)), int(chance.integers(1, 5))
    begin, end = (int(number) for number in chance.integers(-2, min(k, 4 * s), 2))
    return {"port": Port(bool(chance.integers(2)), begin, end, s), "k": k, "s": s}


def _cut(chance):
    p, p_ = (int(number) for number in chance.integers(0, 4, 2))
    return {"y": _array(chance, chance.integers(2 * p + 1, 15)), "p": p, "p_": p_}


def _square_kernel(chance):
    k = int(chance.integers(1, 4))
    return {"w": _array(chance, *chance.integers(1, 4, 2), k, k)}


CASES = {
    "conclusion-implement": _letters,
    "start-implement": _convolution,
    "start-repair": _conv_size,
    "divides-implement": lambda chance: _layers(chance, dilated=False),
    "remainder-implement": lambda chance: {
        "rows": int(chance.integers(64, 999)), "depth": int(chance.integers(1, 6))
    },
    "together-implement": lambda chance: _layers(chance, dilated=True),
    "four-implement": _full,
    "transpose-implement": _gradient,
    "channels-implement": _channels,
    "channels-repair": _weight,
    "checkerboards-implement": _kernel,
    "places-implement": _stream,
    "decoder-implement": _picture,
    "elsewhere-implement": _port,
    "elsewhere-repair": _cut,
    "elsewhere-shuffle": _square_kernel,
    "output-size": _size,
    "transpose-1d": _named,
    "transpose-2d": _plane,
    "layer": _layer,
    "backward": _backward,
    "fast": _layer,
}  # fmt: skip


def random_cases(name, count, seed=0):
    """Return so many random calls of an exercise."""
    chance = np.random.default_rng(seed)
    return [CASES[name](chance) for _ in range(count)]
