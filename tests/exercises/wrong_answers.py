"""Typical wrong answers: right ones in which a few characters are others, and their reasons."""

import inspect
import linecache

import readers_answers

# exercise: (what stands in the right answer, what a reader wrote, the reasons that they are told)
WRONG = {
    "conclusion-implement": [
        ("+= x[n] * w[t]", "= x[n] * w[t]", "overwrite"),
        ("x[n] * w[t]", "x[n] * w[-1 - t]", "reversed"),
        ("full[p : len(full) - p]", "full", "padding-ignored"),
        ("full[p : len(full) - p]", "full[: len(full) - 2 * p]", "crop-at-the-end-only"),
        ("+ len(w) + p_", "+ len(w)", "output-padding-ignored"),
        ("range(len(x))", "range(len(x) - 1)", "last-lost"),
        ("n * s + t", "n + t", "stride-in-the-size-only"),
        ("full[p : len(full) - p]", "full[p:]", "crop-in-front-only"),
    ],
    "start-implement": [
        ("w[t] for", "w[-1 - t] for", "conv-flipped"),
        ("m += s", "m += 1", "conv-stride-ignored"),
        ("m += s", "m += len(w)", "conv-stride-is-kernel"),
        ("<= len(y)", "< len(y)", "conv-last-position-lost"),
        ("m = 0", "m = s", "conv-first-position-lost"),
    ],
    "start-repair": [
        ("room // s + 1", "round(room / s) + 1", "rounded"),
        ("room // s + 1", "room / s + 1", "no-floor"),
        ("room // s + 1", "room // s", "no-first"),
        ("room // s + 1", "(room + 1) // s", "one-inside-floor"),
        ("2 * p", "p", "padding-once"),
        ("room // s + 1", "-(-room // s) + 1", "ceiling"),
    ],
    "divides-implement": [
        ("layers[::-1]", "layers", "same-order-up"),
        ("sizes = [size]", "sizes = []", "first-size-left-out"),
        ("return sizes", "return sizes[-1]", "only-ends"),
        ("return sizes", "return sizes[: len(layers) + 1]", "only-down"),
        ("return sizes", "return sizes[len(layers) :]", "only-up"),
        ("(size + 2 * p - k) // s", "(size + 2 * p - k) / s", "float"),
    ],
    "remainder-implement": [
        ("paddings[::-1]", "paddings", "order-of-the-way-down"),
        ("append(rows % 2)", "append(1)", "always-one"),
        ("append(rows % 2)", "append(0)", "never"),
        ("append(rows % 2)", "append(rows // 2 % 2)", "remainder-of-the-small-size"),
        ("append(rows % 2)", "append(rows)", "sizes-instead"),
    ],
    "together-implement": [
        ("partners[::-1]", "partners", "order-of-the-way-down"),
        ("output_padding=room % s, ", "", "never"),
        ("room % s,", "s - 1,", "stride-less-one"),
        (", dilation=d", "", "dilation-forgotten"),
        ("=room % s", "=(room - 2 * p) % s", "remainder-without-padding"),
    ],
    "four-implement": [
        ("np.convolve(x, taps)", "np.convolve(x, taps[::-1])", "reversed"),
        ("for j in range(s)", "for j in range(1)", "first-phase-only"),
        ("np.convolve(x, taps)", "np.convolve(x, w)[: len(x) + len(taps) - 1]", "product"),
        ("y[j::s][: len(x) + len(taps) - 1]", "y[j : j + len(x) + len(taps) - 1]", "product"),
        ("return y", "return y[::s]", "stride-twice"),
    ],
    "transpose-implement": [
        ("p : p + size]", "p : p + (len(small) - 1) * s + len(taps) - 2 * p]", "raised"),
        ("+= small[n] * taps", "+= small[n] * taps[::-1]", "reversed"),
        ("y[p : p + size]", "y[:size]", "moved-back"),
        (".reshape(1, 1, size)", "", "axes"),
        ("n * s : n * s + len(taps)", "n : n + len(taps)", "first-cell"),
    ],
    "channels-implement": [
        ("g = a // (inputs // groups)", "g = a % groups", "inputs-interleaved"),
        ("+= x[a, n]", "= x[a, n]", "first-cell"),
        ("* w[a, c]", "* w[a, c, ::-1]", "reversed"),
        ("outputs, k = w.shape[1:]", "outputs, k = w.shape[0], w.shape[2]", "shape"),
        ("n * s : n * s + k", "n : n + k", "first-cell"),
    ],
    "channels-repair": [
        ("np.abs(w[:, c]).max()", "w[:, c].max()", "sign-forgotten"),
        ("np.abs(w[:, c]).max()", "np.abs(w).max()", "by-everything"),
        ("np.abs(w[:, c]).max()", "np.abs(w[:, c]).sum()", "by-sum"),
        ("np.abs(w[:, c]).max()", "np.abs(w[c]).max()", "raised"),
        ("return scaled", "return w / np.abs(w).max((1, 2), keepdims=True)", "by-input"),
    ],
    "checkerboards-implement": [
        ("miss / len(w[j::s])", "miss", "miss-not-shared"),
        ("miss / len(w[j::s])", "miss / len(w)", "miss-shared-by-all"),
        ("sum(w) / s", "1", "phases-sum-to-one"),
        ("sum(w) / s", "sum(w)", "phases-sum-to-all"),
        ("sum(w) / s", "sum(w[::s])", "as-the-first-phase"),
        ("changed[t] += miss", "changed[t] -= miss", "miss-the-wrong-way"),
        ("changed[t] += miss", "changed[t] *= 1 + miss", "first-cell"),
    ],
    "places-implement": [
        ("keep = -(-k // s) - 1", "keep = 0", "past-forgotten"),
        ("keep = -(-k // s) - 1", "keep = 1", "one-frame-kept"),
        ("keep = -(-k // s) - 1", "keep = k // s - 1", "too-few-frames-kept"),
        ("keep * s : (keep + m) * s", ": (keep + m) * s", "past-sent-again"),
        ("keep * s : (keep + m) * s", "keep * s : (keep + m - 1) * s + k", "tail-sent"),
        ("y + bias[:, None]", "y", "bias-ignored"),
        ("return parts", "return np.concatenate(parts, 2)", "type"),
        ("return parts", "return parts[:-1]", "parts-count"),
    ],
    "decoder-implement": [
        ("[:, :, :rows, :columns]\n", "\n", "not-cropped"),
        ("network(room)", "room", "network-not-run"),
        ("while tall % multiple:", "while tall < rows + multiple:", "raised"),
        ("while wide % multiple:", "while wide % multiple or wide == columns:", "first-cell"),
        ("[:, :, :rows, :columns]\n", "[:, :, -rows:, -columns:]\n", "cropped-in-front"),
        ("[:, :, :rows, :columns]\n", "[:, :, :columns, :rows]\n", "sizes-exchanged"),
        (
            "room[:, :, :rows, :columns]",
            "room[:, :, -rows:, -columns:]",
            "padded-in-front-cropped-behind",
        ),
    ],
    "elsewhere-implement": [
        ("return y[first] == k", "return y[first] == 1", "turned-the-other-way"),
        ("b, full - b - len(y)", "full - b - len(y), b", "ends-exchanged"),
        ("b = 6 * s - first", "b = 6 - first", "first-cell"),
        ("full - b - len(y)", "full - len(y)", "whole-cut-for-end"),
        ("(15 - 1) * s + k", "15 * s + k", "full-by-n-strides"),
        ("(15 - 1) * s + k", "(15 - 1) * s", "full-without-kernel"),
        ("return y[first] == k, b,", "return b, y[first] == k,", "type"),
    ],
    "elsewhere-repair": [
        (
            "return longer[p : len(longer) - p]",
            "return np.concatenate([y[p : len(y) - p], np.zeros(p_)])",
            "output-padding-is-zeros",
        ),
        ("longer[p : len(longer) - p]", "y[p : len(y) - p]", "output-padding-ignored"),
        ("longer[p : len(longer) - p]", "longer[p:-p]", "minus-zero"),
        ("longer[p : len(longer) - p]", "y[p : len(y) - p + p_]", "end-without-room"),
        ("longer[p : len(longer) - p]", "y[p : p_ - p]", "end-counted-back"),
        ("[y, np.zeros(p_)]", "[np.zeros(p_), y]", "output-padding-in-front"),
    ],
    "elsewhere-shuffle": [
        ("made[c * k * k + k * r + q", "made[(k * r + q) * outputs + c", "taps-before-outputs"),
        ("k * r + q, a", "k * q + r, a", "taps-exchanged"),
        ("return made", "return w.reshape(-1, len(w), 1, 1)", "reshaped-only"),
        ("return made", "return made[:, :, 0, 0]", "no-axes-of-one"),
        ("return made", "return made.swapaxes(0, 1)", "inputs-first"),
        ("w[a, c, r, q]", "w[a, c, -1 - r, -1 - q]", "taps-turned"),
    ],
    "output-size": [
        ("(input_size - 1) * stride", "input_size * stride", "n-strides"),
        ("+ output_padding", "- output_padding", "output-padding-cuts"),
        ("- 2 * padding", "- padding", "crop-in-front-only"),
        ("- 2 * padding", "+ 2 * padding", "padding-adds"),
        ("dilation * (kernel_size - 1) + 1", "kernel_size", "dilation-ignored"),
        ("dilation * (kernel_size - 1) + 1", "dilation * kernel_size", "dilation-times-kernel"),
        (" + reach", "", "kernel-left-out"),
    ],
    "transpose-1d": [
        ("+= x[n] * w", "= x[n] * w", "overwrite"),
        ("x[n] * w", "x[n] * w[::-1]", "reversed"),
        ("len(w) + output_padding", "len(w)", "output-padding-ignored"),
        ("n * stride\n", "n\n", "stride-in-the-size-only"),
        ("padding : len(full) - padding", "0:", "padding-ignored"),
        ("range(len(x))", "range(1, len(x))", "first-lost"),
        ("padding : len(full) - padding", "padding:-padding", "minus-zero"),
        ("len(w) + output_padding)", "len(w))", "output-padding-ignored"),
        ("len(w) + output_padding)", "len(w) - 2 * padding + output_padding)", "no-room"),
        (
            "np.zeros((len(x) - 1) * stride + len(w) + output_padding)",
            "np.zeros((len(x) - 1) * stride + len(w) + output_padding, int)",
            "raised",
        ),
        (
            "full[start : start + len(w)] += x[n] * w",
            "for t in range(len(w)):\n"
            "            full[start + t] = int(full[start + t] + x[n] * w[t])",
            "into-ints",
        ),
        (
            "return full[padding : len(full) - padding]",
            "y = np.zeros(len(full) - 2 * padding)\n"
            "    for n in range(len(x)):\n"
            "        for t in range(len(w)):\n"
            "            if n * stride + t - padding < len(y):\n"
            "                y[n * stride + t - padding] += x[n] * w[t]\n"
            "    return y",
            "negative-index",
        ),
        (
            "return full[padding : len(full) - padding]",
            "return np.convolve(np.repeat(x, stride), w)[padding:]"
            "[: len(x) * stride + len(w) - 1 - 2 * padding]",
            "repeated-and-cut",
        ),
        (
            "return full[padding : len(full) - padding]",
            "return np.convolve(np.repeat(x, stride), w)",
            "repeated-whole",
        ),
        (
            "return full[padding : len(full) - padding]",
            "return full[: len(full) - output_padding][padding : output_padding - padding]",
            "end-counted-back",
        ),
    ],
    "transpose-2d": [
        ("+= x[m, n] * w", "+= x[m, n] * w.T", "kernel-transposed"),
        ("+= x[m, n] * w", "+= x[m, n] * w[::-1, ::-1]", "reversed"),
        ("+= x[m, n] * w", "+= x[m, n] * w[::-1]", "kernel-upside-down"),
        ("n * stride[1]", "n * stride[0]", "no-room"),
        (", padding[1] : columns - padding[1]", "", "columns-not-cut"),
        ("[padding[0] : rows - padding[0], ", "[:, ", "rows-not-cut"),
        ("rows = ", "padding = padding[::-1]\n    rows = ", "paddings-swapped"),
        (
            "rows = ",
            "output_padding = output_padding[::-1]\n    rows = ",
            "output-paddings-swapped",
        ),
        (
            "full[padding[0] : rows - padding[0], padding[1] : columns - padding[1]]",
            "full[padding[0] : -padding[0], padding[1] : -padding[1]]",
            "minus-zero",
        ),
        ("full[padding[0]", "full[0", "shape"),
        ("+= x[m, n]", "= x[m, n]", "overwrite"),
    ],
    "layer": [
        ("y = y + transpose_2d", "y = transpose_2d", "channels-not-summed"),
        ("y + bias[c]", "y", "bias-ignored"),
        (".astype(x.dtype)", "", "dtype"),
        ("in x:", "in x[:1]:", "first-image-alone"),
        ("spread[:, :, :: dilation[0], :: dilation[1]] = weight", "pass", "first-cell"),
        ("g = c // outputs", "g = c % groups", "raised"),
        ("np.array(images)", "np.array(images)[0]", "batch-lost"),
        ("spread = ", "dilation = dilation[::-1]\n    spread = ", "dilations-swapped"),
        (
            "spread[:, :, :: dilation[0], :: dilation[1]] = weight",
            "spread = np.repeat(np.repeat(weight, dilation[0], 2), dilation[1], 3)",
            "taps-repeated",
        ),
        (
            "[:, :, :: dilation[0], :: dilation[1]] = weight",
            "[:, :, :: dilation[0], :: dilation[1]] = weight\n"
            "    room = [(0, dilation[0] - 1), (0, dilation[1] - 1)]\n"
            "    spread = np.pad(spread, [(0, 0), (0, 0), *room])",
            "kernel-too-long",
        ),
        ("spread[a, c", "spread[a % inputs, c", "weight-of-group-0"),
        ("image[a]", "image[a % inputs]", "input-of-group-0"),
        ("y + bias[c]", "y + bias[c % outputs]", "bias-of-group-0"),
        (
            "transpose_2d(image[a], kernel, stride",
            "transpose_2d(image[a], kernel, stride[::-1]",
            "strides-swapped",
        ),
        (
            "return np.array(images)",
            "images[1:] = 0 * np.array(images[1:])\n    return np.array(images)",
            "other-images-empty",
        ),
        (
            "return np.array(images)",
            "images = np.array(images) - (0 if bias is None else bias[:, None, None])\n"
            "    images[:, :outputs] = images.reshape(len(x), groups, outputs, *y.shape).sum(1)\n"
            "    images[:, outputs:] = 0\n"
            "    images = images + (0 if bias is None else bias[:, None, None])\n"
            "    return np.array(images)",
            "into-group-0",
        ),
    ],
    "backward": [
        ("return for_x, for_weight", "return for_weight, for_x", "gradients-exchanged"),
        (
            "return for_x, for_weight",
            "return for_x, for_weight / len(x)",
            "weight-gradient-averaged",
        ),
        ("for_weight[a, c, i, j]", "for_weight[a, c, -1 - i, -1 - j]", "weight-gradient-reversed"),
        ("g * weight[a, c, i, j]", "g * weight[a, c, -1 - i, -1 - j]", "input-gradient-reversed"),
        (
            "m * stride[0] + i * dilation[0] - padding[0]\n        column = n * stride[1] +",
            "m + i * dilation[0] - padding[0]\n        column = n +",
            "stride-in-the-gradient",
        ),
        ("a // inputs * outputs + c", "c", "groups-in-the-gradient"),
        ("for_x[b, a, m, n] +=", "for_x[b, a, m, n] =", "input-gradient-overwritten"),
        ("for_weight[a, c, i, j] +=", "for_weight[a, c, i, j] =", "weight-gradient-overwritten"),
        ("+= g", "= g", "gradients-overwritten"),
        (
            "return for_x,",
            "return for_x[..., ::1] / len(x), for_weight / len(x)\n    return for_x,",
            "gradients-averaged",
        ),
        (
            "return for_x, for_weight",
            "return for_x, for_weight / (x.size / x.shape[1])",
            "weight-gradient-mean",
        ),
        (
            "return for_x, for_weight",
            "return for_x, for_weight, grad.sum((0, 2, 3))",
            "parts-count",
        ),
        (
            "for_weight[a, c, i, j] += g",
            "for_weight[a, c, i, j] += (b == len(x) - 1) * g",
            "weight-gradient-last-image",
        ),
        (
            "* weight[a, c, i, j]",
            "* weight[a, c, i, j] * ((c, i, j) == (outputs - 1, *np.array(weight.shape[2:]) - 1))",
            "input-gradient-last-term",
        ),
        (
            "+= g * weight[a, c, i, j]\n            for_weight[a, c, i, j] += g",
            "+= g * weight[a, c, -1 - i, -1 - j]\n"
            "            for_weight[a, c, -1 - i, -1 - j] += g",
            "gradients-reversed",
        ),
        (
            "    return for_x, for_weight",
            "    for a, c, i, j in np.ndindex(weight.shape):\n"
            "        cells = grad[:, a // inputs * outputs + c, i * dilation[0] :: stride[0]]\n"
            "        for_x[:, a] += 0 * cells[:, :, j * dilation[1] :: stride[1]]\n"
            "    return for_x, for_weight",
            "no-pad",
        ),
        ("return for_x, for_weight", "return for_x", "type"),
        ("i * dilation[0]", "i", "first-cell"),
        ("i * dilation[0] - padding[0]", "i * dilation[0]", "padding-in-the-gradient"),
        ("return for_x, for_weight", "return for_x, for_weight, None", "parts-count"),
    ],
    "fast": [
        ("+= stamps[:, :, i, j]", "= stamps[:, :, i, j]", "taps-overwrite"),
        ("y += bias[:, None, None]", "pass", "bias-ignored"),
        ("i * dilation[0], j * dilation[1]", "i, j", "dilation-in-the-size-only"),
        ("stamps[:, :, i, j]", "stamps[:, :, -1 - i, -1 - j]", "reversed"),
        ("+ output_padding[0]", "", "output-padding-ignored"),
        (", dtype=x.dtype)", ")", "dtype"),
        ("return y", "for n in range(y.size):\n        pass\n    return y", "loop"),
        ("return y", "for n in range(rows):\n        pass\n    return y", "loop"),
        ("return y", "for n in range(columns):\n        pass\n    return y", "loop"),
        ("return y", "for n in range(inputs):\n        pass\n    return y", "loop"),
        ("return y", "for n in range(outputs):\n        pass\n    return y", "loop"),
        (
            "count, groups * outputs, tall, wide, rows, columns)\n",
            "count, groups, tall, wide, outputs, rows, columns)\n"
            "    stamps = np.moveaxis(stamps, 4, 2).reshape("
            "count, groups * outputs, tall, wide, rows, columns)\n",
            "taps-before-channels",
        ),
        (
            "matrix.transpose(0, 2, 1)",
            "matrix.reshape(groups, outputs * tall * wide, inputs // groups)",
            "reshaped-not-transposed",
        ),
        (
            "inputs // groups, rows * columns)",
            "rows * columns, inputs // groups).swapaxes(2, 3)",
            "cells-before-channels",
        ),
        (
            "tall, wide, rows, columns)",
            "wide, tall, rows, columns).swapaxes(2, 3)",
            "tap-axes-misread",
        ),
        (
            "tall, wide, rows, columns)",
            "tall, wide, columns, rows).swapaxes(4, 5)",
            "cell-axes-misread",
        ),
        (
            "split = x.reshape",
            "split = x.reshape(inputs, count, -1).swapaxes(0, 1).reshape",
            "images-in-the-cells",
        ),
    ],
}


def compiled(function, source):
    """Return a function with another source, found again where its lines are shown."""
    path = f"<answer {hash(source)}>"
    linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    names = dict(vars(readers_answers))
    exec(compile(source, path, "exec"), names)
    return names[function.__name__]


def changed(function, old, new):
    """Return a right answer in which something else is written."""
    source = inspect.getsource(function)
    assert old in source, old
    return compiled(function, source.replace(old, new))
