"""Units that a directive has not known, taken from the directory."""

from pathlib import Path

from tests.integration.console.conftest import Issue
from tests.support.typed import Type


def units_of(cli: Type, one: str) -> dict[str, str]:
    return {row["unit"]: row["unit_name"] for row in cli("show", one, "--json").json["units"]}


def test_a_transfer_to_a_unit_of_the_directory_is_proposed_and_agreed_as_the_inbox_says(
    cli: Type, issued: Issue
) -> None:
    one = issued("unit-a")
    proposed = cli("propose-transfer", one, "--unit", "unit-a", "--to", "so-y-te", "--reason", "đúng chức năng")
    assert proposed.code == 0, proposed.err
    [row] = [row for row in cli("inbox", "--json").json if f"{row['number']}/{row['notation']}" == one]
    assert (row["kind"], row["asked"]) == ("transfer", "so-y-te")
    assert row["next"] == f"directives agree-transfer {one} --assignment 1.1"
    agreed = cli("agree-transfer", one, "--assignment", "1.1", "--actor", "Chủ tịch")
    assert agreed.code == 0, agreed.err
    assert units_of(cli, one)["so-y-te"] == "Sở Y tế"
    told = cli("show", one, "--unit", "so-y-te").out
    assert "Sở Y tế" in told[told.index("Diễn biến của Sở Y tế") + 30 :]


def test_a_directory_of_ones_own_may_be_named(cli: Type, issued: Issue, tmp_path: Path) -> None:
    file = tmp_path / "directory.yaml"
    entry = "{id: new-office, name: Văn phòng mới, kind: office}"
    file.write_text(f"version: mine\nunits:\n  - {entry}\n", encoding="utf-8")
    one = issued("unit-a")
    argv = ("propose-transfer", one, "--unit", "unit-a", "--to", "new-office", "--reason", "đúng chức năng")
    assert cli(*argv).err.startswith("unknown_unit")
    assert cli(*argv, "--directory", str(file)).code == 0
    assert cli("agree-transfer", one, "--assignment", "1.1", "--actor", "Chủ tịch").code == 0
    assert units_of(cli, one)["new-office"] == "Văn phòng mới"
