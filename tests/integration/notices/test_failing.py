"""What happens to a notice when sending fails: tried again, given up, handed over; never lost, never doubled."""

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from activities.notices import settle
from embedded import ports
from observe import metrics
from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office, addresses
from tests.support.service import command, issue
from tests.support.waiting import until


def counted(outcome: str) -> float:
    return metrics.REGISTRY.get_sample_value("directives_notices_total", {"channel": "email", "outcome": outcome}) or 0


async def test_a_mail_put_off_is_sent_again_later_under_the_same_message_id(
    office: Office, mail_server: MailServer
) -> None:
    handle = await office.service.issue(issue(("unit-a",)))
    mail_server.answers["unit-a@example.invalid"].append("450 4.2.1 try later")
    async with office.at_work():
        [row] = await office.tried("450 4.2.1 try later")
        assert (row["status"], row["attempts"]) == ("waiting", 1)
        assert row["try_at"] > row["created_at"]
        await office.time_passes()
        [row] = await office.settled()
        await office.told(handle.id, "ReceiptDelivered", 1)
    assert (row["attempts"], row["problem"]) == (2, None)
    first, second = mail_server.received
    assert first.message_id == second.message_id


async def test_pauses_between_tries_grow(office: Office, mail_server: MailServer) -> None:
    await office.service.issue(issue(("unit-a", "unit-b")))
    await office.pool.execute("UPDATE notices SET attempts = 3 WHERE unit = 'unit-b'")
    for unit in ("unit-a", "unit-b"):
        mail_server.answers[f"{unit}@example.invalid"].append("450 try later")
    async with office.at_work():
        await until(office.notices, lambda rows: all(row["problem"] for row in rows))
    more = await office.pool.fetchval(
        "SELECT max(try_at) FILTER (WHERE unit = 'unit-b') - max(try_at) FILTER (WHERE unit = 'unit-a') FROM notices"
    )
    assert more.total_seconds() == pytest.approx(8 * 30 - 30, abs=5)


async def test_a_refusal_for_good_is_given_up_and_the_directive_knows(office: Office, mail_server: MailServer) -> None:
    handle = await office.service.issue(issue(("unit-a", "unit-b")))
    mail_server.answers["unit-a@example.invalid"].append("550 5.1.1 no such mailbox")
    before = counted("given_up"), counted("sent")
    async with office.at_work():
        [given_up] = await office.told(handle.id, "NoticeGivenUp", 1)
        await office.told(handle.id, "ReceiptDelivered", 1)
    rows = {row["unit"]: row for row in await office.notices()}
    assert (given_up.unit, given_up.problem, given_up.channel) == ("unit-a", "550 5.1.1 no such mailbox", "email")
    assert [rows[unit]["status"] for unit in ("unit-a", "unit-b")] == ["given_up", "sent"]
    assert (counted("given_up"), counted("sent")) == (before[0] + 1, before[1] + 1)
    assert (await office.service.state(handle.id)).receipts["unit-a"].gave_up_at is not None


async def test_what_is_put_off_too_often_is_given_up(office: Office, mail_server: MailServer) -> None:
    handle = await office.service.issue(issue(("unit-a",)))
    await office.pool.execute("UPDATE notices SET attempts = $1", settle.MOST_ATTEMPTS - 1)
    mail_server.answers["unit-a@example.invalid"].append("452 mailbox full")
    async with office.at_work():
        [given_up] = await office.told(handle.id, "NoticeGivenUp", 1)
    assert given_up.problem == "452 mailbox full"


async def test_a_unit_without_address_is_given_up_at_once_though_the_server_is_down(
    office_without_server: Office,
) -> None:
    office = office_without_server
    handle = await office.service.issue(addresses(issue(("unit-a", "unit-b")), unit_a="", unit_b="a,b@example.invalid"))
    with ports.reserved([ports.ANY]) as [port]:
        async with office.at_work(office.dispatching(smtp_host="127.0.0.1", smtp_port=port)):
            given_up = await office.told(handle.id, "NoticeGivenUp", 2)
    assert {event.unit: event.problem for event in given_up} == {
        "unit-a": "Đơn vị không có địa chỉ thư điện tử trong danh mục.",
        "unit-b": "Địa chỉ thư điện tử trong danh mục không hợp lệ.",
    }


async def test_that_the_issuer_could_not_be_told_is_recorded_beside_the_units_deliveries(office: Office) -> None:
    handle = await office.service.issue(addresses(issue(("unit-a",)), ubnd=""))
    await handle.execute_update("submit", command("refuse", "unit-a", cause="invalid", reason="Sai số."))
    async with office.at_work():
        await office.told(handle.id, "ReceiptDelivered", 1)
        rows = await until(office.notices, lambda rows: all(row["reported"] for row in rows))
    assert {(row["kind"], row["status"]) for row in rows} == {("issued", "sent"), ("refused", "given_up")}
    [given_up] = await office.events(handle.id, "CommandRejected", "NoticeGivenUp")
    assert (given_up.type, given_up.unit) == ("NoticeGivenUp", "ubnd")


async def test_while_the_server_is_away_nothing_is_lost_and_no_try_is_counted(
    office_without_server: Office,
) -> None:
    office = office_without_server
    await office.service.issue(issue(("unit-a", "unit-b")))
    with ports.reserved([ports.ANY]) as [port]:
        pass
    server = MailServer()
    async with office.at_work(office.dispatching(smtp_host="127.0.0.1", smtp_port=port)):
        rows = await office.tried(f"127.0.0.1:{port}")
        assert {(row["status"], row["attempts"]) for row in rows} == {("waiting", 0)}
        async with server.running(port):
            await office.settled()
    assert len(server.received) == 2


async def test_a_server_that_closes_in_the_middle_gets_the_rest_afterwards(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a", "unit-b", "unit-c")))
    for unit in ("unit-a", "unit-b", "unit-c"):
        mail_server.answers[f"{unit}@example.invalid"].append("421 closing")
    async with office.at_work():
        rows = await office.tried("421 closing")
        assert sorted(row["attempts"] for row in rows) in ([0, 0, 1], [0, 1, 1])
        mail_server.answers.clear()
        await office.time_passes()
        rows = await office.settled()
    assert len({mail.message_id for mail in mail_server.received}) == 3


async def test_a_wrong_password_is_no_fault_of_those_who_should_be_told(office_without_server: Office) -> None:
    office = office_without_server
    await office.service.issue(issue(("unit-a",)))
    server = MailServer()

    def login_is_right(
        _server: object, _session: object, _envelope: object, _how: str, login: LoginPassword
    ) -> AuthResult:
        return AuthResult(success=login == LoginPassword(b"directives", b"right"), handled=False)

    async with server.running(authenticator=login_is_right, auth_require_tls=False):
        login = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_user": "directives"}
        async with office.at_work(office.dispatching(**login, smtp_password="wrong")):
            [row] = await office.tried("535")
        assert (row["status"], row["attempts"]) == ("waiting", 0)
        assert "wrong" not in row["problem"]
        async with office.at_work(office.dispatching(**login, smtp_password="right")):
            await office.settled()
    assert len(server.received) == 1


async def test_nothing_is_said_in_the_clear_where_encryption_is_asked_for(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a",)))
    async with office.at_work(office.dispatching(smtp_security="starttls")):
        [row] = await office.tried("STARTTLS")
    assert (row["status"], row["attempts"]) == ("waiting", 0)
    assert mail_server.received == []


async def test_a_folder_that_cannot_be_written_is_named_and_tried_again(office_without_server: Office) -> None:
    office = office_without_server
    await office.service.issue(issue(("unit-a",)))
    office.folder.write_text("a file in the way")
    async with office.at_work():
        [row] = await office.tried(str(office.folder))
        assert row["status"] == "waiting"
        office.folder.unlink()
        await office.time_passes()
        await office.settled()
    assert len(list(office.folder.iterdir())) == 1


async def test_a_notice_that_cannot_be_composed_keeps_no_other_from_being_sent(
    office: Office, mail_server: MailServer
) -> None:
    await office.service.issue(issue(("unit-a", "unit-b")))
    await office.pool.execute("UPDATE notices SET kind = 'unheard_of', created_at = '2020-01-01' WHERE unit = 'unit-a'")
    async with office.at_work():
        await office.tried("MissingTextError")
        rows = await until(office.notices, lambda rows: any(row["status"] == "sent" for row in rows))
    assert {row["unit"]: row["status"] for row in rows} == {"unit-a": "waiting", "unit-b": "sent"}
    assert len(mail_server.received) == 1
