"""A program that becomes another one: run as a script between the launcher and what it launches.

    launch.py PARENT SIGNAL IDENTITY PROGRAM [ARGUMENT]...

PARENT is the pid of the launcher, SIGNAL the number of the signal that the program gets when the launcher ends in
whatever way (Linux only), IDENTITY one of the three below. A process of its own, because what it does to itself must
happen after the fork, where a process with threads may not run Python. It imports nothing of ours: it starts without
any path.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

SAME = "same"
"""The program runs as whoever launches it."""
NAMESPACE = "namespace"
"""Root, but not in the program's eyes: a user namespace shows root as `NOBODY_ID`. Files stay root's."""
NOBODY = "nobody"
"""Root becomes `NOBODY_ID` and keeps one of its powers, to read and write whatever the modes of files say."""

NOBODY_ID = 65534  # user and group; initdb wants a user that the machine has a name for

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522


def command(signal_of_orphan: int, identity: str) -> list[str]:
    """What to put before a program and its arguments, so that it is launched so from the calling process."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(int(signal_of_orphan)), identity]


def main() -> None:
    parent, signal_number, identity, *argv = sys.argv[1:]
    os.umask(0o077)
    if identity == NAMESPACE:
        _enter_namespace()
    elif identity == NOBODY:
        _become_nobody()
    if sys.platform == "linux":
        # After the change of identity, which would forget it.
        _call("prctl", _PR_SET_PDEATHSIG, int(signal_number))
        if os.getppid() != int(parent):
            sys.exit("the launcher has ended already")
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        # Python ignores them, and what is ignored stays so in the program that it becomes.
        signal.signal(number, signal.SIG_DFL)
    os.execv(argv[0], argv)  # noqa: S606, a shell would stand between the program and its signals


def _enter_namespace() -> None:
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _CLONE_NEWUSER)
    me = Path("/proc/self")
    # Without giving up setgroups first, the kernel lets nobody write gid_map.
    (me / "setgroups").write_text("deny")
    (me / "uid_map").write_text(f"{NOBODY_ID} {user} 1")
    (me / "gid_map").write_text(f"{NOBODY_ID} {group} 1")


def _become_nobody() -> None:
    """Become `NOBODY_ID` with CAP_DAC_OVERRIDE.

    Without it the data directory and every directory above it and above the binaries would have to be opened to all.
    """
    os.setgroups([])
    _call("prctl", _PR_SET_KEEPCAPS, 1)
    os.setresgid(NOBODY_ID, NOBODY_ID, NOBODY_ID)
    os.setresuid(NOBODY_ID, NOBODY_ID, NOBODY_ID)
    bit = 1 << _CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    effective_permitted_inheritable = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    _call("capset", header, effective_permitted_inheritable)
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0)


def _call(function: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, function)(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{function}: {os.strerror(error)}")


if __name__ == "__main__":
    main()
