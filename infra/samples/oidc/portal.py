"""A portal with a library for OpenID Connect and nothing of Portcullis: here Authlib, under Flask.

The library checks `state`, `nonce`, PKCE and the id_token. What it leaves to the portal is said where it is done. Sessions are
Flask's own, which the browser keeps: nobody can end a copy of the cookie, so that a real portal keeps sessions on its servers.
"""

from __future__ import annotations

import json
import os
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, make_response, redirect, request, session
from joserfc.errors import JoseError
from markupsafe import escape
from werkzeug.wrappers import Response

ACCOUNTS = {"anna": {"password": "password", "email": "anna@example.co.nz"}}
BASE = f"http://localhost:{os.environ['PORT']}"  # infra/docs/integrate/openid-connect.md says where to find these settings
REDIRECT_URI = f"{BASE}/back"  # one of the portal's return URLs
FORM = """<form method="post" action="/sign-in"><label>Name <input id="name" name="name" required></label>
<label>Password <input id="password" name="password" type="password" required></label> <button>Sign in</button></form>"""

app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)  # over HTTPS also SESSION_COOKIE_SECURE, and a key that all of your servers have
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
portcullis = OAuth(app).register(
    "portcullis",
    client_id=os.environ["PORTCULLIS_PORTAL"],
    client_secret=os.environ["PORTCULLIS_OIDC_KEY"],
    server_metadata_url=f"{os.environ['PORTCULLIS_SERVICE']}/.well-known/openid-configuration",
    client_kwargs={"scope": "openid", "code_challenge_method": "S256", "token_endpoint_auth_method": "client_secret_basic"},
)


class NotSignedIn(Exception):
    """The browser came back with nothing that lets it in."""


def page(title: str, body: str, status: int = 200) -> Response:
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
    return make_response(f"{head}<h1>{escape(title)}</h1>{body}</html>", status)


@app.get("/")
def home() -> Response:
    claims = session.get("claims")
    if claims is None:
        return page("Sign in", FORM)
    return page(f"Welcome, {claims['sub']}", f"<pre>{escape(json.dumps(claims, indent=2))}</pre>")


@app.post("/sign-in")
def sign_in() -> Response:
    name = request.form.get("name", "")
    account = ACCOUNTS.get(name)
    if account is None or account["password"] != request.form.get("password"):
        return page("Name or password is wrong", FORM, 403)
    user = json.dumps({"email": account["email"], "email_verified": True})
    begun = portcullis.create_authorization_url(REDIRECT_URI, login_hint=name, user=user)
    # The library knows no pushed requests (RFC 9126): what it would have the browser carry goes from server to server instead.
    metadata, parameters = portcullis.load_server_metadata(), dict(parse_qsl(urlsplit(begun["url"]).query))
    authenticated = (portcullis.client_id, portcullis.client_secret)
    pushed = requests.post(metadata["pushed_authorization_request_endpoint"], parameters, auth=authenticated, timeout=10)
    pushed.raise_for_status()
    session.clear()
    session["user"] = name
    portcullis.save_authorize_data(redirect_uri=REDIRECT_URI, **begun)
    query = urlencode({"client_id": portcullis.client_id, "request_uri": pushed.json()["request_uri"]})
    return redirect(f"{metadata['authorization_endpoint']}?{query}", 303)


@app.get("/back")
def back() -> Response:
    user, metadata = session.get("user"), portcullis.load_server_metadata()
    # RFC 9207, section 2.4: the library does not compare it.
    if request.args.get("iss") != metadata["issuer"]:
        raise NotSignedIn("the answer is of another service")
    wanted = {"iss": metadata["issuer"], "aud": portcullis.client_id}
    options = {claim: {"essential": True, "value": value} for claim, value in wanted.items()}
    claims = portcullis.authorize_access_token(claims_options=options)["userinfo"]
    if (claims["sub"], claims["event"]) != (user, "login"):
        raise NotSignedIn("the id_token is of somebody or something else")
    session.clear()
    session["claims"] = dict(claims)
    return redirect("/", 303)


@app.errorhandler(AuthlibBaseError)
@app.errorhandler(JoseError)
@app.errorhandler(NotSignedIn)
def refused(error: Exception) -> Response:
    app.logger.warning("%s", error)
    return page("You are not signed in", f"<p>{escape(error)}</p>{FORM}", 403)  # nobody is in


if __name__ == "__main__":
    print(f"The portal is at {BASE}", flush=True)
    app.run("127.0.0.1", int(os.environ["PORT"]))
