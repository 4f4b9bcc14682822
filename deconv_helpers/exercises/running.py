"""Calling a reader's function so that nothing it does reaches the caller.

The call runs in a thread of its own: an exception ends there, what is printed is
printed, and a call without end is held still at its next line, where it takes no
time from anybody. (An exception raised in it from outside could be caught there.)
"""

import contextvars
import ctypes
import linecache
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

# Whose lines are not the reader's own.
_LIBRARIES = (str(Path(__file__).parents[1]), sysconfig.get_path("stdlib"), "<frozen", "<__array")
# How often a call that reaches no line is told to stop, and how long each telling may take.
_TELLINGS, _PATIENCE = 10, 0.05


class TimeUp(BaseException):
    """Raised in a call that takes too long; no `except Exception` catches it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a call.

    Attributes
    ----------
    value : object
        What was returned.
    error : BaseException or None
        What was raised; `TimeUp` if the call was stopped.
    line : str
        The line of the reader's own code where that happened, as
        ``line 3: y[n] = x[n]``; empty where there is none.
    lines_run : int
        How many lines of the reader's own code ran.
    """

    value: Any = None
    error: BaseException | None = None
    line: str = ""
    lines_run: int = 0


class _Watch:
    """Counts the lines of the reader's own that run, and holds them still when time is up."""

    def __init__(self) -> None:
        self.lines, self.holds, self.held = 0, False, False

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        """Be told of a call or of a line, as `sys.settrace` has it."""
        # Nothing of a library is held: it may hold a lock.
        if event == "call" and _of_a_library(frame.f_code.co_filename):
            return None
        self.lines += event == "line"
        if self.holds:
            self.held = True
            threading.Event().wait()
        return self


def call(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
    seconds: float,
) -> Outcome:
    """Call a function, for at most so many seconds, and return what became of it."""
    outcome = Outcome()
    watch = _Watch()

    def work() -> None:
        nonlocal outcome
        try:
            sys.settrace(watch)
            value = function(*arguments, **keywords)
            sys.settrace(None)
            outcome = Outcome(value, lines_run=watch.lines)
        # SystemExit too: `exit()` in an answer must not end anything.
        except BaseException as error:
            sys.settrace(None)
            outcome = Outcome(error=error, line=_line_raised(error))

    def work_quietly() -> None:
        with suppress(BaseException):  # told to stop when it had just ended
            work()

    # What is printed finds the way to the reader's cell by the context.
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(work_quietly,), daemon=True)
    with _staying():
        thread.start()
        try:
            thread.join(seconds)
            if not thread.is_alive():
                return outcome
            frame = sys._current_frames().get(thread.ident or 0)
            return Outcome(error=TimeUp(), line=_line_running(frame))
        finally:
            _stop(thread, watch)


def _stop(thread: threading.Thread, watch: _Watch) -> None:
    """End a thread that still runs: hold it still, or where that fails raise `TimeUp` in it."""
    watch.holds = True
    thread.join(_PATIENCE)
    for _ in range(_TELLINGS):
        if not thread.is_alive() or watch.held or thread.ident is None:
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
        )
        thread.join(_PATIENCE)


@contextmanager
def _staying() -> Iterator[None]:
    """Let IPython's `exit()`, which ends a kernel, raise what Python's raises."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        yield
        return
    shell.ask_exit = sys.exit
    try:
        yield
    finally:
        del shell.ask_exit


def _line_raised(error: BaseException) -> str:
    line = ""
    traceback = error.__traceback__
    while traceback is not None:
        # A recursion ends where a function is entered. The line that called it tells more.
        entered = traceback.tb_lineno == traceback.tb_frame.f_code.co_firstlineno
        if not (line and entered and isinstance(error, RecursionError)):
            line = _named(traceback.tb_frame, traceback.tb_lineno) or line
        traceback = traceback.tb_next
    return line


def _line_running(frame: FrameType | None) -> str:
    while frame is not None:
        if line := _named(frame, frame.f_lineno):
            return line
        frame = frame.f_back
    return ""


def _named(frame: FrameType, number: int | None) -> str:
    """Return a line of the reader's code as it is shown; empty for a library's line."""
    path = frame.f_code.co_filename
    if number is None or _of_a_library(path):
        return ""
    text = linecache.getline(path, number).strip()
    return f"line {number}: {text}" if text else f"line {number}"


def _of_a_library(path: str) -> bool:
    return path.startswith(_LIBRARIES) or "site-packages" in path or "dist-packages" in path
