//! Checking an admin's password: counted before it is looked at, per address and name, and one
//! computation whoever it is.

use portcullis_domain::{
    Locator, PortalId, WriteId,
    admin::{AdminId, PasswordHash},
    limits,
};
use portcullis_http::{Problem, ProblemCode};
use portcullis_keys::Password;
use portcullis_store::{Counted, Counter};

use crate::{AppState, origin::Origin};

/// A name and a password that were right at the moment they were checked.
pub(crate) struct CheckedPassword {
    pub(crate) locator: Locator,
    /// The password it was: what is written later is written only while it still is.
    pub(crate) password: PasswordHash,
}

/// Checks name and password.
///
/// # Errors
/// `password_refused` in the same words for an unknown name and a wrong password;
/// `too_many_passwords` before either is looked at.
pub(crate) async fn check_password(
    AppState { context, hasher, .. }: &AppState,
    origin: &Origin,
    id: &AdminId,
    password: &str,
) -> Result<CheckedPassword, Problem> {
    let keyring = context.keyring().await?;
    let locator = keyring.locator(&PortalId::console(), id.as_user());
    let pair = keyring.hidden("password", &format!("{} {id}", origin.0));
    let counter =
        Counter::hourly(&format!("password#{pair}"), limits::PASSWORDS_PER_HOUR, context.now());
    let write = WriteId::new(context.random()?);
    if let Counted::Over { until } = context.store().count(&counter, write).await? {
        let detail = "Too many wrong passwords came from your address for this name. Wait before you try again.";
        let problem = Problem::new(ProblemCode::TooManyPasswords, detail);
        return Err(problem.retry_after(until.since(context.now())));
    }
    let stored = context.store().admin(locator).await?;
    let admin =
        stored.map(|stored| stored.value).filter(|admin| admin.is_active() && admin.id == *id);
    let known = admin.map(|admin| admin.password);
    let right = hasher.is(&Password::given(password), known.as_ref());
    let Some(password) = known.filter(|_| right) else {
        let detail = "Name or password is wrong. Check both, and try again.";
        return Err(Problem::new(ProblemCode::PasswordRefused, detail));
    };
    context.store().uncount(&counter).await?;
    Ok(CheckedPassword { locator, password })
}
