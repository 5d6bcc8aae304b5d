"""serverless-mfa-api-go: a Lambda function in Go on DynamoDB, here under the same stand-ins as ours."""
import json, subprocess

from function import Function, totp
from table import Table

COMMIT = "c75eee645835b8d99c01b94ec9b8772a68893a99"
# A secret as the service makes them, and its bcrypt of the service's own cost, 10. Only a key can ask for a key.
SECRET, HASH = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "$2b$10$abcdefghijklmnopqrstuu5tyy4P6g3QP5GfdwkBd.UoXpJL1HeEi"


class ServerlessMfa:
    name = "serverless-mfa-api-go"
    does = "API secret by bcrypt, code; writes nothing, a used code is accepted again"

    def __init__(self, folder, source):
        checkout, binary = folder / "serverless-mfa-api-go", folder / "serverless-mfa-lambda"
        if not checkout.exists():
            subprocess.run(["git", "clone", "-q", source, checkout], check=True)
        subprocess.run(["git", "checkout", "-q", COMMIT], cwd=checkout, check=True)
        subprocess.run(["go", "build", "-o", binary, "./lambda"], cwd=checkout, check=True)
        go = subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout.split()[2]
        self.version = f"4.0.4, {go.replace('go', 'Go ')}"
        self.table = Table({"api-key": ("value",), "totp": ("uuid",), "webauthn": ("uuid",)})
        environment = {"API_KEY_TABLE": "api-key", "TOTP_TABLE": "totp", "WEBAUTHN_TABLE": "webauthn", "AWS_ENDPOINT": self.table.url, "AWS_REGION": "eu-west-1",
                       "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "HOME": "/"}
        self.server = Function(str(binary), environment)
        self.table.load("api-key", [{"value": {"S": "bench"}, "email": {"S": "a@example.com"}, "createdAt": {"N": "1"}, "activatedAt": {"N": "1"},
                                     "hashedApiSecret": {"S": HASH}}])

    def call(self, status, path, body):
        event = {"resource": "/{proxy+}", "path": path, "httpMethod": "POST", "headers": {"content-type": "application/json", "x-mfa-apikey": "bench", "x-mfa-apisecret": SECRET},
                 "queryStringParameters": None, "pathParameters": None, "requestContext": {"identity": {"sourceIp": "127.0.0.1"}, "stage": "prod"},
                 "body": json.dumps(body), "isBase64Encoded": False}
        answer, _ = self.server.answer(event)
        assert answer["statusCode"] == status, answer
        return json.loads(answer["body"])

    def prepare(self):
        """Makes an app; returns what gives its code."""
        made = self.call(200, "/totp", {"issuer": "bench", "label": "Anna"})
        secret = made["totpKey"] + "=" * (-len(made["totpKey"]) % 8)
        return lambda: self.call(200, f"/totp/{made['uuid']}/validate", {"code": totp(secret)})
