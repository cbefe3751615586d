"""Whatever is sent, in whatever field of whatever form: it is refused or cleaned in words, and never a fault."""

from urllib.parse import quote, urlsplit

import pytest

from forum.core.db import db
from forum.core.kept import unpacked
from tests import make
from tests.addresses import addresses, furnish
from tests.cast import PASSWORD
from tests.page_forms import forms

URLENCODED = "application/x-www-form-urlencoded"
# As bytes: half of a surrogate pair and broken UTF-8 cannot be written otherwise.
VALUES = {
    "nothing": b"",
    "no text": b"a\0b\xed\xa0\x80\xff\xfe\xc3("
    + bytes(range(1, 32))
    + b"\x7f\xc2\x85\xe2\x80\xa8\xe2\x80\xae\xef\xbf\xbf",
    "marks": "o\u0301".encode() + "\u0301".encode() * 3000,
    "a template": b"{{1337*7331}}${1337*7331}%(x)s{0.__class__}<%= 1 %>",
    "a number": b"99999999999999999999999999999999",
    "a day": b"9999-12-31",
    "much": b"x" * 70_000,
}
BODIES = ("nothing", "no text")  # that are not the same in each encoding
DATABASES = ("no text", "a number", "a day", "much")  # that databases do not take alike
ODD = [
    "/.git/config",
    "/.env",
    "/console",
    "/metrics",
    "/admin",
    "/debug",
    "/patterns",
    "/server-status",
    "/static/0/../../forum.db",
    "/static/0/..%2f..%2fpyproject.toml",
    "/static/0/%2e%2e/%2e%2e/etc/passwd",
    "/static/0//etc/passwd",
    "/static/0/css/",
    "/static/0/forum.css%00.js",
    "/threads/99999999999999999999",
    "/threads/99999999999999999",
    "/threads/-1",
    "/threads/1e9",
    "/threads/0",
    "/threads//new",
    "/threads/1/../2",
    "/replies/99999999999999999999",
    "/replies/2147483648",
    "/replies/0/answers",
    "/members/%F0%9F%A6%8A",
    "/members/%ff%fe",
    "/members/a%00b",
    "/members/%0d%0aX-Header:%20a",
    "/members/" + "a" * 8000,
    "/members/' OR 1=1 --",
    "/themes/%",
    "/themes/{{1337*7331}}",
    "/reset/x",
    "/reset/" + "a" * 8000,
    "/welcome/x",
    "/language/xx",
    "/language/..",
    "/pages/about/en/x",
    "/%",
    "/%E0%A4%A",
    "/\u202e",
    "/settings.php",
    "/nothing" * 500,
]
NO_FORMS = [
    (b"--x\r\nContent-Disposition: form-data; name=login\r\n\r\nada", "multipart/form-data; boundary=x"),
    (b"login=ada", "multipart/form-data"),
    (b"--x--", "multipart/form-data; boundary=" + "y" * 500),
    (b'{"login": "ada"}', "application/json"),
    (b'{"login": 5, "about": [1], "theme": {"a": null}}', "application/json"),
    (b"[1]", "application/json"),
    (b"{", "application/json"),
    (b"<login/>", "text/xml"),
    (b"login=ada", ""),
    (b"\0\xff" * 50, "image/png"),
    (b"&=&=;;==&%=%zz", URLENCODED),
    (b"a=1&" * 120_000, URLENCODED),
]
UNKEPT = [
    "[" * 100_000,
    '{"a":' * 100_000,
    '{"body": "\\ud800"}',
    '{"\\ud800": "x"}',
    '{"body": "\\u0000\\u202e"}',
    '{"body": {"deep": [1]}}',
    '{"body": 1e999, "x": NaN}',
    "9" * 10_000,
    '{"": ""}',
    "null",
    '"text"',
    "{",
]
INSIDE = ["Traceback", "sqlalchemy", "werkzeug", "jinja", "psycopg", "sqlite", "SELECT", ".py", "9801547"]


@pytest.fixture
def parts(cast):
    return furnish(cast)


def multipart(fields: dict[str, bytes]) -> tuple[bytes, str]:
    each = [
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (k.encode(), v) for k, v in fields.items()
    ]
    return b"".join(each) + b"--x--\r\n", "multipart/form-data; boundary=x"


def urlencoded(fields: dict[str, bytes]) -> tuple[bytes, str]:
    return b"&".join(f"{quote(k)}={quote(v)}".encode() for k, v in fields.items()), URLENCODED


def every_form(app, parts, readers):
    """Yield (browser, form) for each form on each page that can be read."""
    seen = set()
    for reader in readers:
        for path in addresses(app, "GET", parts):
            answer = reader.get(path)
            if answer.content_type.startswith("text/html"):
                for form in forms(answer.text, path):
                    ends = form.action == "/logout" or "/sessions/" in form.action
                    if (form.action, *form.fields) not in seen and not ends:
                        seen.add((form.action, *form.fields))
                        yield reader, form


@pytest.mark.parametrize(
    "encoded", [urlencoded, pytest.param(multipart, marks=pytest.mark.one_database)], ids=["urlencoded", "multipart"]
)
def test_no_value_in_any_field_of_any_form_is_a_fault(app, cast, parts, visitor, browser_of, encoded):
    found = list(every_form(app, parts, [visitor, *map(browser_of, (cast.ada, cast.carla, cast.dario))]))
    assert {"/login", "/register", "/settings/profile", "/essays/import", "/threads"} <= {f.action for _b, f in found}
    names = DATABASES if db.engine.dialect.name == "postgresql" else VALUES if encoded is urlencoded else BODIES
    for browser, form in found:
        make.unlimited()
        usual = {name: value.encode() for name, value in form.fields.items()}
        for field in form.fields:
            for name in names:
                body, kind = encoded({**usual, field: VALUES[name]})
                answer = browser.post(form.action, data=body, content_type=kind, buffered=True)
                assert answer.status_code not in {401, 500, 503}, f"{name} in {field} of {form.action}"
                assert b"9801547" not in answer.data, f"{field} of {form.action} is evaluated"


@pytest.mark.one_database
def test_nothing_that_may_stand_for_what_was_kept_is_a_fault(app, cast):
    for text in UNKEPT:
        unpacked(text)
        data = {"login": "ada", "kept": text}
        wrong = app.test_client().post("/login", data={**data, "password": "wrong"})
        right = app.test_client().post("/login", data={**data, "password": PASSWORD})
        assert (wrong.status_code, right.status_code // 100) in {(422, 2), (422, 3)}


def test_an_odd_address_is_a_page_that_says_nothing_of_the_inside(cast, visitor, browser_of):
    dario = browser_of(cast.dario)
    for path in ODD:
        for reader in (visitor, dario):
            answer = reader.get(path)
            assert answer.status_code == 404, path
            shown = answer.text.replace(str(quote(urlsplit(path).path)), "")
            assert "There is no such page, or it is not for everyone." in shown
            assert not any(word in shown for word in INSIDE), path


def test_an_odd_query_is_taken_as_none(app, cast, parts, visitor, browser_of):
    dario = browser_of(cast.dario)
    queries = ["before=1" + "0" * 20, "after=1" + "0" * 20, "after=-1&before=0", "after=%00", "before=\u0663&theme=%ff"]
    queries += [
        "after[]=1&after=1e3",
        "before=end&after=1",
        "passage=%&x=" + "y" * 8000 + "&&==",
        "theme[]=a&kind=%ED%A0%80%5C",
    ]
    for path in addresses(app, "GET", parts):
        for query in queries:
            for reader in (visitor, dario):
                assert reader.get(f"{path}?{query}").status_code < 500, f"{path}?{query}"


def test_a_page_far_beyond_the_end_is_an_empty_one(cast, thread, visitor):
    make.reply(cast.ada, thread, "A word.")
    path = visitor.get(f"/threads/{thread.id}").location
    assert "A word." not in visitor.get(f"{path}?after={10**20}").text
    assert "A word." in visitor.get(f"{path}?before={10**20}").text


@pytest.mark.one_database
def test_a_body_larger_than_any_text_is_refused_in_words(cast, browser_of):
    dario = browser_of(cast.dario)
    bodies = [
        (b"a=" + b"x" * 1_600_000, URLENCODED),
        multipart({"text": b"x" * 1_300_000}),
        multipart({f"f{n}": b"x" for n in range(101)}),
        multipart({"text": b"x" * 1_600_000}),
    ]
    for path in ("/login", "/register", "/threads", "/essays/import", "/settings/profile"):
        for body, kind in bodies:
            answer = dario.post(path, data=body, content_type=kind)
            assert answer.status_code == 413
            assert "What was sent is larger than any text here may be. Nothing was changed." in answer.text


@pytest.mark.one_database
def test_what_is_no_form_is_an_empty_one(cast, visitor, browser_of):
    ada = browser_of(cast.ada)
    for body, kind in NO_FORMS:
        for reader in (visitor, ada):
            for path in ("/login", "/settings/profile", "/threads"):
                answer = reader.post(path, data=body, content_type=kind)
                assert answer.status_code in {303, 400, 401, 413, 422}, body[:50]


@pytest.mark.one_database
def test_files_that_nobody_asked_for_are_ignored(cast, browser_of):
    kinds = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="../../../etc/cron.d/x"\r\n\r\ntouched\r\n'
    ada = browser_of(cast.ada)
    for path in ("/settings/profile", "/threads", "/login"):
        body = b"".join(kinds % name for name in (b"about", b"locale", b"body", b"file")) + b"--x--\r\n"
        assert ada.post(path, data=body, content_type="multipart/form-data; boundary=x").status_code in {303, 422}
    assert cast.ada.about == ""
