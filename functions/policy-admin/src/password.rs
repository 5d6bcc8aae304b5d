//! Checking an admin's password: counted before it is looked at, for the visitor and for the
//! account, and one computation whoever it is.

use portcullis_app::{AppContext, CommandError};
use portcullis_domain::{
    BrowserToken, Bucket, Decision, DecisionContext, Locator, PortalId, Refusal, Timestamp, User,
    WriteId,
    admin::{Admin, AdminId, PasswordBudget, SubscriberAddress, Visitor},
    limits,
    user::{Entry, EntryKind},
};
use portcullis_http::{Problem, ProblemCode, admin::Console};
use portcullis_keys::Password;
use portcullis_store::{AuditEntries, Counted, Counter, Tally};

use crate::{AppState, origin::Origin};

/// A name and a password that were right at the moment they were checked.
pub(crate) struct CheckedPassword {
    pub(crate) locator: Locator,
    /// The admin at that moment: what is written later is written only while the password is still
    /// the same.
    pub(crate) admin: Admin,
}

/// Returns the token that proves that the admin got in before in this browser, if there is one.
pub(crate) async fn own_token(
    context: &AppContext,
    origin: &Origin,
    id: &AdminId,
) -> Result<Option<BrowserToken>, CommandError> {
    if origin.known.is_empty() {
        return Ok(None);
    }
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    let own = |context: &DecisionContext<'_>, user: Option<User>| {
        let user = user.filter(|user| user.id == *id.as_user());
        for token in user.iter().flat_map(|_| &origin.known) {
            let Some(user) = &user else { break };
            let browser = user.known_browser(
                context.keys,
                &[*token],
                context.settings.restore_number,
                context.now,
            )?;
            if browser.is_some() {
                return Ok(Decision::unchanged(Some(*token)));
            }
        }
        Ok(Decision::unchanged(None))
    };
    Ok(context.command(&Console::default(), locator, None, own).await?.0)
}

/// Checks name and password.
///
/// # Errors
/// `password_refused` in the same words for an unknown name and a wrong password;
/// `too_many_passwords` before either is looked at.
pub(crate) async fn check_password(
    AppState { context, hasher, .. }: &AppState,
    visitor: &Visitor,
    id: &AdminId,
    password: &str,
) -> Result<CheckedPassword, Problem> {
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    let stored = context.store().admin(locator).await?;
    let admin =
        stored.map(|stored| stored.value).filter(|admin| admin.is_active() && admin.id == *id);
    let door = Door::read(context, visitor, id, admin.as_ref()).await?;
    let tell = async |counter: &Counter, kind: EntryKind| {
        let entry = admin.as_ref().map(|_| failure(kind, context.now(), id, visitor));
        let entries = entry.map(|entry| AuditEntries::about(locator, entry));
        let write = WriteId::new(context.random()?);
        Ok::<(), Problem>(context.store().tell_once(counter, entries.as_ref(), write).await?)
    };
    match door.count(context).await? {
        Room::Left => {}
        Room::NoneForVisitor { until } => return Err(too_many(visitor, until, context.now())),
        Room::NoneForAccount => {
            if !door.account_tally.is_told() {
                tell(&door.account, EntryKind::PasswordLocked).await?;
            }
            return Err(closed(visitor, door.until, context.now()));
        }
    }
    let known = admin.as_ref().map(|admin| &admin.password);
    let right = hasher.is(&Password::given(password), known);
    if !right {
        if !door.visitor_tally.is_told() {
            tell(&door.visitor, EntryKind::PasswordWrong).await?;
        }
        let detail = "Name or password is wrong. Check both, and try again.";
        return Err(Problem::new(ProblemCode::PasswordRefused, detail));
    }
    context.store().uncount(&door.account).await?;
    context.store().uncount(&door.visitor).await?;
    let admin = admin.ok_or(Refusal::UnknownAdmin)?;
    Ok(CheckedPassword { locator, admin })
}

/// Returns true if so many wrong passwords of strangers were judged that none is any more.
pub(crate) async fn is_closed(context: &AppContext, admin: &Admin) -> Result<bool, CommandError> {
    let stranger = Visitor::Stranger(SubscriberAddress::Unknown);
    let door = Door::read(context, &stranger, &admin.id, Some(admin)).await?;
    Ok(door.account.full(&door.account_tally).is_some())
}

fn failure(kind: EntryKind, now: Timestamp, id: &AdminId, visitor: &Visitor) -> Entry {
    let place = match visitor {
        Visitor::Known(_) => "a known browser".to_owned(),
        Visitor::Session(_) => "a session of the admin".to_owned(),
        Visitor::Stranger(network) => network.to_string(),
    };
    kind.at(now).because(format!("{id}: {place}"))
}

fn too_many(visitor: &Visitor, until: Timestamp, now: Timestamp) -> Problem {
    let detail = match visitor {
        Visitor::Known(_) | Visitor::Session(_) => {
            "Too many wrong passwords were entered in this browser. Wait before you try again."
        }
        Visitor::Stranger(_) => {
            "Too many wrong passwords came from your address for this name. Wait before you try again."
        }
    };
    Problem::new(ProblemCode::TooManyPasswords, detail).retry_after(until.since(now))
}

fn closed(visitor: &Visitor, until: Timestamp, now: Timestamp) -> Problem {
    let detail = match visitor {
        Visitor::Known(_) | Visitor::Session(_) => {
            "Too many wrong passwords were entered in browsers that this admin uses. Ask another operator to reset the admin."
        }
        Visitor::Stranger(_) => {
            "Too many wrong passwords were tried for this name. Sign in from a browser in which you signed in before, or ask another operator to unlock you."
        }
    };
    Problem::new(ProblemCode::TooManyPasswords, detail).retry_after(until.since(now))
}

/// The counters of the door, for a visitor and for an account. Keyed hashes hide the names, so it
/// looks the same for a name that nobody has.
struct Door {
    visitor: Counter,
    visitor_tally: Tally,
    account: Counter,
    account_tally: Tally,
    /// The moment the account has room again, once it has none.
    until: Timestamp,
}

/// The room for one more password.
enum Room {
    /// There was, and it is counted.
    Left,
    /// This visitor has none within the hour.
    NoneForVisitor { until: Timestamp },
    /// The account has none.
    NoneForAccount,
}

impl Door {
    async fn read(
        context: &AppContext,
        visitor: &Visitor,
        id: &AdminId,
        admin: Option<&Admin>,
    ) -> Result<Self, CommandError> {
        let (keyring, now) = (context.keyring().await?, context.now());
        let pair = keyring.hidden("password", &format!("{} {id}", visitor.counted_as()));
        let pair = Counter::hourly(&format!("password#{pair}"), limits::PASSWORDS_PER_HOUR, now);
        let bucket = match visitor.bucket() {
            Bucket::Known => "known",
            Bucket::Strangers => "strangers",
        };
        let since = admin.and_then(|admin| admin.counted_since).map_or(0, Timestamp::unix);
        let account = keyring.hidden("password account", &format!("{bucket} {since} {id}"));
        let (account, seconds) = (format!("password#{account}"), limits::PASSWORD_WINDOW_SECONDS);
        let account = Counter::windowed(&account, 0, now, seconds);
        let before = (1..=PasswordBudget::WINDOWS_BEFORE).map(|windows| account.before(windows));
        let counters: Vec<Counter> =
            [pair.clone(), account.clone()].into_iter().chain(before).collect();
        let mut tallies = context.store().tallies(&counters).await?.into_iter();
        let visitor_tally = tallies.next().unwrap_or_default();
        let account_tally = tallies.next().unwrap_or_default();
        let before: Vec<u32> = tallies.map(|tally| tally.times()).collect();
        let PasswordBudget { left, until } = PasswordBudget::after(visitor.bucket(), &before, now);
        let account = account.limited_to(left);
        Ok(Self { visitor: pair, visitor_tally, account, account_tally, until })
    }

    /// Counts one more password, if there is room for it. What is full writes nothing.
    async fn count(&self, context: &AppContext) -> Result<Room, CommandError> {
        if let Some(full) = self.visitor.full(&self.visitor_tally) {
            return Ok(Room::NoneForVisitor { until: full.ends_at });
        }
        if self.account.full(&self.account_tally).is_some() {
            return Ok(Room::NoneForAccount);
        }
        let write = WriteId::new(context.random()?);
        if let Counted::Over { until } = context.store().count(&self.visitor, write).await? {
            return Ok(Room::NoneForVisitor { until });
        }
        match context.store().count(&self.account, write).await? {
            Counted::Within => Ok(Room::Left),
            Counted::Over { .. } => Ok(Room::NoneForAccount),
        }
    }
}
