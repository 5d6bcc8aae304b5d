"""A whole portal in one file whose users never leave its pages: a password, each step on a screen of its own, the way out.

It knows no method and no policy: it shows what a view says, and posts what its form and links say. Its users are in memory, and
so are the ids of its sessions. For passkeys add the script of infra/docs/integrate/passkeys.md.
"""

from __future__ import annotations

import json
import os
import secrets
import time

from flask import Flask, Response, abort, g, redirect, render_template_string, request, session
from flask.typing import ResponseReturnValue

from portcullis_client import Portcullis, PortcullisError, Step, Typed, Unavailable, is_session_ended
from portcullis_client.flask import browser_of

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root { color-scheme: light dark; font: 1rem/1.5 system-ui } label, svg { display: block } svg { max-width: 12rem }
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
input, button { font: inherit; padding: .5rem; margin: .25rem 0 1rem }</style>
{% macro form(posted) %}<form method="post" action="/login/step"><input type="hidden" name="action" value="{{ posted.action }}">
<input type="hidden" name="body" value='{{ posted.body | tojson }}'>{{ caller() }}</form>{% endmacro %}
{% set title = view.message if view else "Welcome, " + user if user else "Sign in" %}<title>{{ title }}</title>
<main><h1>{{ title }}</h1><p role="alert">{{ note }}</p>
{% if view %}{% set input, box, app, codes = view.input, (view.input or {}).checkbox, view.enrolment or {}, view.recovery_codes %}
{% if app.secret %}{{ app.qr_svg | safe }}<p>Or type this key: <code>{{ app.secret }}</code></p>{% endif %}
{% if codes %}<ul>{% for code in codes.codes %}<li><code>{{ code }}</code></li>{% endfor %}</ul>{% endif %}
{% if input and input.field != "passkey" %}{% call form(input) %}<input type="hidden" name="field" value="{{ input.field }}">
{% if input.field != "none" %}<label for="typed">{{ input.label }}</label>
<input id="typed" name="typed" autocomplete="{{ input.autocomplete }}" required autofocus>{% endif %}
{% if box %}<label><input type="checkbox" name="ticked" value='{{ {box.name: box.value} | tojson }}'> {{ box.label }}</label>{% endif %}
<p><button>{{ input.label if input.field == "none" else "Continue" }}</button></p>{% endcall %}{% endif %}
{% for link in view.links %}{% call form(link) %}<button>{{ link.label }}</button>{% endcall %}{% endfor %}
{% if user %}<form method="post" action="/login/done">{% if codes and codes.must_confirm %}
<label><input type="checkbox" name="kept" required> I have kept these codes in a safe place.</label>{% endif %}
<button>Go to your account</button></form>{% else %}<p><a href="/">Sign in from the start</a></p>{% endif %}
{% elif user %}<form method="post" action="/sign-out"><button>Sign out</button></form>
{% elif again %}<p><a href="/login/step">Try again</a></p>
{% else %}<form method="post" action="/login"><label for="name">Name</label><input id="name" name="name" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<p><button>Sign in</button></p></form><p>There is one account, <code>anna</code> with the password <code>password</code>.</p>{% endif %}"""

accounts = {"anna": {"password": "password", "email": "anna@example.co.nz"}}
ended_before: dict[str, int] = {}  # of each user, the newest `sessions_not_before`
sessions: set[str] = set()  # the ids of those that go on: after a sign-out a copy of the cookie opens nothing
portcullis = Portcullis(**{name: os.environ[f"PORTCULLIS_{name.upper()}"] for name in ("service", "issuer", "portal", "key")})
app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)  # one for all servers, and kept, if there are several
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # over HTTPS also SESSION_COOKIE_SECURE, and a name with __Host-


def signed_in() -> str | None:
    user: str | None = session["user"] if session.get("id") in sessions else None
    return None if user is None or is_session_ended(session["started_at"], ended_before.get(user)) else user


def end_session() -> None:
    sessions.discard(session.pop("id", ""))
    session.clear()


def follow(step: Step) -> str:
    """Begins a session if the user is in, and answers where to go: to the next screen of the sign-in, if it has one."""
    if step.result:
        end_session()
        session.update(id=secrets.token_hex(16), user=step.result.user, started_at=time.time())
        sessions.add(session["id"])
        if step.result.sessions_not_before is not None:
            ended_before[step.result.user] = step.result.sessions_not_before
    codes = step.view.get("recovery_codes")
    session["must_confirm"] = codes is not None and codes["must_confirm"]
    return "/login/step" if step.pending else "/"


@app.before_request
def begin() -> ResponseReturnValue | None:
    g.browser = browser_of(portcullis, request, plain_http=True)
    is_own = request.method == "GET" or request.headers.get("Sec-Fetch-Site") in ("same-origin", None)
    return None if is_own else ("", 403)  # a form of another site changes nothing


@app.after_request
def keep_cookies(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"  # of an app's secret and of recovery codes
    g.browser.save(response)
    return response


@app.errorhandler(PortcullisError)
def refused(error: PortcullisError) -> ResponseReturnValue:
    tries, seconds = getattr(error, "attempts_left", None), getattr(error, "retry_after", None)
    note = error.message + (f" Tries left: {tries}." if tries is not None else "")
    note += f" Try again in {seconds} seconds." if seconds else ""
    if request.method == "POST":  # the next screen has the note above what the sign-in shows then
        session["note"] = note
        return redirect("/" if request.path == "/login" else "/login/step", 303)
    if isinstance(error, Unavailable):  # the browser still holds its sign-in
        return render_template_string(PAGE, note=session.pop("note", note), again=True), 503
    g.browser.forget()  # the sign-in is over; who was signed in still is
    session.update(must_confirm=False, note="" if signed_in() else note)
    return redirect("/", 303)


@app.get("/")
def page() -> ResponseReturnValue:
    user = signed_in()
    if user and session.get("must_confirm"):
        return redirect("/login/step", 303)
    return render_template_string(PAGE, user=user, note=session.pop("note", ""))


@app.post("/login")
def login() -> ResponseReturnValue:
    name, account = request.form.get("name", ""), accounts.get(request.form.get("name", ""))
    if account is None or account["password"] != request.form.get("password"):
        session["note"] = "Name or password is wrong."
        return redirect("/", 303)
    return redirect(follow(g.browser.open({"id": name, "email": account["email"], "email_verified": True})), 303)


@app.get("/login/step")
def show() -> ResponseReturnValue:
    step = g.browser.look()
    if follow(step) == "/":
        return redirect("/", 303)
    return render_template_string(PAGE, view=step.view, user=signed_in(), note=session.pop("note", ""))


@app.post("/login/step")
def post_step() -> ResponseReturnValue:
    filled, field = request.form, request.form.get("field", "none")
    try:
        typed = {} if field == "none" else {field: filled["typed"].strip()}
        body = {**json.loads(filled["body"]), **typed, **json.loads(filled.get("ticked", "{}"))}
    except (ValueError, TypeError):
        abort(400)
    return redirect(follow(g.browser.finish(Typed(filled["action"], body))), 303)


@app.post("/login/done")
def done() -> ResponseReturnValue:
    if session.get("must_confirm") and "kept" not in request.form:
        return redirect("/login/step", 303)
    session["must_confirm"] = False
    g.browser.forget()  # the next person at this browser finds no recovery codes
    return redirect("/", 303)


@app.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    g.browser.forget()
    end_session()
    return redirect("/", 303)


if __name__ == "__main__":
    print(f"The portal is at http://localhost:{os.environ['PORT']}", flush=True)
    app.run("127.0.0.1", int(os.environ["PORT"]))
