"""What AWS refuses while a stack is created, one function for each rule.

Every rule names its source: a page of AWS's documentation by its title, or a public report that quotes the message.
It returns None, or why AWS refuses: `CallError` answers the call CreateChangeSet, `ChangeSetFailed` is the status of the
change set, and `ResourceFailed` an event of the stack, after which AWS rolls back.
"""

import json
import re
from dataclasses import dataclass, field


@dataclass
class CallError:
    code: str
    message: str


@dataclass
class ChangeSetFailed:
    message: str


@dataclass
class ResourceFailed:
    logical_id: str
    message: str


@dataclass
class Deployment:
    """What a change set was asked for, and the stack that it would make."""

    template: dict
    parameters: dict
    capabilities: list
    template_bytes: int
    by_url: bool
    expansion_error: str | None = None
    stack: object = None
    resources: dict = field(default_factory=dict)
    # Lambda's quota of a Region; a new account has less.
    concurrency: int = 1000


BEFORE_EXPANSION, AFTER_EXPANSION = [], []


def before_expansion(rule):
    BEFORE_EXPANSION.append(rule)
    return rule


def after_expansion(rule):
    AFTER_EXPANSION.append(rule)
    return rule


@before_expansion
def template_size(deployment):
    """CloudFormation User Guide, "Understand CloudFormation quotas": 51,200 bytes in a request, 1 MB in an S3 object."""
    limit = 1_048_576 if deployment.by_url else 51_200
    if deployment.template_bytes > limit:
        return CallError("ValidationError", f"Template may not exceed {limit} bytes in size.")


@before_expansion
def number_of_parameters(deployment):
    """CloudFormation User Guide, "Understand CloudFormation quotas": 200 parameters in a template."""
    count = len(deployment.template.get("Parameters", {}))
    if count > 200:
        return CallError(
            "ValidationError",
            f"Template format error: Number of parameters, {count}, is greater than maximum allowed, 200",
        )


@before_expansion
def parameters_known(deployment):
    """CloudFormation API Reference, "CreateChangeSet": a parameter that the template does not have is refused."""
    unknown = sorted(set(deployment.parameters) - set(deployment.template.get("Parameters", {})))
    if unknown:
        return CallError("ValidationError", f"Parameters: [{', '.join(unknown)}] do not exist in the template")


@before_expansion
def parameters_given(deployment):
    """CloudFormation User Guide, "CloudFormation template Parameters syntax": each parameter must have a value."""
    declared = deployment.template.get("Parameters", {}).items()
    missing = [name for name, each in declared if name not in deployment.parameters and "Default" not in each]
    if missing:
        return CallError("ValidationError", f"Parameters: [{', '.join(missing)}] must have values")


@before_expansion
def parameter_constraints(deployment):
    """CloudFormation User Guide, "CloudFormation template Parameters syntax": AllowedPattern must match the whole value,
    AllowedValues hold it, MinValue and MaxValue enclose it; a default is checked too."""
    for name, declared in deployment.template.get("Parameters", {}).items():
        value = str(deployment.parameters.get(name, declared.get("Default", "")))
        pattern, allowed = declared.get("AllowedPattern"), declared.get("AllowedValues")
        told = declared.get("ConstraintDescription")
        if pattern is not None and not re.fullmatch(pattern, value):
            return CallError("ValidationError", told or f"Parameter {name} failed to satisfy constraint: {pattern}")
        if allowed is not None and value not in map(str, allowed):
            return CallError("ValidationError", f"Parameter '{name}' must be one of AllowedValues")
        if declared["Type"] == "Number":
            if not re.fullmatch(r"-?\d+(\.\d+)?", value):
                return CallError("ValidationError", f"Parameter '{name}' must be a number")
            if not float(declared.get("MinValue", value)) <= float(value) <= float(declared.get("MaxValue", value)):
                return CallError("ValidationError", f"Parameter '{name}' is outside of MinValue and MaxValue")


@after_expansion
def transform(deployment):
    """CloudFormation Template Reference, "AWS::Serverless transform": a template that SAM refuses fails its change set."""
    if deployment.expansion_error:
        return ChangeSetFailed(f"Transform AWS::Serverless-2016-10-31 failed with: {deployment.expansion_error}")


@after_expansion
def rules_section(deployment):
    """CloudFormation User Guide, "CloudFormation template Rules syntax": every assertion whose RuleCondition holds must."""
    for rule in deployment.template.get("Rules", {}).values():
        if "RuleCondition" not in rule or deployment.stack.truth(rule["RuleCondition"]):
            for assertion in rule["Assertions"]:
                if not deployment.stack.truth(assertion["Assert"]):
                    return ChangeSetFailed(f"Template error: {assertion.get('AssertDescription', 'an assertion failed')}")


@after_expansion
def capabilities(deployment):
    """CloudFormation API Reference, "CreateChangeSet": roles and policies need CAPABILITY_IAM, named ones
    CAPABILITY_NAMED_IAM. aws-samples/serverless-patterns pull request 644 quotes the change set's reason."""
    iam = [each for each in deployment.resources.values() if each["Type"].startswith("AWS::IAM::")]
    names = {"RoleName", "ManagedPolicyName", "UserName", "GroupName"}
    named = [each for each in iam if names & set(each.get("Properties", {}))]
    needed = "CAPABILITY_NAMED_IAM" if named else "CAPABILITY_IAM"
    if iam and not {needed, "CAPABILITY_NAMED_IAM"} & set(deployment.capabilities):
        return ChangeSetFailed(f"Requires capabilities : [{needed}]")


@after_expansion
def number_of_resources(deployment):
    """CloudFormation User Guide, "Understand CloudFormation quotas": 500 resources, counted after the expansion."""
    count = len(deployment.stack.template["Resources"])
    if count > 500:
        return ChangeSetFailed(
            f"Template format error: Number of resources, {count}, is greater than maximum allowed, 500"
        )


@after_expansion
def number_of_outputs(deployment):
    """CloudFormation User Guide, "Understand CloudFormation quotas": 200 outputs in a template."""
    count = len(deployment.stack.template.get("Outputs", {}))
    if count > 200:
        return ChangeSetFailed(f"Template format error: Number of outputs, {count}, is greater than maximum allowed, 200")


@after_expansion
def references(deployment):
    """CloudFormation Template Reference, "Ref": the name must be that of a parameter or resource of the template."""
    deployment.stack.outputs()
    if deployment.stack.missing:
        names = ", ".join(sorted(deployment.stack.missing))
        return ChangeSetFailed(
            f"Template format error: Unresolved resource dependencies [{names}] in the Resources block of the template"
        )


def of_type(deployment, kind):
    return ((name, each["Properties"]) for name, each in deployment.resources.items() if each["Type"] == kind)


@after_expansion
def openapi_version(deployment):
    """API Gateway Developer Guide, "Using OpenAPI definitions for HTTP APIs": OpenAPI 3.0 is imported.
    localstack/localstack issue 13043 quotes what AWS says to 3.1.0."""
    for name, api in of_type(deployment, "AWS::ApiGatewayV2::Api"):
        version = str(api.get("Body", {}).get("openapi", "3.0.1"))
        if not version.startswith("3.0."):
            return ResourceFailed(
                name,
                "Unable to build importer with provided input. "
                f"Unable to determine OAS version from '{version}' (Service: AmazonApiGatewayV2; Status Code: 400)",
            )


def routes(body):
    return [(path, method) for path, methods in body.get("paths", {}).items() for method in methods]


@after_expansion
def number_of_routes(deployment):
    """API Gateway Developer Guide, "Quotas for configuring and running an HTTP API": 300 routes for an API."""
    for name, api in of_type(deployment, "AWS::ApiGatewayV2::Api"):
        if len(routes(api.get("Body", {}))) > 300:
            return ResourceFailed(name, "Unable to complete operation due to a limit: maximum number of routes exceeded")


@after_expansion
def integrations(deployment):
    """API Gateway Developer Guide, "x-amazon-apigateway-integrations object": an integration is referred to by `$ref`."""
    for name, api in of_type(deployment, "AWS::ApiGatewayV2::Api"):
        body = api.get("Body", {})
        there = body.get("components", {}).get("x-amazon-apigateway-integrations", {})
        for path, method in routes(body):
            integration = body["paths"][path][method].get("x-amazon-apigateway-integration", {})
            reference = integration.get("$ref", "")
            if reference and reference.removeprefix("#/components/x-amazon-apigateway-integrations/") not in there:
                return ResourceFailed(name, f"Unable to resolve the reference {reference} of {path}")


def resource_policies(deployment):
    """The policy of each function or alias as Lambda stores it, with its permission that came last."""
    statements = {}
    for logical_id, permission in of_type(deployment, "AWS::Lambda::Permission"):
        function = permission["FunctionName"]
        statement = {
            "Sid": f"{deployment.stack.name}-{logical_id}-A1B2C3D4E5F6",
            "Effect": "Allow",
            "Principal": {"Service": permission["Principal"]},
            "Action": permission["Action"],
            "Resource": function if function.startswith("arn:") else f"{deployment.stack.arn('lambda')}:function:{function}",
        }
        if "SourceArn" in permission:
            statement["Condition"] = {"ArnLike": {"AWS:SourceArn": permission["SourceArn"]}}
        statements.setdefault(function, []).append((logical_id, statement))
    for function, each in statements.items():
        policy = {"Version": "2012-10-17", "Id": "default", "Statement": [statement for _, statement in each]}
        yield function, each[-1][0], len(json.dumps(policy, separators=(",", ":")).encode())


@after_expansion
def lambda_resource_policy(deployment):
    """Lambda Developer Guide, "Lambda quotas": 20 KB for a function's resource-based policy. serverless/serverless
    issues 5357 and 7411 quote the message, with the limit in bytes."""
    for _, logical_id, size in resource_policies(deployment):
        if size > 20_480:
            return ResourceFailed(
                logical_id,
                f"The final policy size ({size}) is bigger than the limit (20480). (Service: AWSLambda; "
                "Status Code: 400; Error Code: PolicyLengthExceededException)",
            )


@after_expansion
def iam_policy_size(deployment):
    """IAM User Guide, "IAM and AWS STS quotas": 6,144 characters in a managed policy, 10,240 in a role's own, without
    white space."""
    for name, policy in of_type(deployment, "AWS::IAM::ManagedPolicy"):
        if len(json.dumps(policy["PolicyDocument"], separators=(",", ":"))) > 6_144:
            return ResourceFailed(name, "Cannot exceed quota for PolicySize: 6144 (Service: Iam, Status Code: 409)")
    for name, role in of_type(deployment, "AWS::IAM::Role"):
        own = [each["PolicyDocument"] for each in role.get("Policies", [])]
        if sum(len(json.dumps(each, separators=(",", ":"))) for each in own) > 10_240:
            return ResourceFailed(name, f"Maximum policy size of 10240 bytes exceeded for role {name}")


@after_expansion
def reserved_concurrency(deployment):
    """Lambda Developer Guide, "Configuring reserved concurrency": 100 executions must stay for the other functions.
    awslabs/amazon-neptune-tools issue 324 quotes the message."""
    left = deployment.concurrency
    for name, function in of_type(deployment, "AWS::Lambda::Function"):
        reserved = int(function.get("ReservedConcurrentExecutions", 0) or 0)
        left -= reserved
        if reserved and left < 100:
            return ResourceFailed(
                name,
                "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution "
                "below its minimum value of [100]. (Service: Lambda, Status Code: 400)",
            )


def kept_after_a_failed_creation(resources):
    """CloudFormation Template Reference, "DeletionPolicy attribute": Retain keeps a resource although its stack's
    creation failed, RetainExceptOnCreate does not. Lambda API Reference, "DeleteFunction": versions go with their
    function, whatever their policy says."""
    return sorted(
        name
        for name, each in resources.items()
        if each.get("DeletionPolicy") == "Retain" and each["Type"] != "AWS::Lambda::Version"
    )


def protected_from_the_rollback(resources):
    """DynamoDB Developer Guide, "Using deletion protection to protect your table": such a table is not deleted, by
    CloudFormation neither. aws-bench/aws-bench pull request 41 quotes the message."""
    message = "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    return {
        name: message
        for name, each in resources.items()
        if each["Type"] == "AWS::DynamoDB::GlobalTable"
        and any(str(replica.get("DeletionProtectionEnabled")).lower() == "true" for replica in each["Properties"]["Replicas"])
    }
