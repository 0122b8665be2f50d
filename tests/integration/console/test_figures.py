"""What is counted, and where it is shown."""

from tests.integration.console.conftest import Issue
from tests.support.typed import Type

PAST = {"document": {"issued_date": "2020-01-02"}, "deadline": {"kind": "date", "day": "2020-02-03"}}
FUTURE = {"deadline": {"kind": "date", "day": "2099-03-31"}}


def finish(cli: Type, one: str, unit: str, *, late: bool = False) -> None:
    explained = ("explain", one, "--unit", unit, "--cause", "resources", "--text", "thiếu người")
    for argv in (
        ("acknowledge", one, "--unit", unit),
        ("report", one, "--unit", unit, "--text", "xong", "--role", "unit_head"),
        *([explained] if late else []),
        ("accept", one, "--unit", unit, "--actor", "Chủ tịch"),
    ):
        assert cli(*argv).code == 0


def test_each_of_the_four_cells_is_counted_by_unit(cli: Type, issued: Issue) -> None:
    unit = "unit-with-four-cells"
    finish(cli, issued(unit, **FUTURE), unit)
    finish(cli, issued(unit, **PAST), unit, late=True)
    issued(unit, **PAST)
    issued(unit, **FUTURE)
    issued(unit)
    document = cli("stats", "--json").json
    [counted] = [one for one in document["lead"]["units"] if one["unit"] == unit]
    assert counted.pop("completed_in")["count"] == 2
    assert counted == {
        "unit": unit,
        "unit_name": f"Sở {unit}",
        "done_on_time": 1,
        "done_late": 1,
        "open_in_time": 2,
        "open_overdue": 1,
        "done": 2,
        "open": 3,
        "total": 5,
        "released": 0,
        "given": 5,
        "released_as": {"waived": 0, "withdrawn": 0, "recalled": 0, "superseded": 0},
        "released_when_overdue": 0,
        "of_which": {
            "no_deadline": 1,
            "awaiting_issuer": 0,
            "suspended": 0,
            "refused_undecided": 0,
            "extended": 0,
            "reopened": 0,
            "transferred": 0,
            "registered_late": 5,
            "time_corrected": 0,
        },
        "overdue_days": {"overdue_1_10": 0, "overdue_11_30": 0, "overdue_31_120": 0, "overdue_over_120": 1},
        "handed_on": 0,
        "handed_on_overdue": 0,
        "percentages": {
            "done_on_time_of_done": {"numerator": 1, "denominator": 2, "percent": "50.0"},
            "done_late_of_done": {"numerator": 1, "denominator": 2, "percent": "50.0"},
            "open_overdue_of_open": {"numerator": 1, "denominator": 3, "percent": "33.3"},
            "late_or_overdue_of_total": {"numerator": 2, "denominator": 5, "percent": "40.0"},
            "done_of_total": {"numerator": 2, "denominator": 5, "percent": "40.0"},
        },
    }
    everybody = document["lead"]["all"]
    for cell in ("done_on_time", "done_late", "open_in_time", "open_overdue", "total"):
        assert everybody[cell] == sum(one[cell] for one in document["lead"]["units"])


def test_a_report_that_left_the_unit_late_stays_overdue_while_the_issuer_keeps_it(cli: Type, issued: Issue) -> None:
    unit = "unit-that-waits"
    one = issued(unit, **PAST)
    assert cli("show", one, "--json").json["cells"]["lead"]["open_overdue"] == 1
    cli("acknowledge", one, "--unit", unit)
    cli("report", one, "--unit", unit, "--text", "xong", "--role", "unit_head")
    assert cli("show", one, "--json").json["cells"]["lead"]["open_overdue"] == 1


def test_supporting_assignments_stand_in_a_block_of_their_own(cli: Type, issued: Issue) -> None:
    joint = {"item": "1", "text": "Phối hợp.", "mode": "joint", "lead": ["unit-leads"], "support": ["unit-supports"]}
    issued("unit-leads", "unit-supports", obligations=[joint])
    document = cli("stats", "--json").json
    leading = {one["unit"] for one in document["lead"]["units"]}
    supporting = {one["unit"] for one in document["support"]["units"]}
    assert "unit-leads" in leading - supporting
    assert "unit-supports" in supporting - leading


def test_the_register_shows_how_far_each_directive_is(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", "unit-b", **FUTURE)
    finish(cli, one, "unit-a")
    [row] = [row for row in cli("list", "--json").json if f"{row['number']}/{row['notation']}" == one]
    assert (row["acknowledged"], row["units"], row["accepted"], row["assignments"]) == (1, 2, 1, 2)
    [line] = [line for line in cli("list").out.splitlines() if line.startswith(f"{one} ")]
    assert line.split()[-4:] == ["1/2", "1/2", "31/03/2099", "24:00"]


def test_show_can_be_narrowed_to_a_unit(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", "unit-b")
    document = cli("show", one, "--unit", "unit-b", "--json").json
    assert [unit["unit"] for unit in document["units"]] == ["unit-b"]
    assert document["cells"]["lead"]["total"] == 2
    said = cli("show", one, "--unit", "unit-z")
    assert (said.code, said.err.partition(":")[0]) == (1, "unknown_unit")


def test_a_unit_that_no_directive_names_is_told_of(cli: Type) -> None:
    said = cli("owed", "--unit", "unit-misspelt", "--json", "--lang", "en")
    assert said == (
        0,
        "[]\n",
        'Note: no directive has ever named a unit with the id "unit-misspelt"; directives stats shows the ids.\n',
    )
