"""What the forum is measured against: A, a view that returns bytes from memory; B, 50 rows by an indexed keyset and one loop."""

import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, Response

app = Flask("limits")
PAGES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_PAGES"]).iterdir()}
DATABASE = os.environ["BENCH_DATABASE"]
ROWS = app.jinja_env.from_string("""<!doctype html><title>B</title>
{% for row in rows %}<article id="r{{ row[0] }}"><h3>{{ row[1] }}</h3>
<p>{{ row[2] }}</p>{{ row[3]|safe }}</article>{% endfor %}""")
QUERY = """SELECT r.id, m.name, r.created_at, r.html FROM replies r JOIN members m ON m.id = r.author_id
WHERE r.thread_id = ? AND r.root_id IS NULL AND r.id > ? ORDER BY r.id LIMIT 50"""
local = threading.local()


@app.get("/a/<name>")
def a(name: str) -> Response:
    return Response(PAGES[name], content_type="text/html; charset=utf-8")


@app.get("/b/<int:thread>")
def b(thread: int) -> str:
    connection = getattr(local, "connection", None)
    if connection is None:
        connection = local.connection = sqlite3.connect(DATABASE)
    return ROWS.render(rows=connection.execute(QUERY, (thread, 0)).fetchall())
