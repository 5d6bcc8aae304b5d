# Made from the OpenAPI document by infra/clients/types. Change nothing here.

from typing import Dict, List, Literal, NotRequired, TypedDict, Union

AcrName = Literal["delivered", "app", "passkey"]
ActorRole = Literal["org_admin", "portal_admin"]
AgainName = Literal["code", "destination"]
AutocompleteName = Literal["one-time-code", "tel", "email", "off"]
ChangedByName = Literal["user", "admin"]
ChannelName = Literal["email", "sms"]
CheckboxName = Literal["set_default", "remember_browser"]
CredentialKind = Literal["public-key"]
DefaultMethod = Literal["email"]
DeliveryName = Literal["sent", "not_sent", "unknown"]
EnrolmentView = Union["AppEnrolment", "PasskeyEnrolment"]
EventName = Literal["login", "invitation", "manage", "step_up"]
FieldName = Literal["code", "phone", "email", "passkey", "none"]
FindingName = Literal["not_configured", "sandbox", "quota", "spend_limit", "permission", "identity_unverified", "paused", "under_review", "credentials", "number_unknown", "number_without_sms", "sender_unchecked", "account_unchecked", "no_answer", "not_reported"]
HealthName = Literal["ok"]
InputView = Union["InputViewChallenge", "InputViewVerify", "InputViewEnrolment", "InputViewEnrolmentConfirm"]
KeptReasonName = Literal["last_authenticator"]
KindName = Literal["code_accepted", "code_wrong", "code_expired", "code_reused", "sign_in_dead", "locked", "disabled", "code_requested", "code_sent", "code_not_sent", "code_unknown", "message_delivered", "message_delayed", "message_returned", "message_complained", "send_limited", "link_requested", "link_sent", "link_not_sent", "link_unknown", "ticket_spent", "enrolled", "authenticator_removed", "authenticator_renamed", "not_required", "skipped", "opted_out", "denied", "opted_in", "default_set", "default_unset", "contact_added", "contact_changed", "details_changed", "reset", "frozen", "unlocked", "skip_cleared", "bypass_issued", "bypass_accepted", "bypass_wrong", "recovery_codes_made", "recovery_code_used", "recovery_code_wrong", "recovery_codes_low", "recovery_codes_locked", "recovery_codes_withdrawn", "browser_trusted", "trusted_sign_in", "trust_copied", "trust_ended", "grace_used", "enrolment_reminder", "erased", "exported", "portal_created", "portal_changed", "portal_deleted", "key_added", "key_revoked", "policy_changed", "switched_on", "switched_off", "all_trust_ended", "bulk_reset_asked", "bulk_reset_begun", "bulk_reset_ended", "bulk_reset_withdrawn", "settings_changed", "test_sent", "admin_added", "admin_changed", "admin_removed", "admin_reset", "password_changed", "password_wrong", "password_locked", "admin_unlocked", "sessions_ended", "admin_sessions_ended", "keyring_made", "root_key_published", "root_key_retired", "root_key_withdrawn", "signing_key_published", "signing_key_retired", "signing_key_withdrawn", "keys_rewrapped"]
LinkView = Union["LinkViewChallenge", "LinkViewEnrolment", "LinkViewSettings", "LinkViewSkip"]
MethodName = Literal["authenticator_app", "email", "sms", "passkey", "recovery_code"]
NoFields = Dict[str, object]
PasswordProofName = Literal["old_password", "email", "sms", "support"]
PhoneKeptName = Literal["kept", "blank", "rejected"]
ProblemCode = Literal["bad_request", "not_json", "too_large", "unknown_route", "method_not_allowed", "unavailable", "newer_release", "delivery_failed", "conflict", "key_refused", "scope", "policy_refused", "user_unknown", "user_id_case", "sign_in_unknown", "sign_in_expired", "sign_in_done", "sign_in_dead", "too_many_sign_ins", "over_share", "locked", "authenticator_disabled", "frozen", "no_usable_method", "another_step", "codes_not_kept", "method_not_offered", "no_code_requested", "code_wrong", "code_expired", "code_reused", "passkey_refused", "resend_too_soon", "no_sends_left", "send_limit", "checks_used_up", "country_not_allowed", "ticket_refused", "freeze_link_refused", "report_refused", "return_url_refused", "oidc_needs_domain", "other_browser", "form_refused", "result_refused", "skip_not_allowed", "not_skipped", "default_not_allowed", "settings_closed", "authenticator_unknown", "too_many_authenticators", "last_authenticator", "not_permitted", "portal_unknown", "portal_id_taken", "policy_locked", "unlock_limit", "too_many_keys", "key_unknown", "admin_unknown", "admin_name_taken", "last_operator", "bulk_reset_refused", "too_many_operators", "session_refused", "second_step_missing", "password_refused", "too_many_passwords", "password_must_change", "first_password_over", "proof_needed", "set_up_secret_refused", "settings_refused", "no_destination", "changed_meanwhile", "form_used", "if_match_missing"]
ReasonName = Literal["done", "skipped", "bypass", "not_required", "trusted_browser", "grace", "policy_changed", "usable", "enrolment_proof", "recovery_needed", "method_left_policy", "nothing_bound", "link_needed", "sign_in_dead", "frozen", "authenticator_disabled", "no_usable_method", "no_verified_email", "nothing_to_manage", "cannot_step_up"]
ScopeName = Literal["sign_in", "contacts", "reset", "erase", "oidc"]
SettingsChangeName = Literal["remove", "rename", "unset_default", "new_recovery_codes", "end_trust", "add_second_way", "decline_second_way", "add_passkey", "decline_passkey"]
SettingsDeniedName = Literal["self_service_off", "nothing_bound", "no_way_in"]
SeverityName = Literal["blocks", "limits", "unchecked"]
StatusName = Literal["allowed", "challenge", "enrol", "check_email", "denied"]
UnavailableName = Literal["no_verified_email", "no_phone", "provider_not_set", "country_not_allowed", "changed_password", "new_address", "no_passkey_domain", "other_passkey_domain", "passkey_only", "synced_passkey", "locked", "undeliverable", "not_enrolled"]
UserStatusName = Literal["allowed", "challenge", "enrol", "check_email", "denied", "locked"]

# The codes of the problems whose detail is a sentence for users, in their language.
DETAIL_IS_FOR_USERS = ["unavailable", "newer_release", "delivery_failed", "conflict", "sign_in_unknown", "sign_in_expired", "sign_in_done", "sign_in_dead", "too_many_sign_ins", "over_share", "locked", "authenticator_disabled", "frozen", "no_usable_method", "another_step", "codes_not_kept", "method_not_offered", "no_code_requested", "code_wrong", "code_expired", "code_reused", "passkey_refused", "resend_too_soon", "no_sends_left", "send_limit", "country_not_allowed", "ticket_refused", "freeze_link_refused", "other_browser", "form_refused", "skip_not_allowed", "default_not_allowed", "settings_closed", "authenticator_unknown", "too_many_authenticators", "last_authenticator"]


class ActivityView(TypedDict):
    """One entry of a user's activity."""

    at: int
    detail: str
    event: "KindName"
    sessions_not_before: NotRequired[Union[int, None]]
    type: str


class ActorRequest(TypedDict):
    """An admin of the portal."""

    id: str
    organization: NotRequired[Union[str, None]]
    role: "ActorRole"


class AppEnrolment(TypedDict):
    """The key for an authenticator app."""

    account: str
    issuer: str
    otpauth_uri: str
    qr_svg: str
    secret: str


class BoundView(TypedDict):
    """An authenticator."""

    bound_at: int
    id: str
    method: "MethodName"
    name: NotRequired[Union[str, None]]
    to: NotRequired[Union[str, None]]


class ChallengeRequest(TypedDict):
    """Requests a code."""

    method: "MethodName"
    text: NotRequired[Union[str, None]]


class ChallengeView(TypedDict):
    """A code that is on its way."""

    delivery: "DeliveryName"
    expires_at: int
    method: "MethodName"
    offer_default: bool
    resend_after: int
    sends_left: int
    to: str


class CheckboxView(TypedDict):
    """A box that adds a member to the body of a form if it is ticked."""

    label: str
    name: "CheckboxName"
    value: Dict[str, object]


class ConfirmRequest(TypedDict):
    """Confirms what is being enrolled."""

    code: NotRequired[Union[str, None]]
    passkey: NotRequired[Union["MadePasskey", None]]


class ContactKept(TypedDict):
    """The parts of a contact record that were kept."""

    email: NotRequired[Union[str, None]]
    email_reason: NotRequired[Union[str, None]]
    email_verified: bool
    phone: "PhoneKeptName"
    phone_reason: NotRequired[Union[str, None]]


class ContactRecord(TypedDict):
    """The whole contact record of a user."""

    changed_by: NotRequired[Union["ChangedByName", None]]
    display_name: NotRequired[Union[str, None]]
    email: NotRequired[Union[str, None]]
    email_verified: NotRequired[bool]
    id: str
    locale: NotRequired[Union[str, None]]
    organization: NotRequired[Union[str, None]]
    password_changed: NotRequired[Union["PasswordChangeFields", None]]
    phone: NotRequired[Union[str, None]]


class ContextFields(TypedDict):
    """The device of the user."""

    ip: NotRequired[Union[str, None]]
    user_agent: NotRequired[Union[str, None]]


class EnrolmentRequest(TypedDict):
    """Starts an enrolment."""

    again: NotRequired[Union["AgainName", None]]
    email: NotRequired[Union[str, None]]
    method: "MethodName"
    name: NotRequired[Union[str, None]]
    phone: NotRequired[Union[str, None]]
    replaces: NotRequired[Union[str, None]]


class FindingView(TypedDict):
    """A finding about a channel."""

    channel: "ChannelName"
    code: "FindingName"
    detail: str
    severity: "SeverityName"


class HealthView(TypedDict):
    """The health of the service."""

    status: "HealthName"
    version: str


class InputViewChallenge(TypedDict):
    """A button that sends a code."""

    action: Literal["challenge"]
    autocomplete: "AutocompleteName"
    body: "ChallengeRequest"
    field: "FieldName"
    label: str


class InputViewEnrolment(TypedDict):
    """A field for a number or an address, or a button that sets up an app or a passkey."""

    action: Literal["enrolment"]
    autocomplete: "AutocompleteName"
    body: "EnrolmentRequest"
    field: "FieldName"
    label: str


class InputViewEnrolmentConfirm(TypedDict):
    """A field for the code that confirms an enrolment, or a button that makes a passkey."""

    action: Literal["enrolment/confirm"]
    autocomplete: "AutocompleteName"
    body: "NoFields"
    field: "FieldName"
    label: str
    public_key: NotRequired[Union["PasskeyCreationOptions", None]]


class InputViewVerify(TypedDict):
    """A field for a code, or a button that asks for a passkey."""

    action: Literal["verify"]
    autocomplete: "AutocompleteName"
    body: "VerifyFields"
    checkbox: NotRequired[Union["CheckboxView", None]]
    field: "FieldName"
    label: str
    public_key: NotRequired[Union["PasskeyRequestOptions", None]]


class KeySetView(TypedDict):
    """The public keys that assertions are checked with (RFC 7517)."""

    keys: List["SigningKeyView"]


class LinkViewChallenge(TypedDict):
    """Sends a code, or asks for one of the app, for a passkey or for a recovery code."""

    action: Literal["challenge"]
    body: "ChallengeRequest"
    label: str


class LinkViewEnrolment(TypedDict):
    """Enrols a method, or does a part of it again."""

    action: Literal["enrolment"]
    body: "EnrolmentRequest"
    label: str


class LinkViewSettings(TypedDict):
    """Changes the user's settings."""

    action: Literal["settings"]
    body: "SettingsRequest"
    label: str


class LinkViewSkip(TypedDict):
    """Skips enrolment for now."""

    action: Literal["skip"]
    body: "NoFields"
    label: str


class MadePasskey(TypedDict):
    """A passkey that was made."""

    algorithm: int
    authenticator_data: str
    client_data_json: str
    id: str
    public_key: str


class ManagedAuthenticatorView(TypedDict):
    """An authenticator in the user's settings."""

    added_at: int
    bound: bool
    id: str
    label: str
    method: "MethodName"
    name: NotRequired[Union[str, None]]
    reason: NotRequired[Union["KeptReasonName", None]]
    removable: bool
    to: NotRequired[Union[str, None]]


class OptInDone(TypedDict):
    """The skip is cleared."""

    sign_out: bool


class OptInRequest(TypedDict):
    """Confirms "Enable MFA"."""

    confirm: bool
    id: str


class OptionView(TypedDict):
    """An option on offer."""

    bound: bool
    method: "MethodName"
    to: NotRequired[Union[str, None]]


class PasskeyAccount(TypedDict):
    """The user that a passkey is made for."""

    displayName: str
    id: str
    name: str


class PasskeyCreationOptions(TypedDict):
    """The options for a passkey to be made."""

    attestation: str
    authenticatorSelection: "PasskeySelection"
    challenge: str
    excludeCredentials: List["PasskeyDescriptor"]
    pubKeyCredParams: List["PasskeyParameter"]
    rp: "PasskeyParty"
    timeout: int
    user: "PasskeyAccount"


class PasskeyDescriptor(TypedDict):
    """A passkey by its id."""

    id: str
    type: "CredentialKind"


class PasskeyEnrolment(TypedDict):
    """The options for the passkey that is being enrolled."""

    passkey: "PasskeyCreationOptions"


class PasskeyParameter(TypedDict):
    """An algorithm for the signatures of a passkey."""

    alg: int
    type: "CredentialKind"


class PasskeyParty(TypedDict):
    """The service that a passkey is made for."""

    id: str
    name: str


class PasskeyRequestOptions(TypedDict):
    """The options for a passkey that the user has."""

    allowCredentials: List["PasskeyDescriptor"]
    challenge: str
    rpId: str
    timeout: int
    userVerification: str


class PasskeySelection(TypedDict):
    """The authenticators that are asked for a passkey."""

    residentKey: str
    userVerification: str


class PasswordChangeFields(TypedDict):
    """A change of the password in the portal."""

    at: int
    by: "PasswordProofName"


class ProblemDocument(TypedDict):
    """The body of every answer that is not a success."""

    attempts_left: NotRequired[Union[int, None]]
    code: "ProblemCode"
    detail: str
    findings: NotRequired[List["FindingView"]]
    options: NotRequired[List["OptionView"]]
    request_id: NotRequired[Union[str, None]]
    retry_after: NotRequired[Union[int, None]]
    scope: NotRequired[Union["ScopeName", None]]
    sign_in: NotRequired[Union["SignInView", None]]
    status: int
    support: NotRequired[Union[str, None]]
    type: str


class RecoveryCodesShown(TypedDict):
    """Recovery codes that were just made."""

    codes: List[str]
    must_confirm: bool


class RecoveryCodesView(TypedDict):
    """The recovery codes of a user."""

    left: int
    made_at: int


class ResetDone(TypedDict):
    """The report of a reset."""

    had_bound: bool
    link_can_be_mailed: NotRequired[Union[bool, None]]


class ResetRequest(TypedDict):
    """Resets a user."""

    actor: "ActorRequest"
    confirm: bool
    id: str
    reason: str


class ResultRequest(TypedDict):
    """Redeems the code that the browser brought back."""

    result_code: str


class SecuritySettingsView(TypedDict):
    """The user's security settings, while they can be changed."""

    authenticators: List["ManagedAuthenticatorView"]
    can_add: List["MethodName"]
    changes_left: int
    default: NotRequired[Union["MethodName", None]]
    recovery_codes: NotRequired[Union["RecoveryCodesView", None]]
    trusted_browsers: List["TrustedBrowserView"]
    until: int


class SettingsRequest(TypedDict):
    """Changes the settings, after a proof in the same sign-in."""

    authenticator: NotRequired[Union[str, None]]
    browser: NotRequired[Union[str, None]]
    change: "SettingsChangeName"
    name: NotRequired[Union[str, None]]


class SignInRequest(TypedDict):
    """Opens a sign-in, after the portal has checked the password."""

    acr: NotRequired[Union["AcrName", None]]
    browser_token: NotRequired[Union[str, None]]
    code: NotRequired[Union[str, None]]
    context: NotRequired["ContextFields"]
    event: "EventName"
    max_age: NotRequired[Union[int, None]]
    nonce: str
    return_url: NotRequired[Union[str, None]]
    text: NotRequired[Union[str, None]]
    ticket: NotRequired[Union[str, None]]
    user: "UserFields"


class SignInView(TypedDict):
    """A sign-in, ready to show."""

    assertion: NotRequired[Union[str, None]]
    browser_token: NotRequired[Union[str, None]]
    challenge: NotRequired[Union["ChallengeView", None]]
    default: NotRequired[Union["MethodName", None]]
    enrolment: NotRequired[Union["EnrolmentView", None]]
    expires_at: int
    id: str
    input: NotRequired[Union["InputView", None]]
    links: List["LinkView"]
    message: str
    method: NotRequired[Union["MethodName", None]]
    options: List["OptionView"]
    passkey_offered: NotRequired[bool]
    prompt_url: NotRequired[Union[str, None]]
    reason: "ReasonName"
    recovery_codes: NotRequired[Union["RecoveryCodesShown", None]]
    second_way: NotRequired[List["MethodName"]]
    settings: NotRequired[Union["SecuritySettingsView", None]]
    skippable: bool
    status: "StatusName"
    text: NotRequired[Union[str, None]]
    unavailable: List["UnavailableView"]


class SigningKeyView(TypedDict):
    """A public key on P-256 (RFC 7518, section 6.2.1)."""

    alg: str
    crv: str
    kid: str
    kty: str
    use: str
    x: str
    y: str


class TrustedBrowserView(TypedDict):
    """A browser in which the user is not asked again for a while."""

    id: str
    label: str
    since: int
    until: int


class UnavailableView(TypedDict):
    """A method of the policy that cannot be used now."""

    method: "MethodName"
    reason: "UnavailableName"


class UsedPasskey(TypedDict):
    """The use of a passkey."""

    authenticator_data: str
    client_data_json: str
    id: str
    signature: str
    user_handle: NotRequired[Union[str, None]]


class UserErased(TypedDict):
    """The user is erased."""

    erased: bool


class UserFields(TypedDict):
    """A user in a sign-in."""

    display_name: NotRequired[Union[str, None]]
    email: NotRequired[Union[str, None]]
    email_verified: NotRequired[Union[bool, None]]
    id: str
    locale: NotRequired[Union[str, None]]
    organization: NotRequired[Union[str, None]]
    phone: NotRequired[Union[str, None]]


class UserSettingsView(TypedDict):
    """The way for the user to change what is bound."""

    available: bool
    reason: NotRequired[Union["SettingsDeniedName", None]]


class UserView(TypedDict):
    """The methods a user has bound, and the answer of the next sign-in."""

    can_opt_in: bool
    default: NotRequired[Union["MethodName", None]]
    methods: List["BoundView"]
    phone_rejected: NotRequired[bool]
    recovery_codes: NotRequired[Union["RecoveryCodesView", None]]
    sessions_not_before: NotRequired[Union[int, None]]
    settings: "UserSettingsView"
    skipped: bool
    status: "UserStatusName"
    trusted_browsers: List["TrustedBrowserView"]


class VerifyFields(TypedDict):
    """The members of a guess beside the code."""

    method: NotRequired[Union["MethodName", None]]
    text: NotRequired[Union[str, None]]


class VerifyRequest(TypedDict):
    """One guess, or the use of a passkey."""

    code: NotRequired[Union[str, None]]
    method: NotRequired[Union["MethodName", None]]
    passkey: NotRequired[Union["UsedPasskey", None]]
    remember_browser: NotRequired[bool]
    set_default: NotRequired[Union["DefaultMethod", None]]
    text: NotRequired[Union[str, None]]
