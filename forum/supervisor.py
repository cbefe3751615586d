"""What stays of `forum run` while its servers answer: a small process that waits for them.

It is started by path, in the place of the process that forked the servers, and so is their parent; it imports nothing of the
forum, whose weight only the servers carry. When one dies, it becomes `forum run` again, which forks another and hands over again.
"""

import os
import signal
import sys
import time
from contextlib import suppress
from typing import NoReturn

PAUSE = 1.0  # seconds before a server that died is replaced
STATE = "FORUM_SERVERS"
STOPS = (signal.SIGINT, signal.SIGTERM)


def main(state: str, *command: str) -> NoReturn:
    """Wait for the servers of `state` ("listener,pipe,pipe:pid,pid"); start them anew by `command` when one has died."""
    handles, _, pids = state.partition(":")
    children = {int(pid) for pid in pids.split(",")}
    stopping: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopping.append(number)
        for pid in children:
            with suppress(ProcessLookupError):  # waited for a moment ago
                os.kill(pid, signal.SIGTERM)

    for number in STOPS:
        signal.signal(number, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    while children:
        pid, _status = os.wait()
        children.discard(pid)
        if not stopping:
            time.sleep(PAUSE)
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # until whoever comes next can hear them
        if not stopping:
            os.environ[STATE] = f"{handles}:{','.join(map(str, children))}"
            os.execv(command[0], command)  # noqa: S606 (no shell is wanted)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    sys.exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
