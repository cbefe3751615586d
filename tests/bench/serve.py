"""Serves any WSGI application the way `forum run` serves the forum."""

import sys
from importlib import import_module

from forum.serve import serve
from forum.setup import warm

if __name__ == "__main__":
    module, _, name = sys.argv[1].partition(":")
    app = getattr(import_module(module), name)
    if module.startswith("forum."):
        warm(app)
    serve(app, "127.0.0.1", int(sys.argv[2]))
