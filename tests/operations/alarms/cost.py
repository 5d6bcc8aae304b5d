"""What watching costs, as the book says it."""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "template"))
sys.path.append(str(Path(__file__).resolve().parents[3] / "infra/bench"))
from prices import price
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
    """Each metric in an alarm, each metric of our own, and a dashboard ("Amazon CloudWatch Pricing", us-east-1, standard
    resolution, the first tier, without what is free)."""
    watched_one, own_one, dashboard = price("alarm month"), price("metric month"), price("dashboard month")
    looked_at = sum(len(watched.queries(alarm)) for alarm in watched.alarms.values())
    plain = len({metric[1] for metric in watched.own_metrics() if not metric[2]})
    timed = latencies()
    if any(name is None for _, name in timed):
        raise ValueError("a path of the template has no group in route_groups.txt")
    functions = len({function for function, _ in timed})
    codes = len(json.loads((ROOT / "infra/openapi.json").read_text())["components"]["schemas"]["ProblemCode"]["enum"])
    own = plain + len(timed) + functions + codes
    return (f"Watching costs {looked_at * watched_one + own * own_one + dashboard:.2f} USD a month at most, in us-east-1: {looked_at} metrics in alarms at {watched_one:.2f}, {own} metrics of our own at\n"
            f"{own_one:.2f} if they are written in every hour, and the dashboard at {dashboard:.0f}. Of our own, {len(timed)} are latencies, {functions} count conflicts, and {codes} count\n"
            "refusals, one for each code that is met; `SendsFailed` adds one for each reason that was met.\n")
