"""Compares the commands of the book that operators type with what they name.

A command of `aws` has to name an operation and options that the service's own model has, which botocore carries. A subcommand
of `cargo ops` and its options stand in infra/ops/src/args.rs. What `change`, `resource` and `output` name stands in the template.

  python3 tests/operations/book_commands.py
"""
import pathlib
import re
import sys

import botocore.session
import yaml
from botocore import xform_name
from botocore.exceptions import DataNotFoundError, UnknownServiceError

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Commands of the AWS CLI that are no operation, and its own options.
CLI = {("s3", "ls"), ("s3", "sync"), ("s3", "rm"), ("logs", "tail"), ("sso", "login"), ("cloudformation", "deploy")}
GLOBAL = {"query", "output", "region", "max-items"}
MODELS = {"s3api": "s3"}
# It returns the first hundred resources of a stack, and ours has more.
REFUSED = {("cloudformation", "describe-stack-resources"): "use list-stack-resources, which returns all of them"}
SESSION = botocore.session.get_session()


def template():
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda *_: None)
    return yaml.load((ROOT / "template.yaml").read_text(), loader)


def pages():
    yield from sorted((ROOT / "infra/docs").rglob("*.md"))
    yield from [ROOT / "README.md", ROOT / "infra/ops/src/fail_over.rs"]


def commands(text, word):
    """What follows the word of a command, to the end of its line, in code alone."""
    text = re.sub(r"\\+\n\s*", " ", text)
    code = re.findall(r"^ *```(?:sh|text).*?\n(.*?)^ *```", text, re.M | re.S)
    outside = re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)
    code += [span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", outside)]
    for line in "\n".join(code).splitlines():
        for found in re.finditer(rf"(?:^|[\s($\"]){word} (?=[a-z-])(.*)", line):
            yield re.split(r" \| | \|$| && |; |\)", re.sub(r"'[^']*'|\"[^\"]*\"", "X", found[1]))[0]


def wrong_aws(command):
    """What is wrong about a command of `aws`, or None."""
    service, operation, *rest = command.split()
    if (service, operation) in REFUSED:
        return REFUSED[service, operation]
    if (service, operation) in CLI:
        return None
    try:
        if operation == "wait":
            waiters = SESSION.get_waiter_model(MODELS.get(service, service)).waiter_names
            return None if rest[0] in {xform_name(name, "-") for name in waiters} else f"no waiter {rest[0]}"
        model = SESSION.get_service_model(MODELS.get(service, service))
    except (UnknownServiceError, DataNotFoundError):
        return f"no service {service}"
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in operations:
        return f"{service} has no {operation}"
    shape = model.operation_model(operations[operation]).input_shape
    options = {xform_name(name, "-") for name in (shape.members if shape else ())}
    for option in re.findall(r"(?:^|\s)--([a-z0-9-]+)", " ".join(rest)):
        if option not in options | GLOBAL and option.removeprefix("no-") not in options:
            return f"{service} {operation} has no --{option}"
    return None


def ops():
    """The subcommands of `cargo ops` and the long options of all, as clap makes them."""
    text = (ROOT / "infra/ops/src/args.rs").read_text()
    body = text.partition("enum Command {")[2].partition("\n}\n")[0]
    names = {xform_name(name, "-") for name in re.findall(r"^    ([A-Z]\w+)(?: \{|,)", body, re.M)}
    long = re.findall(r"#\[arg\([^\]]*\blong\b[^\]]*\)\]\s*(?:pub\(crate\) )?(\w+):", text)
    return names, {name.replace("_", "-") for name in long} | {"help"}


def wrong_ops(command, names, long):
    words = command.split()
    options = [word[2:] for word in words if word.startswith("--")]
    unknown = [option for option in options if option not in long]
    if unknown:
        return f"cargo ops has no --{unknown[0]}"
    values = {"--by", "--table"}
    plain = [word for before, word in zip(["", *words], words) if not word.startswith("--") and before not in values]
    return f"cargo ops has no {plain[0]}" if plain and plain[0] not in names else None


def main():
    names, long = ops()
    stack = template()
    events = {f"{name}{event}" for name, made in stack["Resources"].items() for event in (made["Properties"] or {}).get("Events", {})}
    resources, parameters, outputs = set(stack["Resources"]) | events, set(stack["Parameters"]), set(stack["Outputs"])
    count, wrong = 0, []
    for page in pages():
        text, place = page.read_text(), page.relative_to(ROOT)
        if page.suffix == ".rs":
            # The lines that are printed, as a block of code.
            text = "```sh\n" + re.sub(r"\\\n\s*", "", text).replace('\\"', '"') + "\n```"
        for command in commands(text, "aws"):
            if re.match(r"[a-z0-9-]+ [a-z0-9-]+", command):
                count += 1
                wrong += [f"{place}: aws {command}: {why}" for why in [wrong_aws(command)] if why]
        if page.suffix == ".md":
            for command in commands(text, "cargo ops"):
                count += 1
                wrong += [f"{place}: cargo ops {command}: {why}" for why in [wrong_ops(command, names, long)] if why]
            for found in re.finditer(r"\bchange ((?:[A-Z]\w+=\S*\s+(?:\\\n\s*)?)+)", text + "\n"):
                for name in re.findall(r"(?:^|\s)([A-Z]\w+)=", found[1]):
                    count += 1
                    wrong += [f"{place}: {name} is no parameter of the template"] if name not in parameters else []
            for kind, known in (("resource", resources), ("output", outputs)):
                for name in re.findall(rf"\$\({kind} ([A-Z]\w+)\)", text):
                    count += 1
                    wrong += [f"{place}: {name} is no {kind} of the template"] if name not in known else []
            wrong += [f"{place}: SAM leaves out the empty value of {name}" for name in re.findall(r"--parameter-overrides[^`\n]*?\b(\w+)=(?=[\s\"`])", text)]
    # Each kind of mistake is seen.
    for misspelt in ("kms enable-keys --key-id X", "kms enable-key --key X", "dynamodb wait table-there", "kmz x",
                     "cloudformation describe-stack-resources --stack-name X"):
        if not wrong_aws(misspelt):
            sys.exit(f"{misspelt} was taken")
    for misspelt in ("--by NAME withdraw-roots seal 1", "--dry withdraw-root seal 1"):
        if not wrong_ops(misspelt, names, long):
            sys.exit(f"{misspelt} was taken")
    for line in wrong:
        print(line)
    print(f"{count} passed, {len(wrong)} failed: commands of the book")
    sys.exit(bool(wrong) or count < 100)


if __name__ == "__main__":
    main()
