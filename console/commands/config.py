"""config: what this process was told from outside, without secrets."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from console.call import Call
from console.environment import read_settings
from console.failures import ConsoleError
from console.paper import Paper, answer
from console.places import configured, endpoints
from console.temporal import temporal_config
from settings import Settings

HIDDEN = "***"


def config(call: Call) -> None:
    """Settings, and where Temporal and PostgreSQL are looked for."""
    document = {"settings": _settings(), **_places(call)}
    answer(call, document, lambda paper: _render(call, document, paper))


def _settings() -> dict[str, Any]:
    settings = read_settings()
    return {name: _shown(getattr(settings, name)) for name in Settings.model_fields}


def _places(call: Call) -> dict[str, Any]:
    """``source``: the variables that point at a real installation, else the data directory of the embedded stack."""
    variables = configured(call)
    try:
        temporal = temporal_config(call)
        url = None if variables else endpoints(call).database_url
    except ConsoleError as error:
        return {"source": str(call.data_directory), "problem": error.sentence(call.language)}
    return {
        "source": ", ".join(variables) or str(call.data_directory),
        "temporal_address": temporal.get("target_host"),
        "temporal_namespace": temporal.get("namespace"),
        **({"embedded_database_url": without_password(url)} if url else {}),
    }


def _shown(value: Any) -> Any:  # noqa: ANN401 - any setting
    if isinstance(value, SecretStr):
        secret = value.get_secret_value()
        return without_password(secret) if "://" in secret else HIDDEN
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def without_password(url: str) -> str:
    """The address with its password hidden, whether it stands before the host or among the parameters."""
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    if ":" in login:
        login = f"{login.partition(':')[0]}:{HIDDEN}"
    query = "&".join(
        f"{name}={HIDDEN}" if "password" in name else f"{name}{equals}{value}"
        for name, equals, value in (pair.partition("=") for pair in parts.query.split("&") if pair)
    )
    return urlunsplit(parts._replace(netloc=f"{login}{at}{host}", query=query))


def _render(call: Call, document: dict[str, Any], paper: Paper) -> None:
    settings, places = document["settings"], {name: value for name, value in document.items() if name != "settings"}
    paper.facts([(name, "" if value is None else str(value)) for name, value in settings.items()])
    paper.heading(call.text("cli.places"))
    paper.facts([(name, "" if value is None else str(value)) for name, value in places.items()])


COMMANDS = {"config": config}
