"""A table that answers at once, for measuring what calls it.

It has a copy of the items that a run needs, keeps what is put, and looks at no condition: in these runs every user is
called for once, and nobody else writes. So it takes no time from the processor that the caller's figures could be mistaken
for, and shows how many calls were made and how many bytes they had. The product is tried on real engines; this is none.
"""
import json, threading, zlib

from stand_in import Handler, Server

KEYS = {"portcullis": ("pk", "sk")}


class Table:
    """DynamoDB's wire protocol for single items. `keys` names the key attributes of each table."""

    def __init__(self, keys=KEYS):
        self.keys, self.items, self.calls, self.bytes_in, self.bytes_out = keys, {}, 0, 0, 0
        table = self

        class Answering(Handler):
            def do_POST(self):
                body = self.body()
                table.calls, table.bytes_in = table.calls + 1, table.bytes_in + len(body)
                operation = self.headers["x-amz-target"].rsplit(".", 1)[-1]
                answer = json.dumps(getattr(table, operation)(json.loads(body)), separators=(",", ":")).encode()
                table.bytes_out += len(answer)
                self.reply(200, answer, {"content-type": "application/x-amz-json-1.0", "x-amz-crc32": zlib.crc32(answer), "x-amzn-requestid": "r" * 52})

        self.server = Server(("127.0.0.1", 0), Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def load(self, name, items):
        """Takes these items over."""
        self.items.update((self.key(name, item), item) for item in items)

    def key(self, name, item):
        return name, *(item[key]["S"] for key in self.keys[name])

    def stop(self):
        self.server.shutdown()

    def GetItem(self, asked):
        found = self.items.get(self.key(asked["TableName"], asked["Key"]))
        return {"Item": found} if found else {}

    def BatchGetItem(self, asked):
        wanted = {name: [self.key(name, key) for key in of["Keys"]] for name, of in asked["RequestItems"].items()}
        found = {name: [self.items[key] for key in keys if key in self.items] for name, keys in wanted.items()}
        return {"Responses": found, "UnprocessedKeys": {}}

    def PutItem(self, asked):
        self.load(asked["TableName"], [asked["Item"]])
        return {}

    def UpdateItem(self, asked):
        """Counters alone are updated: each of them answers that it stands at one."""
        return {"Attributes": {"n": {"N": "1"}}} if "ReturnValues" in asked else {}
