"""Load from the loopback: wrk where it is found, else a client of our own."""

import http.client
import os
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Result:
    per_second: float
    cpu_ms: float


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and its children so far."""
    total = 0.0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(folder.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def memory_mb(pid: int) -> float:
    """Return the memory that a process and its children hold: what they share is counted once (PSS)."""
    found = 0.0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                held = re.search(r"^Pss:\s+(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE)
            except (OSError, IndexError):
                continue
            if held and (int(folder.name) == pid or parent == pid):
                found += int(held[1])
    return found / 1000


def measure(port: int, path: str, pid: int, seconds: int, cookie: str = "") -> Result:
    before = cpu_seconds(pid)
    run = _wrk if shutil.which("wrk") else _own
    count, elapsed = run(port, path, seconds, cookie)
    return Result(count / elapsed, (cpu_seconds(pid) - before) * 1000 / max(count, 1))


def _wrk(port: int, path: str, seconds: int, cookie: str) -> tuple[int, float]:
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{path}: {out}")
    found = re.search(r"(\d+) requests in ([\d.]+)s", out)
    assert found
    return int(found[1]), float(found[2])


def _own(port: int, path: str, seconds: int, cookie: str) -> tuple[int, float]:
    counts, end = [0] * CONNECTIONS, time.monotonic() + seconds

    def client(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Cookie": cookie} if cookie else {}
        while time.monotonic() < end:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            counts[place] += 1

    begun = time.monotonic()
    clients = [threading.Thread(target=client, args=(place,)) for place in range(CONNECTIONS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return sum(counts), time.monotonic() - begun
