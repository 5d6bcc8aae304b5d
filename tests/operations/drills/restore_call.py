"""Runs the calls of infra/docs/operate/restore.md that restore the table, as the page has them, against moto.

The AWS CLI is no tool of the tests, so its command lines are read here: an option is the parameter of the operation in the
CLI's spelling, and `A=b,C=d` a structure (AWS CLI User Guide, "Using shorthand syntax"). The service's own model, which
botocore has, refuses what is misspelt or of another type.
"""
import os, pathlib, re, shlex, sys

os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-west-1")

import boto3, yaml
from botocore import xform_name
from moto import mock_aws

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGE = ROOT / "infra/docs/operate/restore.md"


def commands():
    """The commands of the page that begin with `aws dynamodb`, each in one line."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line)[2:] for line in lines if line.strip().startswith("aws dynamodb ")]


def value(text, shape):
    """The value of an option for a parameter of this type."""
    if shape.type_name == "structure":
        pairs = dict(pair.split("=", 1) for pair in text.split(","))
        return {name: value(inner, shape.members[name]) for name, inner in pairs.items()}
    if shape.type_name == "boolean":
        return {"true": True, "false": False}[text]
    return text


def call(client, name, options):
    operation = client.meta.method_to_api_mapping[name.replace("-", "_")]
    members = client.meta.service_model.operation_model(operation).input_shape.members
    spelt = {xform_name(member, "-"): member for member in members}
    parameters, options = {}, list(options)
    while options:
        option = options.pop(0).removeprefix("--")
        member = spelt[option]
        is_flag = members[member].type_name == "boolean"
        parameters[member] = True if is_flag else value(options.pop(0), members[member])
    return getattr(client, name.replace("-", "_"))(**parameters)


@mock_aws
def main():
    client = boto3.client("dynamodb")
    # The table as the template makes it, as far as moto knows it.
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda *_: None)
    table = yaml.load((ROOT / "template.yaml").read_text(), loader)["Resources"]["Table"]["Properties"]
    client.create_table(TableName="OLD", AttributeDefinitions=table["AttributeDefinitions"], KeySchema=table["KeySchema"],
                        GlobalSecondaryIndexes=table["GlobalSecondaryIndexes"], BillingMode="PAY_PER_REQUEST")
    client.update_continuous_backups(TableName="OLD", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    item = {"pk": {"S": "USER#acme#0a1b"}, "sk": {"S": "#"}}
    client.put_item(TableName="OLD", Item=item)
    names = []
    for name, *options in commands():
        names.append(name)
        if name == "wait":
            client.get_waiter(options[0].replace("-", "_")).wait(TableName=options[2])
        else:
            call(client, name, options)
    assert names == ["restore-table-to-point-in-time", "wait", "update-table", "update-time-to-live", "update-continuous-backups"], names
    new = client.describe_table(TableName="NEW")["Table"]
    assert new["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": table["StreamSpecification"]["StreamViewType"]}, new
    assert new["LatestStreamArn"] and client.scan(TableName="NEW")["Items"] == [item]
    assert [index["IndexName"] for index in new["GlobalSecondaryIndexes"]] == ["users"], new
    expiry = client.describe_time_to_live(TableName="NEW")["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", table["TimeToLiveSpecification"]["AttributeName"]), expiry
    backups = client.describe_continuous_backups(TableName="NEW")["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED", backups
    for misspelt in (["restore-table-to-point-in-time", "--source-table", "OLD"], ["update-table", "--table-name", "NEW", "--stream-specification", "Enabled=true"]):
        try:
            call(client, misspelt[0], misspelt[1:])
            sys.exit(f"{misspelt} was taken")
        except KeyError:
            pass
    print(f"{len(names)} passed, 0 failed: the calls of restore.md, against moto")


if __name__ == "__main__":
    main()
