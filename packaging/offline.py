"""Runs a command that dies as soon as it makes a socket of any kind but a local one.

    python packaging/offline.py [--strict] COMMAND...

The kernel ends it with SIGSYS at the very call (a seccomp filter, kept by all it starts). Where it
is allowed, the command also has no network at all: an empty network namespace; `--strict` refuses
to do without one. Linux on x86-64 and arm64, as any user.
"""

import ctypes
import os
import platform
import struct
import sys
from pathlib import Path

_AF_UNIX = 1
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine -> its number for the kernel, and the number of `socket`."""
# It makes sockets too, and has the same number on every machine.
_IO_URING_SETUP = 425
# Above it stand the calls of another way to run programs on x86-64.
_X32 = 0x40000000

_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def forbid_sockets() -> None:
    """From now on, for this process and all it starts. Raises OSError."""
    machine, socket = _CALLS[platform.machine()]
    # A step that holds goes on as many steps further as its second number says, else the third.
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 7, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _X32),
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 2, socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    )
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    _call(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _call(_libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0))


def leave_the_network() -> bool:
    """Into a network without anything in it; False where that is not allowed."""
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(_NEW_NETWORK) == 0:
        return True
    if _libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    # The same person as before, so that files still belong to who made them.
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def interfaces() -> set[str]:
    """What this process could reach a network by; "lo" alone leads nowhere."""
    lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    return {line.partition(":")[0].strip() for line in lines}


def _call(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def main(arguments: list[str]) -> None:
    strict = arguments[:1] == ["--strict"]
    command = arguments[1:] if strict else arguments
    has_left = leave_the_network() and interfaces() == {"lo"}
    if strict and not has_left:
        sys.exit("An empty network is not to be had here.")
    forbid_sockets()
    os.execvp(command[0], command)  # noqa: S606  what it is for


if __name__ == "__main__":
    main(sys.argv[1:])
