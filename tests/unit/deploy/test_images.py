"""The image and the composition: what linters find, and what they do not look for."""

import re
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.deploy.alerts import DEPLOY

COMPOSE = DEPLOY / "compose.yaml"
DOCKERFILE = DEPLOY / "Dockerfile"
SCRIPTS = Path(sysconfig.get_path("scripts"))


def lint(*command: str | Path) -> subprocess.CompletedProcess[str]:
    tool, *arguments = command
    return subprocess.run([SCRIPTS / tool, *arguments], capture_output=True, text=True, check=False)


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


each_service = pytest.mark.parametrize("name", services())


def test_the_dockerfile_passes_its_linter() -> None:
    done = lint("hadolint", DOCKERFILE)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_dockerfile_linter_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "Dockerfile"
    wrong.write_text(DOCKERFILE.read_text().replace('ENTRYPOINT ["directives-worker"]', "ENTRYPOINT directives-worker"))
    assert "DL3025" in lint("hadolint", wrong).stdout


def test_the_composition_conforms_to_the_specification() -> None:
    done = lint("check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)
    assert done.returncode == 0, done.stdout


def test_the_composition_passes_the_security_linter() -> None:
    config = DEPLOY / "compose-lint.yml"
    done = lint(
        "compose-lint", "check", "--no-env", "--config", config, "--strict-config", "--fail-on", "low", "-q", COMPOSE
    )
    assert done.returncode == 0, done.stdout


def test_the_security_linter_finds_a_port_that_is_open_to_all(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(COMPOSE.read_text().replace("127.0.0.1:9090:9090", "9090:9090"))
    config = DEPLOY / "compose-lint.yml"
    done = lint("compose-lint", "check", "--no-env", "--config", config, "--fail-on", "low", "-q", wrong)
    assert done.returncode == 1
    assert "CL-0005" in done.stdout


@each_service
def test_nothing_is_published_beyond_the_loopback(name: str) -> None:
    assert [port for port in services()[name].get("ports", []) if not port.startswith("127.0.0.1:")] == []


def test_no_password_stands_in_the_composition_and_each_is_asked_for() -> None:
    passwords = re.findall(r"\$\{(\w*PASSWORD)(:\?)?", COMPOSE.read_text())
    assert {name for name, _ in passwords} == {
        line.removesuffix("=") for line in (DEPLOY / ".env.example").read_text().splitlines() if line.endswith("=")
    }
    assert all(required for _, required in passwords)
    for service in services().values():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|PWD", key):
                assert value.startswith("${")


@each_service
def test_a_service_has_a_health_check_unless_it_ends_by_itself(name: str) -> None:
    service = services()[name]
    ends = "restart" in service and service["restart"] != "unless-stopped"
    assert ends or service["healthcheck"]["test"][0] == "CMD"


@each_service
def test_a_service_waits_for_the_health_or_the_end_of_what_it_needs(name: str) -> None:
    for needed, how in services()[name].get("depends_on", {}).items():
        has_end = services()[needed].get("restart", "") in ("no", "on-failure:5")
        assert how["condition"] == ("service_completed_successfully" if has_end else "service_healthy")


def test_what_is_mounted_is_there() -> None:
    mounts = [mount for service in services().values() for mount in service.get("volumes", []) if mount[0] == "."]
    assert len(mounts) == 6
    assert [mount for mount in mounts if not (DEPLOY / mount.split(":")[0]).exists()] == []


def test_the_image_takes_no_more_than_the_package_is_built_from() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    project = (DEPLOY.parent / "pyproject.toml").read_text()
    [included] = re.findall(r"include = \[(.*?)\]", project, re.DOTALL)
    built = set(re.findall(r'"/([^"]+)"', included))
    assert allowed == built | {"requirements/runtime.txt", "pyproject.toml", "LICENSE", "README.md"}


def test_the_image_runs_as_nobody_in_particular_with_locked_packages() -> None:
    text = DOCKERFILE.read_text()
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert "--require-hashes --only-binary=:all:" in text
    assert re.findall(r"^FROM (\S+)", text, re.MULTILINE) == ["python:3.13.16-slim-trixie"] * 2
