"""Stands in for what a portal has: a password step, sessions. The password step lets everybody in."""

from __future__ import annotations

import flask

from portcullis_client.wire import UserFields
from tests.support import new_user, settings_of
from tests.support import return_url as registered

app = flask.Flask(__name__)
app.config.update(SECRET_KEY="the tests' own", SESSION_COOKIE_SECURE=True)
settings = settings_of("always_on")
return_url = registered("always_on")
user = new_user()


def check_password(_request: object) -> UserFields:
    return user


def start_session(name: str) -> None:
    flask.session.clear()
    flask.session["user"] = name


def end_session() -> None:
    flask.session.clear()


def sign_in_page(note: str, status: int) -> flask.Response:
    return flask.make_response(f'<p role="alert">{note}</p>', status)
