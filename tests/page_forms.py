"""The forms on a page, as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.area = ""

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and found.get("method") == "post":
            self.open = PageForm(found.get("action", "").partition("#")[0] or self.path)
            self.forms.append(self.open)
        if self.open is None or not found.get("name"):
            return
        chosen = found.get("type") not in {"radio", "checkbox"} or "checked" in found
        if tag == "textarea":
            self.area = found["name"]
        if tag in {"input", "select", "textarea"} and (chosen or found["name"] not in self.open.fields):
            self.open.fields[found["name"]] = found.get("value", "") if chosen else ""

    def handle_data(self, data):
        if self.area and self.open:
            self.open.fields[self.area] += data.lstrip("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""
        if tag == "form":
            self.open = None


def forms(page: str, path: str) -> list[PageForm]:
    """Return the forms that are posted from the page at `path`, with what stands in their fields."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


def token(page: str) -> str:
    """Return the token that stands in the forms of a page."""
    return next(form.fields["csrf_token"] for form in forms(page, "/"))
