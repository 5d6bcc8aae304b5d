#!/usr/bin/env python3
"""Ten minutes of mixed sign-ins, at a bounded rate: errors, lost or doubled entries, memory, and what it costs the table.

    cargo build --release -p portcullis-local
    python3 infra/bench/load.py --dynamodb $(tests/dynamodb-local/run start) [--minutes 10] [--per-second 15]

Users come back every few minutes: they enrol an authenticator app, type its code (and a wrong one now and then), or get a
code by email or text message. Every answer that is not the expected one is an error. In the end the log of each portal is
read back and compared with what was done. Without --dynamodb the embedded engine runs in the same process; it keeps the
records of its stream in memory, so memory is then the engine's.
"""

import argparse
import base64
import collections
import concurrent.futures
import hashlib
import hmac
import json
import os
import re
import struct
import sys
import threading
import time

from crowd import Service
from prices import price

# Dollars per million units.
WRITE, READ = 1e6 * price("table write"), 1e6 * price("table read")


def totp(secret, now):
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(now) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Load:
    def __init__(self, service):
        self.service, self.done, self.errors = service, collections.Counter(), []
        self.secrets, self.lock, self.calls = {}, threading.Lock(), 0

    def note(self, portal, *kinds):
        with self.lock:
            self.done.update((portal, kind) for kind in kinds)

    def call(self, portal, wanted, method, path, body=None):
        status, answer, _ = self.service.ask(self.service.keys[portal], method, path, body)
        with self.lock:
            self.calls += 1
        if status != wanted:
            raise RuntimeError(f"{method} {path}: {status} {json.dumps(answer)[:200]}")
        return answer

    def open(self, portal, n):
        user = {"id": f"u-{n}", "email": f"user{n}@example.com", "email_verified": True, "phone": f"+6421{1_200_000 + n}"}
        nonce = base64.urlsafe_b64encode(os.urandom(18)).decode()
        sign_in = self.call(portal, 201, "POST", "/v1/sign-ins", {"user": user, "event": "login", "nonce": nonce})
        return f"/v1/sign-ins/{sign_in['id']}"

    def with_app(self, n):
        portal, at = "authenticator-app", None
        at = self.open(portal, n)
        if n not in self.secrets:
            started = self.call(portal, 201, "POST", f"{at}/enrolment", {"method": "authenticator_app"})
            self.secrets[n] = started["enrolment"]["secret"]
            self.call(portal, 200, "POST", f"{at}/enrolment/confirm", {"code": totp(started["enrolment"]["secret"], time.time())})
            return self.note(portal, "code_accepted", "enrolled")
        right = totp(self.secrets[n], time.time())
        if n % 10 == 0:
            wrong = f"{(int(right) + 1) % 10**6:06}"
            self.call(portal, 403, "POST", f"{at}/verify", {"code": wrong})
            self.note(portal, "code_wrong")
        self.call(portal, 200, "POST", f"{at}/verify", {"code": right})
        self.note(portal, "code_accepted")

    def with_message(self, n, method, to):
        portal = "always-on"
        at = self.open(portal, n)
        self.call(portal, 202, "POST", f"{at}/challenge", {"method": method})
        sent, _ = self.service.call("", "GET", f"/local/outbox?to={to.replace('+', '%2B')}")
        code = next(found[0] for found in (re.findall(r"\b\d{6}\b", m["text"]) for m in sent) if found)
        self.call(portal, 200, "POST", f"{at}/verify", {"code": code})
        self.note(portal, "code_requested", "code_sent", "code_accepted")

    def sign_in(self, n):
        try:
            match n % 4:
                case 0 | 1:
                    self.with_app(n)
                case 2:
                    self.with_message(n, "email", f"user{n}@example.com")
                case _:
                    self.with_message(n, "sms", f"+6421{1_200_000 + n}")
        except Exception as error:
            with self.lock:
                self.errors.append(str(error))


class Loaded(Service):
    def lift_caps(self):
        settings, headers = self.call(self.session, "GET", "/v1/admin/settings")
        settings["caps"] = {"texts_per_prefix_per_day": 1_000_000, "texts_per_portal_per_day": 1_000_000}
        self.call(self.session, "PUT", "/v1/admin/settings", settings, {"if-match": headers["etag"]})

    def memory(self):
        """Resident memory of the process, in MB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def logged(self, portal):
        """How often each kind is in the log of a portal."""
        kinds, cursor = collections.Counter(), ""
        while True:
            path = f"/v1/admin/portals/{portal}/activity" + (f"?cursor={cursor}" if cursor else "")
            page, _ = self.call(self.session, "GET", path)
            kinds.update(entry["event"] for entry in page["entries"])
            cursor = page.get("next_cursor")
            if not cursor:
                return kinds

    def item_size(self):
        """The mean size of a user's item, in bytes, of up to a megabyte of them."""
        items = self.table_call("Scan", {"TableName": self.table})["Items"]
        size = lambda value: len(json.dumps(value["L"])) if "L" in value else len(next(iter(value.values())))
        sizes = [sum(len(name) + size(value) for name, value in item.items()) for item in items if item["pk"]["S"].startswith("USER#")]
        return sum(sizes) / len(sizes)


def drive(load, per_second, seconds):
    """So many sign-ins a second; users come back after four minutes, in a short run after one: an app shows another code by then."""
    users, memory = int(per_second * min(240, max(60, seconds / 2))), []
    began, cpu = time.time(), load.service.cpu()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        n = 0
        while (now := time.time() - began) < seconds:
            while n < now * per_second:
                pool.submit(load.sign_in, n % users)
                n += 1
            if len(memory) < now / 5:
                memory.append(load.service.memory())
                print(f"\r{now:4.0f} s  {n} sign-ins  {len(load.errors)} errors  {memory[-1]:.1f} MB", end="", file=sys.stderr, flush=True)
            time.sleep(0.02)
    print(file=sys.stderr)
    return n, memory, time.time() - began, load.service.cpu() - cpu


def compare(load):
    """What the log lacks, or has too often."""
    differ = []
    for portal in ["authenticator-app", "always-on"]:
        wanted = {kind: count for (of, kind), count in load.done.items() if of == portal}
        for _ in range(120):
            logged = load.service.logged(portal)
            if all(logged[kind] >= count for kind, count in wanted.items()):
                break
            time.sleep(1)
        differ += [f"{portal} {kind}: {count} done, {logged[kind]} in the log" for kind, count in wanted.items() if logged[kind] != count]
    return differ


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--minutes", type=float, default=10)
    args.add_argument("--per-second", type=float, default=15)
    args.add_argument("--dynamodb", help="where the table is; without it, the embedded engine, whose memory and CPU count too")
    args.add_argument("--binary", default="target/release/portcullis-local", help="built with cargo build --release -p portcullis-local")
    args = args.parse_args()
    service = Loaded(args.binary, args.dynamodb)
    try:
        service.lift_caps()
        load = Load(service)
        sign_ins, memory, seconds, cpu = drive(load, args.per_second, args.minutes * 60)
        differ = compare(load)
        third = len(memory) // 3
        early, late = (sum(part) / len(part) for part in (memory[third:2 * third], memory[2 * third:]))
        item = service.item_size()
        writes = -(-item // 1024)
        print(f"{sign_ins} sign-ins in {seconds:.0f} s, {load.calls} calls, {len(load.errors)} errors")
        print(f"entries: {sum(load.done.values())} expected, {'each in the log once' if not differ else differ}")
        print(f"memory: {early:.1f} MB in the second third, {late:.1f} MB in the last")
        print(f"CPU: {cpu * 1000 / load.calls:.2f} ms per call")
        print(f"a user's item has {item:.0f} bytes: {writes:.0f} write units; a call reads 3 items: 3 read units")
        for name, reads, puts, counters in [("opening, judging or enrolling", 1, 1, 0), ("a code by email", 1, 2, 1), ("a code by text message", 1, 2, 3)]:
            dollars = reads * 3 * READ + (puts * writes + counters) * WRITE
            print(f"  {name}: {reads * 3} + {puts * writes + counters:.0f} units, ${dollars:.2f} per million")
        for error in load.errors[:5]:
            print(error, file=sys.stderr)
        if load.errors or differ or late > early * 1.1:
            sys.exit("it did not hold")
    finally:
        service.process.terminate()


if __name__ == "__main__":
    main()
