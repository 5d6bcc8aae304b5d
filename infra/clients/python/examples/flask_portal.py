from flask import redirect, request

from examples.portal import app, check_password, end_session, return_url, settings, sign_in_page, start_session  # what you have
from portcullis_client import Portcullis, PortcullisError
from portcullis_client.flask import browser_of

portcullis = Portcullis(**settings)  # service, issuer, portal, key


@app.post("/sign-in")
def sign_in():
    user, browser = check_password(request), browser_of(portcullis, request)
    opened = browser.open(user, return_url=return_url)  # user: {"id": "u-1842", "email": ..., "email_verified": True}
    return browser.save(redirect(opened.prompt_url, 303))


@app.get("/back")
def back():
    browser = browser_of(portcullis, request)
    try:
        start_session(browser.finish().user)  # under a new session id
        return browser.save(redirect("/", 303))
    except PortcullisError as error:
        return browser.save(sign_in_page(error.message, 403))


@app.post("/sign-out")
def sign_out():
    browser = browser_of(portcullis, request)
    browser.forget()
    end_session()
    return browser.save(redirect("/", 303))
