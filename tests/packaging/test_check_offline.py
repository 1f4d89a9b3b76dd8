"""That the check leaves nothing out, and takes nobody for the printing service."""

import argparse
from pathlib import Path

import pytest

from check_offline import commands, strangers
from nca_wizard import cli
from nca_wizard.__main__ import COMMANDS

ASKED_HERE = """\
12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4
12 connect(4, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 110) = 0
12 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 5
12 connect(5, {sa_family=AF_INET6, sin6_port=htons(631), sin6_flowinfo=htonl(0), \
inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS
12 connect(5, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
""".splitlines()


def subparsers() -> dict[str, argparse.ArgumentParser]:
    [found] = [
        action
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(found.choices)


def test_every_command_and_every_option_of_the_command_line_is_run(tmp_path: Path) -> None:
    lines = list(commands(tmp_path, tmp_path / "rules.ncarules"))

    run = {
        line[0]: {word for each in lines if each[0] == line[0] for word in each} for line in lines
    }
    assert run.keys() >= COMMANDS
    for name, parser in subparsers().items():
        options = {option for option in parser._option_string_actions if option.startswith("--")}
        assert options - run[name] <= {"--help", "--data-dir"}, name


def test_the_printing_service_of_this_computer_may_be_asked() -> None:
    assert strangers(ASKED_HERE) == []


@pytest.mark.parametrize(
    "call",
    [
        '12 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("127.0.0.1")}',
        '12 connect(5, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("10.0.0.9")}',
        "12 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 5",
        "12 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 5",
    ],
)
def test_anybody_else_is_a_stranger(call: str) -> None:
    assert strangers([*ASKED_HERE, call]) == [call]


def test_a_watch_that_saw_nothing_proves_nothing() -> None:
    assert strangers(ASKED_HERE[:2]) != []
