"""The source as the house tests read it: files, imports, functions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from forum import FEATURES

TOP = Path(__file__).resolve().parents[2]
LADDER = ("core", *FEATURES)
# Inside a feature; what is not named here is a pure module and stands first.
ROLES = (
    "models",
    "rules",
    "terms",
    "visibility",
    "part",
    "fair_turn",
    "ordering",
    "stream",
    "people",
    "arrivals",
    "earlier",
    "pauses",
    "queries",
    "holes",
    "actions",
    "holdings",
    "jobs",
    "listeners",
    "forms",
    "restoring",
    "blueprint",
    "views",
    "api",
    "cli",
)
LEAVES = {"views", "api", "cli"}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the forum by its dotted name."""
    files = sorted((TOP / "forum").rglob("*.py"))
    named = {
        file: ".".join(file.relative_to(TOP).with_suffix("").parts) for file in files if "migrations" not in file.parts
    }
    return {name.removesuffix(".__init__"): ast.parse(file.read_text()) for file, name in named.items()}


@cache
def imports(name: str) -> tuple[str, ...]:
    """Return the dotted names of the forum's modules that a module imports, `from x import y` as x.y or x."""
    return tuple(_imported(modules()[name]))


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("forum"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("forum"):
            known = modules()
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else str(node.module)


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def place(name: str) -> tuple[str, str]:
    """Return (feature, role) of a module's dotted name; ("", name) for those above the features."""
    parts = name.split(".")
    if len(parts) < 3 or parts[1] not in LADDER:
        return ("", parts[-1]) if len(parts) < 2 or parts[1] not in LADDER else (parts[1], "")
    return parts[1], parts[2]
