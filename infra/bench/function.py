"""One function's binary under a stand-in of Lambda's Runtime API, and the events that it is given.

"Using the Lambda runtime API for custom runtimes" (AWS Lambda developer guide): the process asks for the next invocation,
answers it, and asks again.
"""
import base64, hashlib, hmac, json, os, queue, re, signal, struct, subprocess, tempfile, threading, time, urllib.request

from stand_in import Handler, Server


def call(url, body=None, key=None, headers=()):
    """Sends JSON and returns the JSON that is answered."""
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {}), **dict(headers)}
    request = urllib.request.Request(url, json.dumps(body).encode() if body is not None else None, headers)
    return json.load(urllib.request.urlopen(request))


def totp(secret):
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def http_event(method, path, key, body=None):
    """Returns the event of an HTTP API, payload format 2.0."""
    http_part = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "bench"}
    context = {"accountId": "1", "apiId": "a", "domainName": "mfa.example.com", "domainPrefix": "mfa", "http": http_part, "requestId": "r",
               "routeKey": "$default", "stage": "$default", "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": 0}
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "host": "mfa.example.com"}
    return {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": headers, "requestContext": context,
            "isBase64Encoded": False, **({"body": json.dumps(body)} if body is not None else {})}


class Local:
    """`cargo local`: the table, KMS, the providers, and portals to make users in."""

    def __init__(self, binary=None):
        command = [binary] if binary else ["cargo", "run", "-q", "-p", "portcullis-local", "--"]
        self.process = subprocess.Popen([*command, "--memory", "--port", "0", "--json"], stdout=subprocess.PIPE)
        self.facts = json.loads(self.process.stdout.readline())
        self.base, self.users = self.facts["address"], 0

    def key(self, preset):
        return next(portal["key"] for portal in self.facts["portals"] if portal["preset"] == preset)

    def user(self):
        """Returns the id of a user that nobody has met."""
        self.users += 1
        return f"u{self.users}"

    def open(self, user, key, contact={}):
        """Opens a sign-in and returns its view."""
        body = {"user": {"id": user, **contact}, "event": "login", "nonce": f"nonce-{time.time_ns():020}"}
        return call(f"{self.base}/v1/sign-ins", body, key)

    def sign_in(self, user, key, contact={}):
        """Opens a sign-in and returns its path."""
        return "/v1/sign-ins/" + self.open(user, key, contact)["id"]

    def enrolled(self, key):
        """Returns a new user with an app, and its secret. The enrolment lies in the past, so its time step is used up."""
        user = self.user()
        call(f"{self.base}/local/clock", {"advance_seconds": -90})
        enrolling = self.base + self.sign_in(user, key)
        secret = call(f"{enrolling}/enrolment", {"method": "authenticator_app"}, key)["enrolment"]["secret"]
        now = time.time
        time.time = lambda: now() - 90
        call(f"{enrolling}/enrolment/confirm", {"code": totp(secret)}, key)
        time.time = now
        call(f"{self.base}/local/clock", {"advance_seconds": 90})
        return user, secret

    def opening(self):
        """Prepares a sign-in of a user who has an app."""
        key = self.key("authenticator_app")
        user, _ = self.enrolled(key)
        return http_event("POST", "/v1/sign-ins", key, {"user": {"id": user}, "event": "login", "nonce": f"nonce-{time.time_ns():020}"})

    def sending(self):
        """Prepares a code by email."""
        key, user = self.key("always_on"), self.user()
        path = self.sign_in(user, key, {"email": f"{user}@example.com", "email_verified": True})
        return http_event("POST", f"{path}/challenge", key, {"method": "email"})

    def right_code(self):
        """Prepares a right code for `verify`; returns what makes its event when the moment has come."""
        key = self.key("authenticator_app")
        user, secret = self.enrolled(key)
        path = self.sign_in(user, key) + "/verify"
        return lambda: http_event("POST", path, key, {"code": totp(secret)})

    def right_passkey(self):
        """Prepares the right answer of a passkey for `verify`. Needs the package cryptography."""
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key, user, secret = self.key("passkey_first"), self.user(), ec.generate_private_key(ec.SECP256R1())
        origin, credential = self.base.replace("127.0.0.1", "localhost"), os.urandom(32)
        text = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        hashed = lambda data: hashlib.sha256(data).digest()
        client_data = lambda kind, asked: json.dumps({"type": kind, "challenge": asked["challenge"], "origin": origin, "crossOrigin": False}).encode()
        authenticator_data = lambda flags, rest=b"": hashed(b"localhost") + bytes([flags]) + b"\0\0\0\0" + rest
        contact = {"email": f"{user}@example.com", "email_verified": True}
        enrolling = self.base + self.sign_in(user, key, contact)
        call(f"{enrolling}/challenge", {"method": "email"}, key)
        sent = [message for message in call(f"{self.base}/local/outbox") if message["to"] == contact["email"]]
        call(f"{enrolling}/verify", {"code": re.search(r"\b\d{6}\b", sent[-1]["text"])[0]}, key)
        asked = call(f"{enrolling}/enrolment", {"method": "passkey"}, key)["enrolment"]["passkey"]
        # User present and verified, with the credential: its id, and as many bytes as a key of COSE has, which are not read.
        attested = authenticator_data(0x45, bytes(16) + struct.pack(">H", len(credential)) + credential + b"\xa5" + bytes(76))
        public = secret.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        made = {"id": text(credential), "client_data_json": text(client_data("webauthn.create", asked)), "authenticator_data": text(attested), "public_key": text(public), "algorithm": -7}
        call(f"{enrolling}/enrolment/confirm", {"passkey": made}, key)
        opened = self.open(user, key, contact)
        data, signed = client_data("webauthn.get", opened["input"]["public_key"]), authenticator_data(0x05)
        signature = secret.sign(signed + hashed(data), ec.ECDSA(hashes.SHA256()))
        used = {"id": text(credential), "client_data_json": text(data), "authenticator_data": text(signed), "signature": text(signature)}
        return lambda: http_event("POST", f"/v1/sign-ins/{opened['id']}/verify", key, {"passkey": used})

    def items(self):
        """Returns everything that is in the table."""
        headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.Scan", "x-amz-date": "20260101T000000Z",
                   "authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"}
        items, last = [], {}
        while last is not None:
            page = call(self.facts["dynamodb"], {"TableName": self.facts["table"], **last}, headers=headers)
            items += page["Items"]
            last = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if "LastEvaluatedKey" in page else None
        return items

    def environment(self, table):
        """Returns the environment of a function whose table is this one, with a copy of what is in ours."""
        table.load(self.facts["table"], self.items())
        return {**self.facts["environment"], "AWS_ENDPOINT_URL_DYNAMODB": table.url}

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Function:
    """One execution environment."""

    def __init__(self, binary, environment, counted=False):
        self.events, self.answers, self.ready = queue.Queue(), queue.Queue(), threading.Event()
        self.cpu_at_ready, self.folder, function = None, tempfile.TemporaryDirectory(), self

        class Runtime(Handler):
            def do_GET(self):
                function.cpu_at_ready = function.cpu_at_ready or function.cpu()
                function.ready.set()
                event = function.events.get()
                body = json.dumps(event() if callable(event) else event).encode()
                self.reply(200, body, {"lambda-runtime-aws-request-id": "r", "lambda-runtime-deadline-ms": int(time.time() * 1000) + 600_000,
                                       "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-west-1:1:function:bench"})

            def do_POST(self):
                body = self.body()
                function.answers.put((self.path.rsplit("/", 1)[-1], json.loads(body), function.cpu()))
                self.reply(202)

        self.server = Server(("127.0.0.1", 0), Runtime)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        env = {**environment, "PATH": "/usr/bin:/bin", "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_port}", "RUST_LOG": "warn",
               "AWS_LAMBDA_FUNCTION_NAME": "bench", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_FUNCTION_VERSION": "1", "AWS_LAMBDA_LOG_STREAM_NAME": "s", "AWS_LAMBDA_LOG_GROUP_NAME": "g"}
        self.log, self.profile = f"{self.folder.name}/valgrind", f"{self.folder.name}/profile"
        prefix = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.profile}", f"--log-file={self.log}"] if counted else []
        self.said = open(f"{self.folder.name}/said", "w+b")
        self.process = subprocess.Popen([*prefix, binary], env=env, stdout=self.said)

    def answer(self, event):
        """Delivers an event, and returns what is answered with the process's CPU milliseconds at that moment."""
        self.events.put(event)
        kind, answer, cpu = self.answers.get(timeout=180)
        assert kind == "response", (kind, answer, open(self.said.name).read()[-2000:])
        return answer, cpu

    def cpu(self):
        """Returns the CPU milliseconds of all threads so far."""
        task, total = f"/proc/{self.process.pid}/task", 0
        for thread in os.listdir(task):
            total += int(open(f"{task}/{thread}/schedstat").read().split()[0])
        return total / 1e6

    def memory(self):
        """Returns the most memory that was resident, in megabytes."""
        return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{self.process.pid}/status") if line.startswith("VmHWM"))

    def stop(self):
        """Ends the process, and returns its instructions if they were counted."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.server.shutdown()
        if not os.path.exists(self.log):
            return None
        collected = [line for line in open(self.log) if "Collected" in line]
        return int(collected[-1].split(":")[1].replace(",", ""))


def instructions(run):
    """Returns the instructions of one request. `run` makes so many requests in a new process, and returns all of its instructions."""
    return (run(30) - run(10)) // 20
