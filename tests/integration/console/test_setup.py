"""setup: a real installation made ready."""

import uuid
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg
import pytest
from temporalio.service import RPCError, RPCStatusCode

from domain.wire import RECONCILIATION_ID
from tests.support.parts import Cluster, TemporalServer
from tests.support.typed import Type


@pytest.fixture
async def empty_database(cluster: Cluster) -> AsyncIterator[str]:
    """The URL of a database in which nobody has made anything yet."""
    name = f"empty_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(cluster.server.url)
    await connection.execute(f"CREATE DATABASE {name}")
    yield urlsplit(cluster.server.url)._replace(path=f"/{name}").geturl()
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def no_schedule(temporal: TemporalServer) -> None:
    """The server is shared, and another test may have set it up."""
    try:
        await temporal.client.get_schedule_handle(RECONCILIATION_ID).delete()
    except RPCError as error:
        assert error.status is RPCStatusCode.NOT_FOUND  # noqa: PT017 - anything else is no state to begin with


@pytest.fixture
def installation(type_: Type, temporal: TemporalServer, empty_database: str, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type at an installation that is not set up yet."""
    monkeypatch.setenv("DATABASE_URL", empty_database)
    monkeypatch.setenv("TEMPORAL_ADDRESS", temporal.server.address)
    monkeypatch.setenv("TEMPORAL_NAMESPACE", temporal.client.namespace)
    return type_


@pytest.mark.usefixtures("no_schedule")
def test_setup_adds_what_is_missing_and_repeated_changes_nothing(installation: Type) -> None:
    before = installation("list", "--lang", "en")
    assert (before.code, before.err.partition(":")[0]) == (1, "not_set_up")
    first, second = installation("setup", "--json"), installation("setup", "--json")
    assert first.code == second.code == 0, first.err
    assert first.json["migrations"][0] == "0001_journal.sql"
    assert first.json["schedules"] == ["reconciliation"]
    assert (second.json["migrations"], second.json["search_attributes"], second.json["schedules"]) == ([], [], [])
    assert installation("list", "--lang", "en") == (0, "There is no directive yet.\n", "")


def test_a_namespace_that_is_missing_is_named_with_the_way_out(
    installation: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "nowhere")
    said = installation("setup", "--lang", "en")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("no_namespace: Temporal has no namespace nowhere; make it with: ")


def test_a_password_that_is_wrong_is_never_shown(
    installation: Type, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = urlsplit(empty_database)
    wrong = parts._replace(netloc=f"{parts.username}:s3cret@{parts.hostname}:{parts.port}").geturl()
    monkeypatch.setenv("DATABASE_URL", wrong)
    for argv in (("setup",), ("list",)):
        said = installation(*argv)
        assert (said.code, said.err.partition(":")[0]) == (1, "database_refused")
        assert "s3cret" not in said.err
