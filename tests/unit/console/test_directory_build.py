"""directory build: one unit a line; what is wrong, by line and column."""

from pathlib import Path

import pytest

import intake
from tests.support.typed import Said, Type

LINES = (
    "mã;tên;loại;cấp trên;thư điện tử;tên khác;nhóm;từ ngày",
    "ubnd;UBND thành phố;committee;;;;;",
    'so-a;Sở A;department;ubnd;a@example.invalid;"Sở Á; Sở Â";"Các sở; Các cơ quan, đơn vị";01/03/2025',
    "so-b;Sở B;department;ubnd;;;Các sở;",
)


def built(type_: Type, folder: Path, *lines: str, options: tuple[str, ...] = ()) -> Said:
    file = folder / "units.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return type_("directory", "build", str(file), *options)


def test_a_table_becomes_a_directory_that_can_be_loaded(type_: Type, tmp_path: Path) -> None:
    out = tmp_path / "directory.yaml"
    said = built(type_, tmp_path, *LINES, options=("--version", "2026-11", "--out", str(out), "--json"))
    assert (said.code, said.json["units"], said.json["groups"]) == (0, 3, 2), said.err
    directory = intake.load_directory(out)
    assert (directory.version, directory.sha256()) == ("2026-11", said.json["sha256"])
    one = directory.units[1]
    assert (one.parent, one.aliases, str(one.valid_from)) == ("ubnd", ["Sở Á", "Sở Â"], "2025-03-01")
    assert [(group.id, group.name, group.units) for group in directory.groups] == [
        ("cac-so", "Các sở", ["so-a", "so-b"]),
        ("cac-co-quan-don-vi", "Các cơ quan, đơn vị", ["so-a"]),
    ]


def test_without_a_file_to_write_it_is_on_standard_output_and_called_as_the_table_is(
    type_: Type, tmp_path: Path
) -> None:
    said = built(type_, tmp_path, *LINES)
    assert (said.code, said.err, said.out.splitlines()[0]) == (0, "", "version: units")
    assert built(type_, tmp_path, *LINES, options=("--json",)).json["version"] == "units"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["id,name", "a,A"], "1 kind – there is no such column"),
        (["id,name,kind,fax", "a,A,x,1"], "no column is called so"),
        (["id,name,kind"], "there are no lines"),
        (["id,name,kind", "a,,x"], "2 name – must not be empty"),
        (["id,name,kind", "Sở A,A,x"], "2 id Sở A"),
        (["id,name,kind", "a,A,x", "a,B,x"], "3 id a line 2 has that id already"),
        (["id,name,kind,parent", "a,A,x,b"], "2 parent b no line has that id"),
        (["id,name,kind,parent", "a,A,x,b", "b,B,x,a"], "goes round in a circle: a, b, a"),
        (["id,name,kind", "a,A,x", "b,A,x"], "'A' also stands for 'a' at the same time"),
        (["id,name,kind,valid_from", "a,A,x,2026-02-30"], "the calendar has no such day"),
        (["id,name,kind,valid_from,valid_to", "a,A,x,2026-02-03,2026-02-02"], "lies before the first day"),
        (["id,name,kind,groups", "a,A,x,!!"], "2 groups !!"),
        (["id,name,kind,groups", "a,A,x,Các sở; các sở"], "is already the id of"),
        (["id,name,kind", "a,A,x,y"], "the cell stands under no header"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(type_: Type, tmp_path: Path, lines: list[str], told: str) -> None:
    said = built(type_, tmp_path, *lines, options=("--lang", "en"))
    assert (said.code, said.err.split(":")[0], said.err.count("\n")) == (1, "import_faults", 1)
    assert told in " ".join(said.out.split())


def test_all_faults_are_in_the_document(type_: Type, tmp_path: Path) -> None:
    said = built(type_, tmp_path, "id,name,kind,parent", "a,,x,", "b,B,,", options=("--json",))
    found = [(one["line"], one["column"], one["code"]) for one in said.json["problems"]]
    assert (said.code, found) == (1, [(2, "name", "empty"), (3, "kind", "empty")])


def test_an_edition_without_a_usable_name_is_refused(type_: Type, tmp_path: Path) -> None:
    said = built(type_, tmp_path, *LINES, options=("--version", "x" * 201))
    assert (said.code, said.out) == (1, "")
    assert "version" in said.err
