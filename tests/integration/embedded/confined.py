"""Become another program as root of a user namespace in which no further one can be made, as in many containers.

    confined.py IDS PROGRAM [ARGUMENT]...

IDS is how many user and group ids there are in it: with 1 there is root alone.
"""

import ctypes
import os
import sys
from pathlib import Path

ids, *argv = sys.argv[1:]
me = os.getpid()
entered, entering = os.pipe()
mapped, mapping = os.pipe()

if os.fork() == 0:  # this one stays outside, where ids can be given
    os.read(entered, 1)
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{me}/{name}").write_text(f"0 0 {ids}")
    os.write(mapping, b".")
    os._exit(0)

CLONE_NEWUSER = 0x10000000
if ctypes.CDLL(None).unshare(CLONE_NEWUSER) != 0:
    sys.exit("no user namespaces here")
os.write(entering, b".")
os.read(mapped, 1)
os.wait()
Path("/proc/sys/user/max_user_namespaces").write_text("0")
os.execv(argv[0], argv)  # noqa: S606, its pid must be this one's
