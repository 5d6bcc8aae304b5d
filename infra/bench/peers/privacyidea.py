"""privacyIDEA: a server in Python, here behind gunicorn with one worker, on SQLite in memory (/dev/shm)."""
import os, secrets, shutil, subprocess, sys
from pathlib import Path

from function import totp
from process import Server, free_port

HERE = Path(__file__).parent
CONFIG = """
SQLALCHEMY_DATABASE_URI = "sqlite:///{data}/privacyidea.sqlite"
SECRET_KEY = "{secret}"
PI_PEPPER = "{pepper}"
PI_ENCFILE = "{data}/enckey"
PI_AUDIT_KEY_PRIVATE = "{data}/private.pem"
PI_AUDIT_KEY_PUBLIC = "{data}/public.pem"
PI_LOGFILE = "{data}/privacyidea.log"
PI_LOGLEVEL = 30
"""


class PrivacyIdea:
    name = "privacyIDEA"
    does = "user, code, used codes kept out, audit line signed"

    def __init__(self, folder, users):
        folder, self.data = folder / "privacyidea", Path(f"/dev/shm/portcullis-bench-{os.getpid()}")
        if not (folder / "bin/gunicorn").exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
        self.data.mkdir(mode=0o700)
        self.environment = {"PRIVACYIDEA_CONFIGFILE": f"{self.data}/pi.cfg", "PI_CONFIG_NAME": "production"}
        self.password = secrets.token_urlsafe(12)
        self.configure(folder / "bin/pi-manage", users)
        self.version, port = "3.14, Python " + sys.version.split()[0], free_port()
        application = "privacyidea.app:create_app(config_name='production', silent=True)"
        command = [str(folder / "bin/gunicorn"), "-w", "1", "-k", "gthread", "--threads", "1", "--keep-alive", "600", "-b", f"127.0.0.1:{port}", application]
        self.server = Server(command, port, "/healthz/livez", self.environment, folder / "log")
        answer, _ = self.server.expect(200, "POST", "/auth", {"username": "admin", "password": self.password})
        self.admin = {"authorization": answer["result"]["value"]["token"]}
        self.configure_by_calls()
        self.users = 0

    def configure(self, manage, users):
        """The users are those of a file, which is read for every verification; so it has no more of them than needed."""
        (self.data / "pi.cfg").write_text(CONFIG.format(data=self.data, secret=secrets.token_hex(), pepper=secrets.token_hex()))
        (self.data / "users").write_text("".join(f"u{n}:x:{n + 1000}:1000:Anna,,,,:/home:/bin/sh\n" for n in range(users)))
        for line in ["setup create_enckey", "setup create_audit_keys", "setup create_tables", f"admin add admin -p {self.password}"]:
            done = subprocess.run([manage, *line.split()], env={**os.environ, **self.environment}, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"pi-manage {line.split(' -p')[0]} failed:\n{done.stderr[-2000:]}")

    def configure_by_calls(self):
        """One realm, of the users of that file."""
        post = lambda path, body: self.server.expect(200, "POST", path, body, self.admin)
        post("/resolver/users", {"type": "passwdresolver", "fileName": f"{self.data}/users"})
        post("/realm/bench", {"resolvers": "users"})
        post("/defaultrealm/bench", {})

    def prepare(self):
        """Makes a user with an app; returns what gives the code."""
        user, self.users = f"u{self.users}", self.users + 1
        body = {"type": "totp", "genkey": 1, "user": user, "realm": "bench", "otplen": 6, "hashlib": "sha1"}
        answer, _ = self.server.expect(200, "POST", "/token/init", body, self.admin)
        secret = answer["detail"]["googleurl"]["value"].split("secret=")[1].split("&")[0]
        padded = secret + "=" * (-len(secret) % 8)

        def verify():
            answer, _ = self.server.expect(200, "POST", "/validate/check", {"user": user, "pass": totp(padded)})
            assert answer["result"]["value"] is True, answer
        return verify

    def stop(self):
        self.server.stop()
        shutil.rmtree(self.data)
