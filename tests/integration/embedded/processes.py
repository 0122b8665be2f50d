"""What the kernel says about processes (Linux)."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")


def descendants(pid: int) -> set[int]:
    """Children of a process, theirs, and so on."""
    parents = {int(path.name): _parent(path) for path in PROC.glob("[0-9]*")}
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids: set[int]) -> set[int]:
    """Those that still run; one that has ended and waits to be reaped does not."""
    return {pid for pid in pids if _status(PROC / str(pid)).get("State", "Z")[0] not in "ZX"}


def user(pid: int) -> int:
    """Effective user id of a process."""
    return int(_status(PROC / str(pid))["Uid"].split()[1])


def named(name: str, pids: set[int]) -> int:
    """The first of the processes, by pid, that runs the program of this name."""
    return min(pid for pid in pids if _status(PROC / str(pid)).get("Name") == name)


def listening(pids: set[int]) -> set[str]:
    """Addresses on which the processes listen, without ports."""
    sockets = set()
    for pid in pids:
        for descriptor in (PROC / str(pid) / "fd").iterdir():
            try:
                sockets.add(str(descriptor.readlink()))
            except FileNotFoundError:
                continue
    return {address for inode, address in _listeners() if f"socket:[{inode}]" in sockets}


def maps(pid: int) -> str:
    """What a process has in its memory from files."""
    return (PROC / str(pid) / "maps").read_text()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what the kernel does not announce; the test's time limit ends it."""
    while True:
        if condition():
            return
        await asyncio.sleep(0.02)


def _listeners() -> list[tuple[str, str]]:
    found = []
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in (PROC / "net" / table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                words = bytes.fromhex(fields[1].partition(":")[0])
                address = b"".join(words[i : i + 4][::-1] for i in range(0, len(words), 4))
                found.append((fields[9], socket.inet_ntop(family, address)))
    return found


def _parent(path: Path) -> int:
    return int(_status(path).get("PPid", "0"))


def _status(path: Path) -> dict[str, str]:
    try:
        lines = (path / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
