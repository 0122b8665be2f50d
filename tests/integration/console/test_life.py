"""A directive's whole life, typed."""

from tests.integration.console.conftest import Issue
from tests.support.typed import Type


def done(cli: Type, *argv: str) -> str:
    said = cli(*argv)
    assert (said.code, said.err) == (0, ""), said.err
    return said.out


def test_a_directive_is_carried_from_issue_to_closure(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    unit = ("--unit", "unit-a")
    told = [
        done(cli, "acknowledge", one, *unit),
        done(cli, "progress", one, *unit, "--percent", "30", "--text", "đã quán triệt"),
        done(cli, "report", one, *unit, "--item", "1", "--text", "Đã xong"),
        done(cli, "send-back", one, *unit, "--reason", "thiếu số liệu", "--actor", "Trưởng đơn vị"),
        done(cli, "report", one, *unit, "--assignment", "1.1", "--text", "Đã xong, có số liệu"),
        done(cli, "approve", one, *unit, "--actor", "Trưởng đơn vị"),
        done(cli, "return", one, *unit, "--reason", "chưa đủ", "--actor", "Chủ tịch"),
        done(cli, "report", one, *unit, "--text", "Đã đủ", "--role", "unit_head"),
        done(cli, "accept", one, "--assignment", "1.1", "--actor", "Chủ tịch"),
        done(cli, "close", one, "--note", "xong", "--actor", "Chủ tịch"),
    ]
    words = [line.removeprefix(f"{one}: ").partition(" (")[0] for line in told]
    assert words == [
        "đã tiếp nhận", "đã ghi tiến độ", "đã báo cáo kết quả", "đã trả báo cáo để làm lại", "đã báo cáo kết quả",
        "đã duyệt báo cáo", "đã yêu cầu bổ sung", "đã báo cáo kết quả", "đã chấp thuận", "đã kết thúc",
    ]  # fmt: skip
    history = cli("history", one, "--json").json
    assert [event["version"] for event in history] == list(range(1, len(history) + 1))
    assert [event["type"] for event in history if event["actor"]["role"] != "system"] == [
        "DirectiveIssued", "Acknowledged", "ProgressReported", "ReportSubmitted", "ReportSentBack", "ReportSubmitted",
        "ReportApproved", "ReportReturned", "ReportSubmitted", "ReportAccepted", "DirectiveClosed",
    ]  # fmt: skip
    assert {event["clock"] for event in history if event["command_id"] and event["type"] != "ReceiptDelivered"} == {
        "sender"
    }


def test_a_unit_refuses_and_acknowledges_after_all(cli: Type, issued: Issue) -> None:
    one = issued("unit-a")
    done(cli, "refuse", one, "--unit", "unit-a", "--cause", "wrong_addressee", "--reason", "không thuộc chức năng")
    assert "trả lại, không đúng nơi nhận: “không thuộc chức năng”" in done(cli, "history", one)
    done(cli, "acknowledge", one, "--unit", "unit-a")


def test_what_is_owed_changes_with_every_step(cli: Type, issued: Issue) -> None:
    unit = "unit-of-its-own"
    one = issued(unit, deadline={"kind": "date", "day": "2099-03-31"})

    def steps() -> list[tuple[str | None, str]]:
        return [(row["assignment"], row["next"]) for row in cli("owed", "--unit", unit, "--json").json]

    assert sorted(steps(), key=str) == [("1.1", "acknowledge"), (None, "acknowledge")]
    done(cli, "acknowledge", one, "--unit", unit)
    assert steps() == [("1.1", "report")]
    done(cli, "report", one, "--unit", unit, "--text", "xong")
    assert steps() == [("1.1", "waits_for_head")]
    done(cli, "send-back", one, "--unit", unit, "--reason", "thiếu", "--actor", "head")
    assert steps() == [("1.1", "report_again")]
    done(cli, "report", one, "--unit", unit, "--text", "xong", "--role", "unit_head")
    assert steps() == [("1.1", "waits_for_issuer")]
    done(cli, "return", one, "--unit", unit, "--reason", "thiếu", "--actor", "leader")
    assert steps() == [("1.1", "report_again")]
    assert "31/03/2099 24:00  bị trả lại: báo cáo lại" in done(cli, "owed", "--unit", unit)
    done(cli, "report", one, "--unit", unit, "--text", "xong", "--role", "unit_head")
    done(cli, "accept", one, "--unit", unit, "--actor", "leader")
    assert steps() == []
    assert done(cli, "owed", "--unit", unit) == "Không còn việc nào phải làm.\n"


def test_a_refusal_waits_for_the_issuer(cli: Type, issued: Issue) -> None:
    one = issued("unit-that-refuses")
    done(cli, "refuse", one, "--unit", "unit-that-refuses", "--cause", "duplicate", "--reason", "đã nhận")
    rows = cli("owed", "--unit", "unit-that-refuses", "--json").json
    assert [row["next"] for row in rows] == ["waits_for_issuer", "waits_for_issuer"]
