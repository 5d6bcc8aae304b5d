"""CloudWatch, as far as the template uses it: filter patterns, metrics in log lines, metric math, alarms, event patterns.

Sources, by the titles of Amazon's pages: "Filter pattern syntax for metric filters" [filter]; "Specification: Embedded
metric format" [emf]; "Using math expressions with CloudWatch metrics" [math]; "Configuring how CloudWatch alarms treat
missing data" [alarm]; "Amazon EventBridge event patterns" [event]. What is not known here is an error, never a guess.
"""
import re


class Pattern:
    """A filter pattern for JSON [filter]: comparisons of members with texts, in which `*` stands for anything, and numbers."""

    TOKEN = re.compile(r'\s*(?:(\$(?:\.[A-Za-z_][A-Za-z0-9_]*)+)|("[^"]*")|(-?\d+(?:\.\d+)?)|(&&|\|\||!=|<=|>=|[=<>()]))')

    def __init__(self, text):
        if not (text.startswith("{") and text.endswith("}") and len(text) <= 1024):
            raise ValueError(f"not a pattern for JSON of at most 1024 characters: {text}")
        self.tokens, at, text = [], 0, text[1:-1].rstrip()
        while at < len(text):
            found = self.TOKEN.match(text, at)
            if not found:
                raise ValueError(f"not known in a pattern: {text[at:]}")
            self.tokens.append(found[0].strip())
            at = found.end()
        self.rule = self.any()
        if self.tokens:
            raise ValueError(f"left over in a pattern: {self.tokens}")

    def take(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)

    def any(self):
        parts = [self.all()]
        while self.take("||"):
            parts.append(self.all())
        return lambda line: any(part(line) for part in parts)

    def all(self):
        parts = [self.one()]
        while self.take("&&"):
            parts.append(self.one())
        return lambda line: all(part(line) for part in parts)

    def one(self):
        if self.take("("):
            inner = self.any()
            if not self.take(")"):
                raise ValueError("a bracket of a pattern is not closed")
            return inner
        member, operator, value = self.tokens.pop(0), self.take("=", "!=", "<", ">", "<=", ">="), self.tokens.pop(0)
        if not member.startswith("$.") or not operator:
            raise ValueError(f"not a comparison: {member} {operator} {value}")
        return lambda line: compare(inside(line, member[2:].split(".")), operator, value)

    def matches(self, line):
        return self.rule(line)


def inside(value, path):
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def compare(found, operator, value):
    """A member that is missing, or of another type than the value, matches nothing: also not `!=`."""
    if value.startswith('"'):
        if not isinstance(found, str) or operator not in ("=", "!="):
            return False
        same = re.fullmatch(".*".join(map(re.escape, value[1:-1].split("*"))), found, re.S) is not None
        return same == (operator == "=")
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return False
    number = float(value)
    return {"=": found == number, "!=": found != number, "<": found < number, ">": found > number,
            "<=": found <= number, ">=": found >= number}[operator]


def embedded(line):
    """The metrics in a line [emf]: namespace, name, dimensions, value."""
    for directive in inside(line, ["_aws", "CloudWatchMetrics"]) or []:
        for metric in directive["Metrics"]:
            values = line[metric["Name"]]
            for dimensions in directive["Dimensions"]:
                for value in values if isinstance(values, list) else [values]:
                    yield directive["Namespace"], metric["Name"], {name: line[name] for name in dimensions}, value


class Math:
    """Metric math [math] over lists with a value for each period, `None` where there is none.

    The page does not say if FILL makes values of a metric that has none at all in these periods. `fills_nothing` is the
    one reading, and its opposite the other; an alarm has to be right by both.
    """

    TOKEN = re.compile(r"\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(\d+(?:\.\d+)?)|(<=|>=|==|!=|[-+*/()<>,\[\]]))")

    def __init__(self, text, series, periods, fills_nothing):
        self.series, self.periods, self.fills_nothing = series, periods, fills_nothing
        self.tokens, at = [], 0
        while at < len(text.rstrip()):
            found = self.TOKEN.match(text, at)
            if not found:
                raise ValueError(f"not known in an expression: {text[at:]}")
            self.tokens.append(found[0].strip())
            at = found.end()
        self.value = self.comparison()
        if self.tokens:
            raise ValueError(f"left over in an expression: {self.tokens}")

    def take(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)

    def need(self, wanted):
        if not self.take(wanted):
            raise ValueError(f"{wanted} is missing before {self.tokens}")

    def each(self, operation, *operands):
        """A period in which one operand has no value has none; nor has what is divided by zero."""
        def at(values):
            try:
                return None if None in values else float(operation(*values))
            except ZeroDivisionError:
                return None
        return [at(values) for values in zip(*operands)]

    def chain(self, below, operations):
        left = below()
        while operator := self.take(*operations):
            left = self.each(operations[operator], left, below())
        return left

    def comparison(self):
        return self.chain(self.sum, {"<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b,
                                     ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b})

    def sum(self):
        return self.chain(self.product, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})

    def product(self):
        return self.chain(self.atom, {"*": lambda a, b: a * b, "/": lambda a, b: a / b})

    def atom(self):
        token = self.tokens.pop(0)
        if token == "(":
            inner = self.comparison()
            self.need(")")
            return inner
        if re.fullmatch(r"\d+(\.\d+)?", token):
            return [float(token)] * self.periods
        if self.take("("):
            return self.function(token)
        return self.series[token]

    def function(self, name):
        match name:
            case "FILL":
                metric = self.comparison()
                self.need(",")
                filler = self.comparison()
                self.need(")")
                if self.fills_nothing and not any(value is not None for value in metric):
                    return metric
                return [other if value is None else value for value, other in zip(metric, filler)]
            case "IF":
                condition = self.comparison()
                self.need(",")
                then = self.comparison()
                self.need(",")
                otherwise = self.comparison()
                self.need(")")
                chosen = zip(condition, then, otherwise)
                return [None if c is None else t if c else o for c, t, o in chosen]
            case "SUM":
                self.need("[")
                parts = [self.comparison()]
                while self.take(","):
                    parts.append(self.comparison())
                self.need("]")
                self.need(")")
                return self.each(lambda *values: sum(values), *parts)
        raise ValueError(f"{name} is no function that is known")


BREACHES = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


def fires(alarm, values):
    """Returns true if an alarm that was OK is in ALARM after these periods [alarm]."""
    missing = {"breaching": True, "notBreaching": False, "ignore": False, "missing": False}[alarm.get("TreatMissingData", "missing")]
    breaches, threshold = BREACHES[alarm["ComparisonOperator"]], float(alarm["Threshold"])
    periods = int(alarm["EvaluationPeriods"])
    bad = [missing if value is None else breaches(value, threshold) for value in values[-periods:]]
    return sum(bad) >= int(alarm.get("DatapointsToAlarm", periods))


def event_matches(pattern, event):
    """Exact values, any of a list [event]; other kinds of rules are not known."""
    if isinstance(pattern, dict):
        return isinstance(event, dict) and all(name in event and event_matches(inner, event[name]) for name, inner in pattern.items())
    if not all(isinstance(value, str) for value in pattern):
        raise ValueError(f"not known in an event pattern: {pattern}")
    return event in pattern
