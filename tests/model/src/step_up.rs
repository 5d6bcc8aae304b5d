//! Step-ups: a fresh proof before something that matters, of a strength that the portal names.

use crate::{
    Acr, Command, Device, DrawnPress, Guess, Method, Model, Token,
    press_commands::step,
    self_service::{enrolled, verify},
    settings::{Event, Worth},
    sign_in::{Asked, Way},
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, prop_oneof},
    sample::select,
};

/// The reason for which a user who has nothing that is strong enough is denied.
pub(crate) const CANNOT_STEP_UP: &str = "cannot_step_up";

impl Acr {
    const fn least(self) -> Worth {
        match self {
            Self::Delivered => Worth::SentCode,
            Self::App => Worth::App,
            Self::Passkey => Worth::Passkey,
        }
    }
}

impl Event {
    /// Returns the event as the locks see it before a sign-in is there.
    pub(crate) const fn at_first(self) -> Self {
        match self {
            Self::StepUp(_) => Self::StepUp(Acr::Delivered),
            Self::Login | Self::Manage => self,
        }
    }
}

impl Model {
    /// Neither the switch of the policy nor a skip says anything here, and nothing is enrolled.
    pub(crate) fn asked_to_step_up(&self, least: Acr) -> Asked {
        if !self.can_step_up(least) {
            Asked::Denied(CANNOT_STEP_UP)
        } else if self.disabled {
            Asked::Denied("authenticator_disabled")
        } else {
            Asked::Code
        }
    }

    fn can_step_up(&self, least: Acr) -> bool {
        let does = |method: Method| method.worth() >= least.least();
        let enrolled = self.enrolled_methods();
        let by_address = self.verified().is_some() && !self.holds_address();
        let by_record = self.preset.uses_record()
            && ((by_address && does(Method::Email))
                || (self.contact.phone.is_some() && does(Method::Sms)));
        by_record || self.bound_now().any(|b| enrolled.contains(&b.method) && does(b.method))
    }

    /// Keeps what is of the policy, strong enough, and not a new address that waits for its day.
    pub(crate) fn keep_strong(&self, ways: &mut Vec<Way>, least: Acr) {
        let enrolled = self.enrolled_methods();
        let is_held =
            |way: &Way| !way.is_bound && way.method == Method::Email && self.holds_address();
        ways.retain(|way| !way.is_bound || enrolled.contains(&way.method));
        ways.retain(|way| way.method.worth() >= least.least() && !is_held(way));
        let insists = self.passkeys.terms.is_some_and(|terms| terms.insists);
        if insists && self.bound_now().any(|bound| bound.method == Method::Passkey) {
            ways.retain(|way| way.method == Method::Passkey);
        }
    }
}

fn acr() -> impl Strategy<Value = Acr> {
    select(vec![Acr::Delivered, Acr::Delivered, Acr::App, Acr::Passkey])
}

/// Returns the commands that step up by whatever the user has.
fn stepped_up(acr: Acr) -> Vec<Command> {
    vec![
        Command::Wait(60),
        Command::StepUp(Some(Token::Issued(0)), acr),
        Command::UsePasskey(0, DrawnPress::good(Device::Bound(0))),
        verify(Guess::App(0, 0)),
        Command::Challenge(0, Method::Email),
        verify(Guess::Here(0)),
        Command::Challenge(0, Method::Sms),
        verify(Guess::Here(0)),
        Command::AnswerOffer(0, true),
        Command::Look(0),
    ]
}

/// Draws commands to users who step up between everything else.
pub fn with_step_ups(at_least: usize, at_most: usize) -> impl Strategy<Value = Vec<Command>> {
    let token = prop_oneof![Just(None), (0_usize..3).prop_map(|n| Some(Token::Issued(n)))];
    let one = prop_oneof![
        12 => step(),
        3 => (token, acr()).prop_map(|(token, acr)| vec![Command::StepUp(token, acr)]),
        3 => acr().prop_map(stepped_up),
        1 => acr().prop_map(|acr| vec![Command::StepUp(None, acr), Command::IssueBypass,
            verify(Guess::Bypass(0)), verify(Guess::Recovery(0))]),
        1 => acr().prop_map(|acr| vec![Command::StepUp(None, acr), Command::OpenAgain(0)]),
    ];
    vec(one, at_least..=at_most).prop_map(|drawn| {
        let first = [enrolled(), vec![Command::Wait(172_800)]].concat();
        first.into_iter().chain(drawn.into_iter().flatten()).collect()
    })
}
