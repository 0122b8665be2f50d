"""The database cluster on disk: made wholly or not at all, of the installed major version, with the right owner."""

import os
import secrets
from pathlib import Path
from signal import SIGKILL

from embedded.children import Child, Program
from embedded.data_directory import empty, write_private
from embedded.errors import OtherMajorVersionError, PasswordLostError
from embedded.identity import Identity

USER = "directives"


class Cluster:
    """`cluster/`, and beside it `password` of its only user, a superuser."""

    def __init__(self, directory: Path, binaries: Path) -> None:
        self.path = directory / "cluster"
        self._directory = directory
        self._password = directory / "password"
        self._binaries = binaries

    @property
    def password(self) -> str:
        return self._password.read_text()

    def password_lost(self) -> PasswordLostError:
        return PasswordLostError(password=self._password, cluster=self.path)

    async def prepare(self, identity: Identity, lock: int) -> None:
        """Make the cluster if there is none; see to it that PostgreSQL can start on it.

        Args:
            identity: as whom PostgreSQL will run.
            lock: the directory's, held: no server of an earlier start lives.

        Raises:
            OtherMajorVersionError: PostgreSQL would refuse it.
            PasswordLostError: nobody could log in.
            ChildFailedError: initdb failed.
        """
        if not self.path.exists():
            await self._make(identity, lock)
        found = (self.path / "PG_VERSION").read_text().strip()
        installed = identity.version.rpartition(" ")[2].partition(".")[0]
        if found != installed:
            raise OtherMajorVersionError(cluster=self.path, found=found, installed=installed)
        if not self._password.exists():
            raise self.password_lost()
        _hand_over(self.path, identity.owner)
        self._drop_stale_pid()

    def _drop_stale_pid(self) -> None:
        """Remove `postmaster.pid` of a server that was killed.

        PostgreSQL itself takes the file for a living server's as long as any process of the same user has its pid:
        another one that got the number since (likely in a container), or the dead server that nobody has reaped yet.
        """
        file = self.path / "postmaster.pid"
        try:
            pid = file.read_text().partition("\n")[0]
        except FileNotFoundError:
            return
        if not Path("/proc/self/cwd").exists():
            return
        try:
            stale = not Path(f"/proc/{pid}/cwd").samefile(self.path)
        except OSError:
            stale = True
        if stale:
            file.unlink()

    async def _make(self, identity: Identity, lock: int) -> None:
        if not self._password.exists():
            write_private(self._password, secrets.token_urlsafe(24))
        new = empty(self.path.with_name("cluster.new"))  # a kill in the middle leaves this one, never half a cluster
        os.chown(new, identity.owner, -1)
        program = Program(
            name="initdb",
            argv=(
                *(self._binaries / "initdb", "--pgdata", new, "--username", USER, "--auth", "scram-sha-256"),
                *("--pwfile", self._password, "--encoding", "UTF8", "--locale", "C", "--no-instructions"),
                # The same order of strings on every machine, whatever its C library.
                *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            ),
            log=self._directory / "initdb.log",
            environment={"TZ": "UTC"},
            signal_of_orphan=SIGKILL,
            identity=identity.kind,
        )
        child = await Child.start(program, lock)
        try:
            if await child.ended() != 0:
                raise child.failure()
        finally:
            await child.stop(SIGKILL, within=1)
        new.rename(self.path)


def _hand_over(cluster: Path, owner: int) -> None:
    """Give to a user id what another one had, as root may have run it differently before."""
    for path in (cluster, *cluster.rglob("*")):
        if path.lstat().st_uid != owner:
            os.lchown(path, owner, -1)
