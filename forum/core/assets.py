"""Static files: read once, compressed once, and addressed by what is in them, so that a browser may keep them for good.

The style sheets are one file per part or feature to write, and one file to load.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request

from forum.core.access import also_banned, public
from forum.core.config import top

FOREVER = "public, max-age=31536000, immutable"
STYLES = "css/forum.css"
TEXT = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

bp = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    zipped: bytes | None
    type: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Return every static file by its path below `static`, and the style sheets as one under STYLES."""
    root = top("static")
    files = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*")) if p.is_file()}
    found = {path: _read(path, file.read_bytes()) for path, file in files.items()}
    found[STYLES] = _read(STYLES, _joined([file for path, file in files.items() if path.startswith("css/")]))
    return found


def _joined(styles: list[Path]) -> bytes:
    # tokens.css first: it names the layers, and with them the order, whatever follows.
    ordered = sorted(styles, key=lambda file: (file.name != "tokens.css", file.as_posix()))
    return b"\n".join(file.read_bytes() for file in ordered)


def _read(path: str, body: bytes) -> Asset:
    suffix = Path(path).suffix
    kind = TEXT.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Asset(body, gzip.compress(body, 9, mtime=0) if suffix in TEXT else None, kind)


@lru_cache(maxsize=1)
def version() -> str:
    """Return a fingerprint of all static files: one for all, so that modules can import each other by relative path."""
    digest = sha256()
    for path, asset in sorted(assets().items()):
        digest.update(path.encode() + b"\0" + asset.body)
    return digest.hexdigest()[:12]


@bp.get("/static/<version>/<path:path>")
@public
@also_banned
def static(version: str, path: str) -> Response:  # noqa: ARG001 (an old page may still ask for its old version)
    asset = assets().get(path) or abort(404)
    response = Response(asset.body, content_type=asset.type)
    if asset.zipped and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(asset.zipped)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = FOREVER
    response.headers["Vary"] = "Accept-Encoding"
    return response


def asset_url(path: str) -> str:
    # Not by url_for: even the page that refuses an impossible Host has a style sheet.
    return f"/static/{version()}/{path}"


def set_up(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(asset=asset_url)

    @app.before_request
    def reload() -> None:
        if app.debug:
            assets.cache_clear()
            version.cache_clear()
