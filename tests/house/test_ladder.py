"""Imports run one way: down the features, down the roles of files, and never into a leaf."""

from tests.house.tree import LADDER, LEAVES, ROLES, functions, imports, modules, place

INSIDE = [name for name in modules() if place(name)[0] and place(name)[0] != "core"]


def rank(role: str) -> int:
    return ROLES.index(role) + 1 if role in ROLES else 0


def up_the_ladder(name: str, imported: str) -> str:
    """Return which way an import goes that goes up, or nothing."""
    (feature, role), (other, other_role) = place(name), place(imported)
    if other == feature:
        return "" if role == other_role or rank(other_role) <= rank(role) else "up the roles"
    allowed = role in LEAVES or not other or LADDER.index(other) < LADDER.index(feature)
    return "" if allowed else "up the features"


def test_a_module_imports_only_what_stands_below_it():
    ways = ((f"{name} imports {other}", up_the_ladder(name, other)) for name in INSIDE for other in imports(name))
    assert {which: way for which, way in ways if way} == {}


def test_nothing_but_a_leaf_of_the_same_kind_imports_a_leaf():
    for name in INSIDE:
        leaves = [imported for imported in imports(name) if place(imported)[1] in LEAVES]
        assert not leaves or place(name)[1] in LEAVES, f"{name} imports {leaves}"


def test_the_core_knows_no_feature():
    for name in [n for n in modules() if place(n)[0] == "core"]:
        features = [imported for imported in imports(name) if place(imported)[0] != "core"]
        assert features == [], f"{name} imports {features}"


def test_no_import_hides_in_a_function():
    for name, module in modules().items():
        for function in functions(module):
            hidden = [n for n in function.body if type(n).__name__ in {"Import", "ImportFrom"}]
            assert not hidden, f"{name}.{function.name} imports inside"


def test_there_is_no_import_cycle():
    graph = {name: {i for i in imports(name) if i != name and i in modules()} for name in modules()}
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
