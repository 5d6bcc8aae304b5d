# Signs a user in with the client of openapi-python-client, and prints the assertion.
import re
import subprocess
import sys
import uuid

import httpx

from portcullis import AuthenticatedClient
from portcullis.api.enrolment import confirm_enrolment, start_enrolment
from portcullis.api.sign_ins import open_sign_in, redeem_result, send_code, verify_code
from portcullis.models import (
    AppEnrolment,
    ConfirmRequest,
    EventName,
    InputViewChallenge,
    InputViewEnrolment,
    InputViewEnrolmentConfirm,
    InputViewVerify,
    LinkViewChallenge,
    ProblemDocument,
    ResultRequest,
    SignInRequest,
    SignInView,
    StatusName,
    UserFields,
    VerifyRequest,
)

service, key, email = sys.argv[1:]
client = AuthenticatedClient(base_url=service, token=key)


def code(view: SignInView) -> str:
    """The code that was sent, or that an authenticator app displays."""
    if isinstance(view.enrolment, AppEnrolment):
        app = ["oathtool", "--totp", "-b", view.enrolment.secret]
        return subprocess.run(app, capture_output=True, check=True, text=True).stdout.strip()
    messages = httpx.get(f"{service}/local/outbox").json()
    text: str = next(message["text"] for message in messages if message["to"] == email)
    sent = re.search(r"\b\d{6}\b", text)
    return sent.group() if sent else ""


def step(view: SignInView) -> ProblemDocument | SignInView | None:
    """Posts what a sign-in asks for."""
    match view.input_:
        case InputViewChallenge(body=body):
            return send_code.sync(view.id, client=client, body=body)
        case InputViewEnrolment(body=enrolment):
            return start_enrolment.sync(view.id, client=client, body=enrolment)
        case InputViewEnrolmentConfirm():
            return confirm_enrolment.sync(view.id, client=client, body=ConfirmRequest(code=code(view)))
        case InputViewVerify(body=fields):
            guess = VerifyRequest(code=code(view), method=fields.method)
            return verify_code.sync(view.id, client=client, body=guess)
        case _:
            link = next(link for link in view.links if isinstance(link, LinkViewChallenge))
            return send_code.sync(view.id, client=client, body=link.body)


def view_of(answer: ProblemDocument | SignInView | None) -> SignInView:
    if not isinstance(answer, SignInView):
        sys.exit(f"{answer.code}: {answer.detail}" if answer else "no answer")
    return answer


user = UserFields(id=email, email=email, email_verified=True)
request = SignInRequest(user=user, event=EventName.LOGIN, nonce=uuid.uuid4().hex)
view = view_of(open_sign_in.sync(client=client, body=request))
while view.status in (StatusName.CHALLENGE, StatusName.ENROL):
    view = view_of(step(view))
print(view.assertion)

# A result code is redeemed once; this one is made up.
made_up = ResultRequest("q7Yc0hJ0a3m1Tq2bV5xZ8w")
refused = redeem_result.sync(view.id, client=client, body=made_up)
if isinstance(refused, ProblemDocument):
    print(refused.code)
