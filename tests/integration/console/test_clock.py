"""What the clock does, as people read it: how a deadline was reckoned, what is coming, a pause, occurrences."""

import json
from itertools import pairwise
from typing import Any, Final

import pytest

from catalogue import LANGUAGES
from tests.integration.console.conftest import Issue
from tests.support.typed import Said, Type

HOLIDAY: Final = {
    "day": "2099-03-05",
    "works": "off",
    "reason_vi": "nghỉ bù",
    "reason_en": "a day in lieu",
    "source": "12/TB-BNV",
}
CALENDAR: Final = {"id": "vn", "version": "2099", "days": [HOLIDAY]}
AFTER: Final = {"kind": "after", "count": 5, "days": "working", "start": "issue"}
ON_MONDAY: Final = {"issued_date": "2099-03-02"}
SHORT: Final = {"ladder": {"rungs": [-1, 1], "then_every": 0}, "acknowledge_ladder": {"rungs": []}}


def done(said: Said) -> Said:
    assert (said.code, said.err) == (0, ""), said.err
    return said


def test_a_deadline_is_told_day_by_day_in_both_languages(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", document=ON_MONDAY, deadline=AFTER, calendar=CALENDAR)
    vi = done(cli("deadline", one, "--unit", "unit-a", "--item", "1")).out
    en = done(cli("deadline", one, "--unit", "unit-a", "--lang", "en")).out
    for line in (
        "Phân công 1.1, Sở unit-a, nhiệm vụ 1",
        "Thời hạn:       10/03/2099 24:00",
        "Quy tắc:        trong 5 ngày làm việc, kể từ ngày ban hành",
        "Tính từ:        02/03/2099, ngày ban hành",
        "02/03/2099  thứ Hai   ngày bắt đầu, không tính  ngày làm việc        –",
        "05/03/2099  thứ Năm   không tính                nghỉ bù              12/TB-BNV",
        "07/03/2099  thứ Bảy   không tính                ngày nghỉ hằng tuần  –",
    ):
        assert line in vi.splitlines(), vi
    assert "within 5 working days, counted from the day of issue" in en
    assert "05/03/2099  Thursday   passed over                 a day in lieu   12/TB-BNV" in en.splitlines(), en
    assert "at issue" in en


def test_a_long_reckoning_tells_what_was_passed_over_and_json_tells_all(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", document=ON_MONDAY, deadline={**AFTER, "count": 100}, calendar=CALENDAR)
    out = done(cli("deadline", one, "--assignment", "1.1")).out
    assert "Số ngày được tính: 100" in out
    assert "nghỉ bù" in out
    assert "ngày thứ 7 " not in out
    told = done(cli("deadline", one, "--assignment", "1.1", "--json")).json
    assert [step["number"] for step in told["steps"] if step["role"] == "counted"] == list(range(1, 101))
    assert told["instant"] == told["reckoned"]
    assert told["rule_in_words"] == "trong 100 ngày làm việc, kể từ ngày ban hành"
    assert [one["cause"] for one in told["settings"]] == ["issued"]


def test_what_has_no_deadline_or_whose_clock_has_not_started_says_so(cli: Type, issued: Issue) -> None:
    without = issued("unit-a", deadline={"kind": "none", "review": "2099-04-01"})
    out = done(cli("deadline", without, "--unit", "unit-a")).out
    assert "không có thời hạn" in out
    assert "Rà soát:   01/04/2099 08:00" in out
    waiting = issued("unit-a", deadline={**AFTER, "start": "acknowledgement"}, directory=_nobody_can_be_told("unit-a"))
    assert "chưa tính: đang chờ ngày tiếp nhận" in done(cli("deadline", waiting, "--unit", "unit-a")).out
    assert "Đôn đốc" not in out


def _nobody_can_be_told(*units: str) -> dict[str, Any]:
    return {
        "version": "1",
        "sha256": "0" * 64,
        "units": [{"id": one, "name": f"Sở {one}"} for one in ("ubnd", *units)],
    }


@pytest.mark.parametrize(
    ("argv", "code", "word"),
    [
        ((), 2, "nobody_named"),
        (("--unit", "unit-z"), 1, "unknown_unit"),
        (("--unit", "unit-a", "--item", "9"), 1, "unknown_item"),
        (("--assignment", "9.9"), 1, "unknown_assignment"),
    ],
)
def test_of_what_there_is_not_no_deadline_is_told(
    cli: Type, issued: Issue, argv: tuple[str, ...], code: int, word: str
) -> None:
    said = cli("deadline", issued("unit-a"), *argv)
    assert (said.code, said.err.partition(":")[0]) == (code, word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_coming_is_told_with_its_day_and_whom_it_tells(cli: Type, issued: Issue, language: str) -> None:
    one = issued("unit-a", deadline={"kind": "date", "day": "2099-03-31"}, policy=SHORT)
    out = done(cli("preview", one, "--until", "2099-04-30", "--lang", language)).out
    rungs = [line for line in out.splitlines() if "31/03/2099 24:00" in line and "1.1" in line]
    assert any(line.startswith("30/03/2099 08:00") and line.endswith("Sở unit-a") for line in rungs), out
    told = {"vi": "sau hạn 1 ngày làm việc; báo", "en": "1 working day after; told"}[language]
    assert any(line.startswith("01/04/2099 08:00") and told in line for line in rungs), out
    document = done(cli("preview", one, "--until", "2099-04-30", "--json")).json
    rung = [event for event in document["coming"] if event["type"] == "RungReached"]
    assert [event["data"]["rung"] for event in rung] == [-1, 1]
    assert {notice["unit"] for event in rung for notice in event["told"]} >= {"unit-a", "ubnd"}
    assert [event["at"] for event in document["coming"]] == sorted(event["at"] for event in document["coming"])
    assert all(event["works"] for event in rung)


def test_occurrences_to_come_are_told_with_whoever_will_hold_them(cli: Type, issued: Issue) -> None:
    recurring = {"kind": "recurring", "every": "quarter", "day": 10}
    one = issued("unit-a", document=ON_MONDAY, deadline=recurring, policy=SHORT)
    coming = done(cli("preview", one, "--until", "2099-10-31", "--json")).json["coming"]
    opened = [event for event in coming if event["type"] == "OccurrenceOpened"]
    assert [event["data"]["occurrence"] for event in opened] == [2, 3, 4]
    assert [notice["unit"] for event in opened for notice in event["told"]] == ["unit-a"] * 3
    set_then = [event["what"] for event in coming if event["type"] == "DeadlineSet"]
    assert set_then[0] == "thời hạn của phân công 1.2 (Sở unit-a): 10/06/2099 24:00, khi bắt đầu tính"


def test_as_far_as_nothing_comes_that_is_said(cli: Type, issued: Issue) -> None:
    quiet = {"ladder": {"rungs": []}, "acknowledge_ladder": {"rungs": []}, "explain_late": False}
    one = issued("unit-a", deadline={"kind": "date", "day": "2099-03-31"}, policy=quiet)
    done(cli("acknowledge", one, "--unit", "unit-a"))
    assert done(cli("preview", one)).out.endswith("không có gì tự xảy ra.\n")


def test_a_pause_of_one_directive_is_told_and_ends(cli: Type, issued: Issue) -> None:
    one = issued("unit-a", deadline={"kind": "date", "day": "2099-03-31"}, policy=SHORT)
    done(cli("pause", one, "--until", "2099-03-30", "--reason", "Sai lịch", "--actor", "vận hành"))
    assert "Tạm ngừng đôn đốc đến" in done(cli("show", one)).out
    assert "tạm ngừng đôn đốc đến 30/03/2099 24:00: “Sai lịch”" in done(cli("history", one)).out
    coming = done(cli("preview", one, "--until", "2099-04-30", "--json")).json
    rungs = [event["at"] for event in coming["coming"] if event["type"] == "RungReached"]
    assert coming["paused_until"] == "2099-03-30T17:00:00Z"
    assert rungs[0] == "2099-03-31T00:30:00Z", "when work begins again"
    done(cli("pause", one, "--until", "now", "--reason", "Đã sửa"))
    assert "Tạm ngừng đôn đốc đến" not in done(cli("show", one)).out
    again = cli("pause", one, "--until", "now", "--reason", "Đã sửa")
    assert (again.code, again.err.partition(":")[0]) == (1, "deadline_past")


def test_a_pause_of_all_reaches_every_open_directive_once_and_ends_for_all(cli: Type, issued: Issue) -> None:
    ones = [issued("unit-a") for _ in range(3)]
    argv = ("pause", "--until", "2098-12-31 08:00", "--reason", "Mất điện", "--json", "--actor", "vận hành")
    first = done(cli(*argv)).json
    assert {answer["outcome"] for answer in first} == {"done"}
    assert {answer["stream"].rpartition("/")[2].replace("-", "/", 1) for answer in first} >= set(ones)
    assert done(cli(*argv)).json == []
    late = issued("unit-a")
    assert [answer["stream"].endswith(late.replace("/", "-")) for answer in done(cli(*argv)).json] == [True]

    over = done(cli("pause", "--until", "now", "--reason", "Đã có điện", "--json")).json
    assert len(over) == len(first) + 1
    assert done(cli("pause", "--until", "now", "--reason", "Đã có điện", "--json")).json == []
    kinds = [event["type"] for event in done(cli("history", ones[0], "--json")).json]
    assert kinds.count("UrgingPaused") == 2


def test_a_pause_of_all_is_repeated_under_its_id_without_a_second_event(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    argv = ("pause", "--until", "2097-12-31", "--reason", "Mất điện", "--command-id", "night-of-the-outage", "--json")
    done(cli(*argv))
    assert done(cli(*argv)).json == []
    over = ("pause", "--until", "now", "--reason", "xong", "--command-id", "morning-after", "--json")
    done(cli(*over))
    done(cli(*over))
    kinds = [event["type"] for event in done(cli("history", one, "--json")).json]
    assert kinds.count("UrgingPaused") == 2


def test_occurrences_are_numbered_and_those_missed_are_counted(cli: Type, issued: Issue) -> None:
    unit = "unit-that-reports-monthly"
    recurring = {"kind": "recurring", "every": "month", "day": 25, "bound": "before", "until": "2020-04-30"}
    one = issued(unit, document={"issued_date": "2020-01-02"}, deadline=recurring, policy=SHORT)
    shown = done(cli("show", one, "--json")).json
    [obligation] = shown["obligations"]
    assert (obligation["occurrences"], obligation["missed"]) == (4, 4)
    assert sorted(row["occurrence"] for row in shown["units"][0]["assignments"]) == [1, 2, 3, 4]
    out = done(cli("show", one)).out
    assert "trước ngày 25 hằng tháng, đến 30/04/2020  4   4         " in out, out
    assert "1.4, kỳ 4" in out
    owed = done(cli("owed", "--unit", unit)).out
    assert "1.2, kỳ 2" in owed
    overdue = [row["due"] for row in done(cli("owed", "--unit", unit, "--json")).json if row["occurrence"]]
    assert all(earlier < later for earlier, later in pairwise(overdue))
    assert "1.3, kỳ 3" in cli("inbox", "--role", "tracker", "--lang", "vi").out
    told = done(cli("deadline", one, "--assignment", "1.3", "--json")).json
    assert (told["occurrence"], told["instant"]) == (3, "2020-03-24T17:00:00Z")
    assert json.dumps(told["steps"]).count("excluded") == 1
