"""The production server: waitress, in several processes that share one listening socket.

Waitress holds a request back until all of it has arrived, so that slow clients cost no thread. The processes are forked from
one that has everything loaded: they share that memory, and start at once.
"""

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

from waitress.server import create_server

from forum import supervisor
from forum.core.config import number
from forum.supervisor import STATE

CONNECTIONS = 1000
LARGEST_REQUEST = 16_000_000  # bytes; up to here the application itself says in words what is too large


def serve(app: Any, host: str, port: int, beside: Callable[[], None] | None = None) -> NoReturn:
    """Serve a WSGI application, which holds no open connection yet, until SIGINT or SIGTERM.

    In each server process a thread runs `beside`. Raises OSError when the address is taken.
    """
    servers = Servers(app, beside, *(_handed() or _begun(host, port)))
    servers.run(number("FORUM_WORKERS", 1, 64))


def resumed() -> bool:
    """Return whether this process stands in for a supervisor, one of whose servers died."""
    return STATE in os.environ


@dataclass(slots=True)
class Handles:
    """What the servers share. Whoever holds the pipe's end is alive; a server whose parent was killed reads its end, and goes too."""

    listener: socket.socket
    parent_lives: int
    parent_end: int

    def numbers(self) -> tuple[int, ...]:
        return self.listener.fileno(), self.parent_lives, self.parent_end


def _begun(host: str, port: int) -> tuple[Handles, set[int]]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1024)
    listener.setblocking(False)
    return Handles(listener, *os.pipe()), set()


def _handed() -> tuple[Handles, set[int]] | None:
    """Return what a supervisor handed over, with the servers that are alive; None where this is the beginning."""
    state = os.environ.pop(STATE, "")
    if not state:
        return None
    handles, _, pids = state.partition(":")
    listener, lives, end = map(int, handles.split(","))
    return Handles(socket.socket(fileno=listener), lives, end), {int(pid) for pid in pids.split(",") if pid}


class Servers:
    """Forks the server processes that are missing, and leaves them to a supervisor: a small program in the place of this one."""

    def __init__(self, app: Any, beside: Callable[[], None] | None, handles: Handles, children: set[int]) -> None:
        self.app = app
        self.beside = beside
        self.handles = handles
        self.children = children

    def run(self, count: int) -> NoReturn:
        gc.collect()
        gc.freeze()  # nothing loaded so far is touched again by the collector, so its pages stay shared
        signal.pthread_sigmask(signal.SIG_BLOCK, supervisor.STOPS)
        while len(self.children) < count:
            pid = os.fork()
            if pid == 0:
                self._answer()
            self.children.add(pid)
        self._hand_over()

    def _hand_over(self) -> NoReturn:
        for handle in self.handles.numbers():
            os.set_inheritable(handle, True)
        state = f"{','.join(map(str, self.handles.numbers()))}:{','.join(map(str, self.children))}"
        small = (sys.executable, "-I", "-S", supervisor.__file__)
        again = (sys.executable, *sys.orig_argv[1:])
        os.execv(sys.executable, (*small, state, *again))  # noqa: S606 (no shell is wanted)

    def _answer(self) -> NoReturn:
        """Be a server process until told to stop."""
        os.close(self.handles.parent_end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent tells us
        signal.signal(signal.SIGTERM, _leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, supervisor.STOPS)
        threading.Thread(target=self._follow_parent, daemon=True).start()
        if self.beside:
            threading.Thread(target=self.beside, daemon=True).start()
        server: Any = create_server(
            self.app,
            sockets=[self.handles.listener],
            threads=number("FORUM_THREADS", 1, 64),
            connection_limit=CONNECTIONS,
            max_request_body_size=LARGEST_REQUEST,
            ident=None,
            # The application believes proxies' headers itself, as far as FORUM_TRUSTED_PROXIES says.
            clear_untrusted_proxy_headers=False,
            expose_tracebacks=False,
        )
        try:
            server.run()
        finally:
            os._exit(0)

    def _follow_parent(self) -> None:
        os.read(self.handles.parent_lives, 1)
        os._exit(1)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
