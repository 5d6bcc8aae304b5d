#!/usr/bin/env python3
"""Where the instructions of a call go: by crate, and by function with what it calls; and how many allocations it makes.

  infra/bench/shares.py [verify|open|send] [--folder FOLDER] [--local BINARY] [--most 12]

FOLDER holds release binaries with symbols: CARGO_PROFILE_RELEASE_STRIP=none CARGO_PROFILE_RELEASE_DEBUG=line-tables-only
cargo build --release. Code that was inlined counts for the crate that it is from. Shares are of the difference between a run
of 30 requests and one of 10, under valgrind, on the table of table.py.
"""
import argparse, collections, re

from calls import CALLS, accepted, running
from function import Local

ALLOCATOR = re.compile(r"malloc|calloc|realloc|free|_int_|unlink_chunk|tcache|alloc_perturb")
NAMED = re.compile(r"\((\d+)\)(?: (.*))?")


class Profile:
    """What callgrind writes ("Callgrind format specification"): costs by function and source file, and calls."""

    def __init__(self, path):
        self.crates, self.inclusive, self.allocations = collections.Counter(), collections.Counter(), 0
        self.names, self.fn, self.file, self.object = {"fn": {}, "file": {}, "ob": {}}, "", "", ""
        called, pending = None, False
        for line in open(path, errors="replace"):
            key, _, value = line.rstrip().partition("=")
            if key in ("fn", "cfn"):
                name = self.name("fn", value)
                self.fn, called = (name, called) if key == "fn" else (self.fn, name)
            elif key in ("fl", "fi", "fe"):
                self.file = self.name("file", value)
            elif key in ("cfi", "cfl"):
                self.name("file", value)
            elif key in ("ob", "cob"):
                named = self.name("ob", value)
                self.object = named if key == "ob" else self.object
            elif key == "calls":
                self.allocations += int(value.split()[0]) if called in ("malloc", "calloc", "realloc") else 0
                pending = True
                continue
            elif line[0] in "+-*" or line[0].isdigit():
                cost = int(line.split()[1])
                if called and pending:
                    self.inclusive[called] += cost if called != self.fn else 0
                else:
                    self.crates[self.crate()] += cost
            pending = key in ("cfn", "cfi", "cfl", "cob")

    def name(self, kind, value):
        """Names are written once, and then by their number."""
        number, name = NAMED.fullmatch(value).groups()
        if name:
            self.names[kind][number] = re.sub(r"::h[0-9a-f]{16}$", "", name)
        return self.names[kind][number]

    def crate(self):
        if "/libc.so" in self.object or "/libc-" in self.object:
            return "malloc and free" if ALLOCATOR.search(self.fn) else "libc, the rest"
        for pattern in [r"registry/src/[^/]+/(.+?)-\d+\.", r"(?:/rustc/[^/]+|/rust)/library/(\w+)", r"((?:shared|functions)/[\w-]+)/src"]:
            if found := re.search(pattern, self.file):
                return found[1]
        if "aws_lc" in self.fn:
            return "aws-lc-sys"
        return re.sub(r"^[<&(\[]*(?:dyn )?", "", self.fn).split("::")[0].split("'")[0] if "::" in self.fn else f"{self.fn or '?'}"


def profile(local, name, args, requests):
    of, prepare, status = CALLS[name]
    prepared = [prepare(local) for _ in range(requests)]
    with running(local, f"{args.folder}/portcullis-{of}", False, counted=True) as (function, _):
        for event in prepared:
            accepted(function, status, event)
        function.stop()
        return Profile(function.profile)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("call", nargs="?", choices=CALLS, default="verify")
    parser.add_argument("--folder", default="target/release")
    parser.add_argument("--local")
    parser.add_argument("--most", type=int, default=12)
    args = parser.parse_args()
    local = Local(args.local)
    try:
        few, many = (profile(local, args.call, args, requests) for requests in (10, 30))
    finally:
        local.stop()
    total = sum((many.crates - few.crates).values())
    print(f"{total // 20:,} instructions and {(many.allocations - few.allocations) / 20:.0f} allocations")
    for title, counts in [("crate", many.crates - few.crates), ("function, with what it calls", many.inclusive - few.inclusive)]:
        print(f"\n| {title} | share |\n|---|---|")
        # What runs a whole request says nothing of where in it the instructions go; nor does what calls itself.
        parts = [(name, cost) for name, cost in counts.most_common() if cost < total / 2 and not name.endswith("'2")]
        for name, cost in parts[:args.most]:
            print(f"| `{name}` | {100 * cost / total:.1f} % |")


main()
