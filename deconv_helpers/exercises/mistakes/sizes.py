"""Mistakes in the two formulas for a size."""

from collections.abc import Callable

from deconv_helpers.exercises.task import Mistake
from deconv_helpers.sizes import conv_transpose_output_size, effective_kernel_size


def _off(by: Callable[..., int]) -> Mistake:
    """Return the size that is off by so much."""

    def made(i_: int, k: int, s: int, p: int, p_: int, d: int) -> int:
        right = conv_transpose_output_size(
            i_, k, stride=s, padding=p, output_padding=p_, dilation=d
        )
        return right + by(i_, k, s, p, p_, d)

    return made


SIZE: dict[str, Mistake] = {
    "n-strides": _off(lambda i_, k, s, p, p_, d: s),
    "stride-ignored": _off(lambda i_, k, s, p, p_, d: (1 - s) * (i_ - 1)),
    "kernel-left-out": _off(lambda i_, k, s, p, p_, d: -effective_kernel_size(k, d)),
    "dilation-ignored": _off(lambda i_, k, s, p, p_, d: k - effective_kernel_size(k, d)),
    "dilation-times-kernel": _off(lambda i_, k, s, p, p_, d: d * k - effective_kernel_size(k, d)),
    "span-one-short": _off(lambda i_, k, s, p, p_, d: -1),
    "span-one-long": _off(lambda i_, k, s, p, p_, d: 1),
    "padding-adds": _off(lambda i_, k, s, p, p_, d: 4 * p),
    "padding-ignored": _off(lambda i_, k, s, p, p_, d: 2 * p),
    "crop-in-front-only": _off(lambda i_, k, s, p, p_, d: p),
    "padding-times-stride": _off(lambda i_, k, s, p, p_, d: 2 * p - 2 * p * s),
    "uncropped": _off(lambda i_, k, s, p, p_, d: 2 * p - p_),
    "output-padding-ignored": _off(lambda i_, k, s, p, p_, d: -p_),
    "output-padding-cuts": _off(lambda i_, k, s, p, p_, d: -2 * p_),
    "output-padding-both-ends": _off(lambda i_, k, s, p, p_, d: p_),
    "times-stride": lambda i_, k, s, p, p_, d: i_ * s,
    "convolution": lambda i_, k, s, p, p_, d: (i_ + 2 * p - effective_kernel_size(k, d)) // s + 1,
}

CONV_SIZE: dict[str, Mistake] = {
    "rounded": lambda i, k, s, p: round((i + 2 * p - k) / s) + 1,
    "ceiling": lambda i, k, s, p: -(-(i + 2 * p - k) // s) + 1,
    "no-floor": lambda i, k, s, p: (i + 2 * p - k) / s + 1,
    "no-first": lambda i, k, s, p: (i + 2 * p - k) // s,
    "one-inside-floor": lambda i, k, s, p: (i + 2 * p - k + 1) // s,
    "padding-once": lambda i, k, s, p: (i + p - k) // s + 1,
    "padding-cuts": lambda i, k, s, p: (i - 2 * p - k) // s + 1,
    "conv-padding-ignored": lambda i, k, s, p: (i - k) // s + 1,
    "conv-stride-ignored": lambda i, k, s, p: i + 2 * p - k + 1,
    "conv-transposed": lambda i, k, s, p: (i - 1) * s + k - 2 * p,
}
