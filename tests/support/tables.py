"""The tables of all commands, read from where their tests stand."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Final

from tests.support.desk import Desk
from tests.support.table import Case

FOLDER: Final = Path(__file__).parents[1] / "unit" / "domain" / "commands"


@cache
def all_cases() -> tuple[Case, ...]:
    """Every row of every table."""
    return tuple(case for file in sorted(FOLDER.glob("test_*.py")) for case in _cases(file))


def lives() -> list[Desk]:
    """What the allowed rows come to: between them every command is carried out."""
    desks = []
    for case in all_cases():
        if case.refused is None:
            desk = case.desk()
            desk.one(case.command())
            desks.append(desk)
    return desks


def _cases(file: Path) -> list[Case]:
    specification = importlib.util.spec_from_file_location(f"tables.{file.stem}", file)
    if specification is None or specification.loader is None:
        raise ImportError(file)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return list(getattr(module, "CASES", ()))
