use super::{
    Acceptance, Acr, AskedPasskey, ComesBack, EnrolmentStep, Event, Ground, MadeCodes,
    MethodOption, MethodOptions, Mfa, Progress, RecoveryOffer, SecuritySettings, SentCode,
    SettingsChange, SignIn, Unavailable, options,
    passkey::{Asking, offered},
    recovery_offer,
    second_way_offer::second_way_offered,
    trust,
};
use crate::{
    BrowserId, BrowserToken, DecisionContext, Locale, Locator, Method, Nonce, Refusal, SignInId,
    SignInKey, TextHash, Timestamp, TransactionText, User, UserId,
    decision::{NextStep, UnavailableReason},
    limits,
    policy::RememberBrowser,
    policy::SelfService,
    policy::TrustDays,
    user::GraceLeft,
    user::Lock,
};

/// A sign-in as it stands, with everything a portal needs to show the next step.
#[derive(Clone, Debug)]
pub struct SignInView {
    pub id: SignInId,
    pub user: UserId,
    pub nonce: Nonce,
    pub event: Event,
    /// The least that a step-up asks for.
    pub acr: Acr,
    /// The hash of the text that the user confirms, if a step-up has one.
    pub text_hash: Option<TextHash>,
    /// The text itself, if the caller handed it over.
    pub text: Option<TransactionText>,
    pub self_service: SelfService,
    pub expires_at: Timestamp,
    pub status: Status,
    pub options: Vec<MethodOption>,
    /// The policy's other methods.
    pub unavailable: Vec<Unavailable>,
    /// The ways that would be on offer if messages to their destinations did not come back.
    pub returned: Vec<ComesBack>,
    pub email_default: bool,
    /// A code was sent to prove who is signing in, and is still good.
    pub sent_code: Option<SentCode>,
    /// The enrolment that is under way.
    pub enrolment: Option<EnrolmentStep>,
    /// A passkey of the user's that can be used is asked for.
    pub passkey: Option<AskedPasskey>,
    /// The reason why the user's passkey cannot be used, if nothing else is on offer as a proof.
    pub unusable_passkey: Option<UnavailableReason>,
    /// The lock that holds for codes, while a passkey is asked for all the same.
    pub codes_locked: Option<Lock>,
    /// The user chose a passkey where a code was sent.
    pub chose_passkey: bool,
    /// The user chose the app, and has it: its code is asked for.
    pub uses_app: bool,
    /// Set if the app can be chosen instead of the code that was sent: true if it is bound already.
    pub app_instead: Option<bool>,
    /// The user's settings, while they can be changed in it.
    pub settings: Option<SecuritySettings>,
    /// The methods of which a second way in is offered.
    pub second_way: Vec<Method>,
    /// A passkey is offered, because the user got in by something weaker.
    pub passkey_offered: bool,
    /// The kinds of changes that were made in it.
    pub changed: Vec<SettingsChange>,
    /// The moment of the last of them, or of the proof: the assertion is issued then.
    pub settled_at: Option<Timestamp>,
    /// The rest of the time to set something up, while the user may skip that because of it.
    pub grace: Option<GraceLeft>,
    pub link_mailed: bool,
    pub screens: Screens,
    pub locale: Option<Locale>,
    /// The moment before which the portal should end the user's own sessions.
    pub sessions_not_before: Option<Timestamp>,
    /// The token that makes the browser known, once the user is in by a code.
    pub browser_token: Option<BrowserToken>,
    /// The policy's setting, if the browser can be remembered with the next proof.
    pub remember: Option<RememberBrowser>,
    pub recovery: RecoveryOffer,
    /// The recovery codes that were made in it, while they are shown.
    pub made_codes: Option<MadeCodes>,
    /// The recovery codes that are left, if one was used in it and they are few.
    pub few_codes_left: Option<u8>,
    /// New codes can be made in it at once, in place of the few that are left.
    pub can_renew_codes: bool,
    /// The user's recovery codes no longer count, because a backup was restored.
    pub codes_died: bool,
}

/// The side that shows the screens of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screens {
    /// The portal, which gets the assertion itself.
    Portal,
    /// The hosted prompt, which sends the browser back to this URL; none where the portal no longer
    /// has it.
    Prompt(Option<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Allowed(Acceptance),
    Waiting(NextStep),
    /// Too many codes were wrong in it.
    Dead,
}

impl Status {
    pub const fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Allowed(acceptance) => Some(acceptance),
            Self::Waiting(_) | Self::Dead => None,
        }
    }
}

impl SignInView {
    /// Returns the days for which the browser is remembered with a proof by this method, if the
    /// user asks for it.
    pub fn remembers(&self, method: Method) -> Option<TrustDays> {
        let mut ways = self.options.iter();
        let earns = ways.any(|option| option.method == method && trust::earns(option.role));
        let policy = self.remember.filter(|policy| earns && policy.earned_by.takes(method))?;
        Some(policy.days)
    }

    /// Returns true if a bypass code does, where a user is asked for a proof: an admin stands for
    /// the user at the door, and not where the user is to confirm something.
    pub const fn takes_bypass_code(&self) -> bool {
        match self.event {
            Event::Login | Event::Invitation | Event::Manage => true,
            Event::StepUp => false,
        }
    }

    /// Returns the view of a user's sign-in.
    ///
    /// # Errors
    /// [`Refusal::Unreadable`] if the keys are not open.
    pub fn of(
        context: &DecisionContext<'_>,
        user: &User,
        locator: Locator,
        sign_in: &SignIn,
    ) -> Result<Self, Refusal> {
        let options = MethodOptions::of(context, user, sign_in.stage());
        Self::with(context, user, locator, sign_in, options)
    }

    /// Returns the view of a sign-in whose options are known.
    pub(super) fn with(
        context: &DecisionContext<'_>,
        user: &User,
        locator: Locator,
        sign_in: &SignIn,
        mut options: MethodOptions,
    ) -> Result<Self, Refusal> {
        let status = match sign_in.progress {
            Progress::Done(acceptance) => Status::Allowed(acceptance),
            Progress::Open | Progress::MayEnrol => Status::Waiting(options.next_step),
            Progress::Dead => Status::Dead,
        };
        let open = sign_in.is_open();
        let recovery = RecoveryOffer::of(context, &options, user, sign_in);
        let lock = options::lock(context, user, sign_in).filter(|_| open);
        let codes_locked = options.lock_codes(lock);
        // While the user is locked and has no passkey, nothing but a recovery code is judged.
        let shows_options = open && recovery != RecoveryOffer::Only;
        let unusable_passkey = options.unusable_passkey().filter(|_| open);
        let settings = SecuritySettings::of(context, user, sign_in);
        let options = if settings.is_some() {
            MethodOptions::to_add(context, sign_in.shown_by())
        } else {
            options
        };
        let app_is_bound = options.proof_option(Method::AuthenticatorApp).is_some();
        let app_instead = shows_options && options.app_instead(context, user, sign_in);
        let enrolment = EnrolmentStep::of(context, &options, user, sign_in)?;
        let sent_code = options.sent_code(context, sign_in).filter(|_| enrolment.is_none());
        let can_use = shows_options && options.proof_option(Method::Passkey).is_some();
        let asking = Asking::of(context, user, sign_in).filter(|_| can_use);
        let passkey = asking.map(|asking| asking.question()).transpose()?;
        let passkey_offered = offered::is_offered(context, user, sign_in);
        let second_way =
            if passkey_offered { vec![] } else { second_way_offered(context, user, sign_in) };
        Ok(Self {
            id: SignInId::new(user.portal.clone(), locator, sign_in.key, context.keys),
            user: user.id.clone(),
            nonce: sign_in.nonce.clone(),
            event: sign_in.event,
            acr: sign_in.acr,
            text_hash: sign_in.text,
            text: context.text_of(sign_in).ok().flatten().cloned(),
            self_service: context.portal.policy.self_service,
            expires_at: sign_in.expires_at,
            status,
            options: if shows_options { options.list } else { vec![] },
            unavailable: if open { options.unavailable } else { vec![] },
            returned: if shows_options { options.returned } else { vec![] },
            email_default: options.email_default,
            sent_code,
            enrolment,
            passkey,
            unusable_passkey,
            codes_locked,
            chose_passkey: sign_in.chose_passkey,
            uses_app: sign_in.chose_app && app_is_bound,
            app_instead: app_instead.then_some(app_is_bound),
            settings,
            second_way,
            passkey_offered,
            changed: sign_in.managed.kinds.clone(),
            settled_at: settled_at(context, sign_in),
            grace: grace_left(context, user, status),
            link_mailed: user.ticket(context.now).is_some(),
            screens: match sign_in.return_to {
                None => Screens::Portal,
                Some(place) => Screens::Prompt(context.portal.return_url(place).map(str::to_owned)),
            },
            locale: context.locale(user),
            sessions_not_before: user.sessions_not_before,
            browser_token: browser_token(context, user, sign_in)?,
            remember: trust::offered(context, sign_in).filter(|_| open),
            recovery,
            made_codes: recovery_offer::made_codes(context, user, sign_in)?,
            few_codes_left: recovery_offer::few_codes_left(context, user, sign_in),
            can_renew_codes: recovery_offer::can_renew_codes(context, user, sign_in),
            codes_died: open && recovery_offer::have_died(context, user),
        })
    }

    /// The view of a sign-in after a command has changed its user.
    ///
    /// # Errors
    /// [`Refusal::UnknownSignIn`] if the user no longer has it.
    pub(super) fn after(
        context: &DecisionContext<'_>,
        user: &User,
        id: &SignInId,
    ) -> Result<Self, Refusal> {
        let sign_in = user.sign_in(id.key).ok_or(Refusal::UnknownSignIn)?;
        Self::of(context, user, id.locator, sign_in)
    }

    /// The view of a sign-in of this user, if there is one of this key that has not expired.
    pub fn if_running(
        context: &DecisionContext<'_>,
        user: &User,
        locator: Locator,
        key: SignInKey,
    ) -> Option<Self> {
        let sign_in = user.sign_in(key).filter(|sign_in| context.now < sign_in.expires_at)?;
        Self::of(context, user, locator, sign_in).ok()
    }

    /// Finds a user's sign-in that is still running, whatever it has come to.
    ///
    /// # Errors
    /// [`Refusal::UnknownSignIn`] and [`Refusal::SignInExpired`]; [`Refusal::TextRefused`] if the
    /// caller hands over a text that is not its own.
    pub fn find<'a>(
        context: &DecisionContext<'_>,
        user: Option<&'a User>,
        id: &SignInId,
    ) -> Result<(&'a User, &'a SignIn), Refusal> {
        let user = user.ok_or(Refusal::UnknownSignIn)?;
        let sign_in = user.sign_in(id.key).ok_or(Refusal::UnknownSignIn)?;
        if context.now >= sign_in.expires_at {
            return Err(Refusal::SignInExpired);
        }
        if context.text.is_some() {
            context.text_of(sign_in)?;
        }
        Ok((user, sign_in))
    }
}

fn grace_left(context: &DecisionContext<'_>, user: &User, status: Status) -> Option<GraceLeft> {
    let grace = context.portal.policy.enforcement.grace();
    let is_met = status == Status::Waiting(NextStep::Enrol { skippable: true });
    user.grace.left(grace.filter(|_| is_met)?, context.now)
}

/// Returns the moment at which the assertion of a sign-in is issued, unless its time is over.
fn settled_at(context: &DecisionContext<'_>, sign_in: &SignIn) -> Option<Timestamp> {
    let acceptance = match sign_in.progress {
        Progress::Done(acceptance) => acceptance,
        Progress::Open | Progress::MayEnrol | Progress::Dead => return None,
    };
    let at = sign_in.managed.last_at.unwrap_or(acceptance.at);
    (context.now.since(at) < limits::ASSERTION_SECONDS).then_some(at)
}

/// Makes the token of the browser in which a code was accepted, or that is trusted: its newest one.
/// It is the same each time, so a lost reply loses nothing.
fn browser_token(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Result<Option<BrowserToken>, Refusal> {
    let id = BrowserId::of(&sign_in.key);
    let trusted = user.trusted_browser(id);
    let trusted = trusted.or_else(|| user.trusted_browser(sign_in.trusted_in?));
    let at = match sign_in.progress {
        // A recovery code may have been found by somebody else.
        Progress::Done(_) if sign_in.ground == Ground::RecoveryCode => return Ok(None),
        Progress::Done(Acceptance { method: Some(Method::RecoveryCode), .. }) => return Ok(None),
        Progress::Done(Acceptance { mfa: Mfa::Done, at, .. }) => Some(at),
        Progress::Done(Acceptance { mfa: Mfa::TrustedBrowser, .. }) => None,
        Progress::Done(Acceptance {
            mfa: Mfa::Skipped | Mfa::NotRequired | Mfa::Bypass | Mfa::Grace,
            ..
        })
        | Progress::Open
        | Progress::MayEnrol
        | Progress::Dead => return Ok(None),
    };
    let (id, since, counter) = match (trusted, at) {
        (Some(trusted), _) => (trusted.id, trusted.since, Some(trusted.counter)),
        (None, Some(at)) => (id, at, None),
        (None, None) => return Ok(None),
    };
    Ok(Some(user.browser_token(
        context.keys,
        id,
        since,
        counter,
        context.settings.restore_number,
    )?))
}
