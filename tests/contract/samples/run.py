# Reads assertions on standard input, and says of each whether the sample accepts it.
import json
import sys

import jwt
from check import check

given = json.load(sys.stdin)
keys = jwt.PyJWKClient(given["jwks"])
said = []
for assertion in given["assertions"]:
    try:
        check(assertion, keys, **given["expected"])
        said.append(True)
    except jwt.PyJWTError:
        said.append(False)
print(json.dumps(said))
