"""What makes a cell return something else tomorrow: the clock and chance."""

import ast
import re

from chapter_rules.code import code_cells, parsed

CLOCKS = {"time", "datetime", "timeit"}
UNSEEDABLE = {"secrets", "uuid"}
# Each draws by itself only where it is handed no seed.
NUMPY_GENERATORS = {"default_rng", "Generator", "PCG64", "RandomState", "SeedSequence"}
OF_TORCH = re.compile(
    r"torch\.(rand\w*|normal|bernoulli|multinomial|poisson|nn\.(functional\.)?\w*[dD]ropout\w*"
    r"|nn\.init\.(\w*uniform_|\w*normal_|orthogonal_|sparse_))"
)
DRAWING_METHODS = {"bernoulli_", "exponential_", "normal_", "random_", "uniform_"}


def no_clock_and_no_chance(notebook):
    """No cell reads the clock, and whatever draws by chance has been given a seed."""
    origins, seeded = {}, set()
    for cell in code_cells(notebook):
        nodes = [node for statement in parsed(cell) for node in ast.walk(statement)]
        calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
        # In the order of the lines: a seed counts for what follows it.
        for node in sorted(nodes, key=lambda node: getattr(node, "lineno", 0)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for name, origin in _imported(node):
                    origins[name] = origin
                    module = origin.split(".")[0]
                    if module in CLOCKS:
                        yield cell, f"the clock, through {module!r}"
                    if module in UNSEEDABLE:
                        yield cell, f"chance without a seed, {module!r}"
            elif isinstance(node, ast.Attribute | ast.Name):
                name = _full_name(node, origins)
                call = calls.get(id(node))
                if name in {"torch.manual_seed", "torch.random.manual_seed", "random.seed"}:
                    if _has_seed(call):
                        seeded.add(name.split(".")[0])
                elif _draws(name, node, call, seeded):
                    yield cell, f"chance without a seed, {name or node.attr!r}"


def _imported(node):
    """Yield the names that an import binds, and what each stands for."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            yield alias.name.split(".")[0], alias.name.split(".")[0]


def _full_name(node, origins):
    """Return `numpy.random.rand` for `np.random.rand`; nothing for what was not imported."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in origins:
        return ""
    return ".".join([origins[node.id], *reversed(parts)])


def _has_seed(call):
    given = [*call.args, *(keyword.value for keyword in call.keywords)] if call else []
    return any(not (isinstance(each, ast.Constant) and each.value is None) for each in given)


def _draws(name, node, call, seeded):
    if name.startswith("numpy.random."):
        return not (name.split(".")[2] in NUMPY_GENERATORS and _has_seed(call))
    if name == "random.Random":
        return not _has_seed(call)
    if name.startswith("random."):
        return "random" not in seeded
    if name == "os.urandom":
        return True
    if OF_TORCH.fullmatch(name) or (
        isinstance(node, ast.Attribute) and node.attr in DRAWING_METHODS
    ):
        by_generator = call and any(keyword.arg == "generator" for keyword in call.keywords)
        return not (by_generator or "torch" in seeded)
    return False
