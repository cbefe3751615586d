"""Serves any WSGI application the way `forum run` serves the forum."""

import sys
from importlib import import_module

from forum.serve import serve

if __name__ == "__main__":
    module, _, name = sys.argv[1].partition(":")
    serve(getattr(import_module(module), name), "127.0.0.1", int(sys.argv[2]))
