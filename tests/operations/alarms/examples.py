"""Examples for cloudwatch.py itself: patterns and expressions with what CloudWatch says of them.

The event and the first patterns are those of "Filter pattern syntax for metric filters", "Matching terms in JSON log
events"; the rest are the rules that its text gives. The last list is in the manner of "Configuring how CloudWatch alarms treat
missing data": newest last, `-` is missing, `0` is good, `X` is bad.
"""
from cloudwatch import Math, Pattern, event_matches, fires

EVENT = {
    "eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "arrayKey": ["value", "another value"],
    "objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}], "SomeObject": None, "cluster.name": "c", "status": 201,
    "requestParameters": {"name": "x*y"},
}
PATTERNS = [
    ('{ $.eventType = "UpdateTrail" }', True),
    ('{ $.eventType = "updateTrail" }', False),
    ('{ $.sourceIPAddress != "123.123.*" }', True),
    ('{ $.sourceIPAddress = "111.*" }', True),
    ('{ $.sourceIPAddress = "*.112" }', False),
    ('{ $.eventType = "Update*" && $.status = 201 }', True),
    ('{ $.status >= 200 && $.status < 201 }', False),
    ('{ $.status = "201" }', False),
    ('{ $.nothing = "x" || $.status > 200 }', True),
    ('{ $.nothing != "x" }', False),
    # And binds closer than or.
    ('{ $.status = 201 || $.status = 1 && $.nothing = "x" }', True),
    ('{ ($.status = 201 || $.status = 1) && $.nothing = "x" }', False),
    ('{ $.requestParameters.name = "x*y" }', True),
    ('{ $.SomeObject = "x" }', False),
]
NOT_KNOWN = ['$.a = 1', '{ $.a IS NULL }', '{ $.a = b }', '{ $.a == 1 }', '{ ($.a = 1 }', '{ $.a = %x% }', '{ $.a = 1 } }']
# Two metrics over four periods; the last is for a metric that has nothing at all.
SERIES = {"a": [1.0, None, 3.0, 0.0], "b": [2.0, 2.0, None, 4.0], "none": [None] * 4}
EXPRESSIONS = [
    ("a + b * 2", False, [5, None, None, 8]),
    ("(a + 1) / b", False, [1, None, None, 0.25]),
    ("b / a", False, [2, None, None, None]),
    ("FILL(a, 0) + FILL(b, 0)", False, [3, 2, 3, 4]),
    ("FILL(none, 7)", False, [7, 7, 7, 7]),
    ("FILL(none, 7)", True, [None] * 4),
    ("IF(a >= 1, 10, b)", False, [10, None, 10, 4]),
    ("IF(FILL(a, 0) > 0, FILL(a, 0), 100)", True, [1, 100, 3, 100]),
    ("SUM([a, FILL(b, 0)])", False, [3, None, 3, 4]),
    ("3 - 2 - 1", False, [0] * 4),
]
UNKNOWN_EXPRESSIONS = ["MAX([a, b])", "a ** b", "FILL(a, REPEAT)", "a +", "IF(a, b)", "a b"]
# By the treatment of what is missing: breaching, notBreaching, ignore.
STATES = [
    ("0X-X", 3, 3, (True, False, False)), ("0--X-", 1, 1, (True, False, False)), ("XXX", 3, 3, (True, True, True)),
    ("---", 3, 3, (True, False, False)), ("X-X", 3, 2, (True, True, True)), ("00X", 3, 1, (True, True, True)), ("X00", 2, 1, (False, False, False)),
]


def raises(action):
    try:
        action()
    except (ValueError, KeyError, IndexError):
        return True


def wrong():
    """Every example that comes out otherwise."""
    for text, matches in PATTERNS:
        if Pattern(text).matches(EVENT) != matches:
            yield f"the pattern {text}"
    for text in NOT_KNOWN:
        if not raises(lambda: Pattern(text)):
            yield f"{text} is taken for a pattern"
    for text, fills_nothing, values in EXPRESSIONS:
        if Math(text, SERIES, 4, fills_nothing).value != values:
            yield f"the expression {text}"
    for text in UNKNOWN_EXPRESSIONS:
        if not raises(lambda: Math(text, SERIES, 4, False)):
            yield f"{text} is taken for an expression"
    for shown, periods, needed, wanted in STATES:
        values = [{"-": None, "0": 0.0, "X": 9.0}[each] for each in shown]
        for missing, state in zip(("breaching", "notBreaching", "ignore"), wanted):
            alarm = {"TreatMissingData": missing, "ComparisonOperator": "GreaterThanThreshold", "Threshold": 1, "EvaluationPeriods": periods, "DatapointsToAlarm": needed}
            if fires(alarm, values) != state:
                yield f"the alarm over {shown}, {needed} of {periods}, {missing}"
    event = {"source": "aws.kms", "detail": {"eventName": "DisableKey", "requestParameters": {"keyId": "k"}}}
    for pattern, matches in [({"source": ["aws.kms"]}, True), ({"source": ["aws.s3"]}, False), ({"detail": {"eventName": ["EnableKey", "DisableKey"]}}, True),
                             ({"detail": {"requestParameters": {"other": ["k"]}}}, False), ({"source": ["aws.kms"], "detail": {"eventName": ["DeleteKey"]}}, False)]:
        if event_matches(pattern, event) != matches:
            yield f"the event pattern {pattern}"
