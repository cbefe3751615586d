"""The production server: waitress, in several processes that share one listening socket.

Waitress holds a request back until all of it has arrived, so that slow clients cost no thread. The processes are forked from
one that has everything loaded: they share that memory, and start at once.
"""

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from waitress.server import create_server

from forum.core.config import number

PAUSE = 1.0  # seconds before a process that died is replaced
CONNECTIONS = 1000
LARGEST_REQUEST = 16_000_000  # bytes; up to here the application itself says in words what is too large


def serve(app: Any, host: str, port: int, beside: Callable[[], None] | None = None) -> None:
    """Serve a WSGI application, which holds no open connection yet, until SIGINT or SIGTERM.

    In each server process a thread runs `beside`. Raises OSError when the address is taken.
    """
    Servers(app, listen(host, port), beside).run(number("FORUM_WORKERS", 1, 64))


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1024)
    listener.setblocking(False)
    return listener


class Servers:
    """The parent of the server processes: starts them, replaces one that dies, ends them all."""

    def __init__(self, app: Any, listener: socket.socket, beside: Callable[[], None] | None = None) -> None:
        self.app = app
        self.listener = listener
        self.beside = beside
        self.children: set[int] = set()
        self.stopping = False
        # Whoever holds the other end is alive; a child whose parent was killed reads the end of it, and goes too.
        self.parent_lives, self.parent_end = os.pipe()

    def run(self, count: int) -> None:
        gc.collect()
        gc.freeze()  # nothing loaded so far is touched again by the collector, so its pages stay shared
        for number_of_signal in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number_of_signal, self._stop)
        for _place in range(count):
            self._start()
        while self.children:
            pid, _status = os.wait()
            self.children.discard(pid)
            if not self.stopping:
                time.sleep(PAUSE)
                self._start()

    def _start(self) -> None:
        if self.stopping:
            return
        pid = os.fork()
        if pid == 0:
            self._answer()
        self.children.add(pid)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True
        for pid in self.children:
            os.kill(pid, signal.SIGTERM)

    def _answer(self) -> NoReturn:
        """Be a server process until told to stop."""
        os.close(self.parent_end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent tells us
        signal.signal(signal.SIGTERM, _leave)
        threading.Thread(target=self._follow_parent, daemon=True).start()
        if self.beside:
            threading.Thread(target=self.beside, daemon=True).start()
        server: Any = create_server(
            self.app,
            sockets=[self.listener],
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
        os.read(self.parent_lives, 1)
        os._exit(1)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
