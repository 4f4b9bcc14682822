"""Right answers, as a reader of the book may write them: with loops and without the package."""

import numpy as np
from torch import nn

# --- The chapters ----------------------------------------------------------------------------


def transposed1d(x, w, s, p, p_):
    full = np.zeros((len(x) - 1) * s + len(w) + p_)
    for n in range(len(x)):
        for t in range(len(w)):
            full[n * s + t] += x[n] * w[t]
    return full[p : len(full) - p]


def convolved(y, w, s):
    sums = []
    m = 0
    while m + len(w) <= len(y):
        sums.append(sum(y[m + t] * w[t] for t in range(len(w))))
        m += s
    return sums


def out(i, k, s, p):
    room = i + 2 * p - k
    return room // s + 1


def decoder_sizes(size, layers):
    sizes = [size]
    for k, s, p in layers:
        size = (size + 2 * p - k) // s + 1
        sizes.append(size)
    for k, s, p in layers[::-1]:
        size = (size - 1) * s + k - 2 * p
        sizes.append(size)
    return sizes


def steps_up(rows, depth):
    paddings = []
    for _ in range(depth):
        paddings.append(rows % 2)
        rows = rows // 2
    return paddings[::-1]


def mirror(size, layers):
    partners = []
    for k, s, p, d in layers:
        room = size + 2 * p - d * (k - 1) - 1
        partners.append(
            nn.ConvTranspose1d(1, 1, k, stride=s, padding=p, output_padding=room % s, dilation=d)
        )
        size = room // s + 1
    return partners[::-1]


def by_phases(x, w, s):
    y = np.zeros((len(x) - 1) * s + len(w))
    for j in range(s):
        taps = w[j::s]
        if len(taps):
            y[j::s][: len(x) + len(taps) - 1] = np.convolve(x, taps)
    return y


def backward1d(g, w, size, s, p):
    small, taps = g[0, 0], w[0, 0]
    y = np.zeros(size + 2 * p)
    for n in range(len(small)):
        y[n * s : n * s + len(taps)] += small[n] * taps
    return y[p : p + size].reshape(1, 1, size)


def layer1d(x, w, s, groups):
    inputs, cells = x.shape
    outputs, k = w.shape[1:]
    y = np.zeros((groups * outputs, (cells - 1) * s + k))
    for a in range(inputs):
        g = a // (inputs // groups)
        for c in range(outputs):
            for n in range(cells):
                y[g * outputs + c, n * s : n * s + k] += x[a, n] * w[a, c]
    return y


def by_output(w):
    scaled = np.zeros(w.shape)
    for c in range(w.shape[1]):
        scaled[:, c] = w[:, c] / np.abs(w[:, c]).max()
    return scaled


def evened(w, s):
    changed = np.array(w)
    mean = sum(w) / s
    for j in range(s):
        miss = mean - sum(w[j::s])
        for t in range(j, len(w), s):
            changed[t] += miss / len(w[j::s])
    return changed


def with_past(chunks, w, bias, s):
    k = w.shape[2]
    keep = -(-k // s) - 1
    past = [np.zeros(chunks[0].shape[:2])] * keep
    parts = []
    for chunk in chunks:
        m = chunk.shape[2]
        frames = past + [chunk[:, :, n] for n in range(m)]
        y = np.zeros((len(chunk), w.shape[1], len(frames) * s + k))
        for n, frame in enumerate(frames):
            y[:, :, n * s : n * s + k] += np.einsum("ba,act->bct", frame, w)
        y = y[:, :, keep * s : (keep + m) * s]
        parts.append(y + bias[:, None])
        past = frames[len(frames) - keep :]
    return parts


def fitted(network, x, multiple):
    rows, columns = x.shape[2:]
    tall, wide = rows, columns
    while tall % multiple:
        tall += 1
    while wide % multiple:
        wide += 1
    room = np.zeros((*x.shape[:2], tall, wide))
    room[:, :, :rows, :columns] = x
    return network(room)[:, :, :rows, :columns]


def convention(port, k, s):
    x = np.zeros((1, 15))
    x[0, 6] = 1
    y = port(x, np.arange(1, k + 1)[None, None])[0]
    first = 0
    while y[first] == 0:
        first += 1
    full = (15 - 1) * s + k
    b = 6 * s - first
    return y[first] == k, b, full - b - len(y)


def converted(y, p, p_):
    longer = np.concatenate([y, np.zeros(p_)])
    return longer[p : len(longer) - p]


def as_pointwise(w):
    inputs, outputs, k, _ = w.shape
    made = np.zeros((outputs * k * k, inputs, 1, 1))
    for a, c, r, q in np.ndindex(w.shape):
        made[c * k * k + k * r + q, a, 0, 0] = w[a, c, r, q]
    return made


# --- The ladder ------------------------------------------------------------------------------


def output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    last = (input_size - 1) * stride
    reach = dilation * (kernel_size - 1) + 1
    return last + reach - 2 * padding + output_padding


def transpose_1d(x, w, stride=1, padding=0, output_padding=0):
    full = np.zeros((len(x) - 1) * stride + len(w) + output_padding)
    for n in range(len(x)):
        start = n * stride
        full[start : start + len(w)] += x[n] * w
    return full[padding : len(full) - padding]


def transpose_2d(x, w, stride=(1, 1), padding=(0, 0), output_padding=(0, 0)):
    rows = (x.shape[0] - 1) * stride[0] + w.shape[0] + output_padding[0]
    columns = (x.shape[1] - 1) * stride[1] + w.shape[1] + output_padding[1]
    full = np.zeros((rows, columns))
    for m in range(x.shape[0]):
        for n in range(x.shape[1]):
            top, left = m * stride[0], n * stride[1]
            full[top : top + w.shape[0], left : left + w.shape[1]] += x[m, n] * w
    return full[padding[0] : rows - padding[0], padding[1] : columns - padding[1]]


def layer(x, weight, bias, stride, padding, output_padding, groups, dilation):
    spread = np.zeros(
        (
            *weight.shape[:2],
            dilation[0] * (weight.shape[2] - 1) + 1,
            dilation[1] * (weight.shape[3] - 1) + 1,
        ),
        dtype=weight.dtype,
    )
    spread[:, :, :: dilation[0], :: dilation[1]] = weight
    inputs, outputs = len(weight) // groups, weight.shape[1]
    images = []
    for image in x:
        channels = []
        for c in range(groups * outputs):
            g = c // outputs
            y = 0
            for a in range(g * inputs, g * inputs + inputs):
                kernel = spread[a, c - g * outputs]
                y = y + transpose_2d(image[a], kernel, stride, padding, output_padding)
            channels.append(y if bias is None else y + bias[c])
        images.append(channels)
    return np.array(images).astype(x.dtype)


def backward(grad, x, weight, stride, padding, output_padding, groups, dilation):
    for_x, for_weight = np.zeros(x.shape), np.zeros(weight.shape)
    inputs, outputs = len(weight) // groups, weight.shape[1]
    for b, a, c, m, n, i, j in np.ndindex(*x.shape[:2], outputs, *x.shape[2:], *weight.shape[2:]):
        row = m * stride[0] + i * dilation[0] - padding[0]
        column = n * stride[1] + j * dilation[1] - padding[1]
        if 0 <= row < grad.shape[2] and 0 <= column < grad.shape[3]:
            g = grad[b, a // inputs * outputs + c, row, column]
            for_x[b, a, m, n] += g * weight[a, c, i, j]
            for_weight[a, c, i, j] += g * x[b, a, m, n]
    return for_x, for_weight


def fast(x, weight, bias, stride, padding, output_padding, groups, dilation):
    count, inputs, rows, columns = x.shape
    outputs, tall, wide = weight.shape[1:]
    split = x.reshape(count, groups, inputs // groups, rows * columns)
    matrix = weight.reshape(groups, inputs // groups, outputs * tall * wide)
    stamps = matrix.transpose(0, 2, 1) @ split
    stamps = stamps.reshape(count, groups * outputs, tall, wide, rows, columns)
    height = (rows - 1) * stride[0] + dilation[0] * (tall - 1) + 1 + output_padding[0]
    width = (columns - 1) * stride[1] + dilation[1] * (wide - 1) + 1 + output_padding[1]
    y = np.zeros((count, groups * outputs, height, width), dtype=x.dtype)
    for i in range(tall):
        for j in range(wide):
            top, left = i * dilation[0], j * dilation[1]
            down = slice(top, top + rows * stride[0], stride[0])
            across = slice(left, left + columns * stride[1], stride[1])
            y[:, :, down, across][..., :rows, :columns] += stamps[:, :, i, j]
    if bias is not None:
        y += bias[:, None, None]
    return y[:, :, padding[0] : height - padding[0], padding[1] : width - padding[1]]


RIGHT = {
    "conclusion-implement": transposed1d,
    "start-implement": convolved,
    "start-repair": out,
    "divides-implement": decoder_sizes,
    "remainder-implement": steps_up,
    "together-implement": mirror,
    "four-implement": by_phases,
    "transpose-implement": backward1d,
    "channels-implement": layer1d,
    "channels-repair": by_output,
    "checkerboards-implement": evened,
    "places-implement": with_past,
    "decoder-implement": fitted,
    "elsewhere-implement": convention,
    "elsewhere-repair": converted,
    "elsewhere-shuffle": as_pointwise,
    "output-size": output_size,
    "transpose-1d": transpose_1d,
    "transpose-2d": transpose_2d,
    "layer": layer,
    "backward": backward,
    "fast": fast,
}
