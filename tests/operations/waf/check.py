#!/usr/bin/env python3
"""The gate on infra/waf/template.yaml: which requests its rules let through, and what CloudFront sends to the service.

The rules are evaluated as "How AWS WAF works" and "Rule statements" in Amazon's guide say: in the order of their priority, the
first that blocks ends it; a rule that counts ends nothing. Then each part is taken away once, which must be noticed.
"""

import copy
import fnmatch
import ipaddress
import re
import sys
import urllib.parse
from pathlib import Path

from samcli.yamlhelper import yaml_parse

ROOT = Path(__file__).resolve().parents[3]
SECRET = "s" * 40
GIVEN = {
    "DomainName": "mfa.example.com", "OriginDomain": "d-0a1b2c3d4e.execute-api.eu-west-1.amazonaws.com", "EdgeSecret": SECRET,
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d", "HostedZoneId": "Z0123456789ABC",
    "PortalAddresses": ["192.0.2.0/24"], "ManagedRules": "block",
}
LEAST = {name: GIVEN[name] for name in ("DomainName", "OriginDomain", "EdgeSecret", "CertificateArn")}
# "Use managed cache policies" and "Use managed origin request policies" in the CloudFront guide.
CACHING_DISABLED, ALL_VIEWER_AND_CLOUDFRONT = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "33f36d7e-f396-46d9-90e0-52428a34d9dc"


def resolved(template, given):
    """The resources of a deployment, as CloudFormation resolves the few functions that the template uses."""
    values = {name: given.get(name, each.get("Default")) for name, each in template["Parameters"].items()}
    values["PortalAddresses"] = values["PortalAddresses"] or [""]

    def holds(condition):
        return value(template["Conditions"][condition])

    def value(node):
        if isinstance(node, list):
            return [value(each) for each in node]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, of), = node.items()
            match function:
                case "Ref":
                    return values[of] if of in values else f"ref:{of}"
                case "Fn::GetAtt":
                    return "att:" + (".".join(of) if isinstance(of, list) else of)
                case "Fn::If":
                    return value(of[1] if holds(of[0]) else of[2])
                case "Fn::Not":
                    return not value(of[0])
                case "Fn::Equals":
                    return value(of[0]) == value(of[1])
                case "Fn::Join":
                    return of[0].join(value(of[1]))
        return {name: value(each) for name, each in node.items()}

    return {name: value(each["Properties"]) for name, each in template["Resources"].items() if "Condition" not in each or holds(each["Condition"])}


# "Text transformations" in the guide of AWS WAF.
TRANSFORMATIONS = {"NONE": lambda text: text, "URL_DECODE": urllib.parse.unquote}


def transformed(text, transformations):
    for each in sorted(transformations, key=lambda each: each["Priority"]):
        text = TRANSFORMATIONS[each["Type"]](text)
    assert transformations
    return text


class Firewall:
    """The web ACL, under requests of a path, an address and a size, each made so many times in five minutes."""

    def __init__(self, resources):
        self.resources = resources
        self.rules = sorted(resources["WebAcl"]["Rules"], key=lambda rule: rule["Priority"])

    def is_true(self, statement, request):
        (kind, of), = statement.items()
        match kind:
            case "AndStatement":
                return all(self.is_true(each, request) for each in of["Statements"])
            case "OrStatement":
                return any(self.is_true(each, request) for each in of["Statements"])
            case "NotStatement":
                return not self.is_true(of["Statement"], request)
            case "ByteMatchStatement":
                assert of["FieldToMatch"] == {"UriPath": {}}
                found, wanted = transformed(request["path"], of["TextTransformations"]), of["SearchString"]
                return {"STARTS_WITH": found.startswith(wanted), "EXACTLY": found == wanted}[of["PositionalConstraint"]]
            case "SizeConstraintStatement":
                assert of["TextTransformations"] == [{"Priority": 0, "Type": "NONE"}], "a body is as long as it is"
                inspected = {"KB_16": 16_384}[self.resources["WebAcl"]["AssociationConfig"]["RequestBody"]["CLOUDFRONT"]["DefaultSizeInspectionLimit"]]
                if request["bytes"] > inspected and of["FieldToMatch"]["Body"]["OversizeHandling"] == "MATCH":
                    return True
                assert of["ComparisonOperator"] == "GT"
                return min(request["bytes"], inspected) > int(of["Size"])
            case "IPSetReferenceStatement":
                name = of["Arn"].removeprefix("att:").removesuffix(".Arn")
                ranges = map(ipaddress.ip_network, self.resources[name]["Addresses"])
                return any(ipaddress.ip_address(request["address"]) in each for each in ranges)
            case "RateBasedStatement":
                assert of["AggregateKeyType"] == "IP" and of["EvaluationWindowSec"] == 300
                return request["times"] > int(of["Limit"]) and self.is_true(of["ScopeDownStatement"], request)
            case "ManagedRuleGroupStatement":
                return request.get("bad", False)
        raise ValueError(f"not known: {kind}")

    def answer(self, path, address="198.51.100.1", bytes=100, times=1, bad=False):
        """The status that the firewall answers itself, or what it does: "passed", "counted"."""
        request, counted = {"path": path, "address": address, "bytes": bytes, "times": times, "bad": bad}, False
        for rule in self.rules:
            if not self.is_true(rule["Statement"], request):
                continue
            if rule.get("OverrideAction") == {"Count": {}} or rule.get("Action") == {"Count": {}}:
                counted = True
                continue
            block = rule["Action"]["Block"] if "Action" in rule else {"None": {}} == rule["OverrideAction"] and {}
            return block.get("CustomResponse", {}).get("ResponseCode", 403)
        return "counted" if counted else "passed"


def check(template, at_once=False):
    """The sentences that do not hold."""
    failures = []

    def must(what, holds):
        if not holds:
            failures.append(what)

    full, least = resolved(template, GIVEN), resolved(template, LEAST)
    behind, plain = Firewall(full), Firewall(least)
    for firewall in (behind, plain):
        must("a page of the prompt is shown", firewall.answer("/prompt/si_acme_x", times=300) == "passed")
        for path in ("/prompt/si_acme_x/verify", "/prompt%2Fsi_acme_x", "/%70rompt/si_acme_x", "/oidc/authorize", "/oidc%2fauthorize", "/console/sign-in", "/console", "/%63onsole%2Fsign-in"):
            must(f"an address that asks too often for {path} is told to wait", firewall.answer(path, times=301) == 429)
        for path in ("/v1/sign-ins", "/v1%2Fsign-ins", "/%761/sign-ins", "/oidc/token", "/oidc%2Ftoken", "/v1/admin/session", "/v1%2Fdeliveries/twilio"):
            must(f"a stranger that calls {path} too often is told to wait", firewall.answer(path, times=3_001) == 429 and firewall.answer(path, times=3_000) == "passed")
        must("a provider says what became of every message", firewall.answer("/v1/deliveries/twilio", times=100_000) == "passed")
        must("a body as the service takes it passes", firewall.answer("/v1/sign-ins", bytes=16_384) == "passed")
        must("a larger one is blocked", firewall.answer("/v1/sign-ins", bytes=16_385) == 403)
        must("no other spelling of its path excepts a body", firewall.answer("/console%2Fportals/acme/logo", bytes=40_000) == 403)
        must("a form with a logo passes", firewall.answer("/console/portals/acme/logo", bytes=40_000) == "passed")
        must("what is public passes", firewall.answer("/.well-known/jwks.json", times=100_000) == "passed")
    must("a portal's own addresses are not counted", behind.answer("/v1/sign-ins", address="192.0.2.7", times=1_000_000) == "passed")
    must("nobody is excepted without a list", plain.answer("/v1/sign-ins", address="192.0.2.7", times=3_001) == 429)
    must("Amazon's groups count at first", plain.answer("/v1/sign-ins", bad=True) == "counted")
    must("and block if that is wanted", behind.answer("/v1/sign-ins", bad=True) == 403)
    groups = [rule["Statement"]["ManagedRuleGroupStatement"] for rule in behind.rules if "ManagedRuleGroupStatement" in rule["Statement"]]
    must("the groups are Amazon's", [(group.get("VendorName"), group.get("Name")) for group in groups] == [("AWS", f"AWSManagedRules{name}") for name in ("AmazonIpReputationList", "KnownBadInputsRuleSet", "CommonRuleSet")])
    for group in groups:
        overrides = {rule["Name"]: rule["ActionToUse"] for rule in group.get("RuleActionOverrides", [])}
        must("the common group neither judges bodies nor wants a User-Agent", not group.get("Name", "").endswith("CommonRuleSet") or overrides == {"SizeRestrictions_BODY": {"Count": {}}, "NoUserAgent_HEADER": {"Count": {}}})
    acl = full["WebAcl"]
    must("for CloudFront, and everybody else passes", acl.get("Scope") == full["Portals"].get("Scope") == "CLOUDFRONT" and acl.get("DefaultAction") == {"Allow": {}} and full["Portals"].get("IPAddressVersion") == "IPV4")
    names = [each["VisibilityConfig"]["MetricName"] for each in [acl, *behind.rules]]
    must("each rule has a metric of its own, and none keeps samples", len(set(names)) == len(names) == len({rule["Name"] for rule in behind.rules}) + 1 and all(each["VisibilityConfig"]["SampledRequestsEnabled"] is False and each["VisibilityConfig"]["CloudWatchMetricsEnabled"] is True for each in [acl, *behind.rules]))

    front = full["Distribution"]["DistributionConfig"]
    must("the firewall is in front", front.get("WebACLId") == "att:WebAcl.Arn" and front.get("Enabled") is True)
    must("the domain is the service's, by its certificate, by TLS 1.2", front.get("Aliases") == ["mfa.example.com"] and front.get("ViewerCertificate") == {"AcmCertificateArn": GIVEN["CertificateArn"], "SslSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"})
    (origin,) = front["Origins"]
    must("the service is reached by TLS alone", origin.get("DomainName") == GIVEN["OriginDomain"] and origin["CustomOriginConfig"].get("OriginProtocolPolicy") == "https-only" and origin["CustomOriginConfig"].get("OriginSSLProtocols") == ["TLSv1.2"])
    # Longer than the functions' Timeout, so that their answer arrives.
    must("CloudFront waits as long as the functions may take", int(origin["CustomOriginConfig"].get("OriginReadTimeout", 0)) == 30)
    (header,) = origin["OriginCustomHeaders"]
    named = re.search(r'const SECRET: &str = "([^"]+)"', (ROOT / "shared/http/src/edge.rs").read_text())
    must("the secret is sent under the name that the service reads", header == {"HeaderName": named[1], "HeaderValue": SECRET})
    behaviour = front["DefaultCacheBehavior"]
    must("everything goes to the service, nothing is kept, and everything is sent on", (behaviour.get("TargetOriginId"), behaviour.get("CachePolicyId"), behaviour.get("OriginRequestPolicyId")) == (origin.get("Id"), CACHING_DISABLED, ALL_VIEWER_AND_CLOUDFRONT))
    must("by TLS, with every method", behaviour.get("ViewerProtocolPolicy") == "https-only" and set(behaviour.get("AllowedMethods", [])) == {"GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"})
    for name, kind in (("Record", "A"), ("RecordV6", "AAAA")):
        record = full.get(name) or {}
        must(f"the domain leads to CloudFront: {name}", record.get("Type") == kind and record.get("Name") == "mfa.example.com" and record.get("HostedZoneId") == GIVEN["HostedZoneId"] and record.get("AliasTarget") == {"DNSName": "att:Distribution.DomainName", "HostedZoneId": "Z2FDTNDATAQYW2"})
    must("without a zone there is no record", not {"Record", "RecordV6", "Portals"} & least.keys())
    parameters = template["Parameters"]
    must("the secret is not shown, and long", parameters["EdgeSecret"].get("NoEcho") is True and not re.fullmatch(parameters["EdgeSecret"]["AllowedPattern"], "s" * 39))
    must("Amazon's groups count unless they are told to block", parameters["ManagedRules"].get("AllowedValues") == ["count", "block"] and parameters["ManagedRules"].get("Default") == "count")
    must("nothing but the domain, the certificate and the secret has to be given", {name for name, each in parameters.items() if "Default" not in each} == LEAST.keys())
    for name, each in parameters.items():
        pattern = each.get("AllowedPattern")
        must(f"{name} is not taken as it comes", pattern or each.get("AllowedValues") or ("MinValue" in each and "MaxValue" in each) or each["Type"] == "CommaDelimitedList")
        must(f"{name} takes what is given", not pattern or name not in GIVEN or re.fullmatch(pattern, GIVEN[name]))
    return failures


# Nothing depends on these: a text, and what CloudFront does for speed.
FREE = ["*Description", "Outputs*", "AWSTemplateFormatVersion", "*/Comment", "*/HttpVersion", "*/IPV6Enabled", "*/Compress"]


def places(node, at=()):
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        # A function's own arguments go with it.
        if isinstance(key, str) and key.startswith("Fn::"):
            continue
        yield at + (key,)
        yield from places(inner, at + (key,))


def main():
    template = yaml_parse((ROOT / "infra/waf/template.yaml").read_text())
    failures = check(template)
    taken, missed = 0, []
    for place in places(template) if not failures else ():
        path = "/".join(map(str, place))
        # The linter asks for the types of parameters and resources.
        if any(fnmatch.fnmatch(path, free) for free in FREE) or place[-1] == "Ref" or (len(place) == 3 and place[-1] == "Type"):
            continue
        less = copy.deepcopy(template)
        inner = less
        for key in place[:-1]:
            inner = inner[key]
        del inner[place[-1]]
        taken += 1
        try:
            unseen = not check(less)
        except Exception:  # A part that is needed is not there: that is seen, too.
            unseen = False
        if unseen:
            missed.append(path)
    for sentence in [*(f"does not hold: {f}" for f in failures), *(f"not seen: {m}" for m in missed)]:
        print(sentence, file=sys.stderr)
    if failures or missed:
        sys.exit(1)
    print(f"firewall: {taken} pieces taken away one at a time, each noticed")


if __name__ == "__main__":
    main()
