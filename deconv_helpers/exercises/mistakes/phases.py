"""Mistakes in a kernel whose phases are to have the same sum."""

from collections.abc import Callable

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.task import Mistake


def _by_phase(change: Callable[[Array, Array, int], Array]) -> Mistake:
    """Return the kernel each of whose phases is made of itself, the kernel and s."""

    def made(w: Array, s: int) -> Array:
        changed = np.zeros_like(w)
        for j in range(s):
            changed[j::s] = change(w[j::s], w, s)
        return changed

    return made


def _added(miss: Callable[[Array, Array, int], float]) -> Mistake:
    """Return the kernel each of whose phases gets the same in each tap."""
    return _by_phase(lambda phase, w, s: phase + miss(phase, w, s))


def _side_by_side(w: Array, s: int) -> Array:
    parts = np.array_split(w, s)
    return np.concatenate([part + (w.sum() / s - part.sum()) / len(part) for part in parts])


def _on_one_tap(phase: Array, w: Array, s: int) -> Array:
    changed = phase.copy()
    changed[0] += w.sum() / s - phase.sum()
    return changed


EVENED: dict[str, Mistake] = {
    "phases-scaled": _by_phase(lambda phase, w, s: phase * (w.sum() / s / phase.sum())),
    "miss-not-shared": _added(lambda phase, w, s: w.sum() / s - phase.sum()),
    "miss-shared-by-all": _added(lambda phase, w, s: (w.sum() / s - phase.sum()) / len(w)),
    "miss-on-one-tap": _by_phase(_on_one_tap),
    "phases-sum-to-one": _added(lambda phase, w, s: (1 - phase.sum()) / len(phase)),
    "phases-sum-to-all": _added(lambda phase, w, s: (w.sum() - phase.sum()) / len(phase)),
    "as-the-first-phase": _added(lambda phase, w, s: (w[::s].sum() - phase.sum()) / len(phase)),
    "means-evened": _added(lambda phase, w, s: w.mean() - phase.mean()),
    "taps-evened": _by_phase(lambda phase, w, s: np.full_like(phase, w.sum() / s / len(phase))),
    "runs-for-phases": _side_by_side,
    "miss-the-wrong-way": _added(lambda phase, w, s: (phase.sum() - w.sum() / s) / len(phase)),
}
