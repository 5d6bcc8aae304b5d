"""The version of this library: that of the service it was written for."""

VERSION = "0.1.0"

# Says to the service which library calls.
USER_AGENT = f"portcullis-client-python/{VERSION}"
