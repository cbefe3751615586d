"""What a WSGI server serves: `forum.wsgi:app`."""

from forum import create_app

app = create_app()
