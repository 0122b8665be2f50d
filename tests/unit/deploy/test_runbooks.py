"""Runbooks: one for each alert, short at the top, with commands that exist."""

import re
from pathlib import Path

import pytest

from console.app import PANELS
from tests.unit.deploy.alerts import rules

FOLDER = Path(__file__).parents[3] / "docs" / "runbooks"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name != "README.md")
COMMANDS = {command for panel in PANELS.values() for command in panel}
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def test_there_is_one_page_for_each_alert_and_the_index_knows_them_all() -> None:
    assert {page.stem for page in PAGES} == {rule["alert"] for rule in rules()}
    index = (FOLDER / "README.md").read_text()
    assert [page.name for page in PAGES if f"({page.name})" not in index] == []


@each_page
def test_a_page_begins_with_five_lines(page: Path) -> None:
    title, nothing, *lines = page.read_text().splitlines()
    assert title == f"# {page.stem}"
    assert nothing == ""
    assert [line[:3] for line in lines[:6]] == ["1. ", "2. ", "3. ", "4. ", "5. ", ""]


@each_page
def test_a_page_says_how_the_alert_resolves(page: Path) -> None:
    assert "## How it resolves" in page.read_text().splitlines()


@each_page
def test_a_page_names_only_commands_that_exist(page: Path) -> None:
    named = set(re.findall(r"`directives (\w[\w-]*)", page.read_text()))
    assert named <= COMMANDS


@each_page
def test_a_page_leads_only_to_pages_that_are_there(page: Path) -> None:
    mentioned = set(re.findall(r"\b([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b", page.read_text()))
    alerts = {rule["alert"] for rule in rules()}
    assert mentioned - alerts <= {"NonDeterminismError", "TemporalReportedProblems", "WorkflowTaskFailed"} | {
        "AcknowledgementDeadlinePassed", "LastWorkflowTask",
    }  # fmt: skip
