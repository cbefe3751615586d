"""Members' pages, and what admins do there and in their list."""

import re

import pytest

from forum.core.db import session
from tests import make
from tests.cast import PASSWORD, person

pytestmark = pytest.mark.one_database

GUEST = {"name": "fiamma", "email": "fiamma@example.org", "password": PASSWORD}


def test_a_member_is_found_by_every_spelling_at_one_address(cast, visitor):
    make.reply(cast.ada, text="A word of mine.")
    assert visitor.get("/members/A.D.A").location == "/members/ada"
    page = visitor.get("/members/ada")
    assert "A word of mine." in page.text
    assert "ada@example.org" not in page.text
    assert visitor.get("/members/nobody").status_code == 404


def test_the_list_of_members_is_for_admins(cast, browser_of, visitor):
    assert visitor.get("/members").location == "/login?next=/members"
    for who in (cast.ada, cast.carla, cast.elena):
        assert "Only admins see the list of members." in browser_of(who).get("/members").text
    page = browser_of(cast.dario).get("/members").text
    assert re.findall(r'/members/(\w+)"><bdi>', page)[-5:] == ["ada", "bruno", "carla", "dario", "elena"]


@pytest.mark.every_database
def test_a_long_list_of_members_goes_on_and_comes_back(cast, browser_of):
    for number in range(115):
        person(f"guest{number}")
    session().commit()
    dario = browser_of(cast.dario)

    def shown(path):
        page = dario.get(path).text
        links = {rel: path.replace("&amp;", "&") for rel, path in re.findall(r'rel="(\w+)" href="([^"]+)"', page)}
        return [int(number) for number in re.findall(r"<tr><td>(\d+)", page)], links

    first, links = shown("/members")
    second, more = shown(links["next"])
    third, last = shown(more["next"])
    assert [len(first), len(second), len(third)] == [50, 50, 20]
    assert first + second + third == sorted({*first, *second, *third})
    assert "next" not in last
    assert shown(last["prev"])[0] == second
    assert shown(shown(last["prev"])[1]["prev"])[0] == first


def test_an_admin_makes_an_invitation_that_works(cast, browser_of, app, monkeypatch):
    monkeypatch.setitem(app.config, "REGISTRATION", "invite")
    page = browser_of(cast.dario).post("/members/invitations").text
    path = re.search(r"<code>([^<]+)</code>", page)[1].replace("&amp;", "&")
    assert app.test_client().post(path, data=GUEST).status_code == 303
    assert browser_of(cast.carla).post("/members/invitations").status_code == 403


def test_an_admin_gives_a_role_and_a_theme_on_a_members_page(cast, browser_of, visitor):
    dario = browser_of(cast.dario)
    assert dario.post("/members/ada/role", data={"role": "moderator"}).location == "/members/ada"
    assert "moderator" in visitor.get("/members/ada").text
    assert dario.post("/members/ada/role", data={"role": "owner"}).status_code == 400
    assert dario.post("/members/nobody/role", data={"role": "admin"}).status_code == 404
    assert dario.post("/members/dario/role", data={"role": "member"}).status_code == 403
    assert dario.post("/members/ada/themes/polarization").status_code == 303
    assert "facilitator of" in visitor.get("/members/ada").text
    assert dario.post("/members/ada/themes/nothing").status_code == 404
    dario.post("/members/ada/themes/polarization/end")
    assert "facilitator of" not in visitor.get("/members/ada").text


@pytest.mark.parametrize(
    "path", ["/members/bruno/role", "/members/ada/themes/mistrust", "/members/elena/themes/mistrust/end"]
)
def test_nobody_else_does(cast, browser_of, path):
    for who in (cast.ada, cast.carla, cast.elena):
        assert browser_of(who).post(path, data={"role": "admin"}).status_code == 403
    assert cast.bruno.role == "member"


def test_whoever_loses_a_role_loses_it_at_the_next_step(cast, browser_of):
    make.thread(cast.ada)
    carla, dario = browser_of(cast.carla), browser_of(cast.dario)
    path = f"/threads/{make.thread(cast.ada).id}/lock"
    assert carla.get(path).status_code == 200
    dario.post("/members/carla/role", data={"role": "member"})
    assert carla.post(path, data={"reason": "I may not."}).status_code == 403
