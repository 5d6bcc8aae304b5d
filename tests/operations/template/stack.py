"""The template as CloudFormation sees it: expanded by the SAM translator, with conditions and references resolved."""

import json
import logging
import os
import re
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

ROOT = Path(__file__).resolve().parents[3]
PARTITION, REGION, ACCOUNT = "aws", "eu-west-1", "123456789012"
# The longest name that CloudFormation allows: names and ARNs grow with it.
LONGEST_NAME = "p" * 128
# The end of each name that CloudFormation makes up.
SUFFIX = "A1B2C3D4E5F6"
NOTHING = object()

# The parameters of a deployment that uses everything, and of the smallest one.
EVERYTHING = {
    "SetUpSecretSha256": "0" * 64, "EmailIdentity": "example.com", "SmsProvider": "sns", "Issuer": "https://mfa.example.com",
    "DomainName": "mfa.example.com", "HostedZoneId": "Z0123456789ABC",
    "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b2c3d", "GradualDeployment": "true",
    "ReplicaRegion": "eu-central-1",
    "AlarmTopicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms", "Tracing": "Active",
    "EdgeSecretSha256": "0" * 64, "SecurityContact": "mailto:security@example.com", "SecurityPolicy": "https://example.com/reports",
    **{f"{name}Concurrency": 10 for name in ("ChallengeDispatch", "Enrolment", "Verify", "Reset", "PolicyAdmin", "Activity", "Notices")},
    "EventBusName": "operator",
}
LEAST = {"SetUpSecretSha256": "0" * 64}

logging.getLogger("samtranslator").setLevel(logging.CRITICAL)


class AwsManagedPolicies:
    """The managed policies of AWS that the translator looks up by name."""

    def load(self):
        return {}


def source():
    """Returns the template as it is written; each function's code stands for an upload."""
    template = yaml_parse((ROOT / "template.yaml").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": "uploads", "Key": "code.zip"}
    return template


def with_defaults(template, given):
    """Returns the value of each parameter, as CloudFormation keeps it: a text."""
    declared = template.get("Parameters", {}).items()
    defaults = {name: each["Default"] for name, each in declared if "Default" in each}
    return {name: str(value) for name, value in {**defaults, **given}.items()}


def expand(template, parameters):
    """Returns the CloudFormation template that the SAM transform makes of `template`."""
    os.environ.setdefault("AWS_DEFAULT_REGION", REGION)
    return transform(json.loads(json.dumps(template, default=str)), dict(parameters), AwsManagedPolicies())


def deploy(template, given):
    """Returns the stack with the longest name that `template` makes of these parameters."""
    parameters = with_defaults(template, given)
    return Stack(expand(template, parameters), parameters, LONGEST_NAME)


class Stack:
    """An expanded template together with its parameters: evaluates the intrinsic functions."""

    def __init__(self, template, parameters, name):
        self.template = template
        self.name = name
        self.parameters = parameters
        self.id = f"arn:{PARTITION}:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/5f0c2a10-1d2e-11f0-8a54-0a58a9feac02"
        # Names that a reference leads to, and that are not in the template.
        self.missing = set()
        # The resources whose condition holds, with every value resolved.
        self.resources = {
            logical_id: self.value(resource)
            for logical_id, resource in template["Resources"].items()
            if self.condition(resource.get("Condition"))
        }

    def of_type(self, kind):
        return {logical_id: each for logical_id, each in self.resources.items() if each["Type"] == kind}

    def outputs(self):
        outputs = self.template.get("Outputs", {}).items()
        return {key: self.value(output) for key, output in outputs if self.condition(output.get("Condition"))}

    def condition(self, name):
        return name is None or self.truth(self.template["Conditions"][name])

    def truth(self, rule):
        """The value of a condition, or of an assertion in the section Rules."""
        (function, argument), = rule.items()
        match function:
            case "Condition":
                return self.condition(argument)
            case "Fn::Equals":
                return str(self.value(argument[0])) == str(self.value(argument[1]))
            case "Fn::Not":
                return not self.truth(argument[0])
            case "Fn::And":
                return all(self.truth(part) for part in argument)
            case "Fn::Or":
                return any(self.truth(part) for part in argument)
            case "Fn::Contains":
                return self.value(argument[1]) in self.value(argument[0])
        raise ValueError(f"{function} is not known in a condition")

    def value(self, node):
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (function, argument), = node.items()
            if function == "Ref" or (function.startswith("Fn::") and function != "Fn::Transform"):
                return self.function(function, argument)
        resolved = {key: self.value(item) for key, item in node.items()}
        return {key: item for key, item in resolved.items() if item is not NOTHING}

    def function(self, function, argument):
        match function:
            case "Ref":
                return self.reference(argument)
            case "Fn::GetAtt":
                logical_id, _, attribute = (argument if isinstance(argument, str) else ".".join(argument)).partition(".")
                return self.attribute(logical_id, attribute)
            case "Fn::If":
                return self.value(argument[1] if self.condition(argument[0]) else argument[2])
            case "Fn::Join":
                return argument[0].join(str(part) for part in self.value(argument[1]))
            case "Fn::Select":
                return self.value(argument[1])[int(argument[0])]
            case "Fn::Split":
                return self.value(argument[1]).split(argument[0])
            case "Fn::Sub":
                text, names = argument if isinstance(argument, list) else (argument, {})
                return re.sub(r"\$\{([^!}][^}]*)\}", lambda found: str(self.substitute(found[1], names)), text)
        raise ValueError(f"{function} is not known")

    def substitute(self, name, names):
        if name in names:
            return self.value(names[name])
        logical_id, dot, attribute = name.partition(".")
        return self.attribute(logical_id, attribute) if dot else self.reference(name)

    def reference(self, name):
        pseudo = {
            "AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": PARTITION, "AWS::StackName": self.name,
            "AWS::StackId": self.id, "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": NOTHING,
        }
        if name in pseudo:
            return pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        kind = self.kind(name)
        if kind == "AWS::Lambda::Alias":
            alias = self.template["Resources"][name]["Properties"]
            return f"{self.arn('lambda')}:function:{self.value(alias['FunctionName'])}:{self.value(alias['Name'])}"
        if kind == "AWS::IAM::ManagedPolicy":
            return f"arn:{PARTITION}:iam::{ACCOUNT}:policy/{self.physical_name(name)}"
        if kind == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.physical_name(name)}"
        # An API's id has ten characters; the length counts, because the id is part of every permission.
        return "a1b2c3d4e5" if kind == "AWS::ApiGatewayV2::Api" else self.physical_name(name)

    def attribute(self, logical_id, attribute):
        kind = self.kind(logical_id)
        name = self.physical_name(logical_id)
        if attribute == "StreamArn":
            return f"{self.arn('dynamodb')}:table/{name}/stream/2026-01-01T00:00:00.000"
        # A function has no other attribute that a template may read; `.Alias` is SAM's, and only with AutoPublishAlias.
        if kind == "AWS::Lambda::Function" and attribute != "Arn":
            self.missing.add(f"{logical_id}.{attribute}")
        if kind == "AWS::SQS::Queue" and attribute == "QueueName":
            return name
        if not attribute.endswith("Arn"):
            return f"{name}.{attribute}"
        match kind:
            case "AWS::Lambda::Function":
                return f"{self.arn('lambda')}:function:{name}"
            case "AWS::IAM::Role":
                return f"arn:{PARTITION}:iam::{ACCOUNT}:role/{name}"
            case "AWS::S3::Bucket":
                return f"arn:{PARTITION}:s3:::{name}"
            case "AWS::DynamoDB::GlobalTable" | "AWS::DynamoDB::Table":
                return f"{self.arn('dynamodb')}:table/{name}"
            case "AWS::KMS::Key":
                return f"{self.arn('kms')}:key/{name}"
            case "AWS::Logs::LogGroup":
                return f"{self.arn('logs')}:log-group:{name}"
            case "AWS::SQS::Queue":
                return f"{self.arn('sqs')}:{name}"
        return f"{self.arn(kind.split('::')[1].lower() if kind else 'unknown')}:{name}"

    def arn(self, service):
        return f"arn:{PARTITION}:{service}:{REGION}:{ACCOUNT}"

    def kind(self, logical_id):
        resource = self.template["Resources"].get(logical_id)
        if resource is None:
            self.missing.add(logical_id)
            return None
        return resource["Type"]

    def physical_name(self, logical_id):
        """A name as CloudFormation makes it: stack, logical id and twelve characters, within 64 characters."""
        return f"{self.name[:24]}-{logical_id[:26]}-{SUFFIX}"
