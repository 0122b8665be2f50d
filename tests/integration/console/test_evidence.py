"""Files of evidence in a bucket, by the protocol of S3 over HTTP."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import minio
import pytest
from minio.credentials.providers import StaticProvider
from moto.server import ThreadedMotoServer

from console.call import Call
from console.evidence_store import open_store, stored
from console.failures import FailedError, UnavailableError

CONTENT = b"%PDF-1.7 minutes of a meeting"
DIGEST = sha256(CONTENT).hexdigest()
NAME = f"minutes/{DIGEST[:2]}/{DIGEST}"


async def _no_worker(*_arguments: object) -> None: ...


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer(port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DIRECTIVES_EVIDENCE", "s3://evidence/minutes")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://{server}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a-secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    client = minio.Minio(endpoint=server, secure=False, credentials=StaticProvider("a-key", "a-secret"))
    client.make_bucket(bucket_name="evidence")
    yield client
    for one in client.list_objects(bucket_name="evidence", recursive=True):
        client.remove_object(bucket_name="evidence", object_name=one.object_name or "")
    client.remove_bucket(bucket_name="evidence")


@pytest.fixture
def call(tmp_path: Path) -> Call:
    return Call(language="en", work=_no_worker, data=tmp_path, limit=2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "biên bản.pdf"
    file.write_bytes(CONTENT)
    return file


def held(bucket: Any) -> dict[str, str]:
    return {
        one.object_name: bucket.stat_object(bucket_name="evidence", object_name=one.object_name).content_type
        for one in bucket.list_objects(bucket_name="evidence", recursive=True)
    }


def test_a_file_is_kept_under_its_hash_with_its_type(bucket: Any, call: Call, file: Path) -> None:
    assert stored(call, [file]) == [
        {"sha256": DIGEST, "name": "biên bản.pdf", "size": len(CONTENT), "media_type": "application/pdf"}
    ]
    assert held(bucket) == {NAME: "application/pdf"}
    response = bucket.get_object(bucket_name="evidence", object_name=NAME)
    assert response.read() == CONTENT
    response.close()
    response.release_conn()


def test_what_is_there_is_not_written_again(bucket: Any, call: Call, file: Path) -> None:
    stored(call, [file])
    before = bucket.stat_object(bucket_name="evidence", object_name=NAME).last_modified
    open_store(call).put(DIGEST, CONTENT, "text/plain")
    after = bucket.stat_object(bucket_name="evidence", object_name=NAME)
    assert (after.last_modified, after.content_type) == (before, "application/pdf")


def test_content_that_was_altered_there_is_found(bucket: Any, call: Call, file: Path, tmp_path: Path) -> None:
    forged = tmp_path / "forged"
    forged.write_bytes(b"other content")
    bucket.fput_object(bucket_name="evidence", object_name=NAME, file_path=str(forged))
    with pytest.raises(FailedError, match="evidence_altered"):
        stored(call, [file])


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_not_there_is_named(call: Call, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTIVES_EVIDENCE", "s3://another-bucket")
    with pytest.raises(FailedError) as raised:
        stored(call, [file])
    assert "NoSuchBucket" in raised.value.sentence("en")


@pytest.mark.usefixtures("bucket")
def test_a_store_that_is_away_is_said_so(call: Call, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    with pytest.raises(UnavailableError, match="evidence_away"):
        stored(call, [file])
