//! Starting an enrolment: an app's secret, or a code to a destination of the user's own.

use super::{
    MaySend, MethodOptions, Outgoing, Pending, Place, SignIn, SignInView,
    challenge::{self, Dispatch},
    manage::add,
};
use crate::{
    Decision, DecisionContext, Destination, Email, Method, Refusal, SecretOwner, SignInId,
    SignInKey, TypedPhone, User, WriteKind, decision::held_back,
};

#[derive(Clone, Debug)]
pub enum Enrol {
    App,
    Passkey,
    Email(Email),
    /// A number as the user wrote it.
    Sms(TypedPhone),
    /// Another code to the destination that is being enrolled by this method, for a caller who
    /// cannot name it again.
    Again(Method),
    /// The destination is to be entered, or entered anew.
    Destination(Method),
}

/// The start of an enrolment, with the place that it is for.
#[derive(Clone, Debug)]
pub struct Start {
    pub enrol: Enrol,
    pub place: Place,
}

impl From<Enrol> for Start {
    fn from(enrol: Enrol) -> Self {
        Self { enrol, place: Place::default() }
    }
}

#[derive(Debug)]
pub enum Enrolling {
    /// The sign-in as it stands now: it has the app's secret, or asks for a destination.
    Shown(Box<SignInView>),
    Delivered(Box<Dispatch>),
}

impl MaySend for Enrolling {
    fn outgoing(&self) -> Option<Outgoing> {
        match self {
            Self::Shown(_) => None,
            Self::Delivered(dispatch) => Some(dispatch.outgoing()),
        }
    }
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
    start_enrolment_in(context, known, id, &enrol.clone().into())
}

/// Does the same for an authenticator that takes a place of its own: under a name, or instead of
/// another one that is removed when it is confirmed.
///
/// # Errors
/// As above; [`Refusal::UnknownAuthenticator`] if the one that it replaces is not bound,
/// [`Refusal::TooManyAuthenticators`] if there is no room for another, and [`Refusal::AnotherStep`]
/// if the sign-in is not one that changes what is bound.
pub fn start_enrolment_in(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    start: &Start,
) -> Result<Decision<Enrolling>, Refusal> {
    let Start { enrol, place } = start;
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let options = options(context, user, sign_in, place)?;
    let method = match enrol {
        Enrol::App => Method::AuthenticatorApp,
        Enrol::Passkey => Method::Passkey,
        Enrol::Email(_) => Method::Email,
        Enrol::Sms(_) => Method::Sms,
        Enrol::Again(method) | Enrol::Destination(method) => *method,
    };
    options.enrolment_option(method).ok_or(Refusal::AnotherStep)?;
    if sign_in.changes_settings() {
        add::check_room(context, user, method, place)?;
    }
    match enrol {
        Enrol::App => app(context, user, sign_in, id, place),
        Enrol::Passkey => passkey(context, user, sign_in, id, place),
        Enrol::Email(address) => {
            address.deliverable()?;
            let to = Destination::Email(address.clone());
            enrol_destination(context, user, id.key, &options, to, place)
        }
        Enrol::Sms(typed) => {
            let phone = typed.read(None, context.portal.profile.default_country)?;
            enrol_destination(context, user, id.key, &options, Destination::Sms(phone), place)
        }
        Enrol::Again(_) => match &sign_in.pending {
            Some(Pending::Destination { to, place, id: _ }) if to.method() == method => {
                enrol_destination(context, user, id.key, &options, to.clone(), place)
            }
            Some(_) | None => Err(Refusal::AnotherStep),
        },
        Enrol::Destination(_) if !method.is_delivered() => Err(Refusal::AnotherStep),
        Enrol::Destination(_) => ask_destination(context, user, sign_in, id, method),
    }
}

/// Returns the ways that can be enrolled: those of a sign-in that asks for one, or those that can
/// be added to what is bound.
fn options(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    place: &Place,
) -> Result<MethodOptions, Refusal> {
    if sign_in.changes_settings() {
        return add::ways(context, user, sign_in, place);
    }
    let options = MethodOptions::of_open(context, user, sign_in)?;
    if place.replaces.is_some() { Err(Refusal::AnotherStep) } else { Ok(options) }
}

/// Shows the secret of the app that is being enrolled: the same until it is confirmed, or is to
/// take another place.
fn app(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
    place: &Place,
) -> Result<Decision<Enrolling>, Refusal> {
    let shown = SignInView::after(context, user, id)?;
    let same_place = sign_in.pending.as_ref().is_some_and(|pending| pending.place() == place);
    if same_place && shown.app_key().is_some() {
        return Ok(Decision::unchanged(Enrolling::Shown(Box::new(shown))));
    }
    let pending = match &sign_in.pending {
        Some(pending @ Pending::App { .. }) if same_place => pending.clone(),
        Some(Pending::App { .. } | Pending::Destination { .. } | Pending::Passkey { .. })
        | None => {
            let id = context.random_bytes.authenticator;
            let owner = SecretOwner { portal: &user.portal, user: &user.id, authenticator: id };
            let (secret, nonce) = (&context.random_bytes.secret, context.random_bytes.nonce);
            let secret = context.keys.seal(owner, secret, nonce)?;
            Pending::App { id, secret, place: place.clone() }
        }
    };
    changed(context, user, id, |sign_in| {
        sign_in.pending = Some(pending);
        sign_in.enrolling = Some(Method::AuthenticatorApp);
    })
}

/// Asks for a passkey: by the same challenge until it is made, or is to take another place.
fn passkey(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
    place: &Place,
) -> Result<Decision<Enrolling>, Refusal> {
    let begun = match &sign_in.pending {
        Some(pending @ Pending::Passkey { .. }) if pending.place() == place => Some(pending),
        Some(Pending::App { .. } | Pending::Destination { .. } | Pending::Passkey { .. })
        | None => None,
    };
    if begun.is_some() && sign_in.enrolling == Some(Method::Passkey) {
        let shown = SignInView::after(context, user, id)?;
        return Ok(Decision::unchanged(Enrolling::Shown(Box::new(shown))));
    }
    let (new, place) = (context.random_bytes.authenticator, place.clone());
    let pending = begun.cloned().unwrap_or(Pending::Passkey { id: new, place });
    changed(context, user, id, |sign_in| {
        sign_in.pending = Some(pending);
        sign_in.enrolling = Some(Method::Passkey);
    })
}

/// Asks for a destination. One that was entered before is forgotten.
fn ask_destination(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
    method: Method,
) -> Result<Decision<Enrolling>, Refusal> {
    let pending = match &sign_in.pending {
        Some(pending @ (Pending::App { .. } | Pending::Passkey { .. })) => Some(pending.clone()),
        Some(Pending::Destination { .. }) | None => None,
    };
    if sign_in.enrolling == Some(method) && sign_in.pending == pending {
        let shown = SignInView::after(context, user, id)?;
        return Ok(Decision::unchanged(Enrolling::Shown(Box::new(shown))));
    }
    changed(context, user, id, |sign_in| {
        sign_in.pending = pending;
        sign_in.enrolling = Some(method);
    })
}

fn changed(
    context: &DecisionContext<'_>,
    user: &User,
    id: &SignInId,
    change: impl FnOnce(&mut SignIn),
) -> Result<Decision<Enrolling>, Refusal> {
    let mut user = user.clone();
    user.tidy(context.now);
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        change(sign_in);
    }
    let shown = Enrolling::Shown(Box::new(SignInView::after(context, &user, id)?));
    Ok(Decision::write(user, vec![], WriteKind::Enrol, shown))
}

fn enrol_destination(
    context: &DecisionContext<'_>,
    before: &User,
    key: SignInKey,
    options: &MethodOptions,
    to: Destination,
    place: &Place,
) -> Result<Decision<Enrolling>, Refusal> {
    let mut user = before.clone();
    user.tidy(context.now);
    if let Some(sign_in) = user.sign_in_mut(key) {
        let id = context.random_bytes.authenticator;
        let place = place.clone();
        sign_in.pending = Some(Pending::Destination { id, to: to.clone(), place });
        sign_in.enrolling = Some(to.method());
    }
    let issued = challenge::issue_for_enrolment(context, &mut user, key, options, to.clone());
    let (dispatch, entry) = match issued {
        Ok(issued) => issued,
        Err(refusal) => return held_back(context, before, Some(key), &to, refusal),
    };
    Ok(Decision::write(
        user,
        vec![entry],
        WriteKind::Code,
        Enrolling::Delivered(Box::new(dispatch)),
    ))
}
