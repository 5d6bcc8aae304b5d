#!/usr/bin/env python3
"""The gate on releases: the same binaries give the same files, the sums hold, and what is wrong is refused with a sentence.

    check.py BUILD ARCHITECTURE      BUILD is what `sam build` made, such as .aws-sam/build; infra/sbom has run
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FUNCTIONS = sorted(path.name for path in (ROOT / "functions").iterdir() if path.is_dir())


def release(build, to, architecture, *more):
    command = [ROOT / "infra/release", "--architecture", architecture, "--build", build, "--to", to, "--bills", ROOT / "target/sbom", *more]
    return subprocess.run(command, capture_output=True, text=True)


def must(what, holds):
    if not holds:
        sys.exit(f"does not hold: {what}")


def whole(folder):
    """The files of a folder and their bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def main():
    build, architecture = Path(sys.argv[1]).resolve(), sys.argv[2]
    with tempfile.TemporaryDirectory() as made:
        made = Path(made)
        for n in ("first", "second"):
            done = release(build, made / n, architecture, "--draft")
            must(f"a release is made: {done.stderr}", done.returncode == 0)
            # Another moment for each binary: a zip that keeps it would differ.
            for binary in build.glob("*Function/bootstrap"):
                os.utime(binary)
        first = whole(made / "first")
        must("the same binaries give the same files, byte for byte", first == whole(made / "second"))
        zips = [name for name in first if name.endswith(".zip")]
        must("each function has a zip and a bill of materials", len(zips) == len(FUNCTIONS) == sum(name.endswith(".cdx.json") for name in first))
        for name in zips:
            with zipfile.ZipFile(made / "first" / name) as archive:
                (entry,) = archive.infolist()
                must(f"{name} holds the binary, which may be run", entry.filename == "bootstrap" and entry.external_attr >> 16 == 0o100755)
                function = next(f for f in FUNCTIONS if name.startswith(f"portcullis-{f}-"))
                binary = build / ("".join(part.title() for part in function.split("-")) + "Function") / "bootstrap"
                must(f"{name} holds the binary that was built", archive.read("bootstrap") == binary.read_bytes())
            bill = json.loads(first[name.removesuffix(".zip") + ".cdx.json"])
            must(f"the bill of {name} is of this release", name.startswith(f"{bill['metadata']['component']['name']}-{bill['metadata']['component']['version']}-"))
        listed = dict(reversed(line.split("  ")) for line in first["SHA256SUMS"].decode().splitlines())
        must("the sums are those of all files", listed == {name: hashlib.sha256(data).hexdigest() for name, data in first.items() if name != "SHA256SUMS"})
        checked = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made / "first")
        must("sha256sum agrees", checked.returncode == 0)

        other = {"arm64": "x86_64", "x86_64": "arm64"}[architecture]
        refused = {
            "a folder with something in it": (release(build, made / "first", architecture, "--draft"), "is not empty"),
            "binaries for another processor": (release(build, made / "other", other, "--draft"), f"is no binary for {other}"),
            "a build without one of the functions": (release(less(build, made), made / "less", architecture, "--draft"), "lacks verify"),
        }
        if "(unreleased)" in first["CHANGELOG.md"].decode():
            refused["a version that is not released"] = (release(build, made / "draft", architecture), "is unreleased")
        for what, (done, sentence) in refused.items():
            must(f"{what} is refused: {done.stderr}", done.returncode != 0 and sentence in done.stderr)
    print(f"release: {len(first)} files, the same twice; {len(refused)} mistakes refused")


def less(build, made):
    """The same build without one function."""
    folder = made / "build"
    for path in build.glob("*Function/bootstrap"):
        if path.parent.name != "VerifyFunction":
            (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path.parent.name)
    return folder


if __name__ == "__main__":
    main()
