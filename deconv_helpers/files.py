"""Files written whole or not at all."""

import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def destination(path: str | os.PathLike[str], endings: Sequence[str]) -> Path:
    """Return where to write, if its ending is known and it can be written to.

    Parameters
    ----------
    path : str or os.PathLike
        The file that is asked for.
    endings : sequence of str
        The endings that are known, in small letters, each with its dot.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    ValueError
        If the ending is another one.
    OSError
        As `write_whole`: known before the work, not after it.

    Examples
    --------
    >>> destination("steps.svg", (".svg", ".png")).suffix
    '.svg'
    """
    path = Path(path)
    if path.suffix.lower() not in endings:
        raise ValueError(f"path must end in one of {', '.join(endings)}, got path={str(path)!r}")
    _target(path)
    return path


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write bytes to a file so that nobody ever finds half of them.

    Parameters
    ----------
    path : str or os.PathLike
        The file. An existing one is replaced and keeps its mode; where it is a
        symbolic link, the file that it leads to is.
    content : bytes
        All that the file is to hold.

    Raises
    ------
    OSError
        If `path` is a folder, or cannot be written to, or its folder does not
        exist or cannot be written to. The old file is still there then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(f"{folder}/note.txt", b"whole")
    ...     Path(folder, "note.txt").read_bytes()
    b'whole'
    """
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file to be written bit by bit, that appears at `path` when it is whole.

    Parameters and errors are those of `write_whole`. If the work breaks off,
    the old file is still there, and nothing else.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with whole_file(f"{folder}/note.txt") as file:
    ...         for part in (b"who", b"le"):
    ...             size = file.write(part)
    ...     Path(folder, "note.txt").read_bytes()
    b'whole'
    """
    target = _target(Path(path))
    # Short, so that every name that `open` takes is taken; and made by `os.open`, which
    # gives a new file its mode as `open` would, without a look at the process's umask.
    temporary = target.with_name(f".{secrets.token_hex(6)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        with suppress(FileNotFoundError):
            os.chmod(temporary, stat.S_IMODE(target.stat().st_mode))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _target(path: Path) -> Path:
    """Return the file that `path` leads to, if it can be written."""
    target = Path(os.path.realpath(path))  # links are followed, as `open` follows them
    said = f"got path={str(path)!r}"
    if not target.parent.is_dir():
        raise FileNotFoundError(f"path must lie in a folder that exists, {said}")
    if target.is_dir():
        raise IsADirectoryError(f"path must be a file, not a folder, {said}")
    if target.exists() and not target.is_file():
        raise OSError(f"path must be a plain file, neither a device nor a pipe, {said}")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise PermissionError(f"path must lie in a folder that can be written to, {said}")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(f"path must be a file that can be written to, {said}")
    return target
