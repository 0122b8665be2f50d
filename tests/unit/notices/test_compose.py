"""The bytes of a mail: what is read back equals what was said, and nobody else writes headers."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.notices.channel import Mail
from activities.notices.compose import Composer
from tests.unit.notices.made import due_notice

COMPOSER = Composer("directives@cantho.example", "vi")
VIETNAMESE = ["Ủy ban", "nhân dân", "thành phố", "Cần Thơ", "Sở Lao động -", "Thương binh", "(phòng),", "số 3"]
NASTY = st.text(st.one_of(st.sampled_from('Ủ ,;:<>@"\\()[].=?_-\t\n'), st.characters(exclude_categories=["Cs", "Cc"])))
PLAIN = st.lists(st.sampled_from(VIETNAMESE), min_size=1, max_size=30).map(" ".join)
LINES = st.one_of(NASTY, PLAIN).map(lambda words: words[:200].strip()).filter(lambda words: bool(words.split()))


def head(mail: Mail) -> list[str]:
    """Header lines, folded ones joined."""
    lines = mail.content.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    joined: list[str] = []
    for line in lines:
        if line[0] in " \t":
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def header(mail: Mail, name: str) -> str:
    [value] = [line.partition(": ")[2] for line in head(mail) if line.startswith(f"{name}: ")]
    return value


def read(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(mail: Mail, kind: str) -> str:
    body = read(mail).get_body((kind,))
    assert body is not None
    return str(body.get_content())


@settings(max_examples=300, deadline=None)
@given(name=LINES, subject=LINES)
def test_any_name_and_subject_come_back_equal_and_add_no_header(name: str, subject: str) -> None:
    mail = COMPOSER.compose(due_notice(unit_name=name, organ_name=name, subject=subject))
    [(encoded, address)] = getaddresses([header(mail, "To")])
    assert address == "sonoivu@cantho.example"
    assert str(make_header(decode_header(encoded))) == " ".join(name.split())
    [(encoded, address)] = getaddresses([header(mail, "From")])
    assert address == "directives@cantho.example"
    decoded = str(make_header(decode_header(header(mail, "Subject"))))
    line = " ".join(subject.split())
    assert decoded == f"[1680/UBND-NC] Giao nhiệm vụ: {line}" or decoded.endswith("…")
    assert [entry.partition(":")[0] for entry in head(mail)] == [
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "Content-Language", "MIME-Version", "Content-Type",
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(subject=LINES)
def test_no_line_of_a_mail_is_too_long_and_all_of_it_is_seven_bit(subject: str) -> None:
    mail = COMPOSER.compose(due_notice(subject=subject, detail=subject * 20))
    assert max(len(line) for line in mail.content.split(b"\r\n")) <= 78
    assert mail.content.isascii()
    assert re.search(rb"[^\r]\n", mail.content) is None


def test_html_shows_markup_in_names_and_reasons_as_words() -> None:
    mail = COMPOSER.compose(due_notice("returned", unit_name="<b>Sở</b>", detail="<script>x</script> & more"))
    html = part(mail, "html")
    assert "<script>" not in html
    assert "<b>Sở" not in html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; more" in html
    assert "<script>x</script> & more" in part(mail, "plain")


def test_text_and_html_say_the_same() -> None:
    mail = COMPOSER.compose(due_notice("returned"))
    for kind in ("plain", "html"):
        content = part(mail, kind)
        for words in ("Kính gửi: Sở Nội vụ", "Thiếu số liệu.", "hết ngày 31/12/2026", "Mục 3", "15/05/2023"):
            assert words in content


def test_the_same_notice_bears_the_same_id_and_one_directive_is_one_thread() -> None:
    first, again = (COMPOSER.compose(due_notice()) for _ in range(2))
    other = COMPOSER.compose(due_notice("returned", id=due_notice().id, stream="directive/ubnd/2026/02-X"))
    assert header(first, "Message-ID") == f"<{due_notice().id}@cantho.example>" == header(again, "Message-ID")
    assert header(first, "References") == header(again, "In-Reply-To") != header(other, "References")


def test_an_address_outside_of_ascii_makes_the_mail_ask_for_smtputf8() -> None:
    mail = COMPOSER.compose(due_notice(address="văn.thư@cantho.example"))
    assert mail.utf8
    assert getaddresses([header(mail, "To")])[0][1] == "văn.thư@cantho.example"
    assert not COMPOSER.compose(due_notice()).utf8


def test_a_sender_with_a_name_keeps_it_and_one_without_bears_the_issuer_s() -> None:
    named = Composer("Hệ thống chỉ đạo <directives@cầnthơ.example>", "vi").compose(due_notice())
    assert str(make_header(decode_header(getaddresses([header(named, "From")])[0][0]))) == "Hệ thống chỉ đạo"
    assert header(named, "Message-ID").endswith("@xn--cnth-ogb0965b.example>")
    unnamed = getaddresses([header(COMPOSER.compose(due_notice()), "From")])[0][0]
    assert str(make_header(decode_header(unnamed))) == "Ủy ban nhân dân thành phố Cần Thơ"


@pytest.mark.parametrize("mail_from", ["", "directives", "a@b@c", "x <a b@c>", f"a@{'x' * 64}.example"])
def test_a_sender_that_is_no_address_is_refused_by_name_of_the_setting(mail_from: str) -> None:
    with pytest.raises(ValueError, match="mail_from"):
        Composer(mail_from, "vi")


def test_in_the_text_every_paragraph_stands_apart() -> None:
    lines = part(COMPOSER.compose(due_notice("returned")), "plain").splitlines()
    assert not any(before == after == "" for before, after in pairwise(lines))
    for heading in ("Nhiệm vụ", "Lý do:", "Việc cần làm"):
        assert lines[lines.index(heading) - 1] == ""
