#!/usr/bin/env python3
"""What a verify costs: CPU from start to first answer, CPU and instructions of a warm one, size and memory.

  infra/bench/verify.py [BINARY] [--warm 300] [--cold 10] [--instructions]

Plays the Lambda runtime API on loopback for the binary (target/release/portcullis-verify), against the table of a
`cargo local` that it starts. Every request is a right code of a user of its own, so each one reads, judges, writes and
signs. CPU is on-CPU time of the function's threads alone; the table's is not counted. Needs valgrind for --instructions.
"""
import argparse, base64, hashlib, hmac, http.server, json, os, queue, struct, subprocess, sys, threading, time, urllib.request, zlib

args = argparse.ArgumentParser()
args.add_argument("binary", nargs="?", default="target/release/portcullis-verify")
args.add_argument("--warm", type=int, default=300)
args.add_argument("--cold", type=int, default=10)
args.add_argument("--instructions", action="store_true")
args = args.parse_args()


def call(url, body=None, key=None):
    headers = {"content-type": "application/json", **({"authorization": f"Bearer {key}"} if key else {})}
    request = urllib.request.Request(url, json.dumps(body).encode() if body is not None else None, headers)
    return json.load(urllib.request.urlopen(request))


def totp(secret):
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Users:
    """Users with an app, each with an open sign-in."""

    def __init__(self):
        self.process = subprocess.Popen(["cargo", "run", "-q", "-p", "portcullis-local", "--", "--memory", "--port", "0", "--json"], stdout=subprocess.PIPE)
        self.facts = json.loads(self.process.stdout.readline())
        self.key = next(p["key"] for p in self.facts["portals"] if p["preset"] == "authenticator_app")
        self.base, self.made = self.facts["address"], 0

    def event(self):
        """Lambda's event for the right code of a new user. The enrolment lies in the past, its step is used up."""
        self.made += 1
        sign_in = lambda: f"{self.base}/v1/sign-ins/" + call(f"{self.base}/v1/sign-ins", {"user": {"id": f"u{self.made}"}, "event": "login", "nonce": f"nonce-{time.time_ns():020}"}, self.key)["id"]
        call(f"{self.base}/local/clock", {"advance_seconds": -90})
        enrolling = sign_in()
        secret = call(f"{enrolling}/enrolment", {"method": "authenticator_app"}, self.key)["secret"]
        past = time.time
        time.time = lambda: past() - 90
        call(f"{enrolling}/enrolment/confirm", {"code": totp(secret)}, self.key)
        time.time = past
        call(f"{self.base}/local/clock", {"advance_seconds": 90})
        path = sign_in()[len(self.base):] + "/verify"
        return path, secret

    def event_json(self, path, secret):
        http_part = {"method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "bench"}
        context = {"accountId": "1", "apiId": "a", "domainName": "d", "domainPrefix": "d", "http": http_part, "requestId": "r", "routeKey": "$default", "stage": "$default", "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": 0}
        return json.dumps({"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": {"authorization": f"Bearer {self.key}", "content-type": "application/json"}, "requestContext": context, "body": json.dumps({"code": totp(secret)}), "isBase64Encoded": False})


class Runtime:
    """The runtime API for one process."""

    def __init__(self, users, prefix=()):
        self.events, self.answers = queue.Queue(), queue.Queue()
        runtime = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = runtime.events.get().encode()
                self.send_response(200)
                for name, value in {"lambda-runtime-aws-request-id": "r", "lambda-runtime-deadline-ms": str(int(time.time() * 1000) + 60000), "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-west-1:1:function:verify", "content-length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                runtime.answers.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        env = {**os.environ, **users.facts["environment"], "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_port}", "RUST_LOG": "warn",
               "AWS_LAMBDA_FUNCTION_NAME": "verify", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_LAMBDA_FUNCTION_VERSION": "1", "AWS_LAMBDA_LOG_STREAM_NAME": "s", "AWS_LAMBDA_LOG_GROUP_NAME": "g"}
        self.process = subprocess.Popen([*prefix, args.binary], env=env)

    def answer(self, event):
        self.events.put(event)
        answer = self.answers.get(timeout=120)
        assert answer.get("statusCode") == 200, answer
        return answer

    def cpu(self):
        task = f"/proc/{self.process.pid}/task"
        return sum(int(open(f"{task}/{t}/schedstat").read().split()[0]) for t in os.listdir(task)) / 1e6

    def memory(self):
        return next(int(line.split()[1]) / 1024 for line in open(f"/proc/{self.process.pid}/status") if line.startswith("VmHWM"))

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.server.shutdown()


def main():
    users = Users()
    try:
        prepared = [users.event() for _ in range(args.cold + args.warm)]
        next_event = lambda: users.event_json(*prepared.pop())
        cold, wall = [], []
        for _ in range(args.cold):
            runtime, began = Runtime(users), time.perf_counter()
            runtime.answer(next_event())
            wall.append((time.perf_counter() - began) * 1e3)
            cold.append(runtime.cpu())
            runtime.stop()
        runtime = Runtime(users)
        for _ in range(20):
            runtime.answer(next_event())
        before, counted = runtime.cpu(), args.warm - 20
        for _ in range(counted):
            runtime.answer(next_event())
        warm, memory = (runtime.cpu() - before) / counted, runtime.memory()
        runtime.stop()
        binary = open(args.binary, "rb").read()
        result = {"binary_mb": round(len(binary) / 1e6, 1), "zip_mb": round(len(zlib.compress(binary, 9)) / 1e6, 1), "cold_cpu_ms": round(sorted(cold)[len(cold) // 2], 1),
                  "cold_wall_ms": round(sorted(wall)[len(wall) // 2], 1), "warm_cpu_us": round(warm * 1e3), "rss_peak_mb": round(memory, 1)}
        if args.instructions:
            result["warm_instructions"] = instructions(users)
        print(json.dumps(result))
    finally:
        users.process.terminate()


def instructions(users):
    """Instructions of one warm verify: the difference between a run of 30 and a run of 10."""
    totals = []
    for requests in (10, 30):
        prepared = [users.event() for _ in range(requests)]
        runtime = Runtime(users, ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=/tmp/callgrind.%p"])
        for path, secret in prepared:
            runtime.answer(users.event_json(path, secret))
        log = f"/tmp/callgrind.{runtime.process.pid}"
        runtime.process.send_signal(15)
        runtime.process.wait()
        collected = [line for line in open(log) if "Collected" in line]
        totals.append(int(collected[-1].split(":")[1].replace(",", "")))
        os.remove(log)
    return (totals[1] - totals[0]) // 20


main()
