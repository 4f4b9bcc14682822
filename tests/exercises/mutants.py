"""Random wrong answers: right ones in which one thing is exchanged, moved or left out."""

import ast
import copy
import inspect

from wrong_answers import compiled

EXCHANGED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mod,
    ast.Mod: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def mutant(function, chance):
    """Return a function with one random change, and its source; not all are wrong."""
    tree = ast.parse(inspect.getsource(function))
    while True:
        changed = copy.deepcopy(tree)
        definition = changed.body[0]
        spots = [spot for statement in definition.body for spot in _spots(statement, definition)]
        chance.choice(spots)()
        source = ast.unparse(ast.fix_missing_locations(changed)) + "\n"
        if source.strip() != ast.unparse(tree).strip():
            return _or_none(function, source), source


def _or_none(function, source):
    try:
        return compiled(function, source)
    except SyntaxError:
        return lambda *arguments, **keywords: None


def _spots(statement, definition):
    """Yield what can be done: each a function of nothing that changes one place of the tree."""
    names = sorted(
        {arg.arg for arg in definition.args.args}
        | {
            node.id
            for node in ast.walk(definition)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    )
    for node in ast.walk(statement):
        kind = EXCHANGED.get(type(getattr(node, "op", None)))
        if isinstance(node, ast.BinOp) and kind:
            yield _set(node, "op", kind())
        if isinstance(node, ast.Compare) and (other := EXCHANGED.get(type(node.ops[0]))):
            yield _set(node, "ops", [other(), *node.ops[1:]])
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield _set(node, "value", node.value + 1)
            yield _set(node, "value", node.value - 1)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
            for name in names:
                yield _set(node, "id", name)
        if isinstance(node, ast.AugAssign):
            yield _set(node, "op", ast.Sub())
        if isinstance(node, ast.Slice):
            for end in ("lower", "upper"):
                if bound := getattr(node, end):
                    yield _set(node, end, ast.BinOp(bound, ast.Add(), ast.Constant(1)))
                    yield _set(node, end, ast.BinOp(bound, ast.Sub(), ast.Constant(1)))
        for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(body, list):
                for place, one in enumerate(body):
                    yield _set(body, place, ast.Pass())
                    if isinstance(one, ast.AugAssign):
                        plain = ast.Assign([one.target], one.value)
                        yield _set(body, place, plain)
    place = definition.body.index(statement)
    yield _set(definition.body, place, ast.Pass())


def _set(node, name, value):
    if isinstance(node, list):
        return lambda: node.__setitem__(name, value)
    return lambda: setattr(node, name, value)
