"""What the tests share: a running service, its outbox, a person at the prompt, and a network that loses replies."""

from __future__ import annotations

import html
import json
import os
import re
import threading
import unittest
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from portcullis_client import Portcullis
from portcullis_client.wire import UserFields

FACTS = json.loads(Path(os.environ["PORTCULLIS_FACTS"]).read_text())
ADDRESS: str = FACTS["address"]


def settings_of(preset: str, **others: Any) -> dict[str, Any]:
    portal = next(portal for portal in FACTS["portals"] if portal["preset"] == preset)
    return {"service": ADDRESS, "issuer": FACTS["issuer"], "portal": portal["id"], "key": portal["key"]} | others


def client(preset: str, **others: Any) -> Portcullis:
    portcullis = Portcullis(**settings_of(preset, **others))
    unittest.addModuleCleanup(portcullis.close)
    return portcullis


def return_url(preset: str) -> str:
    return f"{ADDRESS}/demo/{settings_of(preset)['portal']}/back"


def admin(path: str, body: Any = None) -> Any:
    url, headers = f"{ADDRESS}/v1/admin{path}", {"authorization": f"Bearer {FACTS['session']}"}
    answer = httpx.get(url, headers=headers) if body is None else httpx.post(url, json=body, headers=headers)
    assert answer.is_success, answer.text
    return answer.json()


def another_key(preset: str) -> str:
    """Makes another API key of a portal."""
    key: str = admin(f"/portals/{settings_of(preset)['portal']}/keys", {})["api_key"]
    return key


def portal_with(preset: str, **changes: Any) -> dict[str, Any]:
    """Makes a portal whose policy is a preset with changes, and returns its settings."""
    policy = next(known["policy"] for known in admin("/presets") if known["name"] == preset)
    portal = f"changed-{str(uuid.uuid4())[:8]}"
    profile = {"description": "Changed", "audience": "clients"}
    body = {"id": portal, "profile": profile, "policy": {**policy, "switched_by": "portal_admin", **changes}}
    return settings_of(preset, portal=portal, key=admin("/portals", body)["api_key"])


def remembering_portal() -> Portcullis:
    """Makes a portal that sends codes to the address on record, and remembers browsers for thirty days."""
    return client("always_on", **portal_with("always_on", remember_browser={"days": 30, "earned_by": "any"}))


def new_user() -> UserFields:
    """A user who has not signed in before."""
    user = str(uuid.uuid4())
    return {"id": user, "email": f"{user}@example.com", "email_verified": True}


def code_sent_to(email: str | None, saying: str = "") -> str:
    """Returns the code of the newest message with one to an address, which has to say this. Notices may come between."""
    messages = [message["text"] for message in httpx.get(f"{ADDRESS}/local/outbox").json() if message["to"] == email]
    text, code = next((text, found[0]) for text in messages if (found := re.search(r"\b\d{6}\b", text)))
    assert saying in text
    return code


def wrong(code: str) -> str:
    """Another code than this one."""
    return "222222" if code == "111111" else "111111"


class Person:
    """A person at the prompt, in a browser of their own."""

    def __init__(self, prompt_url: str) -> None:
        self._at = prompt_url
        self._cookies: dict[str, str] = {}

    def _ask(self, url: str, form: dict[str, str] | None = None) -> httpx.Response:
        # The jar of httpx would keep cookies marked `Secure` from this address.
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        url = urljoin(self._at, url)
        answer = httpx.request("POST" if form else "GET", url, data=form, headers={"cookie": cookie})
        for header in answer.headers.get_list("set-cookie"):
            name, _, value = header.split(";")[0].partition("=")
            self._cookies[name] = value
        following = answer.headers.get("location", "")
        return self._ask(following) if urlsplit(urljoin(url, following)).path.startswith("/prompt/") and following else answer

    def _submit(self, step: str, **fields: str) -> str:
        form = re.search(r'name="form" value="([^"]*)"', self._ask(self._at).text)
        assert form
        back: str = self._ask(f"{self._at}/{step}", {"form": form[1], **fields}).headers.get("location", "")
        return back

    def enters_code_sent_to(self, email: str | None) -> str:
        """Signs in with a code by email; returns the address that the browser goes back to."""
        self._submit("challenge", method="email")
        return self._submit("verify", code=code_sent_to(email))

    def leaves(self) -> str:
        """Takes the page's own link back to the portal."""
        links = re.findall(r'href="([^"]*)"', self._ask(self._at).text)
        return next(html.unescape(link) for link in links if "error=" in link)


class Network:
    """A network on the way to the service: it loses the first replies to a path, after the service did what was asked."""

    def __init__(self, path: str, lost: int = 1) -> None:
        self.seen: list[tuple[str, Any]] = []
        network = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                nonlocal lost
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                asked = f"{self.command} {self.path}"
                network.seen.append((asked, json.loads(body) if body else None))
                kept = {name: self.headers[name] for name in ("authorization", "content-type") if name in self.headers}
                answer = httpx.request(self.command, ADDRESS + self.path, content=body, headers=kept)
                if re.search(path, asked) and lost > 0:
                    lost -= 1
                    self.close_connection = True
                    return
                self.send_response(answer.status_code)
                self.send_header("content-type", answer.headers.get("content-type", ""))
                self.send_header("content-length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.service = f"http://127.0.0.1:{server.server_address[1]}"

    def count(self, path: str) -> int:
        return sum(bool(re.search(path, asked)) for asked, _ in self.seen)
