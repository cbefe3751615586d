import pytest

from tests.house.tree import TOP, functions, modules

FILES = [f for folder in ("forum", "tests") for f in (TOP / folder).rglob("*.py") if "versions" not in f.parts]


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(TOP)))
def test_a_file_fits_on_a_few_screens(file):
    assert len(file.read_text().splitlines()) <= 300


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


@pytest.mark.parametrize("file", [*(TOP / "static/js").rglob("*.js")], ids=lambda f: f.name)
def test_a_behaviour_fits_in_sixty_lines(file):
    assert len(file.read_text().splitlines()) <= 60


@pytest.mark.parametrize("file", [*(TOP / "static/css").rglob("*.css")], ids=lambda f: f.name)
def test_a_style_sheet_fits_in_two_hundred_lines(file):
    assert len(file.read_text().splitlines()) <= 200
