"""Calling a reader's function so that nothing it does reaches the caller.

The call runs in a thread of its own. An exception is caught there, a run-away
loop is stopped from outside, and what the function prints is printed.
"""

import contextvars
import ctypes
import linecache
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

_HERE = str(Path(__file__).parent)
# How often a loop that catches everything is told to stop, and for how long it may then go on.
_TELLINGS, _PATIENCE = 20, 0.05


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
        How many lines of Python ran, if they were counted.
    """

    value: Any = None
    error: BaseException | None = None
    line: str = ""
    lines_run: int = 0


def call(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
    seconds: float,
    *,
    count: bool = False,
) -> Outcome:
    """Call a function, for at most so many seconds, and return what became of it."""
    outcome = Outcome()
    lines_run = 0

    def counted(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines_run
        lines_run += event == "line"
        return counted

    def work() -> None:
        nonlocal outcome
        try:
            if count:
                sys.settrace(counted)
            value = function(*arguments, **keywords)
            sys.settrace(None)
            outcome = Outcome(value, lines_run=lines_run)
        # SystemExit too: `exit()` in an answer must not end anything.
        except BaseException as error:
            sys.settrace(None)
            outcome = Outcome(error=error, line=_line_raised(error.__traceback__))

    # What is printed finds the way to the cell by the context.
    thread = threading.Thread(target=contextvars.copy_context().run, args=(work,), daemon=True)
    thread.start()
    try:
        thread.join(seconds)
        if not thread.is_alive():
            return outcome
        frame = sys._current_frames().get(thread.ident or 0)
        return Outcome(error=TimeUp(), line=_line_running(frame))
    finally:
        _stop(thread)


def _stop(thread: threading.Thread) -> None:
    """Raise `TimeUp` in a thread until it ends; what waits inside of C cannot be reached."""
    for _ in range(_TELLINGS):
        if not thread.is_alive() or thread.ident is None:
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
        )
        thread.join(_PATIENCE)


def _line_raised(traceback: TracebackType | None) -> str:
    line = ""
    while traceback is not None:
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
    if number is None or path.startswith(_HERE) or _of_a_library(path):
        return ""
    text = linecache.getline(path, number).strip()
    return f"line {number}: {text}" if text else ""


def _of_a_library(path: str) -> bool:
    roots = (sys.prefix, sys.base_prefix, str(Path(threading.__file__).parent))
    # A notebook's cells lie in no folder of the installation.
    return path.startswith("<frozen") or any(path.startswith(root) for root in roots)
