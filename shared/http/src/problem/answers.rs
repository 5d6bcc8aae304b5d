//! The problems that calls answer, for the OpenAPI document.

use std::collections::{BTreeMap, BTreeSet};
use utoipa::{
    IntoResponses,
    openapi::{
        Components, Content, Ref, RefOr, Response, ResponseBuilder, Responses,
        extensions::ExtensionsBuilder,
    },
};

use super::ProblemCode;

/// The extension of an answer that lists its codes until the answers of a call are put together.
const CODES: &str = "x-codes";

/// Declares what calls of one kind answer beside what every call with such a caller or such a body
/// answers.
macro_rules! answers {
    ($($(#[doc = $doc:literal])+ $name:ident: $($code:ident),+;)*) => {
        $($(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                let answers = by_status([$(ProblemCode::$code),+]).into_iter();
                answers.map(|(status, codes)| (status, listed(&codes).into())).collect()
            }
        })*
    };
}

answers! {
    /// The problems of opening a sign-in.
    OpenProblems:
        UserIdCase, TooManySignIns, OverShare, TicketRefused, ReturnUrlRefused, SignInUnknown,
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen, AuthenticatorDisabled,
        NoUsableMethod, MethodNotOffered, CodeWrong, CodeExpired, CodeReused, SendLimit,
        CountryNotAllowed, DeliveryFailed;
    /// The problems of looking at a sign-in.
    SignInProblems: SignInExpired, SignInDead, SignInDone;
    /// The problems of having a code sent in a sign-in.
    SendProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen, AuthenticatorDisabled,
        NoUsableMethod, MethodNotOffered, NoCodeRequested, ResendTooSoon, NoSendsLeft, SendLimit,
        CountryNotAllowed, DeliveryFailed;
    /// The problems of a code or a passkey that is checked in a sign-in.
    CodeProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen, AuthenticatorDisabled,
        NoUsableMethod, MethodNotOffered, NoCodeRequested, CodeWrong, CodeExpired, CodeReused,
        PasskeyRefused, DefaultNotAllowed;
    /// The problems of starting an enrolment.
    EnrolmentProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen,
        AuthenticatorDisabled, NoUsableMethod, MethodNotOffered, NoCodeRequested, ResendTooSoon,
        NoSendsLeft, SendLimit, CountryNotAllowed, DeliveryFailed, SettingsClosed,
        AuthenticatorUnknown, TooManyAuthenticators;
    /// The problems of confirming an enrolment.
    ConfirmProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen,
        AuthenticatorDisabled, NoUsableMethod, NoCodeRequested, CodeWrong, CodeExpired,
        CodeReused, PasskeyRefused, SettingsClosed, AuthenticatorUnknown, TooManyAuthenticators;
    /// The problems of changing the settings.
    ChangeProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Frozen, AuthenticatorDisabled,
        NoUsableMethod, SettingsClosed, AuthenticatorUnknown, LastAuthenticator;
    /// The problems of skipping enrolment.
    SkipProblems:
        SignInExpired, SignInDone, SignInDead, AnotherStep, Locked, Frozen, AuthenticatorDisabled,
        NoUsableMethod, SkipNotAllowed;
    /// The problems of redeeming a result code.
    ResultProblems: SignInExpired, SignInDead, AnotherStep, ResultRefused;
    /// The problems of a call about a user.
    UserProblems: UserUnknown, UserIdCase;
    /// The problems of clearing a skip.
    OptInProblems: UserUnknown, UserIdCase, NotSkipped;
    /// The problems of a reset.
    ResetProblems:
        UserUnknown, UserIdCase, NotPermitted, CodeWrong, CodeExpired, CodeReused, NoCodeRequested,
        ChecksUsedUp;
    /// The problems of unlocking a user.
    UnlockProblems: UserUnknown, UserIdCase, NotPermitted, UnlockLimit;
    /// The problems of removing one of a user's authenticators.
    RemovalProblems:
        UserUnknown, UserIdCase, NotPermitted, AuthenticatorUnknown, LastAuthenticator;
    /// The problems of a bulk reset.
    BulkResetProblems: BulkResetRefused, NotPermitted, ProofNeeded, ChangedMeanwhile;
    /// The problems of acts on a user that ask for a fresh proof.
    GuardedUserProblems: UserUnknown, UserIdCase, NotPermitted, ProofNeeded;
    /// The problems of issuing a bypass code.
    BypassProblems:
        UserUnknown, UserIdCase, NotPermitted, ProofNeeded, Frozen, AuthenticatorDisabled;
    /// The problems of sending a code that is read out, or that confirms an address.
    CheckProblems:
        UserUnknown, UserIdCase, NotPermitted, ProofNeeded, NoDestination, MethodNotOffered,
        ResendTooSoon, SendLimit, ChecksUsedUp, CountryNotAllowed, SettingsRefused, DeliveryFailed;
    /// The problems of confirming an admin's address.
    AddressProblems:
        ProofNeeded, NoCodeRequested, CodeWrong, CodeExpired, CodeReused, ChecksUsedUp;
    /// The problems of signing in with a password, and of another password.
    PasswordProblems: Locked, PasswordRefused, TooManyPasswords, FirstPasswordOver;
    /// The problems of creating the first operator.
    SetUpProblems: AdminNameTaken, TooManyOperators, PasswordRefused;
    /// The problems of an admin's second step.
    SecondStepProblems:
        SignInUnknown, SignInExpired, SignInDone, SignInDead, AnotherStep, OtherBrowser,
        MethodNotOffered, Locked, Frozen, AuthenticatorDisabled, NoUsableMethod, NoCodeRequested,
        CodeWrong, CodeExpired, CodeReused, TooManySignIns;
    /// The problems of a portal that is created, changed or switched.
    PortalProblems: PortalIdTaken, PolicyRefused, PolicyLocked, ProofNeeded;
    /// The problems of a portal's own senders and daily caps.
    SendingProblems: SettingsRefused, ProofNeeded;
    /// The problems of a profile that is tried.
    ProfileProblems: PolicyRefused;
    /// The problems of API keys.
    KeyProblems: TooManyKeys, KeyUnknown, ProofNeeded;
    /// The problems of the system's settings.
    SettingsProblems: SettingsRefused, ProofNeeded;
    /// The problems of a test message.
    TestProblems: NoDestination, SettingsRefused, SendLimit, CountryNotAllowed, DeliveryFailed;
    /// The problems of an admin who is created or changed.
    AdminProblems:
        AdminUnknown, AdminNameTaken, PortalUnknown, LastOperator, TooManyOperators, UnlockLimit,
        ProofNeeded;
}

fn by_status(
    codes: impl IntoIterator<Item = ProblemCode>,
) -> BTreeMap<String, BTreeSet<ProblemCode>> {
    let mut by_status: BTreeMap<String, BTreeSet<ProblemCode>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.status().as_str().to_owned()).or_default().insert(code);
    }
    by_status
}

/// Returns an answer that lists its codes, for [`add_problems`].
fn listed(codes: &BTreeSet<ProblemCode>) -> Response {
    let names: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let extensions = ExtensionsBuilder::new().add(CODES, names).build();
    ResponseBuilder::new().extensions(Some(extensions)).build()
}

fn answer(codes: &BTreeSet<ProblemCode>) -> Response {
    let names: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    let content = Content::new(Some(Ref::from_schema_name("ProblemDocument")));
    ResponseBuilder::new()
        .description(names.join(", "))
        .content("application/problem+json", content)
        .build()
}

/// Adds answers with codes to those that a call lists. Calls share those with a code or two.
pub fn add_problems(responses: &mut Responses, shared: &mut Components, more: &[ProblemCode]) {
    let listed = responses.responses.values().filter_map(|answer| match answer {
        RefOr::T(answer) => answer.extensions.as_ref()?.get(CODES)?.as_array(),
        RefOr::Ref(_) => None,
    });
    let listed: Vec<_> = listed.flatten().cloned().collect();
    let names = |code: &&ProblemCode| listed.iter().any(|name| *name == code.to_string());
    let codes = ProblemCode::ALL.iter().filter(names).chain(more).copied();
    for (status, codes) in by_status(codes) {
        let mut response = RefOr::T(answer(&codes));
        if codes.len() <= 2 {
            let name: String = codes.iter().map(|code| format!("{code:?}")).collect();
            let reference = Ref::from_response_name(&name);
            shared.responses.insert(name, response);
            response = RefOr::Ref(reference);
        }
        responses.responses.insert(status, response);
    }
}
