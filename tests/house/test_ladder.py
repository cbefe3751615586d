"""Imports run one way: down the features, down the roles of files, and never into a leaf."""

import pytest

from tests.house.tree import LADDER, LEAVES, ROLES, functions, imports, modules, place

INSIDE = [name for name in modules() if place(name)[0] and place(name)[0] != "core"]


def rank(role: str) -> int:
    return ROLES.index(role) + 1 if role in ROLES else 0


@pytest.mark.parametrize("name", INSIDE)
def test_a_module_imports_only_what_stands_below_it(name):
    feature, role = place(name)
    for imported in imports(modules()[name]):
        other, other_role = place(imported)
        if other == feature:
            assert role == other_role or rank(other_role) <= rank(role), f"{name} imports {imported}: up the roles"
        elif role not in LEAVES and other:
            assert LADDER.index(other) < LADDER.index(feature), f"{name} imports {imported}: up the features"


@pytest.mark.parametrize("name", INSIDE)
def test_nothing_but_a_leaf_of_the_same_kind_imports_a_leaf(name):
    _feature, role = place(name)
    for imported in imports(modules()[name]):
        assert place(imported)[1] not in LEAVES or role in LEAVES, f"{name} imports the leaf {imported}"


@pytest.mark.parametrize("name", [n for n in modules() if place(n)[0] == "core"])
def test_the_core_knows_no_feature(name):
    for imported in imports(modules()[name]):
        assert place(imported)[0] == "core", f"{name} imports {imported}"


def test_no_import_hides_in_a_function():
    for name, module in modules().items():
        for function in functions(module):
            hidden = [n for n in function.body if type(n).__name__ in {"Import", "ImportFrom"}]
            assert not hidden, f"{name}.{function.name} imports inside"


def test_there_is_no_import_cycle():
    graph = {name: {i for i in imports(module) if i != name and i in modules()} for name, module in modules().items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for imported in graph[name]:
                visit(imported, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_no_attic():
    attics = {"utils", "helpers", "common", "misc", "util", "admin"}
    assert not [name for name in modules() if attics & set(name.split("."))]
