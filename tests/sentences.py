#!/usr/bin/env python3
"""Checks the sentences of the Rust sources: how doc comments open, how long lines are, how many there are, and spelling.

  tests/sentences.py           prints the counts, and exits with 1 if one is over its limit
  tests/sentences.py --list    prints each place, too
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["shared", "functions", "infra/local", "tests"]
COLUMNS = 100
# A limit is the count of the day; it only ever goes down. A change that lowers a count lowers its limit.
LIMITS = {
    "openings": 685,
    "long lines": 543,
    "doc lines per 1,000": 97,
    "misspellings": 0,
}

DOC = re.compile(r"^\s*(///|//!) ?(.*)$")
# A doc comment is a full clause: it does not open like a question, or with its verb before its subject.
OPENING = re.compile(r"(What|Where|Whether|Who|Whom|Whose|Which|How|Comes)\b")
# A string that no formatter breaks: the line is long, but not by its code.
STRING = re.compile(r'"[^"]*"|r#"')


def sources():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *(f"{folder}/**.rs" for folder in FOLDERS)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )
    return [name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def is_long(line):
    """Long by its comment or its code: a line that a string makes long stays as rustfmt leaves it."""
    return len(line) > COLUMNS and (line.lstrip().startswith("//") or not STRING.search(line))


def examine(names):
    """Returns the openings and the long lines, each with its place, and the share of doc lines."""
    openings, long_lines, docs, total = [], [], 0, 0
    for name in names:
        before = False
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            doc = DOC.match(line)
            total += 1
            docs += bool(doc)
            if doc and not before and OPENING.match(doc[2]):
                openings.append(f"{name}:{number}: {doc[2]}")
            if is_long(line):
                long_lines.append(f"{name}:{number}: {len(line)} columns")
            before = bool(doc)
    return openings, long_lines, round(1000 * docs / max(total, 1))


def misspellings():
    """What typos finds in all that people read; the words that it may not know are in tests/typos.toml."""
    typos = shutil.which("typos") or shutil.which("typos", path=ROOT / "target/venv/bin")
    if typos is None:
        sys.exit("typos is missing: tests/run --set-up installs it")
    command = [typos, "--config", "tests/typos.toml", "--format", "brief", *FOLDERS, "README.md", ".github", "infra/docs"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if found.returncode not in (0, 2):
        sys.exit("typos did not run")
    return found.stdout.splitlines()


def main():
    names = sources()
    openings, long_lines, share = examine(names)
    places = {"openings": openings, "long lines": long_lines, "misspellings": misspellings()}
    counts = {**{kind: len(found) for kind, found in places.items()}, "doc lines per 1,000": share}
    over = [kind for kind, count in counts.items() if count > LIMITS[kind]]
    for kind, found in places.items():
        if "--list" in sys.argv or (kind in over and len(found) - LIMITS[kind] <= 20):
            print(*found, sep="\n", end="\n" if found else "")
    for kind in over:
        print(f"{kind}: {counts[kind]}, more than {LIMITS[kind]}; tests/sentences.py --list shows each")
    for kind in sorted(counts.keys() - set(over)):
        if counts[kind] < LIMITS[kind]:
            print(f"{kind}: {counts[kind]} by now; lower the limit of {LIMITS[kind]}")
    print(f"sentences: {len(names)} files, " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
