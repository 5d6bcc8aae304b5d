"""better-auth: a library of Node.js, here behind Node's own HTTP server."""
import shutil, subprocess, urllib.parse
from pathlib import Path

from function import totp
from process import Server, free_port

HERE = Path(__file__).parent


class BetterAuth:
    name = "better-auth"
    does = "session of the password, code, session; the code itself is not kept from being used again"

    def __init__(self, folder):
        folder = folder / "better-auth"
        folder.mkdir(exist_ok=True)
        for name in ["package.json", "better-auth.mjs"]:
            shutil.copy(HERE / name, folder)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        self.version = f"1.7.25, Node {node}"
        port = free_port()
        self.server = Server(["node", str(folder / "better-auth.mjs")], port, "/api/auth/ok", {"PORT": str(port), "NODE_ENV": "production"}, folder / "log")
        self.users = 0

    def prepare(self):
        """Makes a user with an app who has given the password; returns what gives the code."""
        self.users += 1
        user = {"email": f"u{self.users}@example.com", "password": "correct horse battery"}
        post = lambda path, body, cookies: self.server.expect(200, "POST", f"/api/auth/{path}", body, {"cookie": cookies})
        cookies = kept(post("sign-up/email", {**user, "name": "Anna"}, "")[1])
        uri = post("two-factor/enable", {"password": user["password"]}, cookies)[0]["totpURI"]
        secret = urllib.parse.parse_qs(urllib.parse.urlparse(uri).query)["secret"][0]
        padded = secret + "=" * (-len(secret) % 8)
        post("two-factor/verify-totp", {"code": totp(padded)}, cookies)
        answer, headers = post("sign-in/email", user, "")
        assert answer["twoFactorRedirect"], answer
        cookies = kept(headers)

        def verify():
            answer, _ = post("two-factor/verify-totp", {"code": totp(padded)}, cookies)
            assert answer["token"], answer
        return verify


def kept(headers):
    """Returns the cookies that an answer sets, as they are sent back."""
    return "; ".join(cookie.split(";")[0] for cookie in headers.get_all("set-cookie"))
