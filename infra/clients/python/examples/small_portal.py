"""A whole portal in one file: a password, the hosted prompt, a page for who is signed in, a step-up, and the way out.

Its users are in memory, and its sessions are Flask's own. Everything else is as a real portal has it.
"""

from __future__ import annotations

import os
import secrets
import time
from typing import Any

from flask import Flask, Response, g, redirect, render_template_string, request, session
from flask.typing import ResponseReturnValue

from portcullis_client import NotSignedIn, Portcullis, PortcullisError, is_session_ended
from portcullis_client.flask import browser_of

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root { color-scheme: light dark; font: 1rem/1.5 system-ui } label { display: block } pre { white-space: pre-wrap }
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
input, button { font: inherit; padding: .5rem; margin: .25rem 0 1rem }</style>
{% set title = "Welcome, " + user if user else "Sign in" %}<title>{{ title }}</title><main><h1>{{ title }}</h1><p role="status">{{ note }}</p>
{% if user %}<p>Address: <span id="kept">{{ address }}</span></p><form method="post" action="/address">
<label for="address">New address</label><input id="address" name="address" maxlength="100" required>
<p><button>Change your address</button></p></form><h2>The checked assertion</h2><pre>{{ claims | tojson(2) | forceescape }}</pre>
<form method="post" action="/sign-out"><button>Sign out</button></form>
{% else %}<form method="post" action="/sign-in"><label for="name">Name</label><input id="name" name="name" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<p><button>Sign in</button></p></form><p>There is one account, <code>anna</code> with the password <code>password</code>.</p>{% endif %}"""

accounts = {"anna": {"password": "password", "email": "anna@example.co.nz", "address": "1 Old Street"}}
ended_before: dict[str, int] = {}  # of each user, the newest `sessions_not_before`
BASE = f"http://localhost:{os.environ['PORT']}"  # infra/docs/integrate/small-portal.md says where to find these settings
SIGNED_IN_URL, CONFIRMED_URL = f"{BASE}/back", f"{BASE}/address/confirmed"  # both are return URLs of the portal
portcullis = Portcullis(**{name: os.environ[f"PORTCULLIS_{name.upper()}"] for name in ("service", "issuer", "portal", "key")})
app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)  # one for all servers, and kept, if there are several
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"  # over HTTPS also SESSION_COOKIE_SECURE, and a name with __Host-


def signed_in() -> str | None:
    user: str | None = session.get("user")
    return None if user is None or is_session_ended(session["started_at"], ended_before.get(user)) else user


@app.get("/")
def page(note: str = "", status: int = 200) -> ResponseReturnValue:
    user = signed_in()
    shown = {"address": accounts[user]["address"], "claims": session["claims"]} if user else {}
    return render_template_string(PAGE, user=user, note=note, **shown), status


def to_confirm(user: str) -> dict[str, Any]:
    return {"event": "step_up", "intent": f"address of {user}: {session['new_address']}"}


@app.before_request
def begin() -> ResponseReturnValue | None:
    g.browser = browser_of(portcullis, request, plain_http=True)
    is_own = request.method == "GET" or request.headers.get("Sec-Fetch-Site") in ("same-origin", None)
    return None if is_own else ("", 403)  # a form of another site changes nothing


@app.after_request
def keep_cookies(response: Response) -> Response:
    g.browser.save(response)
    return response


@app.errorhandler(PortcullisError)
def refused(error: PortcullisError) -> ResponseReturnValue:  # who was signed in still is, and nobody else gets in
    return page("Nothing was changed." if isinstance(error, NotSignedIn) and signed_in() else error.message, 403)


@app.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    name, account = request.form.get("name", ""), accounts.get(request.form.get("name", ""))
    if account is None or account["password"] != request.form.get("password"):
        return page("Name or password is wrong.", 403)
    user = {"id": name, "email": account["email"], "email_verified": True}
    return redirect(g.browser.open(user, return_url=SIGNED_IN_URL).prompt_url, 303)


@app.get("/back")
def back() -> ResponseReturnValue:
    result = g.browser.finish()
    session.clear()  # a session of its own begins
    session.update(user=result.user, started_at=time.time(), claims=dict(result.claims))
    if result.sessions_not_before is not None:
        ended_before[result.user] = result.sessions_not_before
    return redirect("/", 303)


@app.post("/address")
def change_address() -> ResponseReturnValue:
    user = signed_in()
    if user is None:
        return redirect("/", 303)
    session["new_address"] = request.form.get("address", "")[:100]
    opened = g.browser.open(user, return_url=CONFIRMED_URL, acr="app", **to_confirm(user))
    return redirect(opened.prompt_url, 303)


@app.get("/address/confirmed")
def address_confirmed() -> ResponseReturnValue:
    user = signed_in()
    if user is None or "new_address" not in session:
        return redirect("/", 303)
    if g.browser.finish(**to_confirm(user)).user == user:  # of this address, and of no other
        accounts[user]["address"] = session.pop("new_address")
    return redirect("/", 303)


@app.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    g.browser.forget()
    session.clear()
    return redirect("/", 303)


if __name__ == "__main__":
    print(f"The portal is at {BASE}", flush=True)
    app.run("127.0.0.1", int(os.environ["PORT"]))
