from flask import jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from forum.core.access import me, signed_in
from forum.core.limits import TooOften
from forum.core.pace import Pace
from forum.core.pages import LARGEST_KEY
from forum.core.text import LONGEST_NAME
from forum.threads import people
from forum.threads.blueprint import bp

PACE = Pace(120, seconds=60)


@bp.get("/threads/members")
@signed_in
def to_mention() -> AnyResponse:
    """Return, as JSON, the names of members who may be meant by the first letters of one (`q`), written in a `thread`."""
    try:
        PACE.keep(me().id)
    except TooOften as often:
        answer = jsonify([])
        answer.status_code, answer.headers["Retry-After"] = 429, str(often.wait)
        return answer
    start, thread_id = request.args.get("q", "")[:LONGEST_NAME], request.args.get("thread", 0, type=int)
    return jsonify(list(people.to_mention(start, max(0, min(thread_id, LARGEST_KEY)), me())))
