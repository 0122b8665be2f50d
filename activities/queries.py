"""SQL lives in files; this finds it by name."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files


def queries_of(package: str) -> Callable[[str], str]:
    """What gives the statement in ``sql/<name>.sql`` of that package."""

    @cache
    def query(name: str) -> str:
        return files(package).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")

    return query
