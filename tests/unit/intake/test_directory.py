"""The directory: loaded with clear errors, resolved by name and by day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import intake
from domain.canonical import canonical, digest
from intake.directory import Directory, load
from intake.errors import InputError
from intake.extract import Extracts
from intake.resolving import Resolver

DAY = date(2023, 5, 15)

SMALL = """
version: small-1
units:
  - {id: town, name: Town, kind: town}
  - {id: so-a, name: Sở A, kind: sở, parent: town}
groups:
  - {id: all, name: Các sở, kinds: [sở]}
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(content: str, name: str = "directory.yaml") -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def resolved(directory: Directory, phrase: str, day: date = DAY) -> list[str]:
    result = Resolver(directory, day).resolve(phrase)
    assert result.unknown == []
    return [unit.id for unit in result.units]


def test_the_example_has_the_nine_districts_and_not_the_office_of_the_committee(directory: Directory) -> None:
    units = resolved(directory, "Chủ tịch Ủy ban nhân dân quận, huyện")
    assert units == [
        "ubnd-ninh-kieu",
        "ubnd-binh-thuy",
        "ubnd-cai-rang",
        "ubnd-o-mon",
        "ubnd-thot-not",
        "ubnd-phong-dien",
        "ubnd-co-do",
        "ubnd-thoi-lai",
        "ubnd-vinh-thanh",
    ]
    departments = resolved(directory, "Giám đốc sở, Thủ trưởng cơ quan, ban ngành thành phố")
    assert {"so-noi-vu", "thanh-tra"} <= set(departments)
    assert "van-phong-ubnd" not in departments
    assert not set(units) & set(departments)


def test_every_address_of_the_example_is_a_placeholder(directory: Directory) -> None:
    assert all(unit.email.endswith(".example.invalid") for unit in directory.units)


@pytest.mark.parametrize(
    ("phrase", "units"),
    [
        ("Giám đốc Sở Nội vụ, Chánh Thanh tra thành phố", ["so-noi-vu", "thanh-tra"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["so-van-hoa-the-thao-va-du-lich"]),
        ("Sở Văn hoá, Thể thao và Du lịch và Sở Y tế", ["so-van-hoa-the-thao-va-du-lich", "so-y-te"]),
        ("TT TU, TT HĐND TP", ["thuong-truc-thanh-uy", "thuong-truc-hdnd"]),
        ("CT, PCT UBND TP", ["chu-tich-ubnd", "pho-chu-tich-ubnd"]),
        ("VP UBND TP (2,3,4,5,6,7,NK)", ["van-phong-ubnd"]),
        ("Công TTĐT TP", ["cong-thong-tin-dien-tu"]),
        ("Báo CT, Đài PTTH TP", ["bao-can-tho", "dai-phat-thanh-truyen-hinh"]),
        ("Văn phòng Đoàn ĐBQH và HĐND TP", ["van-phong-doan-dbqh-va-hdnd"]),
        ("Chủ tịch UBND quận Cái Răng", ["ubnd-cai-rang"]),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", ["ubnd-can-tho"]),
        ("Uỷ ban nhân dân thành phố Cần Thơ", ["ubnd-can-tho"]),
        ("Sở Y tế, Sở Y tế", ["so-y-te"]),
    ],
)
def test_phrases_of_letters_are_resolved(directory: Directory, phrase: str, units: list[str]) -> None:
    assert resolved(directory, phrase) == units


def test_what_no_name_meets_is_told_with_what_is_near(directory: Directory) -> None:
    resolver = Resolver(directory, DAY)
    result = resolver.resolve("Sở Nội vụ, Sở Du lịch, Thương mại và Sở Y tế")
    assert [unit.id for unit in result.units] == ["so-noi-vu", "so-y-te"]
    assert result.unknown == ["Sở Du lịch, Thương mại"]
    assert resolver.nearest("So Noi vu")[0].id == "so-noi-vu"


def test_a_group_has_the_members_of_the_day(directory: Directory) -> None:
    assert len(resolved(directory, "Ủy ban nhân dân quận, huyện", date(2025, 6, 30))) == 9
    assert resolved(directory, "Ủy ban nhân dân quận, huyện", date(2025, 7, 1)) == []


def test_a_name_means_the_unit_that_existed_on_the_day(written: Callable[[str], Path]) -> None:
    directory = load(
        written(
            "version: v\nunits:\n"
            "  - {id: so-tai-chinh, name: Sở Tài chính, kind: sở, valid_to: 2025-02-28}\n"
            "  - {id: so-tai-chinh-moi, name: Sở Tài chính, kind: sở, valid_from: 2025-03-01}\n"
        )
    )
    assert resolved(directory, "Giám đốc Sở Tài chính", date(2025, 2, 28)) == ["so-tai-chinh"]
    assert resolved(directory, "Giám đốc Sở Tài chính", date(2025, 3, 1)) == ["so-tai-chinh-moi"]


def test_the_digest_is_that_of_the_content_whatever_the_format(written: Callable[..., Path]) -> None:
    plain = load(written(SMALL))
    commented = load(written("# a remark\n" + SMALL))
    as_json = load(written(plain.model_dump_json(), "directory.json"))
    changed = load(written(SMALL.replace("Sở A", "Sở B")))
    assert plain.sha256() == commented.sha256() == as_json.sha256()
    assert plain.sha256() != changed.sha256()


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("parent: town", "parent: city", "units[1].parent", "no unit has the id 'city'"),
        ("id: so-a", "id: town", "units[1].id", "'town' is already the id of units[0]"),
        ("id: all", "id: so-a", "groups[0].id", "'so-a' is already the id of units[1]"),
        ("kind: town}", "kind: town, parent: so-a}", "units[0].parent", "goes round in a circle: town, so-a, town"),
        ("kinds: [sở]", "units: [so-b]", "groups[0].units[0]", "no unit has the id 'so-b'"),
        ("kinds: [sở]", "kinds: [bộ]", "groups[0].kinds[0]", "no unit is of the kind 'bộ'"),
        (", kinds: [sở]", "", "groups[0]", "names neither kinds nor units"),
        ("name: Sở A", "name: TOWN", "units[1]", "'TOWN' also stands for 'town' at the same time"),
        ("name: Sở A", "nmae: Sở A", "units[1].name", "Field required"),
        (
            "parent: town",
            "valid_from: 2023-05-02, valid_to: 2023-05-01",
            "units[1].valid_to",
            "2023-05-01 is before valid_from, 2023-05-02",
        ),
        ("id: so-a", "id: Sở A", "units[1].id", "String should match pattern"),
        ("version: small-1", "version: 1", "version", "Input should be a valid string"),
        ("version: small-1", "version: a\nversion: b", "", "the key 'version' is given twice"),
        ("version: small-1", "version: [", "", "not readable as YAML"),
    ],
)
def test_a_faulty_directory_is_refused_by_file_entry_and_field(
    written: Callable[[str], Path], old: str, new: str, field: str, reason: str
) -> None:
    assert old in SMALL
    path = written(SMALL.replace(old, new))
    with pytest.raises(intake.InputError) as caught:
        load(path)
    assert caught.value.source == str(path)
    assert caught.value.field == field
    assert reason in caught.value.reason
    assert str(caught.value).startswith(f"{path}: ")


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(intake.InputError, match=r"none\.yaml: No such file"):
        load(tmp_path / "none.yaml")


DELEGATED = (
    SMALL
    + """
delegations:
  - {principal: head, role: unit_head, unit: so-a, delegate: deputy, start: 2026-11-02,
     end: 2026-11-30, document: 12/QĐ}
"""
)


def test_who_acts_for_whom_goes_with_the_units_into_a_directive(written: Callable[[str], Path]) -> None:
    extracts = Extracts(load(written(DELEGATED)))
    assert [one["delegate"] for one in extracts.of(["so-a"])["delegations"]] == ["deputy"]
    assert extracts.of(["town"])["delegations"] == []


def test_a_directory_without_delegations_has_the_digest_that_it_had_before_there_were_any(
    written: Callable[[str], Path],
) -> None:
    directory = load(written(SMALL))
    before = {name: value for name, value in directory.model_dump(mode="json").items() if name != "delegations"}
    assert directory.sha256() == digest(canonical(before))
    assert load(written(DELEGATED)).sha256() != directory.sha256()


BACK = """\
  - {principal: deputy, role: unit_head, unit: so-a, delegate: head, start: 2026-11-30,
     end: 2026-12-01, document: 13/QĐ}
"""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("unit: so-a", "unit: so-z"), "delegations[0].unit"),
        (("delegate: deputy", "delegate: head"), "delegations[0]"),
        (("end: 2026-11-30", "end: 2026-11-01"), "delegations[0]"),
        (
            (
                "document: 12/QĐ}",
                "document: 12/QĐ}\n" + BACK,
            ),
            "delegations[1]",
        ),
    ],
)
def test_a_delegation_that_cannot_be_is_named(
    written: Callable[[str], Path], change: tuple[str, str], field: str
) -> None:
    with pytest.raises(InputError) as caught:
        load(written(DELEGATED.replace(*change)))
    assert caught.value.field.startswith(field)
