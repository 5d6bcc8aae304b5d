//! The sign-ins of an admin within a session that is active: for a fresh second step by a passkey,
//! and for the settings of the second step. Each belongs to its session by its nonce, so that the
//! result of one admin, or of another session, is of no use in this one.

use super::{
    Acceptance, Acr, AskedPasskey, Event, MethodOptions, Progress, Remember, SignIn, SignInView,
    Stage, Status,
    open::{self, Open},
    passkey::{self, NotMet, SignedResponse},
    result::{self, Redeemed},
    second_step,
};
use crate::{
    BrowserToken, ContactUpdate, Decision, DecisionContext, FormId, Locator, Method, Nonce,
    Refusal, SecretMac, SignInId, User,
    admin::{AdminId, SessionHash, SignInFor},
    limits,
    portal::{CONSOLE_SETTINGS_RETURN, ShownBy},
    user::Authenticator,
};

/// A session of an admin that is active, as its sign-ins see it.
#[derive(Clone, Copy, Debug)]
pub struct OwnSession<'a> {
    pub locator: Locator,
    pub hash: &'a SessionHash,
}

/// The ways in which an admin can do the second step again on a page of the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofWays {
    pub takes_code: bool,
    /// The question for a passkey, if the admin has one that can be used.
    pub passkey: Option<AskedPasskey>,
}

impl ProofWays {
    /// A code alone: the way that needs nothing of the browser.
    pub const CODE: Self = Self { takes_code: true, passkey: None };
    pub const NONE: Self = Self { takes_code: false, passkey: None };
}

/// An admin's own second step, to look at.
#[derive(Clone, Debug)]
pub struct OwnSecondStep {
    pub bound: Vec<Authenticator>,
    /// False if the service has no domain that passkeys could be made for.
    pub offers_passkeys: bool,
}

impl OwnSecondStep {
    pub fn has_passkey(&self) -> bool {
        self.bound.iter().any(|one| one.method() == Method::Passkey)
    }
}

impl OwnSession<'_> {
    /// Looks at the admin's own second step, and changes nothing.
    pub fn look(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
    ) -> Decision<OwnSecondStep> {
        let bound = known.iter().flat_map(|user| user.bound(context.portal.generation));
        let offers_passkeys = context.relying_party(ShownBy::Prompt).is_some();
        Decision::unchanged(OwnSecondStep { bound: bound.cloned().collect(), offers_passkeys })
    }

    fn open(
        &self,
        user: &User,
        event: Event,
        nonce: Nonce,
        browser_token: Option<BrowserToken>,
    ) -> Open {
        let return_url = event.allows_changes().then(|| CONSOLE_SETTINGS_RETURN.to_owned());
        Open {
            user: user.id.clone(),
            contact: ContactUpdate::default(),
            event,
            acr: Acr::default(),
            max_age: None,
            oidc: None,
            nonce,
            ticket: None,
            return_url,
            browser_token,
            code: None,
            device: None,
        }
    }

    fn find<'u>(
        &self,
        context: &DecisionContext<'_>,
        user: &'u User,
        nonce: &Nonce,
    ) -> Result<(&'u SignIn, SignInId), Refusal> {
        let is_own = |sign_in: &&SignIn| {
            sign_in.nonce == *nonce && self.hash.began(nonce) && context.now < sign_in.expires_at
        };
        let sign_in = user.sign_ins.iter().find(is_own).ok_or(Refusal::UnknownSignIn)?;
        let portal = context.portal.id.clone();
        Ok((sign_in, SignInId::new(portal, self.locator, sign_in.key, context.keys)))
    }

    /// Asks for the second step again, for a form of the console. A sign-in is opened only if the
    /// admin has a passkey that can be used; the same form again is asked the same question.
    ///
    /// # Errors
    /// Those of an opening.
    pub fn ask_again(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
        form: FormId,
        tokens: &[BrowserToken],
    ) -> Result<Decision<ProofWays>, Refusal> {
        let Some(user) = known else { return Ok(Decision::unchanged(ProofWays::CODE)) };
        let options =
            MethodOptions::of(context, &user, Stage::begun(Event::Login, ShownBy::Portal));
        if options.proof_option(Method::Passkey).is_none() {
            return Ok(Decision::unchanged(ProofWays::CODE));
        }
        let takes_code = options.proof_option(Method::AuthenticatorApp).is_some();
        let mut token = None;
        for known in tokens {
            let browser = user.known_browser(
                context.keys,
                &[*known],
                context.settings.restore_number,
                context.now,
            )?;
            token = token.or(browser.map(|_| *known));
        }
        let nonce = self.hash.nonce_of(form, SignInFor::Proof)?;
        let open = self.open(&user, Event::Login, nonce, token);
        let opened = open::open_sign_in(context, Some(user), self.locator, &open)?;
        Ok(opened.map(|opened| ProofWays { takes_code, passkey: opened.view.passkey }))
    }

    /// Checks the passkey that was asked for. It is accepted once; asked again within a minute,
    /// because the answer was lost or the session was not written, this tells the same proof, which
    /// is as old as it is.
    ///
    /// # Errors
    /// [`Refusal::PasskeyRefused`] also if this form asks for none in this session any more, and
    /// those of a passkey.
    pub fn prove_by_passkey(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
        form: FormId,
        given: &SignedResponse<'_>,
    ) -> Result<Decision<SignInView>, Refusal> {
        let nonce = self.hash.nonce_of(form, SignInFor::Proof)?;
        let refused = Refusal::PasskeyRefused(NotMet::Challenge);
        let user = known.as_ref().ok_or_else(|| refused.clone())?;
        let (sign_in, id) = self.find(context, user, &nonce).map_err(|_| refused)?;
        match sign_in.progress {
            Progress::Done(acceptance)
                if context.now.since(acceptance.at) < limits::RESULT_AGAIN_SECONDS =>
            {
                SignInView::after(context, user, &id).map(Decision::unchanged)
            }
            Progress::Open | Progress::MayEnrol | Progress::Done(_) | Progress::Dead => {
                passkey::verify_passkey(context, known, &id, given, Remember::Nothing)
            }
        }
    }

    /// Opens the settings of the admin's own second step at the prompt. There the strongest thing
    /// that is bound is asked for; without anything bound there is nothing to change.
    ///
    /// # Errors
    /// [`Refusal::SecondStepMissing`] if nothing is bound, and those of an opening.
    pub fn open_settings(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
        id: &AdminId,
        form: FormId,
    ) -> Result<Decision<SignInView>, Refusal> {
        let own = |user: &User| user.id == *id.as_user();
        let user = known.filter(own).ok_or(Refusal::SecondStepMissing)?;
        if user.bound(context.portal.generation).next().is_none() {
            return Err(Refusal::SecondStepMissing);
        }
        let nonce = self.hash.nonce_of(form, SignInFor::Settings)?;
        let open = self.open(&user, Event::Manage, nonce, None);
        let opened = open::open_sign_in(context, Some(user), self.locator, &open)?;
        Ok(opened.map(|opened| opened.view))
    }

    /// Takes the result of the settings, which ends the right to change them.
    ///
    /// # Errors
    /// [`Refusal::ResultRefused`] if it is not that of a sign-in for the settings in this session.
    pub fn close_settings(
        &self,
        context: &DecisionContext<'_>,
        known: Option<User>,
        nonce: &Nonce,
        code: &SecretMac,
    ) -> Result<Decision<Redeemed>, Refusal> {
        let user = known.as_ref().ok_or(Refusal::ResultRefused)?;
        let found = self.find(context, user, nonce).map_err(|_| Refusal::ResultRefused)?;
        let (sign_in, id) = found;
        if !sign_in.event.allows_changes() {
            return Err(Refusal::ResultRefused);
        }
        result::redeem_result(context, known, &id, code, &self.hash.to_string())
    }
}

/// Returns the acceptance of a passkey that stands for the second step of a session, done again.
///
/// # Errors
/// [`Refusal::SecondStepMissing`] if the sign-in did not come to one.
pub fn proven(status: &Status) -> Result<Acceptance, Refusal> {
    let acceptance = *status.acceptance().ok_or(Refusal::SecondStepMissing)?;
    second_step::was_done(acceptance.mfa)?;
    match (acceptance.method, acceptance.role) {
        (Some(Method::Passkey), Some(role)) if role.is_bound() => Ok(acceptance),
        (Some(_) | None, Some(_) | None) => Err(Refusal::SecondStepMissing),
    }
}
