"""A whole portal in one file.

A password, the hosted prompt, a page for who is signed in, a step-up before the address is changed, and the way out. It
has users and sessions in memory, and everything else as a real portal has it.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from dataclasses import dataclass

from flask import Flask, make_response, redirect, request
from markupsafe import escape
from werkzeug.wrappers import Response

from portcullis_client import NotSignedIn, Portcullis, PortcullisError, Result, is_session_ended
from portcullis_client.flask import browser_of


@dataclass
class Account:
    password: str
    email: str
    address: str


@dataclass
class Session:
    user: str
    started_at: float
    result: Result
    new_address: str | None = None

    @property
    def intent(self) -> str:
        return f"address of {self.user}: {self.new_address}"


accounts = {"anna": Account("password", "anna@example.co.nz", "1 Old Street")}
sessions: dict[str, Session] = {}
ended_before: dict[str, int] = {}  # of each user, the newest `sessions_not_before`
BASE = f"http://localhost:{os.environ['PORT']}"  # infra/docs/integrate/small-portal.md says where to find these settings
SIGNED_IN_URL, CONFIRMED_URL = f"{BASE}/back", f"{BASE}/address/confirmed"  # both are return URLs of the portal
portcullis = Portcullis(**{name: os.environ[f"PORTCULLIS_{name.upper()}"] for name in ("service", "issuer", "portal", "key")})

STYLE = """:root { color-scheme: light dark; font: 1rem/1.5 system-ui } label { display: block } pre { white-space: pre-wrap }
body { max-width: 32rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
input, button { font: inherit; padding: .5rem; margin: .25rem 0 1rem }"""
SIGN_IN = """<p role="status">{note}</p><form method="post" action="/sign-in">
<label for="name">Name</label><input id="name" name="name" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<p><button>Sign in</button></p></form><p>There is one account, <code>anna</code> with the password <code>password</code>.</p>"""
HOME = """<p role="status">{note}</p><p>Address: <span id="kept">{kept}</span></p><form method="post" action="/address">
<label for="address">New address</label><input id="address" name="address" maxlength="100" required>
<p><button>Change your address</button></p></form><h2>The checked assertion</h2><pre>{claims}</pre>
<form method="post" action="/sign-out"><button>Sign out</button></form>"""


def page(title: str, body: str, status: int = 200) -> Response:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style>'
    body = f"<title>{escape(title)}</title><main><h1>{escape(title)}</h1>{body}</main>"
    return make_response(f'<!doctype html><html lang="en">{head}{body}</html>', status)


def start(note: str = "", status: int = 200) -> Response:
    session = session_of()
    if session is None:
        return page("Sign in", SIGN_IN.format(note=escape(note)), status)
    kept, claims = accounts[session.user].address, json.dumps(dict(session.result.claims), indent=2)
    body = HOME.format(note=escape(note), kept=escape(kept), claims=escape(claims))
    return page(f"Welcome, {session.user}", body, status)


def session_of() -> Session | None:
    session = sessions.get(request.cookies.get("session", ""))
    return session if session and not is_session_ended(session.started_at, ended_before.get(session.user)) else None


def renew_session(response: Response, result: Result | None = None) -> Response:
    """Ends the session of this browser, and begins another one under a new id if somebody is in."""
    sessions.pop(request.cookies.get("session", ""), None)
    new = secrets.token_hex(16)
    if result is not None:
        sessions[new] = Session(result.user, time.time(), result)
        if result.sessions_not_before is not None:
            ended_before[result.user] = result.sessions_not_before
    response.set_cookie("session", new, httponly=True, samesite="Lax")  # over HTTPS also secure, as __Host-session
    return response


app = Flask(__name__)
app.get("/")(start)


@app.before_request
def only_own_forms() -> tuple[str, int] | None:
    """Refuses a form of another site."""
    own = request.method == "GET" or request.headers.get("Sec-Fetch-Site") in ("same-origin", None)
    return None if own else ("", 403)


@app.errorhandler(PortcullisError)
def refused(error: PortcullisError) -> Response:
    """Shows the sentence: who was signed in still is, and nobody else gets in."""
    return start("Nothing was changed." if isinstance(error, NotSignedIn) and session_of() else error.message, 403)


@app.post("/sign-in")
def sign_in() -> Response:
    name = request.form.get("name", "")
    account, browser = accounts.get(name), browser_of(portcullis, request, plain_http=True)
    if account is None or account.password != request.form.get("password"):
        return start("Name or password is wrong.", 403)
    opened = browser.open({"id": name, "email": account.email, "email_verified": True}, return_url=SIGNED_IN_URL)
    return browser.save(redirect(opened.prompt_url, 303))


@app.get("/back")
def back() -> Response:
    browser = browser_of(portcullis, request, plain_http=True)
    try:
        return browser.save(renew_session(redirect("/", 303), browser.finish()))
    except PortcullisError as error:
        return browser.save(refused(error))


@app.post("/address")
def change_address() -> Response:
    session, browser = session_of(), browser_of(portcullis, request, plain_http=True)
    if session is None:
        return redirect("/", 303)
    session.new_address = request.form.get("address", "")[:100]
    opened = browser.open(session.user, return_url=CONFIRMED_URL, event="step_up", acr="app", intent=session.intent)
    return browser.save(redirect(opened.prompt_url, 303))


@app.get("/address/confirmed")
def address_confirmed() -> Response:
    session, browser = session_of(), browser_of(portcullis, request, plain_http=True)
    if session is None or session.new_address is None:
        return redirect("/", 303)
    try:
        result = browser.finish(event="step_up", intent=session.intent)  # of this address, and of no other
    except PortcullisError as error:
        return browser.save(refused(error))
    if result.user == session.user:
        accounts[session.user].address, session.new_address = session.new_address, None
    return browser.save(redirect("/", 303))


@app.post("/sign-out")
def sign_out() -> Response:
    browser = browser_of(portcullis, request, plain_http=True)
    browser.forget()
    return browser.save(renew_session(redirect("/", 303)))


if __name__ == "__main__":
    print(f"The portal is at {BASE}", flush=True)
    app.run("127.0.0.1", int(os.environ["PORT"]))
