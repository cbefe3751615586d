"""The page of numbers: what is counted of a month, when, and what of it is shown."""

import csv
import re
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from forum.core import clock
from forum.core.background import work
from forum.core.db import session, transaction
from forum.moderation import measures
from forum.moderation.actions import appealing, deciding, flagging, mending, summing
from forum.moderation.actions.deciding import Ruling
from forum.moderation.actions.flagging import Complaint
from forum.moderation.actions.kinds import KINDS
from forum.moderation.few import KEPT_BACK, SMALL, Shown
from forum.moderation.models import Case, Flag, Mend, MonthlySum
from forum.moderation.months import Month
from forum.moderation.queries import sums
from tests import make
from tests.moderation.months import a_month
from tests.together import at_once

PAGE, TABLE = "/moderation/transparency", "/moderation/transparency.csv"
OCTOBER, NOVEMBER = Month(2031, 10), Month(2031, 11)


@pytest.fixture
def at(app, monkeypatch):
    """Return a function that sets the clock: `at(10, 31, 23, 30)`, in 2031 and UTC."""
    app.extensions.pop("summed_in", None)

    def set_to(*when: int) -> None:
        moment = datetime(2031, *when, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(10, 3, 10)
    return set_to


def flag(of, by, reason="spam", **more):
    make.unlimited()
    flagging.flag(of, Complaint(reason, **more), by=by)
    return session().scalars(select(Case).order_by(Case.id.desc())).first()


def keep(**months):
    with transaction():
        for month, numbers in months.items():
            session().add_all(
                MonthlySum(month=month.strip("m").replace("_", "-"), measure=key, number=n)
                for key, n in numbers.items()
            )


def words(page):
    return " ".join(re.sub("<[^>]*>", " ", page).split())


def test_each_notice_decision_and_mend_counts_in_its_month(app, cast, thread, house, at):
    replies = [make.reply(cast.ada, thread, f"Word {number}.") for number in range(6)]
    spam = [flag(reply, cast.bruno) for reply in replies[:3]]
    flag(replies[0], cast.elena, "wounds", quietly=True)
    with app.test_request_context():
        reported = flag(replies[3], None, "unlawful", ground="Slander.", name="V", email="v@example.org")
    flag(replies[3], cast.bruno, "wounds", quietly=True)
    flag(replies[4], cast.bruno, "caricature")
    mending.reword(session().scalars(select(Mend)).one(), kind="thinking", source="Other words.", by=cast.ada)
    for hours, case in zip((2, 5, 50), spam, strict=True):
        at(10, 3 + (10 + hours) // 24, (10 + hours) % 24)
        last = make.decided(case, "nothing", cast.carla)
    ruling = Ruling("hide", "threats", facts="You wrote that you will come by.")
    deciding.undo(last, reason="Too quick.", by=cast.carla)
    hidden = deciding.decide(last.case, ruling, by=cast.carla)
    deciding.decide_on_own(replies[5], ruling, known=0, by=cast.carla)
    appeal = appealing.appeal(hidden, "It says nothing of the kind.", by=cast.ada)
    at(11, 2)
    appealing.judge(appeal, "reversed", reasons="It does not.", by=cast.dario)
    make.decided(reported, "nothing", cast.dario)
    counted = {key: number for key, number in sums.count(OCTOBER).items() if number}
    assert counted == {
        "notices_by_reason.spam": 3,
        "notices_by_reason.wounds": 2,
        "notices_by_reason.unlawful": 1,
        "notices_by_reason.caricature": 1,
        "notices_by_source.member": 6,
        "notices_by_source.visitor": 1,
        "decisions_by_kind.nothing": 3,
        "decisions_by_kind.hide": 2,
        "decisions_by_finder.member": 4,
        "decisions_by_finder.own": 1,
        "appeals.made": 1,
        "cases.mended": 1,
        "cases.timed": 3,
        "time.median_hours": 5,
    }
    november = {key: number for key, number in sums.count(NOVEMBER).items() if number}
    assert november == {
        "appeals.reversed": 1,
        "decisions_by_kind.nothing": 1,
        "decisions_by_finder.visitor": 1,
        "cases.timed": 1,
        "time.median_hours": 29 * 24 + 14,
    }


def test_a_month_is_over_by_the_clock_of_the_forum(app, cast, thread, at, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "TIMEZONE", ZoneInfo("Europe/Rome"))
    replies = [make.reply(cast.ada, thread, f"Word {number}.") for number in range(3)]
    for reply, moment in zip(replies, [(10, 31, 22, 59), (10, 31, 23, 1), (11, 30, 22, 59)], strict=True):
        at(*moment)
        flag(reply, cast.bruno)
    assert [sums.count(month)["notices_by_reason.spam"] for month in (OCTOBER, NOVEMBER)] == [1, 2]
    session().rollback()
    work(app)
    assert sums.summed() == [OCTOBER]
    assert "November 2031" not in visitor.get(PAGE).text
    at(11, 30, 23, 1)
    session().rollback()
    work(app)
    assert sums.summed() == [NOVEMBER, OCTOBER]
    assert "<h2>November 2031</h2>" in visitor.get(PAGE).text


def test_a_month_is_counted_once_and_stays_so(app, cast, thread, at, statements):
    reply = make.reply(cast.ada, thread)
    flag(reply, cast.bruno)
    assert summing.sum_up() == 0
    at(12, 5)
    assert sorted(at_once(app, summing.sum_up, summing.sum_up)) == [0, 2]
    kept = sums.of(OCTOBER)
    assert (kept["notices_by_reason.spam"], sums.of(NOVEMBER)["notices_by_reason.spam"]) == (1, 0)
    with transaction():
        session().execute(delete(Flag))
        session().execute(delete(Case))
    assert summing.sum_up() == 0
    assert sums.of(OCTOBER) == kept
    work(app)
    with statements() as found:
        work(app)
    assert not [one for one in found if "monthly_sums" in one], "a server looks when a month is over"


def test_every_reason_and_kind_is_counted():
    assert measures.LABELS["decisions_by_kind"].keys() == KINDS.keys()
    assert {key.partition(".")[0] for key in a_month()} - {"cases", "time", "appeals"} == measures.LABELS.keys()


def test_a_median_of_few_is_not_told_nor_one_that_tells_of_few():
    def hours(finders, timed):
        sums = a_month(decisions_by_finder=finders) | {measures.TIMED: timed}
        return measures.report(sums)["time"]["median_hours"]

    assert hours([12, 5, 4], 14) == Shown(7)
    assert hours([12, 5, 4], 4) == KEPT_BACK
    assert hours([4, 4, 13], 8) == KEPT_BACK


def test_a_measure_that_is_newer_than_a_month_is_left_out_there(app, visitor):
    newer = ("decisions_by_kind.ban", measures.APPEALED, measures.REVERSED)
    older = {key: number for key, number in a_month().items() if key not in newer}
    assert "ban" not in measures.report(older)["decisions_by_kind"]
    assert measures.report(older)["appeals"] == {}
    assert measures.report(a_month())["decisions_by_kind"]["ban"] == SMALL
    keep(m2026_09=older, m2026_10=a_month())
    assert "Appeals against decisions 5 Appeals that were right: the decision was taken back fewer" in words(
        visitor.get(PAGE).text
    )
    assert "Appeals against decisions" not in visitor.get(f"{PAGE}?month=2026-09").text


def test_the_newest_month_is_shown_and_each_other_has_a_link(cast, visitor, browser_of, statements):
    keep(m2026_09=a_month(notices_by_reason=[11, 9, 7, 5, 8, 6], notices_by_source=[33, 13]), m2026_10=a_month())
    page = visitor.get(PAGE).text
    links = re.findall('<a href="/moderation/transparency.month=(.{7})"( aria-current="page")?', page)
    assert links == [("2026-10", ' aria-current="page"'), ("2026-09", "")]
    assert "<h2>October 2026</h2>" in page
    for told in (
        "off the theme 8",
        "wounds fewer than 5",
        "hidden 6",
        "own initiative fewer than 5",
        "Decisions at least 17",
        "7 hours",
    ):
        assert told in words(page), told
    assert page.count("<svg") == page.count("<table") == 4
    assert not re.search(r"<(text|td|dd)[^>]*>[0-4]<", page)
    earlier = words(visitor.get(f"{PAGE}?month=2026-09").text)
    assert "visitors 13" in earlier
    assert "flagged or reported 46" in earlier
    for unknown in ("2026-11", "2026-13", "x", "", "9999-12"):
        assert "<h2>October 2026</h2>" in visitor.get(f"{PAGE}?month={unknown}").text
    with statements() as found:
        visitor.get(f"{PAGE}?month=2026-09&again")
    assert len(found) <= 4
    assert "Ottobre 2026" in visitor.get(PAGE, headers={"Accept-Language": "it"}).text.title()
    for of in (cast.ada, cast.carla):
        assert "<h2>October 2026</h2>" in browser_of(of).get(PAGE).text


def test_a_month_in_which_hardly_anything_happened_has_no_picture(visitor, app):
    quiet = dict.fromkeys(a_month(), 0)
    keep(m2026_10=quiet)
    page = visitor.get(PAGE).text
    assert "<svg" not in page
    assert "members fewer than 5" in words(page)
    assert "less than an hour" not in page


def test_before_any_month_is_over_it_says_so(app, visitor):
    assert "There is nothing to count yet." in visitor.get(PAGE).text
    assert visitor.get(TABLE).text == "month,group,measure,value\r\n"


def test_a_spreadsheet_gets_every_month_and_nothing_that_it_would_run(app, visitor, statements):
    keep(**{f"m20{year}_{month:02}": a_month() for year in (25, 26) for month in (9, 10)})
    with statements() as found:
        answer = visitor.get(TABLE)
    assert len(found) <= 3
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert list(dict.fromkeys(row["month"] for row in rows)) == ["2026-10", "2026-09", "2025-10", "2025-09"]
    assert len({(row["month"], row["group"], row["measure"]) for row in rows}) == len(rows)
    october = {(row["group"], row["measure"]): row["value"] for row in rows if row["month"] == "2026-10"}
    assert october["notices_by_reason", "spam"] == "8"
    assert october["notices_by_reason", "wounds"] == "<5"
    assert (october["notices", "total"], october["time", "median_hours"]) == ("21", "7")
    assert (october["decisions_by_finder", "member"], october["decisions", "total"]) == ("12", "not shown")
    page = visitor.get(PAGE).text
    assert [group for group in {row["group"] for row in rows} if group not in page] == []
    assert not [cell for row in csv.reader(StringIO(answer.text)) for cell in row if cell[:1] in "=+-@\t\r"]
    assert all(re.fullmatch(r"\d+|<5|not shown", row["value"]) for row in rows)
