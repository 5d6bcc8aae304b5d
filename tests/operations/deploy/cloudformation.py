"""A stand-in of CloudFormation that answers what `sam deploy` calls, and refuses what AWS would refuse (rules.py)."""

import threading
import urllib.parse
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

import rules
from expansion import ACCOUNT, PARTITION, REGION, Stack, expand
from rules import CallError, ChangeSetFailed, Deployment, ResourceFailed
from samcli.yamlhelper import yaml_parse
from samtranslator.model.exceptions import InvalidDocumentException


def examine(deployment, name, left_out=None):
    """Returns the first refusal, or None. The rule `left_out` is not asked, which shows that a test needs it."""
    for rule in rules.BEFORE_EXPANSION:
        if rule.__name__ != left_out and (refusal := rule(deployment)):
            return refusal
    declared = deployment.template.get("Parameters", {}).items()
    defaults = {key: each["Default"] for key, each in declared if "Default" in each}
    parameters = {key: str(value) for key, value in {**defaults, **deployment.parameters}.items()}
    try:
        expanded = expand(deployment.template, parameters)
    except InvalidDocumentException as refused:
        deployment.expansion_error = "; ".join([refused.message, *(cause.message for cause in refused.causes)])
        expanded = {"Resources": {}}
    deployment.stack = Stack(expanded, parameters, name)
    deployment.resources = deployment.stack.resources()
    for rule in rules.AFTER_EXPANSION:
        if rule.__name__ != left_out and (refusal := rule(deployment)):
            return refusal
    return None


@dataclass
class Deployed:
    """What the stand-in remembers of a stack."""

    name: str
    status: str = "REVIEW_IN_PROGRESS"
    tags: list = field(default_factory=list)
    outputs: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=dict)
    resources: dict = field(default_factory=dict)
    events: list = field(default_factory=list)
    change_sets: dict = field(default_factory=dict)
    stack_id: str = ""
    # What a failed creation would leave in the account.
    kept: list = field(default_factory=list)


@dataclass
class ChangeSet:
    id: str
    kind: str
    deployment: Deployment
    refusal: object


class Refused(Exception):
    def __init__(self, error):
        super().__init__(error.message)
        self.error = error


class CloudFormation:
    """The calls. `read_object` fetches a template from S3, `make_bucket` makes the bucket of a stack that has one."""

    def __init__(self, read_object, make_bucket):
        self.read_object, self.make_bucket = read_object, make_bucket
        self.stacks = {}
        self.clock = datetime.now(timezone.utc)
        self.lock = threading.Lock()

    def answer(self, form):
        action = form["Action"]
        call = {
            "CreateChangeSet": self.create_change_set,
            "DescribeChangeSet": self.describe_change_set,
            "ExecuteChangeSet": self.execute_change_set,
            "DescribeStacks": self.describe_stacks,
            "DescribeStackEvents": self.describe_stack_events,
            "GetTemplateSummary": self.get_template_summary,
        }.get(action)
        if call is None:
            raise Refused(CallError("InvalidAction", f"The stand-in of CloudFormation does not know {action}."))
        with self.lock:
            return call(form)

    def stack(self, form):
        asked = form["StackName"]
        for stack in self.stacks.values():
            if asked in (stack.name, stack.stack_id):
                return stack
        raise Refused(CallError("ValidationError", f"Stack with id {asked} does not exist"))

    def change_set(self, form):
        for change_set in self.stack(form).change_sets.values():
            if form["ChangeSetName"] in (change_set.id, change_set.id.split("/")[-2]):
                return change_set
        raise Refused(CallError("ChangeSetNotFound", f"ChangeSet [{form['ChangeSetName']}] does not exist"))

    def create_change_set(self, form):
        name = form["StackName"]
        # CloudFormation User Guide, "Stack status codes": what failed to be created can only be deleted.
        if name in self.stacks and self.stacks[name].status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED"):
            state = f"Stack:{self.stacks[name].stack_id} is in {self.stacks[name].status} state and can not be updated."
            raise Refused(CallError("ValidationError", state))
        by_url = "TemplateURL" in form
        text = self.read_object(form["TemplateURL"]) if by_url else form["TemplateBody"]
        before = self.stacks.get(name) or Deployed(name)
        parameters = {}
        for each in members(form, "Parameters"):
            key = each["ParameterKey"]
            parameters[key] = before.parameters[key] if each.get("UsePreviousValue") == "true" else each["ParameterValue"]
        capabilities = [value for key, value in form.items() if key.startswith("Capabilities.member.")]
        deployment = Deployment(yaml_parse(text), parameters, capabilities, len(text.encode()), by_url)
        refusal = examine(deployment, name)
        if isinstance(refusal, CallError):
            raise Refused(refusal)
        before.stack_id = deployment.stack.id
        before.tags = members(form, "Tags")
        if name not in self.stacks:
            self.stacks[name] = before
            self.event(before, name, "AWS::CloudFormation::Stack", "REVIEW_IN_PROGRESS", "User Initiated")
        changes = self.changes(before, deployment)
        if refusal is None and before.resources and not changes:
            refusal = ChangeSetFailed(
                "The submitted information didn't contain changes. Submit different information to create a change set."
            )
        identity = f"arn:{PARTITION}:cloudformation:{REGION}:{ACCOUNT}:changeSet/{form['ChangeSetName']}/0b1c"
        before.change_sets[identity] = ChangeSet(identity, form["ChangeSetType"], deployment, refusal)
        return {"Id": identity, "StackId": before.stack_id}

    def changes(self, before, deployment):
        changes = []
        for logical_id, resource in deployment.resources.items():
            old = before.resources.get(logical_id)
            if old != resource:
                action = "Modify" if old else "Add"
                changes.append({"Type": "Resource", "ResourceChange": {
                    "Action": action, "LogicalResourceId": logical_id, "ResourceType": resource["Type"]}})
        return changes

    def describe_change_set(self, form):
        change_set = self.change_set(form)
        answer = {"ChangeSetId": change_set.id, "ChangeSetName": change_set.id, "StackName": form["StackName"]}
        if isinstance(change_set.refusal, ChangeSetFailed):
            return answer | {"Status": "FAILED", "StatusReason": change_set.refusal.message}
        changes = self.changes(self.stack(form), change_set.deployment)
        return answer | {"Status": "CREATE_COMPLETE", "ExecutionStatus": "AVAILABLE", "Changes": changes}

    def execute_change_set(self, form):
        stack, change_set = self.stack(form), self.change_set(form)
        deployment, creates = change_set.deployment, change_set.kind == "CREATE"
        verb = "CREATE" if creates else "UPDATE"
        self.event(stack, stack.name, "AWS::CloudFormation::Stack", f"{verb}_IN_PROGRESS", "User Initiated")
        if isinstance(change_set.refusal, ResourceFailed):
            failed = change_set.refusal
            kind = deployment.resources[failed.logical_id]["Type"]
            self.event(stack, failed.logical_id, kind, f"{verb}_FAILED", failed.message)
            stack.status = "ROLLBACK_COMPLETE" if creates else "UPDATE_ROLLBACK_COMPLETE"
            if creates:
                self.roll_back_the_creation(stack, deployment.resources)
        else:
            for change in self.changes(stack, deployment):
                each = change["ResourceChange"]
                self.event(stack, each["LogicalResourceId"], each["ResourceType"], f"{verb}_COMPLETE")
            stack.resources, stack.parameters = deployment.resources, deployment.stack.parameters
            stack.outputs = deployment.stack.outputs()
            stack.status = f"{verb}_COMPLETE"
            for logical_id, resource in stack.resources.items():
                if creates and resource["Type"] == "AWS::S3::Bucket":
                    self.make_bucket(deployment.stack.physical_name(logical_id).lower())
        self.event(stack, stack.name, "AWS::CloudFormation::Stack", stack.status)
        return {}

    def roll_back_the_creation(self, stack, resources):
        stack.kept = rules.kept_after_a_failed_creation(resources)
        for logical_id, reason in rules.protected_from_the_rollback(resources).items():
            if logical_id not in stack.kept:
                self.event(stack, logical_id, resources[logical_id]["Type"], "DELETE_FAILED", reason)
                stack.status = "ROLLBACK_FAILED"

    def event(self, stack, logical_id, kind, status, reason=""):
        # Two events never have the same time: `sam deploy` passes over what is not later than the last it saw.
        self.clock = max(self.clock + timedelta(milliseconds=1), datetime.now(timezone.utc))
        whole = kind == "AWS::CloudFormation::Stack"
        stack.events.insert(0, {
            "EventId": f"{len(stack.events)}", "StackId": stack.stack_id, "StackName": stack.name,
            "LogicalResourceId": logical_id, "PhysicalResourceId": stack.stack_id if whole else logical_id,
            "ResourceType": kind, "ResourceStatus": status, "Timestamp": self.clock.isoformat(),
            **({"ResourceStatusReason": reason} if reason else {}),
        })

    def describe_stacks(self, form):
        stack = self.stack(form)
        outputs = [
            {"OutputKey": key, "OutputValue": bucket_name(each["Value"]), "Description": each.get("Description", "-")}
            for key, each in stack.outputs.items()
        ]
        return {"Stacks": [{
            "StackName": stack.name, "StackId": stack.stack_id, "StackStatus": stack.status,
            "CreationTime": self.clock.isoformat(), "Tags": stack.tags, "Outputs": outputs}]}

    def describe_stack_events(self, form):
        return {"StackEvents": self.stack(form).events}

    def get_template_summary(self, form):
        return {"Parameters": [{"ParameterKey": key} for key in self.stack(form).parameters]}


def bucket_name(value):
    return value.lower() if "bucket" in value.lower() else value


def members(form, name):
    """The list of structures `name` of a form, as the query protocol writes it."""
    found = {}
    for key, value in form.items():
        if key.startswith(f"{name}.member."):
            index, _, part = key.removeprefix(f"{name}.member.").partition(".")
            found.setdefault(int(index), {})[part] = value
    return [found[index] for index in sorted(found)]


def xml(value):
    if isinstance(value, dict):
        return "".join(f"<{key}>{xml(item)}</{key}>" for key, item in value.items())
    if isinstance(value, list):
        return "".join(f"<member>{xml(item)}</member>" for item in value)
    return escape(str(value))


def serve(cloudformation):
    """Starts the stand-in on a free port of the loopback interface, and returns its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
            try:
                status, action = 200, form["Action"]
                answer = xml(cloudformation.answer(form))
                text = f"<{action}Response><{action}Result>{answer}</{action}Result></{action}Response>"
            except Refused as refused:
                error = {"Type": "Sender", "Code": refused.error.code, "Message": refused.error.message}
                status, text = 400, f"<ErrorResponse><Error>{xml(error)}</Error></ErrorResponse>"
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
