#!/usr/bin/env python3
"""Checks the sentences of the Rust sources: the openings and the number of doc comments, long lines, and spelling.

  tests/sentences.py           prints the figures, and exits with 1 if one is over its limit
  tests/sentences.py --list    prints each place, too
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

# Limits: set to the figures of the day, and only ever lowered. The goals are 4 per cent, 37 lines, and none of the others.
BANNED_OPENINGS_PER_CENT = 0.0
DOC_LINES_PER_1000 = 70
LONG_COMMENT_LINES = 0
LONG_CODE_LINES = 8
MISSPELLINGS = 0

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ["shared", "functions", "infra/local", "infra/ops", "tests"]
COLUMNS = 100

DOC = re.compile(r"^\s*(///|//!) ?(.*)$")
# A doc comment is a full clause: it does not open like a question, or with its verb before its subject.
OPENING = re.compile(r"(What|Where|Whether|Who|Whom|Whose|Which|How|When|Comes)\b")
# A line with a string is long because rustfmt does not break strings.
STRING = re.compile(r'"[^"]*"|r#"')


def sources():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *(f"{folder}/**.rs" for folder in FOLDERS)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )
    return [name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def examine(names):
    """Returns the places of banned openings and long lines, and the numbers of doc comments, doc lines and lines."""
    openings, comments, code = [], [], []
    docs, doc_lines, lines = 0, 0, 0
    for name in names:
        before = False
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            doc = DOC.match(line)
            lines += 1
            doc_lines += bool(doc)
            if doc and not before:
                docs += 1
                if OPENING.match(doc[2]):
                    openings.append(f"{name}:{number}: {doc[2]}")
            if len(line) > COLUMNS and line.lstrip().startswith("//"):
                comments.append(f"{name}:{number}: {len(line)} columns")
            elif len(line) > COLUMNS and not STRING.search(line):
                code.append(f"{name}:{number}: {len(line)} columns")
            before = bool(doc)
    return openings, comments, code, docs, doc_lines, lines


def misspellings():
    """Returns what typos finds in all that people read; tests/typos.toml lists words that it does not know."""
    typos = shutil.which("typos") or shutil.which("typos", path=ROOT / "target/venv/bin")
    if typos is None:
        sys.exit("typos is missing: tests/run --set-up installs it")
    command = [typos, "--config", "tests/typos.toml", "--format", "brief", *FOLDERS, "README.md", ".github", "infra/docs", "infra/clients"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if found.returncode not in (0, 2):
        sys.exit("typos did not run")
    return found.stdout.splitlines()


def main():
    names = sources()
    openings, comments, code, docs, doc_lines, lines = examine(names)
    misspelt = misspellings()
    # Each figure: its name, its value, its limit, and its places.
    figures = [
        ("% banned openings", round(100 * len(openings) / max(docs, 1), 1), BANNED_OPENINGS_PER_CENT, openings),
        ("doc lines per 1,000", round(1000 * doc_lines / max(lines, 1)), DOC_LINES_PER_1000, []),
        ("long comment lines", len(comments), LONG_COMMENT_LINES, comments),
        ("long code lines", len(code), LONG_CODE_LINES, code),
        ("misspellings", len(misspelt), MISSPELLINGS, misspelt),
    ]
    failed = False
    for name, value, limit, places in figures:
        if "--list" in sys.argv or (value > limit and len(places) <= 20):
            print(*places, sep="\n", end="\n" if places else "")
        if value > limit:
            failed = True
            print(f"{value} {name}, more than {limit}; tests/sentences.py --list shows each place")
        elif value < limit:
            print(f"{value} {name}: lower the limit of {limit}")
    print(f"sentences: {len(names)} files, " + ", ".join(f"{value} {name}" for name, value, *_ in figures))
    return failed


if __name__ == "__main__":
    sys.exit(main())
