"""The schema, brought up to date by dbmate: numbered plain SQL, one transaction a file."""

import os
import subprocess
import sysconfig
from importlib.resources import as_file, files
from pathlib import Path


class MigrationError(Exception):
    """dbmate could not bring the schema up to date; its words, without the password."""


def migrate(database_url: str) -> list[str]:
    """Apply what is missing; the names of the files applied. Raises ``MigrationError``."""
    with as_file(files("activities.journal").joinpath("migrations")) as folder:
        done = subprocess.run(  # noqa: S603 - our own dependency's binary
            [_dbmate(), "--migrations-dir", str(folder), "--no-dump-schema", "up"],
            # The address goes by the environment: an argument would show the password to every user of the machine.
            env={**os.environ, "DATABASE_URL": _without_tls_unless_asked(database_url)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise MigrationError(done.stderr.strip() or done.stdout.strip())
    return [line.removeprefix("Applied: ").split(" ")[0] for line in done.stdout.splitlines() if "Applied:" in line]


def _dbmate() -> str:
    return str(Path(sysconfig.get_path("scripts")) / "dbmate")


def _without_tls_unless_asked(database_url: str) -> str:
    # dbmate's driver insists on TLS where nothing is said; asyncpg prefers it. On loopback there is none.
    if "sslmode=" in database_url:
        return database_url
    return database_url + ("&" if "?" in database_url else "?") + "sslmode=prefer"
