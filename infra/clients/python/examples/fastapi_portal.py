"""A portal with FastAPI, which shows the steps on screens of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from portcullis_client import AsyncPortcullis, PortcullisError, Step, Typed
from portcullis_client.fastapi import browser_of
from tests.support import new_user, settings_of

user = new_user()


@asynccontextmanager
async def keep_client(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncPortcullis(**settings_of("email_enrolment_opt_out")) as portcullis:
        app.state.portcullis = portcullis
        yield


app = FastAPI(lifespan=keep_client)


def shown(step: Step) -> JSONResponse:
    if step.result is None:
        return JSONResponse({"view": step.view["id"]})
    response = JSONResponse({"user": step.result.user, "mfa": step.result.mfa})
    response.set_cookie("session", step.result.user, secure=True)
    return response


@app.post("/sign-in")
async def sign_in(request: Request) -> JSONResponse:
    browser = browser_of(request.app.state.portcullis, request)
    return browser.save(shown(await browser.open(user)))


@app.post("/typed/{action}")
async def typed(request: Request, action: str, body: dict[str, Any]) -> JSONResponse:
    browser = browser_of(request.app.state.portcullis, request)
    try:
        return browser.save(shown(await browser.finish(Typed(action, body))))
    except PortcullisError as error:
        return browser.save(JSONResponse({"note": error.message}, 403))


@app.post("/sign-out")
async def sign_out(request: Request) -> JSONResponse:
    browser = browser_of(request.app.state.portcullis, request)
    browser.forget()
    response = JSONResponse({})
    response.delete_cookie("session", secure=True)
    return browser.save(response)
