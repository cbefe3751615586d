from forum.core.db import db, session
from forum.setup import warm


def test_pages_are_answered_before_the_server_forks_and_no_connection_is_kept_for_later(app):
    session().rollback()
    app.jinja_env.cache.clear()
    warm(app)
    assert db.engine.pool.checkedin() == 0
    assert {"pages/home.html", "threads/essay.html", "accounts/login.html"} <= {
        name for _of, name in app.jinja_env.cache
    }
