"""Filling in a page's form and sending it, as a browser without JavaScript does."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_forms import PageForm, forms

FROM_HERE = {"Origin": "http://localhost"}


def form_of(answer: TestResponse, *fields: str) -> PageForm:
    """Return the one form of a page that has these fields."""
    found = [form for form in forms(answer.text, answer.request.path) if set(fields) <= set(form.fields)]
    assert len(found) == 1, f"{len(found)} forms with {fields} on {answer.request.path}"
    # A browser leaves out the line break right after <textarea>.
    kept = {name: value.removeprefix("\r\n") for name, value in found[0].fields.items()}
    return PageForm(found[0].action, kept)


def send(client: FlaskClient, answer: TestResponse, *, preview: bool = False, **filled: str) -> TestResponse:
    """Fill in the form that has all of these fields, and send it; `preview` presses the other button."""
    form = form_of(answer, *filled)
    pressed = {"preview": "1"} if preview else {}
    return client.post(form.action, data={**form.fields, **filled, **pressed}, headers=FROM_HERE)


def options(answer: TestResponse, name: str) -> list[str]:
    """Return the values that can be chosen in a select of a page, [] if there is none of this name."""
    found = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', answer.text, re.DOTALL)
    return re.findall(r'<option[^>]* value="([^"]*)"', found[1]) if found else []


def followed(client: FlaskClient, answer: TestResponse) -> TestResponse:
    """Return the page that a chain of redirects ends at."""
    while 300 <= answer.status_code < 400:
        answer = client.get(answer.headers["Location"].partition("#")[0])
    return answer
