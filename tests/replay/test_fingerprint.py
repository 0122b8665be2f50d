"""Which commands the workflow files give to Temporal stands in a file; a change has to be meant."""

import ast
import json
from pathlib import Path

import workflows

SAVED = Path(__file__).with_name("fingerprint.json")
COMMANDING = {
    "continue_as_new", "execute_activity", "execute_child_workflow", "execute_local_activity", "patched", "sleep",
    "start_activity", "start_child_workflow", "start_local_activity", "upsert_memo", "upsert_search_attributes",
    "uuid4", "random", "wait_condition", "create_task", "shield",
}  # fmt: skip


def commands(source: str) -> list[str]:
    """The calls that matter, in the order of the file, with the function they stand in."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COMMANDING:
                options = ",".join(sorted(keyword.arg for keyword in node.keywords if keyword.arg))
                found.append(f"{function.name}: {node.func.attr}({options})")
    return found


def test_what_the_workflow_files_command_is_what_was_last_agreed_on() -> None:
    folder = Path(next(iter(workflows.__path__)))
    now = {path.name: commands(path.read_text()) for path in sorted(folder.glob("*.py"))}
    now = {name: calls for name, calls in now.items() if calls}
    assert now == json.loads(SAVED.read_text()), (
        "The workflow files give Temporal other commands than agreed. Directives that run now were begun with the old "
        f"ones: use workflow.patched(), replay the histories of the last release, then write this into {SAVED.name}:\n"
        + json.dumps(now, indent=1)
    )
