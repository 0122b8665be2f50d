"""Where files of evidence are kept: each under the SHA-256 of its content, in a directory or an S3-compatible bucket.

DIRECTIVES_EVIDENCE is a directory or ``s3://bucket/prefix``; else ``evidence`` in the data directory. Where the bucket
is, and with which keys, the environment says as AWS's own tools read it: AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION.
"""

import mimetypes
import os
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from console.call import Call
from console.failures import FailedError, UnavailableError
from domain import canonical

LARGEST: Final = 100 * 1024 * 1024
"""Bytes in one file."""
_UNKNOWN_TYPE: Final = "application/octet-stream"


class Store(Protocol):
    """Content by its digest. What is there is never written again."""

    def put(self, digest: str, content: bytes, media_type: str) -> None:
        """Keep it. Raises ``ConsoleError``."""


def stored(call: Call, files: Iterable[Path]) -> list[dict[str, Any]]:
    """Keep the files; what a command says of each (``domain.evidence``). Raises ``ConsoleError``."""
    store = open_store(call)
    return [_stored(store, file) for file in files]


def open_store(call: Call) -> Store:
    """The store that is configured. Raises ``FailedError``."""
    place = os.environ.get("DIRECTIVES_EVIDENCE") or str(call.data_directory / "evidence")
    if not place.startswith("s3://"):
        return FolderStore(Path(place))
    parts = urlsplit(place)
    if not parts.netloc:
        raise FailedError("evidence_place", place=place)
    return BucketStore(parts.netloc, parts.path.strip("/"), call.limit)


def _stored(store: Store, file: Path) -> dict[str, Any]:
    try:
        size = file.stat().st_size
        # Read once: what is hashed is what is kept, whatever happens to the file meanwhile.
        content = file.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise FailedError("no_file", file=str(file), problem=error.strerror or str(error)) from error
    if size > LARGEST or len(content) > LARGEST:
        raise FailedError("evidence_too_large", file=str(file), size=size, limit=LARGEST)
    digest = canonical.digest(content)
    media_type = mimetypes.guess_type(file.name)[0] or _UNKNOWN_TYPE
    store.put(digest, content, media_type)
    return {"sha256": digest, "name": file.name, "size": len(content), "media_type": media_type}


class FolderStore:
    """``<first two letters>/<digest>`` in a directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, digest: str, content: bytes, media_type: str) -> None:  # noqa: ARG002 - a file has no type
        """Complete or not at all; on disk before it is named. Raises ``FailedError``."""
        target = self._root / digest[:2] / digest
        try:
            if target.exists():
                _check(target.read_bytes(), digest, str(target))
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, content)
            _check(target.read_bytes(), digest, str(target))
        except OSError as error:
            raise FailedError("evidence_not_kept", place=str(target), problem=error.strerror or str(error)) from error


class BucketStore:
    """``<prefix>/<first two letters>/<digest>`` in a bucket."""

    def __init__(self, bucket: str, prefix: str, limit: float) -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._client = _client(limit)

    def put(self, digest: str, content: bytes, media_type: str) -> None:
        """An upload is seen by others when it is complete. Raises ``FailedError``, ``UnavailableError``."""
        from minio.error import MinioException, S3Error  # noqa: PLC0415 - only a bucket needs it
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - the same

        name = f"{self._prefix}{digest[:2]}/{digest}"
        place = f"s3://{self._bucket}/{name}"
        try:
            if not self._holds(name):
                self._client.put_object(
                    self._bucket, name, BytesIO(content), len(content), media_type, part_size=LARGEST
                )
            _check(self._content(name), digest, place)
        except S3Error as error:
            raise FailedError("evidence_not_kept", place=place, problem=f"{error.code}: {error.message}") from error
        except (HTTPError, MinioException, OSError) as error:
            raise UnavailableError("evidence_away", place=place, problem=str(error)) from error

    def _holds(self, name: str) -> bool:
        from minio.error import S3Error  # noqa: PLC0415 - only a bucket needs it

        try:
            self._client.stat_object(self._bucket, name)
        except S3Error as error:
            if error.code in ("NoSuchKey", "NoSuchObject"):
                return False
            raise
        return True

    def _content(self, name: str) -> bytes:
        response = self._client.get_object(self._bucket, name)
        try:
            return bytes(response.read())
        finally:
            response.close()
            response.release_conn()


def _client(limit: float) -> Any:  # noqa: ANN401 - minio is loaded only here
    import minio  # noqa: PLC0415 - only a bucket needs it
    import urllib3  # noqa: PLC0415 - the same
    from minio.credentials.providers import EnvAWSProvider  # noqa: PLC0415 - the same

    address = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or "https://s3.amazonaws.com"
    parts = urlsplit(address)
    try:
        return minio.Minio(
            endpoint=parts.netloc,
            secure=parts.scheme == "https",
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
            credentials=EnvAWSProvider(),
            http_client=urllib3.PoolManager(timeout=limit, retries=urllib3.Retry(total=2, backoff_factor=0.2)),
        )
    except ValueError as error:
        raise FailedError("evidence_place", place=address) from error


def _write(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check(content: bytes, digest: str, place: str) -> None:
    if canonical.digest(content) != digest:
        raise FailedError("evidence_altered", place=place)
