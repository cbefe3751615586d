"""Where things are: what `forum where` and `forum rules` print."""

import ast
import inspect
import re
import textwrap
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from forum.core.config import CHECKOUT
from forum.core.rules import Rule


def refusals(rule: Rule) -> list[str]:
    """Return the sentences that stand in a rule, in their order: every one that it can answer with."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule.ask)))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"]
    return [str(words.value) for words in said if isinstance(words, ast.Constant)]


def place_of(app: Flask, url: str) -> list[str]:
    """Return lines that name the view, the templates it renders and its tests; [] when no page answers."""
    adapter = app.url_map.bind("localhost")
    found = []
    for method in ("GET", "POST"):
        try:
            endpoint, _values = adapter.match(urlsplit(url).path, method=method)
        except HTTPException:
            continue
        found += [line for line in _lines(app, str(endpoint), method) if line not in found]
    return found


def _lines(app: Flask, endpoint: str, method: str) -> list[str]:
    view = inspect.unwrap(app.view_functions[endpoint])
    file, start = Path(inspect.getfile(view)), inspect.getsourcelines(view)[1]
    feature = endpoint.partition(".")[0]
    module = inspect.getmodule(view)
    templates = sorted(set(re.findall(r'"([a-z]+/[a-z_]+\.html)"', inspect.getsource(module)))) if module else []
    used = [name for name in templates if name in inspect.getsource(view)] or templates
    return [
        f"{method:<9} {endpoint}",
        f"view      {_relative(file)}:{start}",
        *(f"template  templates/{name}" for name in used),
        f"tests     tests/{feature}/",
    ]


def _relative(file: Path) -> str:
    return str(file.relative_to(CHECKOUT)) if file.is_relative_to(CHECKOUT) else str(file)
