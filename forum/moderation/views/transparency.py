import csv
from io import StringIO

from flask import Response, render_template, request

from forum.core.access import public
from forum.core.shared import shared
from forum.moderation import measures
from forum.moderation.blueprint import bp
from forum.moderation.few import FEW
from forum.moderation.months import Month
from forum.moderation.queries import sums


@bp.get("/moderation/transparency")
@public
@shared
def transparency() -> str:
    """What was flagged and decided, month by month; the newest month that is over, unless the address names another."""
    months = sums.summed()
    asked = Month.read(request.args.get("month", ""))
    month = asked if asked in months else next(iter(months), None)
    said = measures.report(sums.of(month)) if month else {}
    return render_template(
        "moderation/transparency.html",
        months=months,
        month=month,
        said=said,
        least={total: measures.at_least(said, total) for total in measures.TOTALS if said},
        labels=measures.LABELS,
        columns=measures.COLUMNS,
        few=FEW,
    )


@bp.get("/moderation/transparency.csv")
@public
def transparency_table() -> Response:
    """The same of all months, for a spreadsheet."""
    written = StringIO()
    reports = ((month, measures.report(found)) for month, found in sums.of_all())
    csv.writer(written).writerows(measures.table(reports))
    answer = Response(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="transparency.csv"'
    return answer
