#!/usr/bin/env python3
"""What a verify costs in a process that runs already: CPU and instructions of each, and memory.

  infra/bench/verify.py [BINARY] [--requests 300] [--instructions] [--passkeys] [--local BINARY]

BINARY is target/release/portcullis-verify. Every request is a right code of a user of its own, so each one reads, checks,
writes and signs; with --passkeys it is the answer of a passkey. CPU is on-CPU time of the function's threads alone; the
table's is not counted. Needs valgrind for --instructions, and the Python package cryptography for --passkeys.
"""
import argparse, json

from function import Function, Local

args = argparse.ArgumentParser()
args.add_argument("binary", nargs="?", default="target/release/portcullis-verify")
args.add_argument("--requests", type=int, default=300)
args.add_argument("--instructions", action="store_true")
args.add_argument("--passkeys", action="store_true")
args.add_argument("--local", help="portcullis-local, if it is built already")
args = args.parse_args()


def right(local):
    return local.right_passkey if args.passkeys else local.right_code


def accepted(function, event):
    answer, cpu = function.answer(event)
    assert answer["statusCode"] == 200, answer
    return cpu


def main():
    local = Local(args.local)
    try:
        prepared = [right(local)() for _ in range(args.requests + 20)]
        function = Function(args.binary, local.facts)
        before = [accepted(function, prepared.pop()) for _ in range(20)][-1]
        after = [accepted(function, event) for event in prepared][-1]
        result = {"cpu_us": round((after - before) / len(prepared) * 1e3), "rss_peak_mb": round(function.memory(), 1)}
        function.stop()
        if args.instructions:
            result["instructions"] = instructions(local)
        print(json.dumps(result))
    finally:
        local.stop()


def instructions(local):
    """Returns the instructions of one verify: the difference between a run of 30 and a run of 10."""
    totals = []
    for requests in (10, 30):
        prepared = [right(local)() for _ in range(requests)]
        function = Function(args.binary, local.facts, counted=True)
        for event in prepared:
            accepted(function, event)
        totals.append(function.stop())
    return (totals[1] - totals[0]) // 20


main()
