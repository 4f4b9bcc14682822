"""The page of the helper package has everything that a chapter may call."""

import importlib
import inspect
import re
from pathlib import Path
from typing import is_typeddict

import pytest

import deconv_helpers

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "_build" / "html" / "book" / "api.html"
PACKAGE = ROOT / "deconv_helpers"
ROOMS = sorted(
    path.stem
    for path in PACKAGE.iterdir()
    if path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").is_file())
)
# What only the package itself calls. Of `sizes`, the package hands on what is for others.
WITHIN = {"__init__", "arguments", "files", "sizes"}
# The live figure is one class, of a module that needs an extra.
EXPLORER = {"Explorer"}


def names_of(room):
    """Return what a room offers: what it says, or the functions and classes that it defines."""
    if room == "explorer":
        return EXPLORER
    module = importlib.import_module(f"deconv_helpers.{room}")
    return set(getattr(module, "__all__", ())) or {
        name
        for name, value in vars(module).items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and value.__module__ == module.__name__
        and not is_typeddict(value)
        and not name.startswith("_")
    }


def documented():
    page = PAGE.read_text(encoding="utf-8")
    return {name.split(".")[-1] for name in re.findall(r'id="(deconv_helpers[\w.]+)"', page)}


def test_everything_that_the_package_hands_on_is_there():
    assert set(deconv_helpers.__all__) - documented() == set()


@pytest.mark.parametrize("room", sorted(set(ROOMS) - WITHIN))
def test_everything_that_a_room_offers_is_there(room):
    assert names_of(room) - documented() == set()
