//! Starting an enrolment: an app's secret, or a code to a destination of the user's own.

use super::{
    MaySend, MethodOptions, Outgoing, Pending, SignInView,
    challenge::{self, Dispatch},
    sends,
};
use crate::{
    Decision, DecisionContext, Destination, Email, Method, Refusal, SecretOwner, SignInId,
    SignInKey, TotpSecret, TypedPhone, User, WriteKind, policy::Issuer,
};

#[derive(Clone, Debug)]
pub enum Enrol {
    App,
    Email(Email),
    /// A number as the user wrote it.
    Sms(TypedPhone),
    /// Another code to the destination that is being enrolled by this method, for a caller who
    /// cannot name it again.
    Again(Method),
}

#[derive(Debug)]
pub enum Enrolling {
    App(AppKey),
    Delivered(Box<Dispatch>),
}

impl MaySend for Enrolling {
    fn outgoing(&self) -> Option<Outgoing> {
        match self {
            Self::App(_) => None,
            Self::Delivered(dispatch) => Some(dispatch.outgoing()),
        }
    }
}

#[derive(Debug)]
pub struct AppKey {
    pub secret: TotpSecret,
    /// The name of the service, read at this moment.
    pub issuer: Issuer,
    pub account: String,
}

/// Starts an enrolment, or shows again the one that is not confirmed yet.
///
/// # Errors
/// [`Refusal`] when nothing is started; nothing is written then but the entry of a cap that is
/// full.
pub fn start_enrolment(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    enrol: &Enrol,
) -> Result<Decision<Enrolling>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = MethodOptions::of_open(context, user, sign_in)?;
    let method = match enrol {
        Enrol::App => Method::AuthenticatorApp,
        Enrol::Email(_) => Method::Email,
        Enrol::Sms(_) => Method::Sms,
        Enrol::Again(method) => *method,
    };
    options.enrolment_option(method).ok_or(Refusal::AnotherStep)?;
    match enrol {
        Enrol::App => app(context, user, sign_in.pending.as_ref(), id.key),
        Enrol::Email(address) => {
            address.deliverable()?;
            enrol_destination(context, user, id.key, &options, Destination::Email(address.clone()))
        }
        Enrol::Sms(typed) => {
            let phone = typed.read(None, context.portal.profile.default_country)?;
            enrol_destination(context, user, id.key, &options, Destination::Sms(phone))
        }
        Enrol::Again(_) => match &sign_in.pending {
            Some(Pending::Destination { to, .. }) if to.method() == method => {
                enrol_destination(context, user, id.key, &options, to.clone())
            }
            Some(_) | None => Err(Refusal::AnotherStep),
        },
    }
}

fn app(
    context: &DecisionContext<'_>,
    user: &User,
    pending: Option<&Pending>,
    key: SignInKey,
) -> Result<Decision<Enrolling>, Refusal> {
    let owner = |authenticator| SecretOwner { portal: &user.portal, user: &user.id, authenticator };
    let shown =
        |secret| Enrolling::App(AppKey { secret, issuer: issuer(context), account: account(user) });
    if let Some(Pending::App { id, secret }) = pending {
        let secret = context.keys.open(owner(*id), secret)?;
        return Ok(Decision::unchanged(shown(secret)));
    }
    let id = context.random_bytes.authenticator;
    let secret =
        context.keys.seal(owner(id), &context.random_bytes.secret, context.random_bytes.nonce)?;
    let mut changed = user.clone();
    changed.tidy(context.now);
    if let Some(sign_in) = changed.sign_in_mut(key) {
        sign_in.pending = Some(Pending::App { id, secret });
    }
    Ok(Decision::write(
        changed,
        vec![],
        WriteKind::Enrol,
        shown(context.random_bytes.secret.clone()),
    ))
}

fn enrol_destination(
    context: &DecisionContext<'_>,
    before: &User,
    key: SignInKey,
    options: &MethodOptions,
    to: Destination,
) -> Result<Decision<Enrolling>, Refusal> {
    let mut user = before.clone();
    user.tidy(context.now);
    if let Some(sign_in) = user.sign_in_mut(key) {
        sign_in.pending =
            Some(Pending::Destination { id: context.random_bytes.authenticator, to: to.clone() });
    }
    let issued = challenge::issue_for_enrolment(context, &mut user, key, options, to.clone());
    let (dispatch, entry) = match issued {
        Ok(issued) => issued,
        Err(refusal) => return sends::held_back(context, before, key, &to, refusal),
    };
    Ok(Decision::write(
        user,
        vec![entry],
        WriteKind::Code,
        Enrolling::Delivered(Box::new(dispatch)),
    ))
}

fn issuer(context: &DecisionContext<'_>) -> Issuer {
    let description = || Issuer::from_description(&context.portal.profile.description);
    context.portal.issuer().unwrap_or_else(description)
}

/// The account as the app shows it: the address, else the name, else the portal's id, with a blank
/// for each `:`, which ends an issuer.
fn account(user: &User) -> String {
    let contact = &user.contact;
    let known = contact.email.as_ref().map(|email| email.address.as_str());
    let name = known
        .or(contact.display_name.as_ref().map(|name| name.as_str()))
        .unwrap_or(user.id.as_str());
    let words: Vec<&str> = name
        .split(|c: char| c == ':' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let account: String = words.join(" ").chars().take(100).collect();
    if account.is_empty() { "account".to_owned() } else { account.trim_end().to_owned() }
}
