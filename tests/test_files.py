"""Files written whole or not at all, and otherwise as `open` would."""

import os
import stat
import subprocess
import sys

import pytest

from deconv_helpers.files import destination, whole_file, write_whole


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "steps.svg"
    write_whole(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_work_that_breaks_off_leaves_nothing(tmp_path):
    def work():
        with whole_file(tmp_path / "a") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [0o600, 0o640, 0o755])
def test_an_existing_file_keeps_its_mode(tmp_path, given):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(given)
    write_whole(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", given)


@pytest.mark.parametrize("mask", ["022", "077"])
def test_a_new_file_has_the_mode_that_open_gives(tmp_path, mask):
    code = (
        f"import os, sys; os.umask(0o{mask}); from deconv_helpers.files import write_whole\n"
        "write_whole(sys.argv[1] + '/a', b''); open(sys.argv[1] + '/b', 'w')"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    assert mode(tmp_path / "a") == mode(tmp_path / "b") == 0o666 & ~int(mask, 8)


def test_the_umask_of_the_process_is_left_alone(tmp_path, monkeypatch):
    # It belongs to all threads: while it is changed, others' files get a wrong mode.
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("changed the umask"))
    write_whole(tmp_path / "a", b"")


def test_a_link_is_followed_and_stays(tmp_path):
    (tmp_path / "far").mkdir()
    link = tmp_path / "link.svg"
    link.symlink_to("far/real.svg")  # where there is no such file yet
    write_whole(link, b"one")
    write_whole(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "far" / "real.svg").read_bytes() == b"two"


def test_a_name_may_be_as_long_as_for_open(tmp_path):
    path = tmp_path / ("a" * 251 + ".svg")
    path.write_bytes(b"")  # it can be
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    with pytest.raises(OSError, match="too long"):
        destination(tmp_path / ("a" * 252 + ".svg"), (".svg",))


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("none/a.svg", FileNotFoundError, "in a folder that exists, got path='.*none/a.svg'"),
        ("file/a.svg", FileNotFoundError, "in a folder that exists"),
        ("folder.svg", IsADirectoryError, "a file, not a folder, got path='.*folder.svg'"),
        ("pipe.svg", OSError, "neither a device nor a pipe"),
        ("shut/a.svg", PermissionError, "in a folder that can be written to"),
        ("old.svg", PermissionError, "a file that can be written to"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_work(
    tmp_path, monkeypatch, name, error, message
):
    (tmp_path / "file").touch()
    (tmp_path / "old.svg").touch()
    (tmp_path / "folder.svg").mkdir()
    (tmp_path / "shut").mkdir()
    os.mkfifo(tmp_path / "pipe.svg")
    # As for a user who is not root, who may write anywhere.
    shut = {tmp_path / "shut", tmp_path / "old.svg"}
    monkeypatch.setattr(os, "access", lambda path, _: path not in shut)
    with pytest.raises(error, match=message):
        destination(tmp_path / name, (".svg",))
    with pytest.raises(error, match=message):
        write_whole(tmp_path / name, b"")
