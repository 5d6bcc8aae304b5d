"""Our function `verify`, under a stand-in of Lambda's runtime and a table that answers at once."""
from function import Function, Local
from table import Table


class Ours:
    name = "Portcullis"
    does = "user, code, used codes kept out, limits, assertion signed, audit lines"

    def __init__(self, binary, local):
        self.local, self.table = Local(local), Table()
        self.version = "this repository"
        self.server = Function(binary, self.local.environment(self.table))

    def prepare(self):
        """Makes a user with an app and opens a sign-in; returns what gives the code."""
        event = self.local.right_code()

        def verify():
            answer, _ = self.server.answer(event)
            assert answer["statusCode"] == 200, answer
        return verify

    def ready(self):
        """Copies what was prepared into the function's table."""
        self.local.environment(self.table)

    def stop(self):
        self.server.stop()
        self.local.stop()
