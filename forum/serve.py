"""The production server: granian, which reads requests from slow clients without holding a thread for them."""

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from forum.core.config import number


def serve(host: str, port: int) -> None:
    Granian(
        "forum.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=number("FORUM_WORKERS", 1, 64),
        blocking_threads=number("FORUM_THREADS", 1, 64),
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
