"""The calls that are measured, and a process of a function to measure them in."""
import contextlib

from function import Function, Local
from table import Table

# The function, what prepares a request, and the status of the answer.
CALLS = {"verify": ("verify", Local.right_code, 200), "open": ("challenge-dispatch", Local.opening, 201),
         "send": ("challenge-dispatch", Local.sending, 202), "passkey": ("verify", Local.right_passkey, 200)}


def accepted(function, status, event):
    answer, cpu = function.answer(event)
    assert answer["statusCode"] == status, answer
    return cpu


@contextlib.contextmanager
def running(local, binary, engine, counted=False):
    """One process of a function, and its table."""
    table = Table()
    environment = local.facts["environment"] if engine else local.environment(table)
    function = Function(binary, environment, counted)
    try:
        yield function, table
    finally:
        function.stop()
        table.stop()
