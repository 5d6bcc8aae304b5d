#!/usr/bin/env python3
"""A portal with many users: does a sign-in stay flat, what does a list cost, and what a dry run?

    cargo build --release -p portcullis-local
    python3 infra/bench/crowd.py [--users 100000] [--dynamodb URL] [--functions target/release]

Starts `cargo local`, gives one portal that many users (the first ones through the public API, the others copies of them),
and measures at each power of ten from a thousand: CPU of the process per sign-in and per page of the list (with the embedded
table's, unless another serves it), and the table's own count of read units. With --functions it counts the instructions of a
sign-in opened by the binary of `challenge-dispatch` in that folder, under valgrind, and fails if they differ by more than 3 %.
"""

import argparse
import base64
import concurrent.futures
import http.client
import json
import os
import subprocess
import sys
import threading
import time
import urllib.parse

from function import Function, http_event, instructions

PORTAL = "email-enrolment-opt-out"
# Users who came through the API; so many of them open a sign-in once only, where instructions are counted.
API_USERS, FRESH = 600, 300


class Service:
    """`cargo local`, and connections to it, one per thread."""

    def __init__(self, binary, dynamodb):
        engine = ["--dynamodb", dynamodb] if dynamodb else ["--memory"]
        self.process = subprocess.Popen(
            [binary, *engine, "--port", "0", "--json"], stdout=subprocess.PIPE, text=True, env={**os.environ, "RUST_LOG": "error"},
        )
        facts = json.loads(self.process.stdout.readline())
        self.environment, self.fresh = facts["environment"], iter(range(FRESH))
        self.address = urllib.parse.urlparse(facts["address"]).netloc
        self.table, self.dynamodb = facts["table"], urllib.parse.urlparse(facts["dynamodb"]).netloc
        self.session = facts["session"]
        self.keys = {portal["id"]: portal["key"] for portal in facts["portals"]}
        self.key = self.keys[PORTAL]
        self.local = threading.local()

    def ask(self, bearer, method, path, body=None, headers=None):
        """The status, the answer and its headers, whatever they are."""
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection(self.address)
        headers = {"authorization": f"Bearer {bearer}", "content-type": "application/json", **(headers or {})}
        self.local.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.local.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None, answer.headers

    def call(self, bearer, method, path, body=None, headers=None):
        status, answer, headers = self.ask(bearer, method, path, body, headers)
        if status >= 300:
            sys.exit(f"{method} {path}: {status} {json.dumps(answer)[:300]}")
        return answer, headers

    def cpu(self):
        """Seconds of CPU the process has used."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def wait_until_idle(self):
        """Until the stream has nothing left to carry to the log."""
        before = self.cpu()
        while True:
            time.sleep(1)
            now = self.cpu()
            if now - before < 0.1:
                return
            before = now

    def table_call(self, operation, body):
        """Asks the table itself."""
        connection = http.client.HTTPConnection(self.dynamodb)
        headers = {
            "content-type": "application/x-amz-json-1.0", "x-amz-target": f"DynamoDB_20120810.{operation}",
            "authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
            "x-amz-date": "20260101T000000Z",
        }
        connection.request("POST", "/", json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            sys.exit(f"{operation}: {answer.status} {text[:300]}")
        return json.loads(text)

    def stop_stream(self):
        """Without it no log is written meanwhile, and the embedded engine does not search it at every write."""
        self.table_call("UpdateTable", {"TableName": self.table, "StreamSpecification": {"StreamEnabled": False}})

    def query(self, limit, **more):
        return self.table_call("Query", {
            "TableName": self.table, "IndexName": "users", "Limit": limit, "ReturnConsumedCapacity": "TOTAL",
            "KeyConditionExpression": "users_of = :of", "ExpressionAttributeValues": {":of": {"S": PORTAL}}, **more,
        })

    def read_units(self, limit):
        """What the table counts for so many users of the index."""
        answer = self.query(limit)
        return answer["ConsumedCapacity"]["CapacityUnits"], answer["Count"]

    def some_items(self):
        """Whole items of users that came through the API, as patterns for copies."""
        keys = [{"pk": item["pk"], "sk": item["sk"]} for item in self.query(50)["Items"]]
        answer = self.table_call("BatchGetItem", {"RequestItems": {self.table: {"Keys": keys}}})
        return answer["Responses"][self.table]


def seed(service, first, last):
    """The first users come through the API; the others are copies of them, written straight into the table."""
    def through_api(n):
        record = {
            "display_name": f"Person {n}", "email": f"person{n}@example.com",
            "email_verified": n % 3 != 0, "organization": f"company-{n % 500}",
        }
        service.call(service.key, "PUT", "/v1/user", {"id": f"u-{n:07}", **record})

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(through_api, range(first, min(last, API_USERS))))
        patterns = service.some_items()

        def copies(start):
            puts = []
            for n in range(start, min(start + 25, last)):
                item = dict(patterns[n % len(patterns)])
                locator = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
                known = json.loads(item["listed"]["S"])["i"]
                item["listed"] = {"S": item["listed"]["S"].replace(known, f"c-{n:07}")}
                item["pk"], item["locator"] = {"S": f"USER#{PORTAL}#{locator}"}, {"S": locator}
                item.pop("entries", None)
                puts.append({"PutRequest": {"Item": item}})
            service.table_call("BatchWriteItem", {"RequestItems": {service.table: puts}})
            if start % 5000 == 0:
                print(f"\r{start} users", end="", file=sys.stderr, flush=True)

        list(pool.map(copies, range(max(first, API_USERS), last, 25)))
    print(file=sys.stderr)


def per_call(service, times, call):
    """CPU milliseconds of the process for one call."""
    before = service.cpu()
    for n in range(times):
        call(n)
    return (service.cpu() - before) * 1000 / times


def opening(n):
    """Returns the body that opens a sign-in of one of the users who came through the API."""
    return {"user": {"id": f"u-{n % API_USERS:07}"}, "event": "login", "nonce": f"bench-{n}-{time.time_ns():020}"}


def counted(service, folder):
    """Returns the instructions of a sign-in opened, each of a user who has not signed in before."""
    def run(requests):
        function = Function(f"{folder}/portcullis-challenge-dispatch", service.environment, counted=True)
        for _ in range(requests):
            answer, _ = function.answer(http_event("POST", "/v1/sign-ins", service.key, opening(next(service.fresh))))
            assert answer["statusCode"] == 201, answer
        return function.stop()

    return instructions(run)


def measure(service, users, folder):
    def sign_in(n):
        service.call(service.key, "POST", "/v1/sign-ins", opening(FRESH + n))

    def page(_):
        service.call(service.session, "GET", f"/v1/admin/portals/{PORTAL}/users")

    service.wait_until_idle()
    number = counted(service, folder) if folder else None
    cpu = per_call(service, API_USERS - FRESH, sign_in), per_call(service, 50, page)
    print(f"| {users:,} | {cpu[0]:.2f} | {cpu[1]:.2f} | {number:,} |" if number else f"| {users:,} | {cpu[0]:.2f} | {cpu[1]:.2f} | |", flush=True)
    return number


def dry_run(service):
    path = f"/v1/admin/portals/{PORTAL}/policy"
    policy, _ = service.call(service.session, "GET", path)
    policy["methods"] = [{"type": "email", "destination": "directory"}]
    policy["enforcement"] = {"type": "required", "grace": None}
    cursor, calls, sums = None, 0, {}
    start, cpu = time.time(), service.cpu()
    while True:
        query = "?dry_run=true" + (f"&cursor={cursor}" if cursor else "")
        answer, _ = service.call(service.session, "PUT", path + query, policy)
        calls += 1
        for name in ["users", "must_enrol", "asked_no_more", "no_way_in", "skips_end"]:
            sums[name] = sums.get(name, 0) + answer[name]
        cursor = answer["next_cursor"]
        if answer["complete"]:
            break
    units, count = service.read_units(2000)
    per_user = units / count
    print(f"\ndry run: {sums}, {calls} calls, {time.time() - start:.1f} s, {service.cpu() - cpu:.1f} s of CPU with the table")
    print(f"read units: {units} for {count} users of the index, {per_user * sums['users']:.0f} for all")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--users", type=int, default=100_000)
    args.add_argument("--dynamodb", help="where the table is; without it, the embedded engine, whose CPU counts too")
    args.add_argument("--functions", help="a folder of release binaries, to count instructions")
    args.add_argument("--binary", default="target/release/portcullis-local", help="built with cargo build --release -p portcullis-local")
    args = args.parse_args()
    service = Service(args.binary, args.dynamodb)
    try:
        service.stop_stream()
        print("| users | CPU ms per sign-in opened | CPU ms per page of the list | instructions per sign-in opened |\n|---|---|---|---|")
        sizes = [users for users in (1000 * 10**power for power in range(6)) if users < args.users] + [args.users]
        done, numbers = 0, []
        for users in sizes:
            seed(service, done, users)
            numbers.append(measure(service, users, args.functions))
            done = users
        dry_run(service)
        if args.functions and max(numbers) > min(numbers) * 1.03:
            sys.exit(f"instructions per sign-in opened differ by more than 3 %: {min(numbers):,} to {max(numbers):,}")
    finally:
        service.process.terminate()


if __name__ == "__main__":
    main()
