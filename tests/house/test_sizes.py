from collections.abc import Iterable
from pathlib import Path

from tests.house.tree import TOP, functions, modules

FILES = [f for folder in ("forum", "tests") for f in (TOP / folder).rglob("*.py") if "versions" not in f.parts]


def longer(files: Iterable[Path], most: int) -> dict[str, int]:
    """Return how many lines each file has that has more than `most`."""
    counted = {str(file.relative_to(TOP)): len(file.read_text().splitlines()) for file in files}
    return {name: lines for name, lines in counted.items() if lines > most}


def test_a_file_fits_on_a_few_screens():
    assert longer(FILES, 300) == {}


def test_a_function_fits_on_one_screen():
    for name, module in modules().items():
        for function in functions(module):
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= 50, f"{name}.{function.name} has {length} lines"


def test_every_function_is_typed():
    for name, module in modules().items():
        for function in functions(module):
            arguments = [*function.args.args, *function.args.kwonlyargs]
            bare = [a.arg for a in arguments if a.annotation is None and a.arg not in {"self", "cls"}]
            assert not bare, f"{name}.{function.name}: {bare}"
            assert function.returns is not None, f"{name}.{function.name} does not say what it returns"


def test_a_behaviour_fits_in_sixty_lines():
    assert longer((TOP / "static/js").rglob("*.js"), 60) == {}


def test_a_style_sheet_fits_in_two_hundred_lines():
    assert longer((TOP / "static/css").rglob("*.css"), 200) == {}
