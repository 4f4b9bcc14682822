"""What the project's own files promise."""

import ast
import doctest
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\n")[:-1]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins():
    lines = [line for line in read("requirements.txt").splitlines() if line and line[0] != "#"]
    assert lines.pop(0) == "-e ."
    return dict(line.split("==") for line in lines)


def test_every_requirement_is_pinned_to_a_version():
    for name, version in pins().items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)*(\.post[0-9]+)?", version), f"{name}=={version}"


def test_the_pins_lie_in_the_ranges_of_the_package():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    assert list(extras) == ["explorer"]
    for dependency in project["dependencies"] + extras["explorer"]:
        name, least = dependency.split(">=")
        pinned = [int(part) for part in pins()[name].split(".")]
        assert pinned >= [int(part) for part in least.split(".")]


def test_the_readmes_examples_run():
    failures, tries = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tries >= 3
    assert failures == 0


def test_the_readmes_commands_exist():
    targets = set(re.findall(r"^(\w+):", read("Makefile"), flags=re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md", "book/index.md"):
        named = set(re.findall(r"\bmake (\w+)\b(?=`|\s+#|$)", read(page), flags=re.MULTILINE))
        assert named, page
        assert named <= targets, page


def test_readers_are_told_the_python_that_the_package_asks_for():
    least = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    for page in ("README.md", "book/index.md"):
        assert f"Python {least} or newer" in read(page)


@pytest.mark.parametrize("path", sorted((ROOT / "deconv_helpers").rglob("*.py")), ids=str)
def test_the_package_never_imports_torch(path):
    assert not re.search(r"^\s*(import|from) torch\b", path.read_text(), flags=re.MULTILINE)


def test_imports_run_one_way():
    below = {
        "sizes": set(),
        "layer": {"sizes"},
        "files": set(),
        "ops": {"sizes"},
        "overlap": {"ops", "sizes"},
        "equivalents": {"ops", "sizes"},
        "explorer": {"explorer", "figures", "files", "layer", "sizes"},
        "figures": {"sizes", "files", "overlap", "equivalents", "figures"},
    }
    for path in (ROOT / "deconv_helpers").rglob("*.py"):
        room = path.relative_to(ROOT / "deconv_helpers").parts[0].removesuffix(".py")
        if room != "__init__":
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            modules = [node.module for node in tree if isinstance(node, ast.ImportFrom)]
            ours = [module for module in modules if module.startswith("deconv_helpers")]
            assert {module.split(".")[1] for module in ours} <= below[room], path


def test_nothing_generated_is_in_git():
    generated = re.compile(
        r"(^|/)(_build|\.venv|__pycache__|utils\.py|conf\.py)(/|$)|\.(mo|pyc|png)$"
    )
    assert [name for name in TRACKED if generated.search(name)] == []


def test_contributing_stays_short():
    assert len(read("CONTRIBUTING.md").splitlines()) < 90
