"""The gate on alarms: each is fired by its fault, watches a metric that something makes, and has a page.

    check.py            checks, and then takes away every piece of what it checked, which must be noticed
    check.py --write    writes the table of alarms into the book first
"""
import copy
import functools
import json
import logging
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "template"))
from cloudwatch import Math, Pattern, embedded, event_matches, fires
import examples
from cost import cost
from faults import ACCESS, CALL, FAULTS, FIRE_OF_NOTHING, GOOD_PERIOD, HIGHEST, MORE_FAULTS, NO_FAULTS, SHOWN
from stack import ACCOUNT, EVERYTHING, LEAST, REGION, ROOT, deploy, source

logging.disable(logging.CRITICAL)
BOOK = ROOT / "infra/docs/operate"
LINES = json.loads((HERE / "lines.json").read_text())
TESTS = (HERE / "mod.rs").read_text()
HEADINGS = ["What it means", "What users see", "Look here", "Do this", "It is over when"]
# Alarms that are one for each function, or for each way to a table, share a page.
SHARED = {"Errors": "function-errors", "Throttled": "function-throttled", "NearTimeout": "function-near-timeout"}
SHARED_EXACTLY = {name: "table-throttled" for name in ("TableReadsThrottled", "TableWritesThrottled", "IndexWritesThrottled")}
FUNCTIONS = {"ChallengeDispatch": "challenge-dispatch", "Enrolment": "enrolment", "Verify": "verify", "Reset": "reset",
             "PolicyAdmin": "policy-admin", "Activity": "activity", "Notices": "notices"}


def known_metrics():
    for name, group in json.loads((HERE / "aws_metrics.json").read_text()).items():
        for dimensions in group["dimensions"]:
            for metric in group["metrics"]:
                yield group.get("namespace", name), metric, frozenset(dimensions)


AWS = set(known_metrics())
pattern = functools.cache(Pattern)


class Noticed(Exception):
    """A piece is missing, and that was noticed."""


def page_of(alarm):
    for function in FUNCTIONS:
        if alarm.removeprefix(function) in SHARED and alarm.startswith(function):
            return SHARED[alarm.removeprefix(function)]
    return SHARED_EXACTLY.get(alarm) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", alarm).lower()


class Watched:
    """What a deployment watches: its alarms, filters, rules and log groups."""

    def __init__(self, stack):
        self.stack = stack
        of = lambda kind: {name: each["Properties"] for name, each in stack.resources.items() if each["Type"] == kind}
        self.alarms, self.filters = of("AWS::CloudWatch::Alarm"), of("AWS::Logs::MetricFilter")
        self.rules, self.dashboards = of("AWS::Events::Rule"), of("AWS::CloudWatch::Dashboard")
        functions = of("AWS::Lambda::Function")
        self.namespace = {folder: functions.get(f"{name}Function", {}).get("Environment", {}).get("Variables", {}).get("METRICS_NAMESPACE", "Portcullis")
                          for name, folder in FUNCTIONS.items()}
        self.group_of = {functions[f"{name}Function"]["LoggingConfig"]["LogGroup"]: folder for name, folder in FUNCTIONS.items()}
        stage = next(each["Properties"] for each in stack.resources.values() if each["Type"] == "AWS::ApiGatewayV2::Stage")
        self.access_group = stage["AccessLogSettings"]["DestinationArn"].rpartition(":log-group:")[2]
        self.access_format = stage["AccessLogSettings"]["Format"]
        self.known_periods = {}

    def access(self, **values):
        known = {**ACCESS, **values}
        return json.loads(re.sub(r"\$context\.([A-Za-z.]+)", lambda found: known[found[1]], self.access_format))

    def sees(self, group, line):
        """Adds up the metrics that filters make of one line: (namespace, name, dimensions) with their values."""
        for each in self.filters.values():
            (made,) = each["MetricTransformations"]
            if each["LogGroupName"] != group:
                continue
            if pattern(each["FilterPattern"]).matches(line):
                yield (made["MetricNamespace"], made["MetricName"], frozenset()), float(made["MetricValue"])
            elif "DefaultValue" in made:
                yield (made["MetricNamespace"], made["MetricName"], frozenset()), float(made["DefaultValue"])

    def written(self, folder, line):
        group = next(name for name, function in self.group_of.items() if function == folder)
        yield from self.sees(group, line)
        for namespace, name, dimensions, value in embedded(line):
            # Where nothing sets it, as in the tests, the namespace is this one.
            if namespace == "Portcullis":
                yield (self.namespace[folder], name, frozenset(dimensions.items())), float(value)

    def period(self, what):
        """The values of all metrics in one period; those of AWS under their name alone, whatever their dimensions."""
        key = tuple(what.items())
        if key not in self.known_periods:
            self.known_periods[key] = self.add_up(what)
        return self.known_periods[key]

    def add_up(self, what):
        values = {}
        for key, count in what.items():
            found, times = [], count
            if key == "access 429":
                found = self.sees(self.access_group, self.access(status="429"))
            elif key == "access 429 by a function":
                found = self.sees(self.access_group, self.access(status="429", **{"integration.status": "429"}))
            elif key.startswith("event "):
                found = self.triggered(key.removeprefix("event "))
            elif key == "minutes":
                rules = [name for name, rule in self.rules.items() if rule.get("ScheduleExpression") == "rate(1 minute)"]
                found = [(("AWS/Events", "TriggeredRules", frozenset({("RuleName", self.stack.reference(name))})), 1.0) for name in rules] if count else []
            elif key.startswith("AWS/"):
                found, times = [(tuple(key.split(" ")), float(count))], 1
            else:
                found = [metric for each in lines(key) for metric in self.written(each["function"], each["line"])]
            for metric, value in found:
                values[metric] = values.get(metric, 0.0) + value * times
        return values

    def triggered(self, name):
        name, of_another, _ = name.partition(" of another key")
        ours = [self.stack.reference("RootKey"), self.stack.attribute("RootKey", "Arn")]
        for key in [CALL["detail"]["requestParameters"]["keyId"]] if of_another else ours:
            event = copy.deepcopy(CALL)
            event["detail"]["eventName"] = name
            event["detail"]["requestParameters"]["keyId"] = key
            for logical_id, rule in self.rules.items():
                if rule.get("EventPattern") and event_matches(rule["EventPattern"], event):
                    yield ("AWS/Events", "TriggeredRules", frozenset({("RuleName", self.stack.reference(logical_id))})), 1 / (1 if of_another else 2)

    def queries(self, alarm):
        """The metrics of an alarm by their id: namespace, name, dimensions. An alarm without math has one."""
        def metric(each):
            dimensions = frozenset((d["Name"], d["Value"]) for d in each.get("Dimensions", []))
            return each["Namespace"], each["MetricName"], dimensions
        if "Metrics" not in alarm:
            return {"": metric(alarm)}
        return {q["Id"]: metric(q["MetricStat"]["Metric"]) for q in alarm["Metrics"] if "MetricStat" in q}

    def values(self, alarm, periods, fills_nothing):
        made = [self.period(what) for what in periods]
        series = {}
        for name, metric in self.queries(alarm).items():
            series[name] = [values.get(metric, values.get(metric[:2])) for values in made]
        if "Metrics" not in alarm:
            return series[""]
        (expression,) = [q["Expression"] for q in alarm["Metrics"] if "Expression" in q]
        return Math(expression, series, len(periods), fills_nothing).value

    def fires(self, name, periods):
        """Returns the answers by both readings of FILL, or what is not known of its expression."""
        alarm = self.alarms[name]
        periods = [{}] * (int(alarm["EvaluationPeriods"]) - len(periods)) + periods
        try:
            return {fires(alarm, self.values(alarm, periods, fills_nothing)) for fills_nothing in (False, True)}
        except ValueError as unknown:
            return str(unknown)

    def own_metrics(self):
        """Every metric that filters or lines make."""
        made = {(m["MetricNamespace"], m["MetricName"], frozenset()) for f in self.filters.values() for m in f["MetricTransformations"]}
        for test in LINES.values():
            for each in test:
                made |= {(metric[0], metric[1], frozenset(name for name, _ in metric[2])) for metric, _ in self.written(each["function"], each["line"])}
        return made


def lines(key):
    test, _, word = key.partition("|")
    found = [each for each in LINES[test] if word in json.dumps(each["line"])]
    if not found:
        raise ValueError(f"{test} writes no line with {word}")
    return found


def check(full, least, at_once=False):
    """Every sentence that does not hold, or an error at the first if that is enough."""
    failures = []
    def must(what, holds):
        if not holds:
            failures.append(what)
            if at_once:
                raise Noticed
    watched, small = Watched(full), Watched(least)
    must(f"every alarm has a fault, and every fault an alarm: {', '.join(set(FAULTS) ^ set(watched.alarms))}", set(FAULTS) == set(watched.alarms))
    must("every reference leads somewhere", not full.missing and not least.missing)
    metrics = AWS | watched.own_metrics()
    exists = lambda metric: (metric[0], metric[1], frozenset(name for name, _ in metric[2])) in metrics
    for name, alarm in watched.alarms.items():
        for metric in watched.queries(alarm).values():
            must(f"{name} watches a metric that something makes: {metric}", exists(metric))
        stats = {(q["MetricStat"]["Metric"]["MetricName"], q["MetricStat"]["Stat"]) for q in alarm.get("Metrics", []) if "MetricStat" in q} or {(alarm.get("MetricName"), alarm.get("Statistic"))}
        must(f"{name} adds up, or takes the highest", all(stat == ("Maximum" if metric in HIGHEST else "Sum") for metric, stat in stats))
        function = next((f for f in FUNCTIONS if name.startswith(f) and name.removeprefix(f) in SHARED), None)
        live = full.reference(f"{function}Function") if function else None
        must(f"{name} watches the alias of its function", not function or watched.queries(alarm)[""][2] == {("FunctionName", live), ("Resource", f"{live}:live")})
        must(f"{name} tells somebody", alarm.get("AlarmActions") == [EVERYTHING["AlarmTopicArn"]])
        must(f"{name} names its page", alarm.get("AlarmDescription", "").endswith(f"See infra/docs/operate/runbooks/{page_of(name)}.md."))
        must(f"{name} says what missing data is", alarm.get("TreatMissingData") in ("breaching", "notBreaching", "ignore"))
        periods = {int(q["MetricStat"]["Period"]) for q in alarm.get("Metrics", []) if "MetricStat" in q} or {int(alarm.get("Period", 0))}
        must(f"{name} looks at one period, of a day at most with all that it counts", len(periods) == 1 and 0 < max(periods) * int(alarm["EvaluationPeriods"]) <= 86_400)
        returned = [q["Id"] for q in alarm.get("Metrics", []) if q.get("ReturnData", True) is True]
        must(f"{name} has one result, of ten metrics at most", "Metrics" not in alarm or (len(returned) == 1 and len(alarm["Metrics"]) <= 10 and all(re.fullmatch("[a-z][A-Za-z0-9_]*", q["Id"]) for q in alarm["Metrics"])))
        if name not in FAULTS:
            continue
        for periods in [FAULTS[name], *MORE_FAULTS.get(name, [])]:
            must(f"{name} fires by {periods}: {watched.fires(name, periods)}", watched.fires(name, periods) == {True})
        for periods in [[GOOD_PERIOD] * 12, *NO_FAULTS.get(name, [])]:
            must(f"{name} does not fire by {periods if periods[0] != GOOD_PERIOD else 'a good day'}", watched.fires(name, periods) == {False})
        must(f"{name} fires of nothing at all only if it is meant to", watched.fires(name, [{}]) == {name in FIRE_OF_NOTHING})
    for name, alarm in small.alarms.items():
        must(f"{name} is there without a topic", "AlarmActions" not in alarm)
    must("it is told that activity stands still where it is on", watched.alarms.get("SweepStopped", {}).get("ActionsEnabled") is True)
    must("what cannot happen has no alarm", set(FAULTS) - set(small.alarms) == {"EmailsBounce", "EmailsComplainedAbout", "TextsSpend", "ReportsGivenUp"})

    # Filters: each reads a line that the product writes to this very log, or is one of several of the same kind.
    read = {}
    for name, each in watched.filters.items():
        (made,) = each["MetricTransformations"]
        reads, folder = pattern(each["FilterPattern"]), watched.group_of.get(each["LogGroupName"])
        read[name] = {test for test, kept in LINES.items() for line in kept if line["function"] == folder and reads.matches(line["line"])}
        if each["LogGroupName"] == watched.access_group:
            read[name] = {"access"} if reads.matches(watched.access(status="429")) else set()
        alike = [other for other, o in watched.filters.items() if o["FilterPattern"] == each["FilterPattern"] and o["MetricTransformations"] == each["MetricTransformations"]]
        patterns = {other["FilterPattern"] for other in watched.filters.values() if other["MetricTransformations"][0]["MetricName"] == made["MetricName"]}
        must(f"{made['MetricName']} is made by one pattern in every log", len(patterns) == 1)
        must(f"{name} has a log to read", folder or each["LogGroupName"] == watched.access_group)
        must(f"{made['MetricName']} is of this deployment", made["MetricNamespace"] == f"Portcullis/{full.name}")
        each["alike"] = alike
    for name, each in watched.filters.items():
        alike = each.pop("alike")
        must(f"{name} reads lines that are written", any(read[other] for other in alike))
        must(f"{name} reads the lines of one kind", len(read[name]) <= 1)
    counts = {}
    for each in watched.filters.values():
        counts.setdefault(each["MetricTransformations"][0]["MetricName"], set()).add(watched.group_of.get(each["LogGroupName"], "access"))
    for metric, test in SHOWN.items():
        made = {name: value for (_, name, _), value in watched.period({test: 1}).items()}
        good = {name for (_, name, _) in (key for key in watched.period({f: 1 for f in LINES if f != test}) if len(key) == 3)}
        must(f"{metric} is made by {test}, and by no other", made.get(metric) == 1 and metric not in good)
    behind_api = set(FUNCTIONS.values()) - {"activity", "notices"}
    must("KMS and newer releases are watched in each function behind the API", counts.get("KmsErrors") == counts.get("NewerReleaseFound") == behind_api)
    must("the keyring is watched in every function", counts.get("KeyringNotRead") == counts.get("RootKeyNotOpened") == set(FUNCTIONS.values()))
    must("refused accounts are watched in each function that sends", counts.get("ProviderRefusesAccount") == set(FUNCTIONS.values()) - {"verify", "activity"})
    must("shares are watched in each function that portals call but verify, which asks no share", counts.get("SharesUsedUp") == {"challenge-dispatch", "enrolment", "reset"})
    for folder, namespace in watched.namespace.items():
        must(f"{folder} writes metrics of this deployment", namespace == f"Portcullis/{full.name}")
    for test in LINES:
        must(f"{test} is a test that checks its lines", f"async fn {test}()" in TESTS and f'has_lines_of("{test}")' in TESTS)

    # What metrics need to be made at all.
    mapping = full.resources.get("ActivityStream", {}).get("Properties", {})
    must("the stream's mapping counts its events", mapping.get("MetricsConfig") == {"Metrics": ["EventCount"]})
    timeout = max(each["Properties"]["Timeout"] for each in full.of_type("AWS::Lambda::Function").values())
    must("near the timeout is at four fifths of it", all(float(a["Threshold"]) == timeout * 800 for n, a in watched.alarms.items() if n.endswith("NearTimeout")))
    queue = full.attribute("RootKeyCalls", "Arn") if "RootKeyCalls" in full.resources else None
    rule = watched.rules.get("RootKeyEndangeredRule", {})
    must("the calls on the root key are kept", queue and [t["Arn"] for t in rule.get("Targets", [])] == [queue] and full.resources["RootKeyCalls"]["Properties"].get("SqsManagedSseEnabled") is True and int(full.resources["RootKeyCalls"]["Properties"].get("MessageRetentionPeriod", 0)) == 1_209_600)
    policy = json.dumps(full.resources.get("RootKeyCallsPolicy", {}))
    must("the policy is that of the queue", full.resources.get("RootKeyCallsPolicy", {}).get("Properties", {}).get("Queues") == [full.reference("RootKeyCalls")])
    must("the rule alone may write them", '"events.amazonaws.com"' in policy and '"sqs:SendMessage"' in policy and f'"{full.attribute("RootKeyEndangeredRule", "Arn")}"' in policy)

    # The dashboard.
    must("one dashboard", len(watched.dashboards) == 1)
    for deployed, each in [(watched, d) for d in watched.dashboards.values()] + [(small, d) for d in small.dashboards.values()]:
        widgets = json.loads(each["DashboardBody"])["widgets"]
        shown = [arn for w in widgets if w["type"] == "alarm" for arn in w["properties"]["alarms"]]
        must("the dashboard shows every alarm", sorted(shown) == sorted(deployed.stack.attribute(name, "Arn") for name in deployed.alarms))
        made = AWS | deployed.own_metrics()
        drawn, searched = set(), set()
        for widget in (w["properties"] for w in widgets if w["type"] == "metric"):
            must("each widget has a title and this Region", widget.get("title") and widget.get("region") == REGION)
            for row in widget["metrics"]:
                if isinstance(row[0], dict):
                    found = re.fullmatch(r"""SEARCH\('\{"([^"]+)",([a-z,]+)\} MetricName="(\w+)"', '(?:Sum|p99)', 300\)""", row[0]["expression"])
                    searched |= {(found[1], found[3])} if found else set()
                    must(f"the dashboard finds a metric that something makes: {row}", found and (found[1], found[3], frozenset(found[2].split(","))) in made)
                    continue
                names = row[2::2] if not isinstance(row[-1], dict) else row[2:-1:2]
                must(f"the dashboard draws a metric that something makes: {row[:2]}", (row[0], row[1], frozenset(names)) in made)
                drawn.add((row[0], row[1]))
        own = {(metric[0], metric[1]) for metric in deployed.own_metrics() if not metric[2]} - {(f"Portcullis/{full.name}", n) for n in ("ProviderRefusesAccount", "SendsFailed")}
        must("the dashboard draws every metric of our own", own <= drawn)
        sliced = {(metric[0], metric[1]) for metric in deployed.own_metrics() if metric[2]}
        must("the dashboard finds every metric of our own with dimensions", sliced <= searched)

    # Pages.
    pages = {page.stem: page.read_text() for page in (BOOK / "runbooks").glob("*.md")} if (BOOK / "runbooks").is_dir() else {}
    must(f"every alarm has a page, and every page an alarm: {set(pages) ^ {page_of(name) for name in watched.alarms}}", set(pages) == {page_of(name) for name in watched.alarms})
    for name, page in pages.items():
        must(f"{name}.md has its parts: {', '.join(HEADINGS)}", re.findall(r"^## (.*)$", page, re.M) == HEADINGS)
        must(f"{name}.md names its alarm", all(alarm in page or page_of(alarm) in ("function-errors", "function-throttled", "function-near-timeout") for alarm in watched.alarms if page_of(alarm) == name))
    must("the cost of watching in the book is the one that check.py --write writes", cost(watched) in (BOOK / "watch.md").read_text())
    must("the table of the book is the one that check.py --write writes", table(watched, read) in (BOOK / "watch.md").read_text())
    return failures


def table(watched, read):
    """The table of alarms: when each fires, on which metric, and how it is tried."""
    rows = ["| alarm | fires when | of | tried by |", "|---|---|---|---|"]
    for name, alarm in sorted(watched.alarms.items(), key=lambda item: (page_of(item[0]), item[0])):
        metrics = watched.queries(alarm).values()
        if page_of(name) in SHARED.values() and not name.startswith("ChallengeDispatch"):
            continue
        shown = f"`{name}`" if page_of(name) not in SHARED.values() else f"`{name.removeprefix('ChallengeDispatch')}` of each function"
        says = alarm["AlarmDescription"].partition(" See infra")[0].replace("challenge-dispatch", "a function")
        tests = sorted({key.partition("|")[0] for periods in [FAULTS.get(name, [])] for what in periods for key in what if key.partition("|")[0] in LINES})
        how = ", ".join(f"`operations::alarms::{test}`" for test in tests) or ("a schedule that stands still" if name in FIRE_OF_NOTHING else "a call in CloudTrail" if "AWS/Events" in {m[0] for m in metrics} else "a line of the access log" if name == "ApiThrottled" else "AWS's own metric")
        of = ", ".join(f"`{metric[1]}`" for metric in metrics)
        rows.append(f"| [{shown}](runbooks/{page_of(name)}.md) | {says.rstrip('.')} | {of} | {how} |")
    return "\n".join(rows) + "\n"


OTHER_KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/mrk-0a1b2c3d0a1b4c3d8e5f0a1b2c3d4e5f"
TAKEN_OVER = {"ExistingTableName": "restored", "ExistingTableStreamArn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/restored/stream/2026",
              "ExistingKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{CALL['detail']['requestParameters']['keyId']}"}


def taken_over(template):
    """What does not hold where a table and a key are taken over."""
    watched = Watched(deploy(template, {**LEAST, **TAKEN_OVER}))
    pattern = watched.rules["RootKeyEndangeredRule"]["EventPattern"]
    named = copy.deepcopy(CALL)
    named["detail"]["requestParameters"]["keyId"] = TAKEN_OVER["ExistingKeyArn"]
    if not (event_matches(pattern, CALL) and event_matches(pattern, named)):
        yield "calls on a key that is taken over are seen, by its id and by its ARN"
    for parameters in (TAKEN_OVER, {}):
        pattern = Watched(deploy(template, {**LEAST, **parameters, "OtherKeyArn": OTHER_KEY})).rules["RootKeyEndangeredRule"]["EventPattern"]
        for key in (OTHER_KEY, OTHER_KEY.rpartition("/")[2]):
            named["detail"]["requestParameters"]["keyId"] = key
            if not event_matches(pattern, named):
                yield f"calls on a second key are seen: {key}"
    if any({"restored"} != {value for name, value in metric[2] if name == "TableName"} for name in SHARED_EXACTLY for metric in watched.queries(watched.alarms[name]).values()):
        yield "a table that is taken over is watched"


def waiting(template):
    """What does not hold where activity is off, because another Region has it."""
    on, off = (deploy(template, {**EVERYTHING, "ActivityEnabled": value}).resources["SweepStopped"]["Properties"].get("ActionsEnabled") for value in ("true", "false"))
    if (on, off) != (True, False):
        yield "nobody is told that activity stands still where it is off"


def deployments():
    template = source()
    return deploy(template, EVERYTHING), deploy(template, LEAST)


def pieces(stack):
    """What is taken away, one at a time: whole resources, and properties of each."""
    for name, each in list(stack.resources.items()):
        kind = each["Type"]
        if kind in ("AWS::CloudWatch::Alarm", "AWS::Logs::MetricFilter", "AWS::CloudWatch::Dashboard") or name in ("RootKeyEndangeredRule", "RootKeyCalls", "RootKeyCallsPolicy"):
            yield f"{name} without a trace", lambda resources, name=name: resources.pop(name)
            for member in set(each["Properties"]) - {"Description"}:
                yield f"{name} without {member}", lambda resources, name=name, member=member: resources[name]["Properties"].pop(member)
        for at, query in enumerate(each["Properties"].get("Metrics", [])) if kind == "AWS::CloudWatch::Alarm" else []:
            if "Expression" in query:
                for old, new in [("FILL(typed, 0)", "0 * typed + 100"), ("IF(", "MAX("), ("100 *", "1 *"), ("/", "-"), (">=", "<")]:
                    if old in query["Expression"]:
                        text = query["Expression"].replace(old, new, 1)
                        yield f"{name} with {text}", lambda resources, name=name, at=at, text=text: resources[name]["Properties"]["Metrics"][at].update(Expression=text)
        if kind == "AWS::Logs::MetricFilter":
            for old, new in [("=", "!="), ("$.", "$.un")]:
                text = each["Properties"]["FilterPattern"].replace(old, new, 1)
                yield f"{name} with {text}", lambda resources, name=name, text=text: resources[name]["Properties"].update(FilterPattern=text)
    yield "a mapping that does not count its events", lambda resources: resources["ActivityStream"]["Properties"].pop("MetricsConfig")
    yield "a function with metrics of no deployment", lambda resources: resources["VerifyFunction"]["Properties"]["Environment"]["Variables"].pop("METRICS_NAMESPACE")


def main():
    full, least = deployments()
    if "--write" in sys.argv:
        watched, page = Watched(full), BOOK / "watch.md"
        text = page.read_text()
        start, end = text.index("| alarm | fires when |"), text.index("\n\n", text.index("| alarm | fires when |"))
        text = text[:start] + table(watched, {}).rstrip("\n") + text[end:]
        page.write_text(re.sub(r"(Watching costs |WATCHING).*?\n(?=\n)", lambda _: cost(watched), text, count=1, flags=re.S))
    failures = [f"{example} comes out otherwise" for example in examples.wrong()]
    failures += check(full, least) + list(taken_over(source())) + list(waiting(source()))
    for failure in failures:
        print(f"does not hold: {failure}", file=sys.stderr)
    if failures:
        sys.exit(1)
    alarms = [n for n, r in full.resources.items() if r["Type"] == "AWS::CloudWatch::Alarm"]
    taken, missed, kept = 0, [], full.resources
    for what, take in pieces(full):
        full.resources = copy.deepcopy(kept)
        full.missing = set()
        take(full.resources)
        taken += 1
        try:
            unseen = not check(full, least, at_once=True)
        except Exception:  # A part that is needed is not there: that is seen, too.
            unseen = False
        if unseen:
            missed.append(what)
    for miss in missed:
        print(f"not seen: {miss}", file=sys.stderr)
    if missed:
        sys.exit(1)
    print(f"alarms: {len(alarms)}, each fired by its fault; {taken} pieces taken away or changed, each noticed")


if __name__ == "__main__":
    main()
