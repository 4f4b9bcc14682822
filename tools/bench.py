"""Time `conv_transpose` and `conv` against PyTorch, on the CPU, and print the ratios.

    python tools/bench.py [--quick] [--threads N]

Below 1, NumPy was faster. Beside each layer stands the matrix product alone that it
needs. The idle threads of either library spin on the other's core, so the sides are
never timed call by call in turns. A turn is a rest of 50 ms, three calls to warm up, and
the best of five; each side has five turns, and its best is held against the other's best.

It starts itself again with the settings of memory in MEMORY, or PyTorch would pay for
fresh pages at each call; and without OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, so that
OpenBLAS chooses its code by the processor. Which it took is printed.
"""

import argparse
import ctypes
import os
import platform
import sys
import time
from collections.abc import Callable
from math import prod
from pathlib import Path
from statistics import geometric_mean

MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "1000000000",
    "MALLOC_TRIM_THRESHOLD_": "2000000000",
    "MALLOC_TOP_PAD_": "67108864",
}
UNWANTED = "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"

# name: (shape of the small side, weight as the transposed layer has it, parameters).
# The first twelve are what `conv_transpose` is measured by.
HALVED = {"stride": 2, "padding": 1}
LAYERS = {
    "DCGAN 100 → 512, 1²": ((16, 100, 1, 1), (100, 512, 4, 4), {}),
    "DCGAN 512 → 256, 4²": ((16, 512, 4, 4), (512, 256, 4, 4), HALVED),
    "DCGAN 256 → 128, 8²": ((16, 256, 8, 8), (256, 128, 4, 4), HALVED),
    "DCGAN 128 → 64, 16²": ((16, 128, 16, 16), (128, 64, 4, 4), HALVED),
    "DCGAN 64 → 3, 32²": ((16, 64, 32, 32), (64, 3, 4, 4), HALVED),
    "U-Net 256 → 128, 112²": ((1, 256, 112, 112), (256, 128, 2, 2), {"stride": 2}),
    "FCN 21 → 21, ×8, 34²": ((1, 21, 34, 34), (21, 21, 16, 16), {"stride": 8, "padding": 4}),
    "k = 3, 64 → 32, 56²": ((1, 64, 56, 56), (64, 32, 3, 3), {**HALVED, "output_padding": 1}),
    "vocoder 256 → 128, 800": ((1, 256, 800), (256, 128, 16), {"stride": 8, "padding": 4}),
    "vocoder 64 → 32, 12800": ((1, 64, 12800), (64, 32, 4), HALVED),
    "3-D 64 → 32, 8³": ((4, 64, 8, 8, 8), (64, 32, 4, 4, 4), HALVED),
    "dilated 64 → 64, 32²": ((4, 64, 32, 32), (64, 64, 3, 3), {"padding": 2, "dilation": 2}),
}
OTHERS = {
    "U-Net 1024 → 512, 28²": ((1, 1024, 28, 28), (1024, 512, 2, 2), {"stride": 2}),
    "FCN 21 → 21, ×32, 16²": ((1, 21, 16, 16), (21, 21, 64, 64), {"stride": 32, "padding": 16}),
    "3-D 128 → 64, 4³": ((4, 128, 4, 4, 4), (128, 64, 4, 4, 4), HALVED),
    "3-D 32 → 1, 16³": ((4, 32, 16, 16, 16), (32, 1, 4, 4, 4), HALVED),
    "4 groups, 64 → 64, 32²": ((4, 64, 32, 32), (64, 16, 4, 4), {**HALVED, "groups": 4}),
    "narrow 1 → 1, 256²": ((1, 1, 256, 256), (1, 1, 5, 5), {"stride": 2}),
    "narrow 8 → 8, 64²": ((1, 8, 64, 64), (8, 8, 3, 3), {"padding": 1}),
}
DEPTHWISE = {
    "bilinear ×2, 21, 64²": ((1, 21, 64, 64), (21, 1, 4, 4), {**HALVED, "groups": 21}),
    "depthwise 64, 32²": (
        (4, 64, 32, 32),
        (64, 1, 3, 3),
        {**HALVED, "output_padding": 1, "groups": 64},
    ),
}


def best_times(functions: list[Callable[[], object]], turns: int) -> list[float]:
    """Return the best seconds of each function, over some turns each."""
    best = [float("inf")] * len(functions)
    for _ in range(turns):
        for place, function in enumerate(functions):
            time.sleep(0.05)
            for _ in range(3):
                function()
            for _ in range(5):
                start = time.perf_counter()
                function()
                best[place] = min(best[place], time.perf_counter() - start)
    return best


def ratios(small: tuple, weight: tuple, parameters: dict, dtype: str, turns: int) -> list[float]:
    """Return time / PyTorch's for `conv_transpose`, its bare product, and `conv`."""
    import numpy as np
    import torch
    from torch.nn import functional as F

    from deconv_helpers import conv, conv_transpose

    axes, groups = len(small) - 2, parameters.get("groups", 1)
    down = {name: value for name, value in parameters.items() if name != "output_padding"}
    random = np.random.default_rng(0)
    x, w = (random.standard_normal(shape).astype(dtype) for shape in (small, weight))
    up = conv_transpose(x, w, **parameters)
    tx, tw, tup = map(torch.from_numpy, (x, w, up))
    taps = np.ascontiguousarray(w.reshape(groups, len(w) // groups, -1).swapaxes(1, 2))
    cells = random.standard_normal((groups, len(w) // groups, small[0] * prod(small[2:])))
    cells = cells.astype(dtype)
    torch_up, torch_down = (getattr(F, f"{name}{axes}d") for name in ("conv_transpose", "conv"))
    functions = [
        lambda: torch_up(tx, tw, **parameters),
        lambda: conv_transpose(x, w, **parameters),
        lambda: taps @ cells,
        lambda: torch_down(tup, tw, **down),
        lambda: conv(up, w, **down),
    ]
    for theirs, ours in ((functions[0], functions[1]), (functions[3], functions[4])):
        np.testing.assert_allclose(ours(), theirs().numpy(), rtol=1e-3, atol=1e-2)
    theirs_up, ours_up, bare, theirs_down, ours_down = best_times(functions, turns)
    return [ours_up / theirs_up, bare / theirs_up, ours_down / theirs_down]


def machine() -> str:
    """Describe the machine, and what multiplies matrices on it, in one line."""
    import numpy as np
    import torch

    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((li.split(":")[1].strip() for li in lines if "model name" in li), model)
    kernel = "not known"
    for library in Path(np.__file__).parents[1].glob("numpy.libs/*openblas*"):
        name = ctypes.CDLL(str(library)).scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        kernel = name().decode()
    return (
        f"{model}, {os.cpu_count()} cores; threads of each: {torch.get_num_threads()}; "
        f"OpenBLAS's code: {kernel}; "
        f"Python {platform.python_version()}, NumPy {np.__version__}, torch {torch.__version__}"
    )


def main() -> None:
    """Print a table for each set of layers, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one turn for each side, not five")
    parser.add_argument(
        "--threads", type=int, metavar="N", help="threads of both, all cores if left out"
    )
    arguments = parser.parse_args()
    if arguments.threads is not None and arguments.threads < 1:
        parser.error(f"--threads must be at least 1, got {arguments.threads}")
    wanted = {name: value for name, value in os.environ.items() if name not in UNWANTED} | MEMORY
    if arguments.threads:
        wanted["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
    if wanted != dict(os.environ):
        # Both are read when the libraries are loaded, so before this process knew them.
        os.execve(sys.executable, [sys.executable, *sys.argv], wanted)
    try:
        import torch
    except ImportError as error:
        parser.error(f"PyTorch is needed: {error}")

    torch.set_grad_enabled(False)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    print(f"Machine: {machine()}", flush=True)
    for layers in (LAYERS, OTHERS, DEPTHWISE):
        print("\n| layer | transposed, 32 | 64 | product, 32 | 64 | conv, 32 | 64 |")
        print("|---|---|---|---|---|---|---|")
        rows = []
        for name, layer in layers.items():
            both = [
                ratios(*layer, dtype, 1 if arguments.quick else 5)
                for dtype in ("float32", "float64")
            ]
            rows.append([value for pair in zip(*both) for value in pair])
            print(row(name, rows[-1]), flush=True)
        print(row("**geometric mean**", map(geometric_mean, zip(*rows))))
        print(row("**largest**", map(max, zip(*rows))), flush=True)


def row(name: str, values) -> str:
    """Return a row of the table."""
    return f"| {name} | " + " | ".join(f"{value:.2f}" for value in values) + " |"


if __name__ == "__main__":
    main()
