"""Checks events of the operator's bus, which come as a JSON list on standard input: each is what the schema says and has no
member beside it. The page for operators has the same schema, and its patterns do what it says. Prints the known kinds."""
import copy
import json
import re
import sys
from pathlib import Path

import jsonschema
from moto.events.models import EventPattern

BOOK = Path(__file__).resolve().parents[2] / "infra/docs"
text = (BOOK / "integrate/event.schema.json").read_text()
page = (BOOK / "operate/events.md").read_text()
schema = json.loads(text)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
known = schema["properties"]["detail"]["properties"]
events = json.load(sys.stdin)

for event in events:
    for error in validator.iter_errors(event):
        sys.exit(f"{event}: {error.message}")
    beside = set(event["detail"]) - set(known)
    assert not beside, f"{beside} are not in the schema"
    assert event["detail"]["kind"] == event["detail-type"]
    # Whatever is required is missed.
    for member in schema["properties"]["detail"]["required"]:
        less = copy.deepcopy(event)
        del less["detail"][member]
        assert not validator.is_valid(less), f"{member} can go without a word"

assert f"```json\n{text}```\n" in page, "events.md has another schema than event.schema.json"
blocks = [json.loads(block) for block in re.findall(r"^ *```json\n(.*?)^ *```", page, re.M | re.S)]
freezes, changes = blocks[0], blocks[1]


def matches(pattern, kind, portal):
    event = {"source": "portcullis", "detail-type": kind, "detail": {"portal": portal}}
    return EventPattern.load(json.dumps(pattern)).matches_event(event)


kinds = schema["properties"]["detail-type"]["enum"]
assert [kind for kind in kinds if matches(freezes, kind, "acme")] == ["frozen"]
assert {kind for kind in kinds if matches(changes, kind, "acme-uk")} == set(changes["detail-type"])
assert not any(matches(changes, kind, "other") for kind in kinds)
print(json.dumps(kinds))
