"""Expands template.yaml as CloudFormation would: SAM's transform, then conditions and references with these parameters."""
import json, os, pathlib, re, sys
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = pathlib.Path(__file__).resolve().parents[3]
ACCOUNT, REGION, PARTITION = "123456789012", "eu-west-1", "aws"
# The longest name that CloudFormation allows: names and ARNs grow with it.
STACK = "p" * 128
PSEUDO = {
    "AWS::AccountId": ACCOUNT, "AWS::Region": REGION, "AWS::Partition": PARTITION, "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
}
# What a deployment that uses everything is given.
EVERYTHING = {
    "SetUpSecretSha256": "0" * 64, "EmailIdentity": "example.com", "SmsProvider": "sns", "Issuer": "https://mfa.example.com",
    "DomainName": "mfa.example.com", "HostedZoneId": "Z0123456789ABC",
    "CertificateArn": f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b2c3d", "GradualDeployment": "true",
    "AlarmTopicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms",
    **{f"{name}Concurrency": 10 for name in ("ChallengeDispatch", "Enrolment", "Verify", "Reset", "PolicyAdmin", "Activity")},
}
LEAST = {"SetUpSecretSha256": "0" * 64}


def source(text=None):
    """The template as it is written, parsed; each function's code stands for an upload."""
    template = yaml_parse(text if text is not None else (ROOT / "template.yaml").read_text())
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": "uploads", "Key": "code.zip"}
    return template


def transform(template, given):
    """The template after SAM's transform."""
    defaults = {name: p["Default"] for name, p in template["Parameters"].items() if "Default" in p}
    values = {**defaults, **PSEUDO, **given}
    copy = json.loads(json.dumps(template, default=str))
    policies = {"AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                "AWSLambdaDynamoDBExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole"}
    translator = Translator(policies, Parser())
    return translator.translate(copy, {name: str(value) for name, value in values.items()}), values


class Stack:
    """A transformed template with its conditions decided and its references put in."""

    def __init__(self, template, given):
        self.template, self.values = transform(template, given)
        self.conditions = {}
        everything = self.template["Resources"]
        self.resources = {n: r for n, r in everything.items() if "Condition" not in r or self.holds(r["Condition"])}
        self.resources = {n: self.resolve(r) for n, r in self.resources.items()}

    def holds(self, name):
        if name not in self.conditions:
            self.conditions[name] = self.resolve(self.template["Conditions"][name])
        return self.conditions[name]

    def of_type(self, kind):
        return {n: r for n, r in self.resources.items() if r["Type"] == kind}

    def resolve(self, value):
        if isinstance(value, list):
            return [v for v in map(self.resolve, value) if v is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), = value.items()
            known = getattr(self, "_" + function.replace("Fn::", "").lower(), None)
            if known and (function == "Ref" or function.startswith("Fn::") or function == "Condition"):
                return known(argument)
        pairs = ((k, self.resolve(v)) for k, v in value.items())
        return {k: v for k, v in pairs if v is not None}

    def _ref(self, name):
        if name == "AWS::NoValue":
            return None
        if name in self.values:
            return self.values[name]
        return self.reference(name)

    def reference(self, name):
        """What Ref answers for a resource: for an alias its ARN, for most others the longest physical id."""
        resource = self.template["Resources"][name]
        physical = f"{STACK[:100]}-{name}-0123456789ABC"[-64:]
        if resource["Type"] == "AWS::Lambda::Alias":
            function = self.reference(resource["Properties"]["FunctionName"]["Ref"])
            return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}:{resource['Properties']['Name']}"
        if resource["Type"] == "AWS::ApiGatewayV2::Api":
            return "a1b2c3d4e5"
        if resource["Type"] == "AWS::IAM::ManagedPolicy":
            return f"arn:aws:iam::{ACCOUNT}:policy/{physical}"
        return physical

    def _getatt(self, argument):
        name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
        arns = {
            "AWS::DynamoDB::GlobalTable": f"dynamodb:{REGION}:{ACCOUNT}:table/", "AWS::KMS::Key": f"kms:{REGION}:{ACCOUNT}:key/",
            "AWS::S3::Bucket": "s3:::", "AWS::Logs::LogGroup": f"logs:{REGION}:{ACCOUNT}:log-group:",
            "AWS::IAM::Role": f"iam::{ACCOUNT}:role/", "AWS::Lambda::Function": f"lambda:{REGION}:{ACCOUNT}:function:",
        }
        kind = self.template["Resources"][name]["Type"]
        arn = f"arn:aws:{arns[kind]}{self.reference(name)}" if kind in arns else f"{name}.{attribute}"
        return f"{arn}/stream/2026-01-01T00:00:00.000" if attribute == "StreamArn" else arn

    def _sub(self, argument):
        text, names = argument if isinstance(argument, list) else (argument, {})
        given = {name: self.resolve(value) for name, value in names.items()}
        def put(match):
            name = match.group(1)
            if name in given:
                return str(given[name])
            return str(self._getatt(name) if "." in name else self._ref(name))
        return re.sub(r"\$\{([^!}]+)\}", put, text)

    def _if(self, argument):
        return self.resolve(argument[1] if self.holds(argument[0]) else argument[2])

    def _equals(self, argument):
        left, right = map(self.resolve, argument)
        return str(left) == str(right)

    def _not(self, argument):
        return not self.resolve(argument[0])

    def _and(self, argument):
        return all(map(self.resolve, argument))

    def _or(self, argument):
        return any(map(self.resolve, argument))

    def _condition(self, name):
        return self.holds(name)

    def _join(self, argument):
        return argument[0].join(map(str, self.resolve(argument[1])))

    def _select(self, argument):
        return self.resolve(argument[1])[int(argument[0])]

    def _split(self, argument):
        return self.resolve(argument[1]).split(argument[0])


if __name__ == "__main__":
    json.dump(Stack(source(), EVERYTHING).resources, sys.stdout, indent=1, default=str)
