"""What the service is told of the library."""

import unittest

from portcullis_client import VERSION
from portcullis_client.calls import Calls, Request
from portcullis_client.config import Config


class Version(unittest.TestCase):
    def test_each_call_says_which_library_makes_it(self) -> None:
        calls = Calls(Config(service="https://mfa.example", issuer="urn:test", portal="acme", key="pcl_acme_x"))
        for steps in (calls.read("/.well-known/jwks.json"), calls.call("GET", "/v1/user?id=anna", None, "harmless")):
            request = next(steps)
            assert isinstance(request, Request)
            self.assertEqual(request.headers["user-agent"], f"portcullis-client-python/{VERSION}")
