import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import load
from tests.bench.pages import Bench, Measured, build
from tests.browsers import wait_for

ROUNDS, SECONDS = 3, 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(target: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application as `forum run` does; yield (port, process id)."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.serve", target, str(port)]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=10)


def run(folder: Path, *, large: bool) -> None:
    print(f"Building {folder}…", flush=True)
    bench = build(folder, large=large)
    with served("forum.wsgi:app", bench.environment) as ours:
        _keep_pages(bench, ours[0])
        with served("tests.bench.limits:app", bench.environment) as limits:
            results = _measure(bench, ours, limits)
            memory = load.memory_mb(ours[1])
    _report(bench, results, memory)


def _keep_pages(bench: Bench, port: int) -> None:
    """Fetch each page once, for limit A to return the same bytes."""
    for page in bench.pages:
        headers = {"Cookie": page.cookie} if page.cookie else {}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{page.path}", headers=headers)
        with urllib.request.urlopen(request) as answer:
            (bench.kept / page.file).write_bytes(answer.read())


def _measure(bench: Bench, ours: tuple[int, int], limits: tuple[int, int]) -> dict[str, tuple[Measured, Measured]]:
    """Measure each page and its limit in turns; return the medians of the rounds."""
    found: dict[str, list[tuple[load.Result, load.Result]]] = {page.name: [] for page in bench.pages}
    for turn in range(ROUNDS):
        print(f"Round {turn + 1} of {ROUNDS}…", flush=True)
        for page in bench.pages:
            path = f"/a/{page.file}" if page.limit == "A" else f"/b/{bench.fifty}"
            limit = load.measure(limits[0], path, limits[1], SECONDS)
            mine = load.measure(ours[0], page.path, ours[1], SECONDS, page.cookie)
            found[page.name].append((mine, limit))
    return {name: (_median([m for m, _ in pairs]), _median([x for _, x in pairs])) for name, pairs in found.items()}


def _median(results: list[load.Result]) -> Measured:
    return Measured(statistics.median(r.per_second for r in results), statistics.median(r.cpu_ms for r in results))


def _report(bench: Bench, results: dict[str, tuple[Measured, Measured]], memory: float) -> None:
    print(f"\n{'page':<28}{'req/s':>9}{'limit':>9}{'ratio':>8}{'bound':>8}{'CPU ms':>9}{'SQL':>6}{'bytes':>9}")
    for page in bench.pages:
        mine, limit = results[page.name]
        ratio = mine.per_second / limit.per_second
        mark = " " if not page.bound or ratio >= page.bound else "<"
        size = (bench.kept / page.file).stat().st_size
        bound = f"{page.limit} {page.bound}" if page.bound else page.limit
        row = f"{mine.per_second:>9.0f}{limit.per_second:>9.0f}{ratio:>7.2f}{mark}{bound:>8}{mine.cpu_ms:>9.2f}"
        print(f"{page.name:<28}{row}{page.statements:>6}{size:>9}")
    for first, other in bench.compared:
        cost = results[other][0].cpu_ms / results[first][0].cpu_ms
        print(f"{other} costs {cost:.2f} of {first} (bound 1.2)")
    print(
        f"memory of two workers and their parent after the load, what they share counted once: {memory:.0f} MB (bound 150)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the forum's pages against a bare Flask view.")
    parser.add_argument("--large", action="store_true", help="add a thread of 100,000 replies")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="forum-bench-") as folder:
        run(Path(folder), large=arguments.large)


main()
