# Reads assertions on standard input, and says of each whether the sample accepts it.
import json
import sys

import jwt
from check import check, counts

given = json.load(sys.stdin)
keys = jwt.PyJWKClient(given["jwks"])
said = []
for began in given.get("began", []):
    claims = check(given["assertions"][0], keys, **given["expected"])
    said.append(counts(began, claims))
for assertion in given["assertions"]:
    try:
        check(assertion, keys, **given["expected"])
        said.append(True)
    except jwt.PyJWTError:
        said.append(False)
print(json.dumps(said))
