"""Encrypted ways to the mail server, with a certificate of our own making."""

import asyncio
import os
import shutil
import ssl
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.integration.notices.mail_server import MailServer
from tests.integration.notices.office import Office
from tests.support.service import issue

pytestmark = pytest.mark.needs("openssl")


@pytest.fixture
async def certificate(tmp_path: Path) -> Path:
    """Key and self-signed certificate of 127.0.0.1 in one file."""
    if (openssl := shutil.which("openssl")) is None:
        if os.environ.get("CI"):
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    key, signed, both = (tmp_path / name for name in ("key.pem", "certificate.pem", "both.pem"))
    making = await asyncio.create_subprocess_exec(
        *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
        *("-keyout", key, "-out", signed),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await making.wait() == 0
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both


def listening(server: MailServer, security: str, certificate: Path) -> AbstractAsyncContextManager[MailServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if security == "tls":
        return server.running(tls=context)
    return server.running(tls_context=context, require_starttls=True)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_out_encrypted_to_a_server_whose_certificate_is_trusted(
    office_without_server: Office, certificate: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    office, server = office_without_server, MailServer()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await office.service.issue(issue(("unit-a",)))
    async with listening(server, security, certificate):
        settings = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": security}
        async with office.at_work(office.dispatching(**settings)):
            await office.settled()
    assert len(server.received) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    office_without_server: Office, certificate: Path, security: str
) -> None:
    office, server = office_without_server, MailServer()
    await office.service.issue(issue(("unit-a",)))
    async with listening(server, security, certificate):
        settings = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": security}
        async with office.at_work(office.dispatching(**settings)):
            [row] = await office.tried("certificate")
    assert (row["status"], row["attempts"]) == ("waiting", 0)
    assert server.received == []
