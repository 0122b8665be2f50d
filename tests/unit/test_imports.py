"""What import-linter cannot say: rules about single modules. The rest stands in pyproject.toml."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("activities", "catalogue", "console", "domain", "embedded", "intake", "observe", "workflows")


def imported(path: Path) -> set[str]:
    """Modules that a file imports, by their full names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


def test_workflow_code_knows_nothing_of_the_domain_but_the_wire_types() -> None:
    known = {module for path in sources("workflows") for module in imported(path) if module.startswith("domain")}
    assert known == {"domain.wire"}


def test_nothing_imports_the_entry_points_but_the_command_that_starts_a_worker() -> None:
    importers = {path.relative_to(ROOT).as_posix() for path in sources(*PACKAGES) if imported(path) & {"cli", "worker"}}
    assert importers <= {"console/embedded_service.py"}


def test_nothing_below_the_entry_points_reads_settings_but_what_is_given_them() -> None:
    readers = {path.relative_to(ROOT).parts[0] for path in sources(*PACKAGES) if "settings" in imported(path)}
    assert readers <= {"activities", "console", "observe"}
