"""From a notice to the bytes of a mail: text and HTML of one content, and headers that nobody else can write in.

Header lines are built here from RFC 2047 words, each value encoded as a whole: the standard library's own folding
loses blanks where a long non-ASCII value is broken.
"""

from datetime import UTC, datetime
from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from uuid import UUID, uuid5

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from activities.notices.address import Sender
from activities.notices.channel import Mail
from activities.notices.claim import DueNotice
from activities.notices.letter import write_letter
from catalogue import Language
from domain.base import local

THREADS: Final = UUID("7f0a1f0e-54f4-5d42-8a06-0b8d0c6a5e11")
"""Root of the names by which mail programs keep together what belongs to one directive."""
_LINE: Final = 76
_CRLF: Final = "\r\n"


class Composer:
    """Composes mails in one language. Raises ValueError where ``mail_from`` is no address."""

    def __init__(self, mail_from: str, language: Language) -> None:
        self._sender = Sender.of(mail_from)
        self._language: Language = language
        templates = Environment(
            loader=PackageLoader("activities.notices"),
            autoescape=select_autoescape(("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._text = templates.get_template("notice.txt.j2")
        self._html = templates.get_template("notice.html.j2")

    def compose(self, notice: DueNotice) -> Mail:
        """The mail. The same notice has the same Message-ID whenever it is composed."""
        letter = write_letter(notice, self._language)
        body = EmailMessage(policy=policy.SMTP)
        body.set_content(self._text.render(letter=letter), cte="quoted-printable")
        body.add_alternative(self._html.render(letter=letter), subtype="html", cte="quoted-printable")
        head = _CRLF.join(f"{name}: {value}" for name, value in self._headers(notice, letter.subject))
        utf8 = not (notice.address + self._sender.address).isascii()
        return Mail(
            id=notice.id,
            sender=self._sender.address,
            recipient=notice.address,
            content=(head + _CRLF).encode() + body.as_bytes(),
            utf8=utf8,
        )

    def _headers(self, notice: DueNotice, subject: str) -> list[tuple[str, str]]:
        sender, host = self._sender, self._sender.host
        thread = f"<{uuid5(THREADS, notice.stream)}@{host}>"
        return [
            ("From", _mailbox("From", sender.name or notice.organ_name, sender.address)),
            ("To", _mailbox("To", notice.unit_name, notice.address)),
            ("Subject", _words("Subject", subject)),
            ("Date", format_datetime(local(datetime.now(UTC)))),
            ("Message-ID", f"<{notice.id}@{host}>"),
            ("In-Reply-To", thread),
            ("References", thread),
            ("Auto-Submitted", "auto-generated"),
            ("Content-Language", self._language),
        ]


def _mailbox(header: str, name: str, address: str) -> str:
    return f"{_words(header, name)}{_CRLF} <{address}>"


def _words(header: str, value: str) -> str:
    """Encoded whatever it holds: what is encoded can neither end a line nor be read as anything but words."""
    line = " ".join(value.split())
    return Header(line, "utf-8", header_name=header, maxlinelen=_LINE).encode(linesep=_CRLF)
