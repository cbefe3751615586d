import ast

from tests.house.tree import modules


def test_no_alias_of_a_table_is_shared_by_threads():
    """SQLAlchemy finds the columns of an alias when they are first used; two threads at once can be given the table's instead."""
    for name, module in modules().items():
        for statement in module.body:
            calls = [
                node.func
                for node in ast.walk(statement)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            ]
            within = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
            assert within or all(call.id != "aliased" for call in calls), f"{name} holds an alias"
