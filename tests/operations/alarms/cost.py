"""What watching costs, as the book says it."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "template"))
from stack import ROOT, source

GROUPS = [line.split(" ") for line in (ROOT / "shared/http/src/route_groups.txt").read_text().splitlines()]


def group(path):
    """The group of a route: that of the first beginning that fits in whole segments, as `route_group` of shared/http has it."""
    return next((group for beginning, group in GROUPS if path == beginning or path.startswith(f"{beginning}/")), None)


def latencies():
    """The functions and groups by which latency is counted: those of the paths in the template."""
    paths = source()["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"]
    integration = lambda path: json.dumps(path).rpartition("integrations/")[2].partition('"')[0]
    return {(integration(path), group(name)) for name, path in paths.items()}


def cost(watched):
    """0.10 USD for each metric in an alarm, 0.30 for a metric of our own, 3 for a dashboard ("Amazon CloudWatch Pricing",
    us-east-1, standard resolution, the first tier, without what is free)."""
    looked_at = sum(len(watched.queries(alarm)) for alarm in watched.alarms.values())
    plain = len({metric[1] for metric in watched.own_metrics() if not metric[2]})
    timed = latencies()
    if any(name is None for _, name in timed):
        raise ValueError("a path of the template has no group in route_groups.txt")
    functions = len({function for function, _ in timed})
    codes = len(json.loads((ROOT / "infra/openapi.json").read_text())["components"]["schemas"]["ProblemCode"]["enum"])
    own = plain + len(timed) + functions + codes
    return (f"Watching costs {looked_at * 0.1 + own * 0.3 + 3:.2f} USD a month at most, in us-east-1: {looked_at} metrics in alarms at 0.10, {own} metrics of our own at\n"
            f"0.30 if they are written in every hour, and the dashboard at 3. Of our own, {len(timed)} are latencies, {functions} count conflicts, and {codes} count\n"
            "refusals, one for each code that is met; `SendsFailed` adds one for each reason that was met.\n")
