"""Files written whole or not at all."""

import os
import tempfile
from pathlib import Path


def destination(path, endings):
    """Return where to write, if its ending is one of those known and its folder exists.

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
    FileNotFoundError
        If the folder does not exist.

    Examples
    --------
    >>> destination("steps.svg", (".svg", ".png")).suffix
    '.svg'
    """
    path = Path(path)
    if path.suffix.lower() not in endings:
        raise ValueError(f"path must end in one of {', '.join(endings)}, got path={str(path)!r}")
    _check_folder(path)
    return path


def write_whole(path, content):
    """Write bytes to a file so that nobody ever finds half of them.

    Parameters
    ----------
    path : str or os.PathLike
        The file; an existing one is replaced.
    content : bytes
        All that the file is to hold.

    Raises
    ------
    OSError
        If the folder does not exist or cannot be written to. The old file is
        still there then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_whole(f"{folder}/note.txt", b"whole")
    ...     Path(folder, "note.txt").read_bytes()
    b'whole'
    """
    path = Path(path)
    _check_folder(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes the file private; give it the mode that open() would.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _check_folder(path):
    if not path.parent.is_dir():
        raise FileNotFoundError(f"path must lie in a folder that exists, got path={str(path)!r}")
