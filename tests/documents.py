#!/usr/bin/env python3
"""Checks README and book: every relative link leads somewhere, the contents list every page, lines and README are not too long.

  tests/documents.py    prints what is wrong, and exits with 1 if anything is
"""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "infra/docs"
README_LINES = 130
COLUMNS = 130

FENCE = re.compile(r"^ *(```|~~~)(.*)$")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
# What a fence may say: commands that a test executes, and languages of examples.
MARKS = {
    "sh", "sh run", "sh aws", "rust", "ts", "python", "json", "yaml", "toml", "html", "mermaid", "text",
}


def documents():
    """Every Markdown file of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )
    return [ROOT / name for name in sorted(listed.stdout.splitlines()) if (ROOT / name).is_file()]


def lines(text):
    """The lines outside code with their numbers, and the marks of the code's fences."""
    outside, marks, fence = [], [], None
    for number, line in enumerate(text.splitlines(), 1):
        found = FENCE.match(line)
        if found and fence is None:
            fence = found[1]
            marks.append((number, found[2].strip()))
        elif found and found[1] == fence and not found[2].strip():
            fence = None
        elif fence is None:
            outside.append((number, line))
    return outside, marks


def anchor(heading):
    """The name that GitHub and mdBook give a heading: small letters, and hyphens for blanks."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)|`", lambda m: m[1] or "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(page):
    outside, _ = lines(page.read_text())
    return {anchor(line.lstrip("#")) for _, line in outside if re.match(r"#{1,6} ", line)}


def links(text):
    """The targets of links, with their line numbers. A link may be broken over lines; what is in backticks is none."""
    outside, _ = lines(text)
    rows = [""] * (len(text.splitlines()) + 1)
    for number, line in outside:
        rows[number] = line
    whole = re.sub(r"`[^`]*`", lambda code: "\n" * code[0].count("\n"), "\n".join(rows))
    for found in LINK.finditer(whole):
        yield whole.count("\n", 0, found.start()), found[1] or found[2]


def broken_links(page):
    for number, target in links(page.read_text()):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / unquote(path)).resolve() if path else page
        if not file.exists():
            yield f"{number}: {target} does not exist"
        elif ROOT not in [file, *file.parents]:
            yield f"{number}: {target} leaves the repository"
        elif fragment and file.suffix == ".md" and fragment not in anchors(file):
            yield f"{number}: {target} has no such heading"


def long_lines(page):
    outside, _ = lines(page.read_text())
    for number, line in outside:
        if len(line) > COLUMNS and not line.lstrip().startswith("|") and not LINK.search(line):
            yield f"{number}: {len(line)} columns, more than {COLUMNS}"


def unknown_marks(page):
    _, marks = lines(page.read_text())
    for number, mark in marks:
        if mark not in MARKS:
            yield f"{number}: the fence says “{mark}”, not one of: {', '.join(sorted(MARKS))}"


def contents():
    """Pages that the contents miss, list twice, or do not have."""
    summary = BOOK / "SUMMARY.md"
    listed = [target for _, target in links(summary.read_text())]
    pages = {page.relative_to(BOOK).as_posix() for page in BOOK.rglob("*.md")} - {"SUMMARY.md"}
    for page in sorted(pages - set(listed)):
        yield f"SUMMARY.md does not list {page}"
    for page in sorted({page for page in listed if listed.count(page) > 1}):
        yield f"SUMMARY.md lists {page} twice"


def workflow():
    """The workflow runs the steps of the gate, each once and in their order."""
    named = subprocess.run([ROOT / ".ci/run", "--list"], check=True, stdout=subprocess.PIPE, text=True).stdout
    steps = [line.split()[0] for line in named.splitlines()]
    ran = re.findall(r"run: \.ci/run (\S+)$", (ROOT / ".github/workflows/checks.yml").read_text(), re.M)
    if ran != steps:
        yield f"checks.yml runs {', '.join(ran)}; the gate's steps are {', '.join(steps)}"


def problems():
    for page in documents():
        name = page.relative_to(ROOT).as_posix()
        found = [*broken_links(page), *unknown_marks(page)]
        if name == "README.md" or BOOK in page.parents or name.startswith(".github/"):
            found += long_lines(page)
        yield from (f"{name}:{problem}" for problem in found)
    count = len((ROOT / "README.md").read_text().splitlines())
    if count > README_LINES:
        yield f"README.md has {count} lines, more than {README_LINES}"
    yield from contents()
    yield from workflow()


if __name__ == "__main__":
    found = list(problems())
    print(*found, sep="\n", end="\n" if found else "")
    print(f"documents: {len(documents())} files, {len(found)} problems")
    sys.exit(bool(found))
