from dataclasses import asdict

from flask import abort, jsonify, request
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from forum.core.access import public
from forum.core.pages import LARGEST_KEY
from forum.threads import arrivals
from forum.threads.blueprint import bp


@bp.get("/threads/<int:thread_id>/arrivals")
@public
def arrived(thread_id: int) -> AnyResponse:
    """Return, as JSON, how many replies came after the one with the id `after`, and the first of them.

    A page that stands open asks again and again: mostly the answer is that nothing has changed, without a body.
    """
    after = request.args.get("after", LARGEST_KEY, type=int)
    came = arrivals.since(thread_id, max(0, min(after, LARGEST_KEY)), current_user) or abort(404)
    answer = jsonify(asdict(came))
    answer.add_etag()
    return answer.make_conditional(request)
