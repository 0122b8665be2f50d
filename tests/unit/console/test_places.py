"""Where the service is looked for."""

import json
from pathlib import Path

import pytest

from console.commands.config import without_password
from tests.support.typed import Type


def test_without_anything_said_the_embedded_stack_of_the_data_directory_is_meant(type_: Type, tmp_path: Path) -> None:
    said = type_("list", "--data", str(tmp_path), "--lang", "en")
    assert said.code == 3
    assert said.err.startswith(f"not_running: Nothing runs on {tmp_path}; ")


def test_the_data_directory_can_be_named_by_the_environment(
    type_: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIRECTIVES_DATA", str(tmp_path / "elsewhere"))
    assert str(tmp_path / "elsewhere") in type_("list").err


def test_the_environment_points_at_a_real_installation(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://who:secret@127.0.0.1:1/nothing")
    said = type_("list", "--lang", "en")
    assert said.code == 3
    assert said.err.startswith("no_database: ")
    assert "secret" not in said.err


def test_a_temporal_without_a_database_is_told(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    assert type_("list", "--lang", "en").err == "no_database_url: TEMPORAL_ADDRESS is set, but DATABASE_URL is not.\n"


def test_a_data_directory_that_was_typed_counts_more_than_the_environment(
    type_: Type,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nothing")
    assert type_("list", "--data", str(tmp_path)).err.startswith("not_running: ")


def test_up_does_not_run_beside_a_configured_installation(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/nothing")
    said = type_("up")
    assert (said.code, said.err.partition(":")[0]) == (1, "configured_elsewhere")


def test_config_shows_no_secret(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://who:s3cret@db.example.invalid:5432/x?sslpassword=s3cret&sslmode=require"
    )
    monkeypatch.setenv("DIRECTIVES_MIGRATION_URL", "postgresql://migrator:s3cret@db.example.invalid:5432/x")
    monkeypatch.setenv("DIRECTIVES_SMTP_PASSWORD", "s3cret")
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example.invalid:7233")
    monkeypatch.setenv("TEMPORAL_API_KEY", "s3cret")
    for said in (type_("config"), type_("config", "--json")):
        assert said.code == 0
        assert "s3cret" not in said.out
    document = json.loads(said.out)
    assert document["settings"]["smtp_password"] == "***"
    assert document["settings"]["database_url"] == (
        "postgresql://who:***@db.example.invalid:5432/x?sslpassword=***&sslmode=require"
    )
    assert document["temporal_address"] == "temporal.example.invalid:7233"


def test_a_setting_that_is_not_valid_is_named(type_: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIRECTIVES_METRICS_PORT", "many")
    said = type_("config", "--lang", "en")
    assert said.code == 1
    assert said.err.startswith("bad_setting: The variable DIRECTIVES_METRICS_PORT is not valid: ")


def test_an_address_without_a_password_stays_as_it_is() -> None:
    assert without_password("postgresql://who@db:5432/x") == "postgresql://who@db:5432/x"
