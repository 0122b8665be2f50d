"""Ports on 127.0.0.1: the well-known ones where they are free, others where they are taken."""

import secrets
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

HOST = "127.0.0.1"

POSTGRESQL = 15432
TEMPORAL = 7233
TEMPORAL_HTTP = 7243
TEMPORAL_UI = 8233
TEMPORAL_METRICS = 9233
WORKER_METRICS = 9464
SDK_METRICS = 9465
ANY = 0

# Below the ports that the kernel gives to outgoing connections: one of those would be gone before a server takes it.
_OTHERS = range(20_000, 32_000)


@contextmanager
def reserved(preferred: Sequence[int]) -> Iterator[list[int]]:
    """For each preferred port itself if it is free, another free one if it is taken or `ANY`.

    As long as the context lasts no other stack on this machine gets them (on Linux): it must last until the servers
    that shall have them listen.
    """
    with ExitStack() as held:
        yield [_reserve(port, held) for port in preferred]


def _reserve(port: int, held: ExitStack) -> int:
    while port == ANY or not _take(port, held):
        port = secrets.choice(_OTHERS)
    return port


def _take(port: int, held: ExitStack) -> bool:
    with ExitStack() as attempt:
        try:
            if sys.platform == "linux":
                # A name that only the kernel keeps, in the network namespace that the port is in, too.
                attempt.enter_context(socket.socket(socket.AF_UNIX)).bind(f"\0directives-port-{port}")
            with socket.socket() as probe:
                # Connections of a server that has just ended do not count as taken; a server that listens does.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((HOST, port))
        except OSError:
            return False
        held.push(attempt.pop_all())
    return True
