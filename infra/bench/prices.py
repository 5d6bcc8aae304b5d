"""The prices of AWS, from the one file that has them."""
import json
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "tests/capacity/prices.json"


def price(name):
    """The dollars for one of these."""
    found = next(each for each in json.loads(FILE.read_text())["prices"] if each["name"] == name)
    return found["dollars"] / found["for"]
