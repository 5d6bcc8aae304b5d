"""Prints the functions' roles as JSON, those of both deployments of activity, as CloudFormation makes them from template.yaml: in a deployment that makes its
table and key, in one that takes over others, and in one that may send from one address."""
import json, pathlib, re, sys
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "template"))
from stack import ACCOUNT, EVERYTHING, REGION, deploy, source

TABLE = "restored"
EXISTING = {
    "ExistingTableName": TABLE,
    "ExistingTableStreamArn": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}/stream/2026-01-01T00:00:00.000",
    "ExistingKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b2c3d-0a1b-4c3d-8e5f-0a1b2c3d4e5f",
}
# The demo portals send from this domain.
GIVEN = {**EVERYTHING, "EmailIdentity": "portal.example"}
# "AWSLambdaBasicExecutionRole" in the AWS Managed Policy Reference Guide; SAM attaches it to every function.
BASIC = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}],
}

# "AWSXrayWriteOnlyAccess" in the same guide; SAM attaches it if the parameter Tracing is not Disabled.
TRACES = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Resource": "*", "Action": [
        "xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries"]}],
}
BY_AWS = {"AWSLambdaBasicExecutionRole": BASIC, "AWSXrayWriteOnlyAccess": TRACES}


def folder(logical_id):
    """The folder of a function: challenge-dispatch for ChallengeDispatchFunction."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", logical_id.removesuffix("Function")).lower()


def policies(stack, role):
    """The documents of a role, each with its name and who wrote it."""
    managed = {stack.reference(name): (name, r["Properties"]) for name, r in stack.of_type("AWS::IAM::ManagedPolicy").items()}
    for policy in role.get("Policies", []):
        yield {"name": policy["PolicyName"], "ours": True, "document": policy["PolicyDocument"]}
    for arn in role["ManagedPolicyArns"]:
        by_aws = arn.rpartition("/")[2]
        if by_aws in BY_AWS:
            yield {"name": by_aws, "ours": False, "document": BY_AWS[by_aws]}
        else:
            name, properties = managed[arn]
            yield {"name": name, "ours": True, "document": properties["PolicyDocument"]}


def deployment(given):
    stack = deploy(source(), given)
    new = not stack.parameters["ExistingTableName"]
    functions = stack.of_type("AWS::Serverless::Function") or stack.of_type("AWS::Lambda::Function")
    roles = {folder(name): list(policies(stack, stack.resources[name + "Role"]["Properties"])) for name in functions}
    stream = stack.attribute("Table", "StreamArn") if new else EXISTING["ExistingTableStreamArn"]
    return {
        "account": ACCOUNT, "region": REGION, "email": stack.parameters["EmailIdentity"], "roles": roles, "stream": stream,
        "table": stream.split("/stream/")[0],
        "key": stack.attribute("RootKey", "Arn") if new else EXISTING["ExistingKeyArn"],
        "bucket": stack.attribute("FailedRecords", "Arn"), "journal": stack.attribute("JournalBucket", "Arn"),
        "queues": {name: stack.attribute(name, "Arn") for name in stack.of_type("AWS::SQS::Queue")},
        "configuration_set": stack.reference("ConfigurationSet"),
    }


if __name__ == "__main__":
    print(json.dumps({"new": deployment(GIVEN), "existing": deployment({**GIVEN, **EXISTING}),
                      "address": deployment({**GIVEN, "EmailIdentity": "no-reply@portal.example"})}))
