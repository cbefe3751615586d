"""A forum as `make run` serves it, in processes of its own."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browsers import wait_for

COMMAND = (sys.executable, "-m", "forum.cli")


@dataclass(frozen=True, slots=True)
class Served:
    process: subprocess.Popen
    url: str
    welcome: str


def environment(instance: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    return {**clean, "FORUM_INSTANCE": str(instance)}


@contextmanager
def served(instance: Path) -> Iterator[Served]:
    """Serve the forum of a folder; whoever asks for it ends it, else it is killed. `welcome` leads its first admin in."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*COMMAND, "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment(instance), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        printed = "".join(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
        welcome = re.search(r"http://\S+/welcome/\S+", printed)
        try:
            wait_for(port)
            yield Served(process, f"http://127.0.0.1:{port}", welcome[0] if welcome else "")
        finally:
            process.kill()
