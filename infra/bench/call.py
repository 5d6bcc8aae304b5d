#!/usr/bin/env python3
"""What a call costs in a process that runs already: CPU, instructions, calls to the table and their bytes, and memory.

  infra/bench/call.py [verify|open|send|passkey ...] [--folder FOLDER] [--requests 300] [--instructions] [--engine] [--local BINARY]

verify is a right code of an authenticator app, open a sign-in of a user who has one, send a code by email, and passkey the
right answer of a passkey. FOLDER holds release binaries (target/release). Every request is of a user of its own, so each one
reads, decides and writes. CPU is on-CPU time of the function's threads alone, the median of rounds of 50. The table is a copy
of the items in this process that answers at once (table.py), or with --engine the embedded engine of portcullis-local; the
CPU of neither is counted. The providers answer on loopback, without TLS. Needs valgrind for --instructions, which has no
instructions for SHA-256 and so counts more for it than a processor executes; and the package cryptography for passkey.
"""
import argparse, statistics

from calls import CALLS, accepted, running
from function import Local, instructions

ROUND = 50


def cost(local, name, args):
    """Returns the microseconds of the median round and of all rounds, calls and bytes of a request, and the memory."""
    of, prepare, status = CALLS[name]
    warm, prepared = [prepare(local) for _ in range(20)], [prepare(local) for _ in range(args.requests)]
    with running(local, f"{args.folder}/portcullis-{of}", args.engine) as (function, table):
        before = [accepted(function, status, event) for event in warm][-1]
        counted, rounds = (table.calls, table.bytes_in, table.bytes_out), []
        for start in range(0, len(prepared), ROUND):
            after = [accepted(function, status, event) for event in prepared[start:start + ROUND]][-1]
            rounds.append((after - before) / len(prepared[start:start + ROUND]) * 1e3)
            before = after
        counts = [(now - then) / len(prepared) for now, then in zip((table.calls, table.bytes_in, table.bytes_out), counted)]
        return rounds, counts, function.memory()


def counted(local, name, args):
    """Returns the instructions of one request."""
    of, prepare, status = CALLS[name]

    def run(requests):
        prepared = [prepare(local) for _ in range(requests)]
        with running(local, f"{args.folder}/portcullis-{of}", args.engine, counted=True) as (function, _):
            for event in prepared:
                accepted(function, status, event)
            return function.stop()

    return instructions(run)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("calls", nargs="*", metavar="CALL", help=", ".join(CALLS))
    parser.add_argument("--folder", default="target/release")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--engine", action="store_true")
    parser.add_argument("--local", help="portcullis-local, if it is built already")
    args = parser.parse_args()
    if unknown := set(args.calls) - set(CALLS):
        parser.error(f"{', '.join(unknown)}: name one of {', '.join(CALLS)}")
    local = Local(args.local)
    try:
        print("| call | CPU, median (least to most) | instructions | calls to the table | bytes to it, from it | peak memory |\n|---|---|---|---|---|---|")
        for name in args.calls or ["verify", "open", "send"]:
            rounds, (calls, sent, received), memory = cost(local, name, args)
            number = f"{counted(local, name, args):,}" if args.instructions else ""
            table = "| |" if args.engine else f"| {calls:.2f} | {sent:,.0f}, {received:,.0f} |"
            print(f"| {name} | {statistics.median(rounds):.0f} us ({min(rounds):.0f} to {max(rounds):.0f}) | {number} {table} {memory:.1f} MB |", flush=True)
    finally:
        local.stop()


main()
