"""A printing service of the test's own, with one printer that keeps what it gets as a file.

It needs no root and touches nothing of the system's: cupsd runs with folders of its own and is
reached by a socket of its own.
"""

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CUPSD = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
LPADMIN = shutil.which("lpadmin", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
PRINTER = "Paper"

_SERVER = """\
Listen {socket}
LogLevel warn
WebInterface No
Browsing No
DefaultAuthType None
MaxLogSize 0
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
# Called without a job it lists the devices it finds, which are none.
_PRINTER = """\
#!/bin/sh
[ $# -gt 0 ] || exit 0
cat -- "${{6:--}}" > "{paper}.part" && mv "{paper}.part" "{paper}"
"""
_FILES = """\
ServerRoot {root}
ServerBin {root}/bin
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/tmp
DocumentRoot {root}
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
User {user}
Group {group}
SystemGroup root
"""


@dataclass(frozen=True)
class Service:
    """`address` is what CUPS_SERVER has to say."""

    address: str
    paper: Path

    def printed(self, seconds: float = 20) -> bytes:
        """What came out of the printer. AssertionError if nothing does."""
        until = time.monotonic() + seconds
        while not self.paper.exists():
            assert time.monotonic() < until, "nothing came out of the printer"
            time.sleep(0.05)
        return self.paper.read_bytes()


@contextmanager
def printing_service(root: Path) -> Iterator[Service]:
    """Run one below `root`, whose path must be short: it holds a socket."""
    for folder in ("cache", "state", "spool/tmp", "tmp", "ppd", "ssl", "out", "bin/backend"):
        (root / folder).mkdir(parents=True)
    address = root / "s"
    # Filters run as this user, who must not be root.
    user, group = ("lp", "lp") if os.getuid() == 0 else (getpass.getuser(), "nogroup")
    (root / "cupsd.conf").write_text(_SERVER.format(socket=address))
    (root / "cups-files.conf").write_text(_FILES.format(root=root, user=user, group=group))
    environment = {**os.environ, "CUPS_SERVER": str(address)}
    settings = ["-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")]
    paper = root / "out" / "paper.pdf"
    backend = root / "bin" / "backend" / "keep"
    backend.write_text(_PRINTER.format(paper=paper))
    backend.chmod(0o755)
    # What starts a backend.
    (root / "bin" / "daemon").symlink_to("/usr/lib/cups/daemon")
    # The backend works as another user.
    paper.parent.chmod(0o777)
    server = subprocess.Popen([str(CUPSD), "-f", *settings], env=environment)
    try:
        _wait_for(address)
        make = [str(LPADMIN), "-p", PRINTER, "-E", "-v", "keep:/"]
        subprocess.run(make, check=True, capture_output=True, env=environment)
        yield Service(str(address), paper)
    finally:
        server.terminate()
        server.wait()


def _wait_for(path: Path, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < until, "the printing service did not start"
        time.sleep(0.05)
