"""A reply that cites another: what it says of that one, through all that can happen to it."""

import pytest
from sqlalchemy import select

from forum.core.db import session
from forum.threads.actions import changing, erasing, keeping, revising
from forum.threads.citations import quotation
from forum.threads.models import Citing, Reply, Revision
from tests import make

EDITED, GONE, OTHER = "changed since", "These words can no longer be read.", "not the words of that reply"


@pytest.fixture
def source(cast, thread):
    return make.aged(make.reply(cast.ada, thread, "Quinces are ripe. The ladder is *here*."))


@pytest.fixture
def citing(cast, source):
    """Return a function by which bruno answers with words of ada's."""

    def citing(words="Quinces are ripe.", to=source):
        return make.answer(cast.bruno, to, quotation("ada wrote", source.id, words) + "I have a basket.")

    return citing


@pytest.fixture
def shown(visitor, source):
    def shown(reply, client=visitor):
        page = client.get(f"/threads/{source.thread_id}-{source.thread.slug}").text
        return page.partition(f'id="r{reply.id}"')[2].partition("</article>")[0]

    return shown


def test_it_stands_with_a_link_to_its_reply_and_nothing_to_say(citing, shown, source):
    part = shown(citing("The ladder is here."))
    assert f'<a href="/replies/{source.id}" rel="nofollow ugc noopener">ada</a>:' in part
    assert "The ladder is here." in part
    assert not [said for said in (EDITED, GONE, OTHER) if said in part]


def test_words_that_were_never_said_are_marked(citing, shown):
    assert OTHER in shown(citing("I hate baskets."))


def test_nobody_learns_from_it_what_a_hidden_reply_says(cast, citing, shown, source):
    keeping.hide_reply(source, reason="Not here.", by=cast.carla)
    other = make.reply(cast.elena, source.thread)
    for words in ("Quinces are ripe.", "Never said."):
        part = shown(citing(words, to=other))
        assert GONE in part
        assert words not in part


def test_it_says_that_the_reply_was_changed_since(cast, citing, shown, source):
    before = citing()
    changing.edit(source, kind="lived", source="Quinces were ripe.", by=cast.ada)
    after = citing("Quinces were ripe.")
    earlier = citing("The ladder is here.")
    assert f'<a href="/replies/{source.id}/revisions"><i>{EDITED}</i></a>' in shown(before)
    assert "Quinces are ripe." in shown(before)
    assert EDITED not in shown(after)
    assert OTHER not in shown(earlier)


def test_words_of_a_hidden_reply_are_hidden_there_too_and_come_back_with_it(cast, citing, shown, source, browser_of):
    answer = citing()
    keeping.hide_reply(source, reason="Not here.", by=cast.carla)
    for client in (browser_of(cast.bruno), browser_of(cast.elena), browser_of(cast.carla)):
        assert "Quinces" not in shown(answer, client)
    assert GONE in shown(answer)
    assert "I have a basket." in shown(answer)
    keeping.restore_reply(source, reason="Fine.", by=cast.carla)
    assert "Quinces are ripe." in shown(answer)
    assert GONE not in shown(answer)


def test_words_of_a_hidden_thread_are_hidden_elsewhere_too(cast, thread, shown):
    own = make.thread(cast.ada)
    said = make.reply(cast.ada, own, "Medlars.")
    answer = make.reply(cast.bruno, thread, quotation("ada wrote", said.id, "Medlars.") + "Yes.")
    keeping.hide_thread(own, reason="Not here.", by=cast.carla)
    assert "Medlars" not in session().get_one(Reply, answer.id).html
    again = make.reply(cast.elena, thread, quotation("ada wrote", said.id, "Medlars.") + "Yes.")
    absent = make.reply(cast.elena, thread, quotation("ada wrote", 99_999, "Medlars.") + "Yes.")
    assert again.html.replace(str(said.id), "N") == absent.html.replace("99999", "N")
    keeping.restore_thread(own, reason="Fine.", by=cast.carla)
    assert "Medlars" in session().get_one(Reply, answer.id).html


def test_withdrawn_words_are_gone_from_every_text_that_cites_them_until_they_return(
    cast, citing, shown, source, visitor, browser_of
):
    answer = make.aged(citing())
    changing.edit(answer, kind="asking", source=answer.source + " And bread.", by=cast.bruno)
    changing.withdraw(source, by=cast.ada)
    for client in (visitor, browser_of(cast.bruno), browser_of(cast.carla)):
        assert "Quinces" not in shown(answer, client)
        assert GONE in shown(answer, client)
        for page in ("revisions", "edit", "answers?quote="):
            assert "Quinces" not in client.get(f"/replies/{answer.id}/{page}").text
    changing.bring_back(source, by=cast.ada)
    assert "Quinces are ripe." in shown(answer)
    assert "Quinces" in browser_of(cast.bruno).get(f"/replies/{answer.id}/edit").text


def test_erased_words_are_in_no_text_that_cited_them(cast, citing, shown, source, later):
    answer = make.aged(citing())
    changing.edit(answer, kind="asking", source=answer.source + " And bread.", by=cast.bruno)
    changing.withdraw(source, by=cast.ada)
    later(hours=24)
    assert sum(erasing.erase()) == 1
    assert GONE in shown(answer)
    kept = [session().get_one(Reply, answer.id).source, *session().scalars(select(Revision.source))]
    assert len(kept) == 2
    assert not [text for text in kept if "Quinces" in text]
    assert all("I have a basket." in text for text in kept)


def test_an_edit_cites_anew_and_what_is_erased_cites_nothing(cast, citing, source, later):
    answer = citing()
    changing.edit(answer, kind="asking", source="Only mine.", by=cast.bruno)
    assert session().scalars(select(Citing)).all() == []
    changing.edit(answer, kind="asking", source=quotation("ada wrote", source.id, "Quinces are ripe."), by=cast.bruno)
    assert session().scalars(select(Citing.cited_id)).all() == [source.id]
    changing.withdraw(answer, by=cast.bruno)
    later(hours=24)
    assert sum(erasing.erase()) == 1
    assert session().scalars(select(Citing)).all() == []


@pytest.mark.one_database
def test_the_form_begins_with_the_words_that_were_asked_for(cast, browser_of, source):
    bruno, path = browser_of(cast.bruno), f"/replies/{source.id}/answers"
    assert f"&gt; [ada wrote](/replies/{source.id}):" in bruno.get(f"{path}?quote=").text
    assert "The ladder is *here*." in bruno.get(f"{path}?quote=").text
    assert "&gt; The ladder is here.\n" in bruno.get(path, query_string={"quote": "The ladder  is here."}).text
    assert "&gt; Quinces are ripe. The ladder" in bruno.get(path, query_string={"quote": "never said " * 99}).text
    assert "wrote](" not in bruno.get(path).text


@pytest.mark.one_database
def test_nothing_is_offered_to_quote_where_there_are_no_words(cast, thread, browser_of, source, shown):
    bruno = browser_of(cast.bruno)
    link = f'href="/replies/{source.id}/answers?quote=#write"'
    assert link in shown(source, bruno)
    assert link not in shown(source)
    keeping.hide_reply(source, reason="Not here.", by=cast.carla)
    assert link not in shown(source, bruno)
    assert "wrote](" not in browser_of(cast.carla).get(f"/replies/{source.id}/answers?quote=").text


def test_what_a_reply_cited_before_loses_the_words_of_a_hidden_one_too(cast, citing, source, visitor):
    answer = make.aged(citing())
    changing.edit(answer, kind="asking", source=answer.source + " And bread.", by=cast.bruno)
    path = f"/replies/{answer.id}/revisions"
    assert "Quinces" in visitor.get(path).text
    keeping.hide_reply(source, reason="Not here.", by=cast.carla)
    shown = visitor.get(path).text
    assert "Quinces" not in shown
    assert "And bread." in shown


def test_words_of_a_hidden_wording_are_gone_from_what_cites_them(cast, citing, shown, source):
    answer = citing()
    changing.edit(source, kind="lived", source="Fruit is ripe.", by=cast.ada)
    assert "Quinces" in shown(answer)
    earlier = session().get_one(Revision, (source.id, 0))
    revising.hide_revision(earlier, reason="Too much.", by=cast.carla)
    assert "Quinces" not in shown(answer)
    revising.restore_revision(earlier, reason="Fine.", by=cast.carla)
    assert "Quinces" in shown(answer)


def test_the_name_of_another_over_these_words_is_mended(cast, citing, source, shown):
    answer = make.answer(cast.bruno, source, quotation("carla wrote", source.id, "Quinces are ripe."))
    assert "carla" not in shown(answer)
    assert ">ada</a>:" in shown(answer)


@pytest.mark.one_database
def test_a_draft_is_gone_on_with_under_the_words_that_were_asked_for(cast, browser_of, source):
    bruno, path = browser_of(cast.bruno), f"/replies/{source.id}/answers"
    data = {"draft": f"answer-{source.id}", "body": "I have begun.", "kind": "asking", "sequence": "0"}
    saved = bruno.post("/drafts", data=data)
    assert saved.status_code in {200, 303}
    for _twice in range(2):
        page = bruno.get(path, query_string={"quote": "Quinces are ripe."}).text
        body = page.partition("<textarea")[2].partition("</textarea>")[0]
        assert body.index("I have begun.") < body.index("&gt; Quinces are ripe.")
        assert body.count("Quinces") == 1
