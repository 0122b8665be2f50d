"""Notices become mails: who gets which, with what in it, by SMTP and as files."""

import dataclasses
import json
import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from activities.notices.report import report
from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office, addresses
from tests.support.parts import running_temporal
from tests.support.service import command, issue
from tests.support.waiting import until


async def test_each_unit_gets_one_mail_with_vietnamese_subject_name_and_body_intact(
    office: Office, mail_server: MailServer
) -> None:
    start = issue(
        ("so-noi-vu", "thanh-tra"),
        deadline={"kind": "date", "day": "2026-12-31"},
        document={"subject": "tăng cường công tác kiểm tra, chấn chỉnh việc thực hiện nhiệm vụ"},
    )
    start["directive"]["directory"]["units"][1]["name"] = "Sở Nội vụ thành phố Cần Thơ, phòng Cải cách hành chính"
    handle = await office.service.issue(start)
    async with office.at_work():
        await office.settled()
    first, second = sorted(mail_server.received, key=lambda mail: mail.recipient)
    document = start["directive"]["document"]
    number = f"{document['code_number']}/{document['code_notation']}"
    assert [first.recipient, second.recipient] == ["so-noi-vu@example.invalid", "thanh-tra@example.invalid"]
    assert first.name == "Sở Nội vụ thành phố Cần Thơ, phòng Cải cách hành chính"
    assert first.message["Subject"] == f"[{number}] Giao nhiệm vụ: {document['subject']}"
    for words in (
        "Kính gửi: Sở Nội vụ thành phố Cần Thơ",
        f"Ủy ban nhân dân ban hành công văn số {number} ngày 02/11/2026",
        "Mục 1 (chủ trì), mã phân công 1.1",
        "Tổ chức thực hiện.",
        "Thời hạn: hết ngày 31/12/2026",
        f"directives acknowledge {handle.id} --unit so-noi-vu",
    ):
        assert words in first.text, first.text
    html = first.message.get_body(("html",))
    assert html is not None
    assert "hết ngày 31/12/2026" in html.get_content()


async def test_a_mail_says_that_it_is_automatic_and_belongs_to_its_directive_and_notice(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a", "unit-b")))
    async with office.at_work():
        rows = await office.settled()
    assert {mail.message_id for mail in mail_server.received} == {f"<{row['id']}@example.invalid>" for row in rows}
    assert len({mail.message["References"] for mail in mail_server.received}) == 1
    for mail in mail_server.received:
        assert mail.message["Auto-Submitted"] == "auto-generated"
        assert mail.message["In-Reply-To"] == mail.message["References"]
        assert mail.message["Date"].datetime.utcoffset().total_seconds() == 7 * 3600


async def test_one_connection_serves_a_batch(office: Office, mail_server: MailServer) -> None:
    await office.service.issue(issue(tuple(f"unit-{n}" for n in range(10))))
    async with office.at_work():
        await office.settled()
    assert len(mail_server.received) == 10
    assert mail_server.connections == 1


async def test_every_turn_of_a_life_is_told_to_the_one_whom_it_concerns(
    office: Office, mail_server: MailServer
) -> None:
    handle = await office.service.issue(issue(("unit-a", "unit-b")))
    async with office.at_work():
        await office.settled()
    for one in (
        command("refuse", "unit-b", cause="wrong_addressee", reason="Không thuộc thẩm quyền."),
        command("acknowledge", "unit-a"),
        command("report", "unit-a", text="Đã xong."),
    ):
        assert (await handle.execute_update("submit", one))["outcome"] == "done"
    async with office.at_work():
        await office.settled()
    assert "--assignment 1.1" in mail_server.received[-1].text
    for one in (
        command("return", "unit-a", role="leader", reason="Thiếu số liệu.\nĐề nghị bổ sung."),
        command("report", "unit-a", text="Đã bổ sung."),
        command("accept", "unit-a", role="leader"),
    ):
        assert (await handle.execute_update("submit", one))["outcome"] == "done"
    async with office.at_work():
        await office.settled()
    told = [(mail.recipient.partition("@")[0], mail.message["Subject"].split("] ")[1]) for mail in mail_server.received]
    abstract = "tăng cường kiểm tra"
    assert sorted(told) == sorted(
        [
            ("unit-a", f"Giao nhiệm vụ: {abstract}"),
            ("unit-b", f"Giao nhiệm vụ: {abstract}"),
            ("ubnd", f"Đơn vị trả lại văn bản: {abstract}"),
            ("ubnd", f"Báo cáo chờ ý kiến: {abstract}"),
            ("unit-a", f"Yêu cầu bổ sung báo cáo: {abstract}"),
            ("ubnd", f"Báo cáo chờ ý kiến: {abstract}"),
            ("unit-a", f"Báo cáo đã được chấp thuận: {abstract}"),
        ]
    )
    texts = {mail.message["Subject"].split("] ")[1].split(":")[0]: mail.text for mail in mail_server.received}
    assert "Sở unit-b trả lại công văn" in texts["Đơn vị trả lại văn bản"]
    assert "Không thuộc thẩm quyền." in texts["Đơn vị trả lại văn bản"]
    assert "Thiếu số liệu.\nĐề nghị bổ sung." in texts["Yêu cầu bổ sung báo cáo"]
    # By the time that this one went out nobody had to answer it any more.
    assert f"directives show {handle.id}" in texts["Báo cáo chờ ý kiến"]


async def test_the_issuer_reads_of_each_overdue_task_whose_it_is(office: Office, mail_server: MailServer) -> None:
    start = issue(("unit-a", "unit-b"))
    handle = await office.service.issue(start)
    # As the ladder writes it when both let one deadline pass: a notice to the issuer about no unit alone.
    await office.pool.execute("DELETE FROM notices WHERE unit = 'unit-b'")
    await office.pool.execute(
        "UPDATE notices SET kind = 'overdue_tracker', unit = $1, address = 'office@example.invalid',"
        " assignments = '{1.1,1.2}' WHERE stream = $2",
        start["directive"]["document"]["issuer"],
        handle.id,
    )
    async with office.at_work():
        await until(office.notices, lambda rows: all(row["status"] == "sent" for row in rows))
    [mail] = mail_server.received
    for words in (
        "Sở unit-a: mục 1 (chủ trì), mã phân công 1.1",
        "Sở unit-b: mục 1 (chủ trì), mã phân công 1.2",
        f"directives urge {handle.id} --assignment 1.2 --text '…'",
        f"directives escalate {handle.id} --assignment 1.1 --text '…'",
    ):
        assert words in mail.text, mail.text


async def test_names_and_abstracts_cannot_write_headers(office: Office, mail_server: MailServer) -> None:
    start = issue(("unit-a",), document={"subject": "tăng cường\nBcc: evil@example.invalid\n\nbody"})
    start["directive"]["directory"]["units"][1]["name"] = 'Sở "A", <evil@example.invalid>\nBcc: evil@example.invalid'
    await office.service.issue(start)
    async with office.at_work():
        await office.settled()
    [mail] = mail_server.received
    assert mail.recipient == "unit-a@example.invalid"
    assert mail.name == 'Sở "A", <evil@example.invalid> Bcc: evil@example.invalid'
    assert [one.addr_spec for one in mail.message["To"].addresses] == ["unit-a@example.invalid"]
    assert mail.message["Subject"].endswith("tăng cường Bcc: evil@example.invalid body")
    assert sorted(mail.message.keys()) == sorted([
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "Content-Language", "Content-Type", "MIME-Version",
    ])  # fmt: skip
    html = mail.message.get_body(("html",))
    assert html is not None
    assert "<evil@" not in html.get_content()


async def test_an_address_outside_of_ascii_is_written_to_by_smtputf8(office: Office, mail_server: MailServer) -> None:
    await office.service.issue(addresses(issue(("unit-a",)), unit_a="văn.thư@example.invalid"))
    async with office.at_work():
        await office.settled()
    [mail] = mail_server.received
    assert mail.recipient == "văn.thư@example.invalid"
    assert mail.name == "Sở unit-a"


async def test_without_a_server_mails_are_files_that_only_their_owner_may_read(office_without_server: Office) -> None:
    office = office_without_server
    handle = await office.service.issue(issue(("unit-a", "unit-b")))
    async with office.at_work():
        rows = await office.settled()
        delivered = await office.told(handle.id, "ReceiptDelivered", 2)
    assert {path.name for path in office.folder.iterdir()} == {f"{row['id']}.eml" for row in rows}
    assert stat.S_IMODE(office.folder.stat().st_mode) == 0o700
    assert {event.channel for event in delivered} == {"file"}
    content = (office.folder / f"{rows[0]['id']}.eml").read_bytes()
    message = message_from_bytes(content, policy=policy.default)
    assert message["To"].addresses[0].addr_spec == "unit-a@example.invalid"
    assert message["Message-ID"] == f"<{rows[0]['id']}@example.invalid>"


async def test_the_acknowledgement_clock_starts_when_the_mail_is_taken(office: Office) -> None:
    ordinary = await office.service.issue(issue(("unit-a",)))
    urgent = await office.service.issue(issue(("unit-a",), document={"priority": 1}))
    async with office.at_work():
        rows = await office.settled()
        [delivered] = await office.told(ordinary.id, "ReceiptDelivered", 1)
        [delivered_urgent] = await office.told(urgent.id, "ReceiptDelivered", 1)
    settled_at = {row["stream"]: row["settled_at"] for row in rows}
    assert delivered.delivered_at == settled_at[ordinary.id]
    assert delivered.channel == "email"
    state = await office.service.state(ordinary.id)
    assert state.receipts["unit-a"].acknowledge_by == delivered.acknowledge_by
    assert delivered.acknowledge_by > delivered.delivered_at
    wait = delivered_urgent.acknowledge_by - delivered_urgent.delivered_at
    assert wait.total_seconds() == 4 * 3600


async def test_the_directive_is_told_of_which_revision_a_mail_was(office: Office) -> None:
    handle = await office.service.issue(issue(("unit-a",)))
    async with office.at_work():
        await office.told(handle.id, "ReceiptDelivered", 1)
    history = (await handle.fetch_history()).events
    told = [one for one in history if one.HasField("workflow_execution_signaled_event_attributes")]
    [content] = [one.workflow_execution_signaled_event_attributes.input.payloads[0].data for one in told]
    [delivery] = json.loads(content)["deliveries"]
    assert delivery["revision"] == 1


async def test_all_that_became_of_a_batch_is_told_in_one_command_that_may_be_repeated(
    office: Office, mail_server: MailServer
) -> None:
    handle = await office.service.issue(issue(tuple(f"unit-{n}" for n in range(5))))
    mail_server.answers["unit-4@example.invalid"].append("550 no such mailbox")
    async with office.at_work():
        await office.told(handle.id, "ReceiptDelivered", 4)
        await until(office.notices, lambda rows: all(row["reported"] for row in rows))
    recorded = await office.service.events(handle.id)
    told = [event for event in recorded if event.data.type in ("ReceiptDelivered", "NoticeGivenUp")]
    assert len({event.command_id for event in told}) == 1
    assert {event.clock for event in told} == {"sender"}
    # As after a crash between telling and marking.
    await office.pool.execute("UPDATE notices SET reported = false")
    await report(office.pool, office.client)
    await handle.execute_update("submit", command("acknowledge", "unit-0"))
    again = await office.service.events(handle.id)
    assert [event.data.type for event in again[len(recorded) :]] == ["Acknowledged"]
    assert all(row["reported"] for row in await office.notices())


async def test_what_changes_no_rule_is_not_told(office: Office) -> None:
    handle = await office.service.issue(issue(("unit-a",)))
    async with office.at_work():
        await office.told(handle.id, "ReceiptDelivered", 1)
        for one in (
            command("acknowledge", "unit-a"),
            command("report", "unit-a", text="Đã xong."),
            command("return", "unit-a", role="leader", reason="Thiếu số liệu."),
        ):
            await handle.execute_update("submit", one)
        rows = await office.settled()
    assert {row["kind"] for row in rows} == {"issued", "report_waiting", "returned"}
    await handle.execute_update("submit", command("progress", "unit-a", percent=50))  # behind any signal
    assert await office.pool.fetchval("SELECT count(*) FROM commands WHERE stream = $1", handle.id) == 6


async def test_a_claim_still_worked_on_is_not_told_of_in_part(office: Office) -> None:
    handle = await office.service.issue(issue(("unit-a", "unit-b")))
    claim = "UPDATE notices SET claimed_by = 'email/1', try_at = now() + interval '1 minute'"
    await office.pool.execute(claim)
    await office.pool.execute("UPDATE notices SET status = 'sent', settled_at = now() WHERE unit = 'unit-a'")
    await report(office.pool, office.client)
    assert [row["reported"] for row in await office.notices()] == [False, False]
    await office.time_passes()
    await report(office.pool, office.client)
    assert [row["reported"] for row in await office.notices()] == [True, False]
    [delivered] = await office.told(handle.id, "ReceiptDelivered", 1)
    assert delivered.unit == "unit-a"


async def test_a_directive_whose_run_has_ended_is_opened_again_to_hear_of_a_delivery(office: Office) -> None:
    handle = await office.service.issue(issue(("unit-a",), policy={"linger_days": 0}))
    for one in (
        command("acknowledge", "unit-a"),
        command("report", "unit-a", text="Đã xong."),
        command("accept", "unit-a", role="leader"),
        command("close", "unit-a", role="leader"),
    ):
        await handle.execute_update("submit", one)
    await handle.result()
    async with office.at_work():
        await office.settled()
        [delivered] = await office.told(handle.id, "ReceiptDelivered", 1)
    assert delivered.unit == "unit-a"
    runs = [run async for run in office.client.list_workflows(f"WorkflowId = '{handle.id}'")]
    assert len(runs) == 2
    await until(lambda: office.client.get_workflow_handle(handle.id).describe(), lambda run: run.close_time is not None)


async def test_while_temporal_is_away_mails_go_out_and_directives_are_told_afterwards(
    office: Office, mail_server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.notices.report.PATIENCE", 0.2)
    handle = await office.service.issue(issue(("unit-a",)))
    async with running_temporal(tmp_path / "another") as another:
        away = another.client
    async with dataclasses.replace(office, client=away).at_work():
        await until(mail_server.count, lambda count: count == 1)
        await until(office.notices, lambda rows: rows[0]["status"] == "sent")
    assert [row["reported"] for row in await office.notices()] == [False]
    async with office.at_work():
        await office.told(handle.id, "ReceiptDelivered", 1)
    assert len(mail_server.received) == 1
