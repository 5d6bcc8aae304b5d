# Reads assertions on standard input, and says of each whether the client library accepts it.
import json
import sys

from portcullis_client import AssertionRefused, Portcullis, is_session_ended

given = json.load(sys.stdin)
expected = given["expected"]
whose = {"user": expected["user"], "nonce": expected["nonce"], "event": expected["event"]}
service = given["jwks"].replace("/.well-known/jwks.json", "")
portcullis = Portcullis(service=service, issuer=expected["issuer"], portal=expected["portal"], key="pcl_acme_none")
said = []
for began in given.get("began", []):
    said.append(not is_session_ended(began, portcullis.check(given["assertions"][0], **whose)))
for assertion in given["assertions"]:
    try:
        portcullis.check(assertion, **whose)
        said.append(True)
    except AssertionRefused:
        said.append(False)
print(json.dumps(said))
