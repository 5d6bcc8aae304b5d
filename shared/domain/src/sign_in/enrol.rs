//! Starting an enrolment: an app's secret, or a code to a destination of the user's own.

use super::{
    Pending, Picture,
    challenge::{self, Dispatch},
    in_progress::in_progress,
};
use crate::{
    Decided, Destination, Email, Method, Refusal, Scene, SecretOwner, SignInId, SignInKey,
    TotpSecret, TypedPhone, User, policy::Issuer,
};

/// What the user wants to enrol.
#[derive(Clone, Debug)]
pub enum Enrol {
    /// An authenticator app.
    App,
    /// An address of the user's own.
    Email(Email),
    /// A number as the user wrote it.
    Sms(TypedPhone),
    /// Another code to the destination that is being enrolled by this method, for who cannot say it again.
    Again(Method),
}

/// What the user needs to go on.
#[derive(Debug)]
pub enum Enrolling {
    /// The secret to put into the app.
    App(AppKey),
    /// A code on its way.
    Delivered(Box<Dispatch>),
}

/// What an authenticator app is given.
#[derive(Debug)]
pub struct AppKey {
    /// The shared secret.
    pub secret: TotpSecret,
    /// The name of the service, read at this moment.
    pub issuer: Issuer,
    /// The name of the account.
    pub account: String,
}

/// Starts an enrolment, or shows again the one that is not confirmed yet.
///
/// # Errors
/// [`Refusal`] when nothing is started; nothing is written then.
pub fn decide(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &SignInId,
    enrol: &Enrol,
) -> Result<Decided<Enrolling>, Refusal> {
    let (user, sign_in) = Picture::find(scene, known.as_ref(), id)?;
    let offers = in_progress(scene, user, sign_in)?;
    let method = match enrol {
        Enrol::App => Method::AuthenticatorApp,
        Enrol::Email(_) => Method::Email,
        Enrol::Sms(_) => Method::Sms,
        Enrol::Again(method) => *method,
    };
    offers.enrolment_by(method).ok_or(Refusal::AnotherStep)?;
    match enrol {
        Enrol::App => app(scene, user, sign_in.pending.as_ref(), id.key),
        Enrol::Email(address) => {
            delivered(scene, user.clone(), id.key, method, Destination::Email(address.clone()))
        }
        Enrol::Sms(typed) => {
            let phone = typed.read(None, scene.portal.profile.default_country)?;
            delivered(scene, user.clone(), id.key, method, Destination::Sms(phone))
        }
        Enrol::Again(_) => match &sign_in.pending {
            Some(Pending::Destination { to, .. }) if to.method() == method => {
                delivered(scene, user.clone(), id.key, method, to.clone())
            }
            Some(_) | None => Err(Refusal::AnotherStep),
        },
    }
}

fn app(
    scene: &Scene<'_>,
    user: &User,
    pending: Option<&Pending>,
    key: SignInKey,
) -> Result<Decided<Enrolling>, Refusal> {
    let owner = |authenticator| SecretOwner { portal: &user.portal, user: &user.id, authenticator };
    let shown =
        |secret| Enrolling::App(AppKey { secret, issuer: issuer(scene), account: account(user) });
    if let Some(Pending::App { id, secret }) = pending {
        let secret = scene.keys.open(owner(*id), secret)?;
        return Ok(Decided::unchanged(shown(secret)));
    }
    let id = scene.draw.authenticator;
    let secret = scene.keys.seal(owner(id), &scene.draw.secret, scene.draw.nonce)?;
    let mut changed = user.clone();
    changed.tidy(scene.now);
    if let Some(sign_in) = changed.sign_in_mut(key) {
        sign_in.pending = Some(Pending::App { id, secret });
    }
    Ok(Decided::write(changed, vec![], "enrol", Ok(shown(scene.draw.secret.clone()))))
}

fn delivered(
    scene: &Scene<'_>,
    mut user: User,
    key: SignInKey,
    method: Method,
    to: Destination,
) -> Result<Decided<Enrolling>, Refusal> {
    user.tidy(scene.now);
    if let Some(sign_in) = user.sign_in_mut(key) {
        sign_in.pending =
            Some(Pending::Destination { id: scene.draw.authenticator, to: to.clone() });
    }
    let (dispatch, entry) = challenge::issue_for_enrolment(scene, &mut user, key, method, to)?;
    Ok(Decided::write(user, vec![entry], "code", Ok(Enrolling::Delivered(Box::new(dispatch)))))
}

fn issuer(scene: &Scene<'_>) -> Issuer {
    let description = || Issuer::from_description(&scene.portal.profile.description);
    scene.portal.issuer().unwrap_or_else(description)
}

/// The account as the app shows it: the address, else the name, else the portal's id; without `:`, which ends an issuer.
fn account(user: &User) -> String {
    let contact = &user.contact;
    let known = contact.email.as_ref().map(|email| email.address.as_str());
    let name = known
        .or(contact.display_name.as_ref().map(|name| name.as_str()))
        .unwrap_or(user.id.as_str());
    let account: String = name.chars().filter(|c| *c != ':').take(100).collect();
    if account.trim().is_empty() { "account".to_owned() } else { account }
}
