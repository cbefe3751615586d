"""Registering, logging in and out, and the one-time links."""

from flask import abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from forum.accounts import proof, queries
from forum.accounts.actions import entering, registering
from forum.accounts.blueprint import bp
from forum.accounts.forms import CodeForm, LoginForm, NewPassword, RegisterForm
from forum.accounts.models import Member
from forum.core import db, i18n, kept, limits
from forum.core.access import also_banned, me, public, signed_in
from forum.core.config import LOCALES
from forum.core.rules import Refused, refusal
from forum.core.security import inside

ENTERING = "entering"  # in the cookie: the token of a first step
Page = str | tuple[str, int] | tuple[str, int, dict[str, str]] | AnyResponse


def device() -> str:
    """Return a few words for the browser, as the list of sessions shows them; the full line is not stored."""
    agent = request.headers.get("User-Agent", "")
    browser = next((b for b in ("Firefox", "Edg", "OPR", "Chrome", "Safari") if b in agent), "")
    system = next((s for s in ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux") if s in agent), "")
    return ", ".join(part for part in ({"Edg": "Edge", "OPR": "Opera"}.get(browser, browser), system) if part)


def enter(member: Member, *, remember: bool) -> None:
    """Bind a fresh cookie to the member's session: nothing that was planted before it survives, nor a session."""
    if earlier := session.get("_user_id"):
        entering.log_out(earlier)
    session.clear()
    g.pop("csrf_token", None)  # made for the session that was here before
    session.permanent = remember
    login_user(member)


@bp.get("/login")
@public
@also_banned
def login() -> Page:
    if current_user:
        return redirect(inside(request.args.get("next")))
    form = LoginForm(formdata=None, next=inside(request.args.get("next")))
    return render_template("accounts/login.html", form=form)


@bp.post("/login")
@public
@also_banned
def log_in() -> Page:
    form = LoginForm()
    saved = kept.unpacked(form.kept.data or "")
    target = form.next.data = inside(form.next.data)
    sentence, status, headers = "", 422, {}
    if form.validate():
        try:
            entered = entering.log_in(
                login=form.login.data,
                password=form.password.data,
                remember=form.remember.data,
                device=device(),
            )
        except Refused as refused:
            sentence = refused.sentence
        except limits.TooOften as often:
            sentence, status, headers = often.sentence, 429, {"Retry-After": str(often.wait)}
        else:
            if not isinstance(entered, entering.Halfway):
                return _entered(entered, target, saved, remember=form.remember.data)
            session[ENTERING] = entered.token
            if saved:
                return _code_page(CodeForm(formdata=None, next=target, kept=form.kept.data))
            return redirect(url_for("accounts.login_code", next=target), 303)
    if saved:
        sentence = sentence or form.problems()[0][2]
        page = render_template("kept/login.html", sentence=sentence, target=target, kept=saved, packed=form.kept.data)
        return page, status, headers
    return render_template("accounts/login.html", form=form, sentence=sentence), status, headers


def _entered(member: Member, target: str, saved: dict[str, str], *, remember: bool) -> Page:
    enter(member, remember=remember)
    if member.banned_at:
        return redirect(url_for("moderation.own_decisions"), 303)
    if member.outside:
        return redirect(url_for("accounts.outside"), 303)
    if saved:
        return kept.page(_("You are logged in again. Here is what you wrote."), target, saved)
    return redirect(target, 303)


@bp.get("/login/code")
@public
@also_banned
def login_code() -> Page:
    """The second step of whoever has a second factor."""
    target = inside(request.args.get("next"))
    if current_user:
        return redirect(target)
    if queries.entrance(session.get(ENTERING, "")) is None:
        return redirect(url_for("accounts.login", next=target), 303)
    return _code_page(CodeForm(formdata=None, next=target))


@bp.post("/login/code")
@public
def log_in_by_code() -> Page:
    form, token = CodeForm(), session.get(ENTERING, "")
    saved = kept.unpacked(form.kept.data or "")
    target = form.next.data = inside(form.next.data)
    if queries.entrance(token) is None:
        return _begin_again(target, saved), 422
    if not form.validate():
        return _code_page(form), 422
    try:
        member, remember = entering.finish(token, form.code.data, device=device())
    except Refused as refused:
        return _code_page(form, refused.sentence), 422
    except limits.TooOften as often:
        return _code_page(form, often.sentence), 429, {"Retry-After": str(often.wait)}
    return _entered(member, target, saved, remember=remember)


def _code_page(form: CodeForm, sentence: str = "") -> str:
    saved = kept.unpacked(form.kept.data or "")
    return render_template("accounts/code.html", form=form, sentence=sentence, kept=saved)


def _begin_again(target: str, saved: dict[str, str]) -> str:
    sentence = entering.too_late()
    if saved:
        packed = kept.packed(saved)
        return render_template("kept/login.html", sentence=sentence, target=target, kept=saved, packed=packed)
    return render_template("accounts/login.html", form=LoginForm(formdata=None, next=target), sentence=sentence)


@bp.post("/logout")
@signed_in
@also_banned
def logout() -> Page:
    entering.log_out(current_user.token)
    logout_user()
    session.clear()
    return redirect(url_for("pages.home"), 303)


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> Page:
    token = request.values.get("invite", "")
    ticket = queries.ticket(token, "invite") if token else None
    if closed := refusal("register", current_user, ticket):
        return render_template("accounts/register.html", form=None, closed=closed, invite="", admin=False), 403
    return _registering(RegisterForm(), token, admin=False)


def _registering(form: RegisterForm, token: str, *, admin: bool) -> Page:
    status, headers, sentence = 200, {}, ""
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                member = _register(form, token)
            except registering.Unready as unready:
                sentence = unready.sentence
            except Refused as refused:
                form.name.errors = [refused.sentence]
            except limits.TooOften as often:
                form.name.errors = [often.sentence]
                status, headers = 429, {"Retry-After": str(often.wait)}
            else:
                enter(member, remember=False)
                if member.outside:
                    return redirect(url_for("accounts.outside"), 303)
                flash(
                    _(
                        "Welcome, %(name)s. There is nothing that you have to do here. Read as long as you like.",
                        name=member.name,
                    )
                )
                return redirect(inside(request.args.get("next")), 303)
    form.stamp.data, form.proof.data = registering.going_on(form.stamp.data or ""), ""
    shown = {"closed": None, "invite": token, "admin": admin, "sum": {"parts": proof.PARTS, "bits": proof.BITS}}
    return render_template("accounts/register.html", form=form, sentence=sentence, **shown), status, headers


def _register(form: RegisterForm, token: str) -> Member:
    member = registering.register(
        name=form.name.data,
        email=form.email.data,
        password=form.password.data,
        locale="",
        who=current_user,
        proven=registering.Proof(form.stamp.data or "", form.proof.data or ""),
        token=token,
    )
    with db.transaction(public=False):
        return entering.open_session(member, remember=False, device=device())


@bp.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> Page:
    """The first admin's link: registers a visitor, or lifts a member who is logged in."""
    if queries.ticket(token, "admin") is None:
        abort(404)
    if not current_user:
        return _registering(RegisterForm(), token, admin=True)
    if request.method == "POST":
        registering.become_admin(me(), token)
        flash(_("You are the admin of this forum now."))
        return redirect(url_for("pages.home"), 303)
    return render_template("accounts/become_admin.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@also_banned
def reset(token: str) -> Page:
    ticket = queries.ticket(token, "reset") or abort(404)
    form = NewPassword()
    form.owner = ticket.member
    if form.validate_on_submit():
        entering.reset_password(token, form.password.data)
        flash(_("Your password is set. Please log in with it."))
        return redirect(url_for("accounts.login"), 303)
    return render_template("accounts/reset.html", form=form), 422 if form.is_submitted() else 200


@bp.get("/language/<code>")
@public
@also_banned
def language(code: str) -> Page:
    """Remember a reader's language in their own browser; nothing is stored here."""
    if code not in LOCALES:
        abort(404)
    response = redirect(inside(request.args.get("next")), 303)
    response.set_cookie(
        i18n.COOKIE,
        code,
        max_age=31_536_000,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
