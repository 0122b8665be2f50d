"""A list of papers that are already running becomes directives: ``read_table`` it, ``draft_all`` of it."""

from intake.importing.drafting import Books, draft_all
from intake.importing.faults import Fault, FaultyError
from intake.importing.table import Table, read_table

__all__ = ["Books", "Fault", "FaultyError", "Table", "draft_all", "read_table"]
