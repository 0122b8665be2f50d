"""SQL lives in files; this finds it by name."""

from functools import cache
from importlib.resources import files


@cache
def query(name: str) -> str:
    """The statement in ``sql/<name>.sql``."""
    return files("activities.notices").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
