"""Time `conv_transpose` against naive loops and ONNX's reference, and see how it grows.

    python tools/bench_others.py

Prints tables as Markdown: how many times faster, the extra memory, and time and memory
against the size of the image.
"""

import argparse
import time
import tracemalloc

import numpy as np
import onnx
from bench import LAYERS, OTHERS, best_times
from onnx import helper
from onnx.reference import ReferenceEvaluator

from deconv_helpers import conv_transpose

TIMED = LAYERS | OTHERS


def naive(x, weight, stride):
    """Transpose a convolution as tutorials show it: loops over pixels and channels."""
    channels, height, width = x.shape
    _, outputs, k, _ = weight.shape
    out = np.zeros((outputs, (height - 1) * stride + k, (width - 1) * stride + k))
    for o in range(outputs):
        for c in range(channels):
            for i in range(height):
                for j in range(width):
                    out[o, i * stride : i * stride + k, j * stride : j * stride + k] += (
                        x[c, i, j] * weight[c, o]
                    )
    return out


def against_naive():
    """Return how many times faster than the naive loop, at 64 × 64 with 16 channels."""
    random = np.random.default_rng(0)
    x, weight = random.standard_normal((16, 64, 64)), random.standard_normal((16, 16, 4, 4))
    start = time.perf_counter()
    expected = naive(x, weight, 2)
    slow = time.perf_counter() - start
    np.testing.assert_allclose(conv_transpose(x, weight, stride=2), expected)
    return slow / best_times([lambda: conv_transpose(x, weight, stride=2)], 5)[0]


def layer_arrays(name):
    """Return input, weight and parameters of a layer, filled by a fixed generator."""
    small, weight, parameters = TIMED[name]
    random = np.random.default_rng(0)
    x, w = (random.standard_normal(shape).astype(np.float32) for shape in (small, weight))
    return x, w, parameters


def onnx_seconds(x, w, parameters):
    """Return the seconds of ONNX's reference evaluator; None where it gives up."""
    axes = x.ndim - 2
    names = {"stride": "strides", "dilation": "dilations", "output_padding": "output_padding"}
    given = {names[n]: [value] * axes for n, value in parameters.items() if n in names}
    node = helper.make_node(
        "ConvTranspose",
        ["x", "w"],
        ["y"],
        pads=[parameters.get("padding", 0)] * 2 * axes,
        group=parameters.get("groups", 1),
        **given,
    )
    values = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
        for name, shape in (("x", x.shape), ("w", w.shape), ("y", None))
    ]
    graph = helper.make_graph([node], "layer", values[:2], values[2:])
    opset = helper.make_opsetid("", 22)
    model = ReferenceEvaluator(helper.make_model(graph, opset_imports=[opset]))
    try:
        start = time.perf_counter()
        theirs = model.run(None, {"x": x, "w": w})[0]
        seconds = time.perf_counter() - start
    except (NotImplementedError, ValueError, IndexError, RuntimeError):
        return None
    np.testing.assert_allclose(conv_transpose(x, w, **parameters), theirs, rtol=1e-3, atol=1e-2)
    return seconds


def extra_memory(x, w, parameters):
    """Return the peak memory beside the output, as a multiple of the output."""
    tracemalloc.start()
    out = conv_transpose(x, w, **parameters)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - out.nbytes) / out.nbytes


def main():
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    print(f"Times faster than the naive loop, 64 × 64, 16 channels: {against_naive():.0f}\n")
    print("| layer | extra memory / output | times faster than ONNX's reference |")
    print("|---|---|---|")
    for name in TIMED:
        x, w, parameters = layer_arrays(name)
        slow = onnx_seconds(x, w, parameters)
        ours = best_times([lambda x=x, w=w, p=parameters: conv_transpose(x, w, **p)], 2)[0]
        faster = "gives up" if slow is None else f"{slow / ours:.0f}"
        print(f"| {name} | {extra_memory(x, w, parameters):.1f} | {faster} |", flush=True)
    print("\n| side | ms | ns per output pixel | extra memory / output |\n|---|---|---|---|")
    random = np.random.default_rng(0)
    weight, parameters = random.standard_normal((16, 16, 4, 4)), {"stride": 2, "padding": 1}
    sides, times = (16, 32, 64, 128, 256, 512), []
    for side in sides:
        x = random.standard_normal((16, side, side))
        seconds = best_times([lambda x=x: conv_transpose(x, weight, **parameters)], 3)[0]
        times.append(seconds)
        print(
            f"| {side} | {seconds * 1e3:.2f} | {seconds / (2 * side) ** 2 * 1e9:.0f} "
            f"| {extra_memory(x, weight, parameters):.2f} |",
            flush=True,
        )
    slope = np.polyfit(2 * np.log(sides), np.log(times), 1)[0]
    print(f"\nSlope of time against output pixels, log axes: {slope:.2f}")


if __name__ == "__main__":
    main()
