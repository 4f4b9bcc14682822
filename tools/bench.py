"""Time `conv` and `conv_transpose` against PyTorch, naive loops, and ONNX's reference.

    python tools/bench.py [--quick] [--torch-only] [--threads N]

Everything is timed in this one process, on the CPU, in pairs, and told as ratios:
below 1, NumPy was faster. Prints the tables as Markdown, with the machine; and
draws the ratios to _build/bench/ratios.svg. `--quick` takes fewer repetitions,
`--torch-only` leaves out the others. With `--threads 1` set OPENBLAS_NUM_THREADS=1
in the environment too, so that NumPy has as many as PyTorch.
"""

import argparse
import os
import platform
import sys
import time
import tracemalloc
from math import prod
from pathlib import Path
from statistics import geometric_mean, median

import numpy as np
import onnx
import torch
from matplotlib.figure import Figure
from onnx import helper
from onnx.reference import ReferenceEvaluator
from torch.nn import functional as F

from deconv_helpers import conv, conv_transpose, conv_transpose_output_size

OUTPUT = Path(__file__).parents[1] / "_build" / "bench"

# name: (shape of the small side, weight as the transposed layer has it, parameters)
LAYERS = {
    "DCGAN 100 → 512, 1²": ((16, 100, 1, 1), (100, 512, 4, 4), {}),
    "DCGAN 512 → 256, 4²": ((16, 512, 4, 4), (512, 256, 4, 4), {"stride": 2, "padding": 1}),
    "DCGAN 256 → 128, 8²": ((16, 256, 8, 8), (256, 128, 4, 4), {"stride": 2, "padding": 1}),
    "DCGAN 128 → 64, 16²": ((16, 128, 16, 16), (128, 64, 4, 4), {"stride": 2, "padding": 1}),
    "DCGAN 64 → 3, 32²": ((16, 64, 32, 32), (64, 3, 4, 4), {"stride": 2, "padding": 1}),
    "U-Net 1024 → 512, 28²": ((1, 1024, 28, 28), (1024, 512, 2, 2), {"stride": 2}),
    "U-Net 512 → 256, 56²": ((1, 512, 56, 56), (512, 256, 2, 2), {"stride": 2}),
    "U-Net 256 → 128, 112²": ((1, 256, 112, 112), (256, 128, 2, 2), {"stride": 2}),
    "FCN 21 → 21, ×2, 34²": ((1, 21, 34, 34), (21, 21, 4, 4), {"stride": 2, "padding": 1}),
    "FCN 21 → 21, ×8, 34²": ((1, 21, 34, 34), (21, 21, 16, 16), {"stride": 8, "padding": 4}),
    "FCN 21 → 21, ×32, 16²": ((1, 21, 16, 16), (21, 21, 64, 64), {"stride": 32, "padding": 16}),
    "vocoder 512 → 256, 100": ((1, 512, 100), (512, 256, 16), {"stride": 8, "padding": 4}),
    "vocoder 256 → 128, 800": ((1, 256, 800), (256, 128, 16), {"stride": 8, "padding": 4}),
    "vocoder 128 → 64, 6400": ((1, 128, 6400), (128, 64, 4), {"stride": 2, "padding": 1}),
    "vocoder 64 → 32, 12800": ((1, 64, 12800), (64, 32, 4), {"stride": 2, "padding": 1}),
    "3-D 128 → 64, 4³": ((4, 128, 4, 4, 4), (128, 64, 4, 4, 4), {"stride": 2, "padding": 1}),
    "3-D 64 → 32, 8³": ((4, 64, 8, 8, 8), (64, 32, 4, 4, 4), {"stride": 2, "padding": 1}),
    "3-D 32 → 1, 16³": ((4, 32, 16, 16, 16), (32, 1, 4, 4, 4), {"stride": 2, "padding": 1}),
}


def timed(*functions, repeats, seconds=0.02):
    """Return the median seconds of each function, taken in turns."""
    samples = [[] for _ in functions]
    for _ in range(repeats):
        for function, times in zip(functions, samples, strict=True):
            # Threads of one library spin for a while after their work, on the other's core.
            time.sleep(0.12)
            function()
            end, runs = time.perf_counter() + seconds, []
            while not runs or time.perf_counter() < end:
                start = time.perf_counter()
                function()
                runs.append(time.perf_counter() - start)
            times.append(median(runs))
    return [median(times) for times in samples]


def layer_arrays(name, dtype):
    """Return small side, large side and weight of a layer, filled by a fixed generator."""
    small, weight, parameters = LAYERS[name]
    random = np.random.default_rng(0)
    size = conv_transpose_output_size(small[2:], weight[2:], **parameters)
    large = (small[0], weight[1], *size)
    return [random.standard_normal(shape).astype(dtype) for shape in (small, large, weight)]


def against_torch(dtype, repeats):
    """Return {name: [torch's seconds, our ratio] for both, and the bare product's ratio}."""
    results = {}
    for name, (_, _, parameters) in LAYERS.items():
        small, large, weight = layer_arrays(name, dtype)
        axes = small.ndim - 2
        ours = [
            lambda x=small, w=weight, p=parameters: conv_transpose(x, w, **p),
            lambda x=large, w=weight, p=parameters: conv(x, w, **p),
        ]
        theirs = []
        for function, x in ((f"conv_transpose{axes}d", small), (f"conv{axes}d", large)):
            call = getattr(F, function)
            tensors = torch.from_numpy(x), torch.from_numpy(weight)
            theirs.append(lambda call=call, t=tensors, p=parameters: call(*t, **p))
        row = []
        for mine, reference in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(mine(), reference().numpy(), rtol=1e-3, atol=1e-2)
            seconds, reference_seconds = timed(mine, reference, repeats=repeats)
            row += [reference_seconds, seconds / reference_seconds]
        # No implementation on a matrix product can be faster than this product itself.
        w = weight.reshape(len(weight), -1).T.copy()
        cells = np.moveaxis(small, 1, 0).reshape(len(weight), -1).copy()
        row.append(timed(lambda w=w, cells=cells: w @ cells, repeats=repeats)[0] / row[0])
        results[name] = row
        print(f"  {np.dtype(dtype).name} {name}", file=sys.stderr, flush=True)
    return results


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
    return slow / timed(lambda: conv_transpose(x, weight, stride=2), repeats=5)[0]


def onnx_model(name):
    """Return ONNX's reference evaluator for one layer."""
    small, weight, parameters = LAYERS[name]
    axes = len(small) - 2
    node = helper.make_node(
        "ConvTranspose",
        ["x", "w"],
        ["y"],
        strides=[parameters.get("stride", 1)] * axes,
        pads=[parameters.get("padding", 0)] * 2 * axes,
    )
    kind = onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        [node],
        "layer",
        [
            helper.make_tensor_value_info("x", kind, small),
            helper.make_tensor_value_info("w", kind, weight),
        ],
        [helper.make_tensor_value_info("y", kind, None)],
    )
    return ReferenceEvaluator(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)]))


def against_onnx():
    """Return {name: times faster than ONNX's reference evaluator}; None where it gives up."""
    results = {}
    for name, (_, _, parameters) in LAYERS.items():
        small, _, weight = layer_arrays(name, np.float32)
        model = onnx_model(name)
        try:
            start = time.perf_counter()
            theirs = model.run(None, {"x": small, "w": weight})[0]
            slow = time.perf_counter() - start
        except (NotImplementedError, ValueError, IndexError, RuntimeError):
            results[name] = None
            continue
        mine = conv_transpose(small, weight, **parameters)
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-2)
        results[name] = (
            slow
            / timed(lambda x=small, w=weight, p=parameters: conv_transpose(x, w, **p), repeats=2)[0]
        )
        print(f"  onnx {name}", file=sys.stderr, flush=True)
    return results


def growth(repeats):
    """Return [(side, seconds, extra memory / output)] from 16² to 512², and the slope."""
    random = np.random.default_rng(0)
    weight = random.standard_normal((16, 16, 4, 4))
    rows = []
    for side in (16, 32, 64, 128, 256, 512):
        x = random.standard_normal((16, side, side))
        seconds = timed(
            lambda x=x: conv_transpose(x, weight, stride=2, padding=1), repeats=repeats
        )[0]
        tracemalloc.start()
        out = conv_transpose(x, weight, stride=2, padding=1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        rows.append((side, seconds, (peak - out.nbytes) / out.nbytes))
    pixels = [2 * np.log(side) for side, _, _ in rows]
    return rows, np.polyfit(pixels, np.log([seconds for _, seconds, _ in rows]), 1)[0]


def peak_memory(name):
    """Return the peak extra memory of one layer, as a multiple of its output."""
    small, _, weight = layer_arrays(name, np.float32)
    tracemalloc.start()
    out = conv_transpose(small, weight, **LAYERS[name][2])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - out.nbytes) / out.nbytes, out.nbytes


def draw(results):
    """Draw all ratios on a log axis, and return the file."""
    figure = Figure(figsize=(8, 6), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(LAYERS), 0, -1)
    for dtype, marker in (("float32", "o"), ("float64", "s")):
        for column, fill in ((1, "full"), (3, "none")):
            axes.plot(
                [row[column] for row in results[dtype].values()],
                places,
                marker,
                fillstyle=fill,
                label=f"{dtype}, {'conv' if column == 3 else 'conv_transpose'}",
            )
    axes.axvline(1, color="grey")
    axes.set(xscale="log", yticks=list(places), yticklabels=list(LAYERS), xlabel="time / torch")
    axes.legend()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    figure.savefig(OUTPUT / "ratios.svg")
    return OUTPUT / "ratios.svg"


def machine():
    """Describe the machine in one line."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((li.split(":")[1].strip() for li in lines if "model name" in li), model)
    return (
        f"{model}, {os.cpu_count()} cores; {torch.get_num_threads()} threads each; "
        f"OpenBLAS for {os.environ.get('OPENBLAS_CORETYPE', 'the processor it finds')}; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, torch {torch.__version__}"
    )


def main():
    """Run all comparisons and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--torch-only", action="store_true", help="leave out the others")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), metavar="N")
    arguments = parser.parse_args()
    if arguments.threads < 1:
        parser.error(f"--threads must be at least 1, got {arguments.threads}")
    repeats = 1 if arguments.quick else 5
    torch.set_grad_enabled(False)
    torch.set_num_threads(arguments.threads)
    print(f"Machine: {machine()}\n")
    results = {np.dtype(t).name: against_torch(t, repeats) for t in (np.float32, np.float64)}
    onnx_times = dict.fromkeys(LAYERS) if arguments.torch_only else against_onnx()
    print("| layer | transposed, 32 | 64 | product, 32 | 64 | conv, 32 | 64 | memory | × ONNX |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in LAYERS:
        single, double = results["float32"][name], results["float64"][name]
        faster = onnx_times[name]
        print(
            f"| {name} | {single[1]:.2f} | {double[1]:.2f} | {single[4]:.2f} | {double[4]:.2f} "
            f"| {single[3]:.2f} | {double[3]:.2f} "
            f"| {peak_memory(name)[0]:.1f} | {'not run' if faster is None else f'{faster:.0f}'} |"
        )
    columns = [(dtype, column) for column in (1, 4, 3) for dtype in ("float32", "float64")]
    ratios = [[row[column] for row in results[dtype].values()] for dtype, column in columns]
    for label, pick in (("geometric mean", geometric_mean), ("largest", max)):
        print(f"| **{label}** | " + " | ".join(f"{pick(r):.2f}" for r in ratios) + " | | |")
    if arguments.torch_only:
        return
    print(f"\nTimes faster than the naive loop, 64 × 64, 16 channels: {against_naive():.0f}\n")
    rows, slope = growth(repeats)
    print("| side | ms | ns per output pixel | extra memory / output |")
    print("|---|---|---|---|")
    for side, seconds, memory in rows:
        per_pixel = seconds / prod((2 * side, 2 * side)) * 1e9
        print(f"| {side} | {seconds * 1e3:.2f} | {per_pixel:.0f} | {memory:.2f} |")
    print(f"\nSlope of time against output pixels, log axes: {slope:.2f}")
    print(f"Plot: {draw(results)}")


if __name__ == "__main__":
    main()
