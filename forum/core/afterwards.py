"""Work that a page brings with it, done when the page has been sent: it keeps nobody waiting."""

from collections.abc import Callable

from flask import Response, current_app


def afterwards(response: Response, do: Callable[[], object]) -> Response:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 (the proxy's own way to it)

    @response.call_on_close
    def done() -> None:
        with app.app_context():
            do()

    return response
