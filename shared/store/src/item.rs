//! Items and what is inside: one attribute holds the state as JSON, readable in any console and
//! cheap to parse; the attributes beside it are the ones conditions, the stream and the index look
//! at, and the version of the item's format.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Locator, Masked, MfaState, OrganisationId, PortalId, User, UserId, UserState, WriteId, limits,
    user::{Entry, Tombstone},
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

use crate::{
    StoreError, UserKey,
    key::{self, Key},
    stored::{FORMAT, Stored, StoredEntries},
};

/// An item as DynamoDB has it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The write ids an item remembers, newest last, each with the kind of its outcome.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writes(Vec<String>);

impl Writes {
    pub(crate) fn of(item: &Item) -> Self {
        let texts = item.get("writes").and_then(|list| list.as_l().ok()).into_iter().flatten();
        Self(texts.filter_map(|text| text.as_s().ok()).cloned().collect())
    }

    pub(crate) fn contains(&self, id: WriteId) -> bool {
        let id = id.to_string();
        self.0.iter().any(|write| write.split_once(' ').is_some_and(|(known, _)| known == id))
    }

    pub(crate) fn with(&self, id: WriteId, kind: &str) -> AttributeValue {
        let mut all = self.0.clone();
        all.push(format!("{id} {kind}"));
        let surplus = all.len().saturating_sub(limits::WRITES_KEPT);
        AttributeValue::L(all.into_iter().skip(surplus).map(AttributeValue::S).collect())
    }
}

/// The projection of a user in the index, which is written only if this changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The portal's id of the user.
    pub id: UserId,
    pub organisation: Option<OrganisationId>,
    pub name: Option<Masked>,
    pub mfa_state: MfaState,
}

impl Listed {
    fn of(user: &User) -> Self {
        Self {
            id: user.id.clone(),
            organisation: user.contact.organisation.clone(),
            name: user.contact.display_name.as_ref().map(|name| Masked::name(name.as_str())),
            mfa_state: MfaState::of(user),
        }
    }
}

/// Begins an item: its key, and the version of the format it is written in.
pub(crate) fn formatted(key: Key) -> Item {
    let mut item = key;
    item.insert("format".to_owned(), AttributeValue::N(FORMAT.to_owned()));
    item
}

/// Refuses an item of another format: of what it says, nothing is known.
///
/// # Errors
/// [`StoreError::Undecodable`] then.
pub(crate) fn check_format(kind: &'static str, item: &Item) -> Result<(), StoreError> {
    let format = item.get("format").and_then(|format| format.as_n().ok());
    if format.is_some_and(|format| format == FORMAT) {
        Ok(())
    } else {
        Err(undecodable(kind, "its format is not known"))
    }
}

fn undecodable(kind: &'static str, why: impl std::fmt::Display) -> StoreError {
    let source = <serde_json::Error as serde::de::Error>::custom(why);
    StoreError::Undecodable { kind, source: Some(source) }
}

/// Writes a thing of the rules in its form.
pub(crate) fn json<T: Stored>(kind: &'static str, value: &T) -> Result<AttributeValue, StoreError> {
    encode(kind, &T::Form::from(value))
}

/// Reads a thing of the rules from its form, in an item of the known format.
pub(crate) fn parse<T: Stored>(
    kind: &'static str,
    item: &Item,
    attribute: &str,
) -> Result<T, StoreError> {
    let form: T::Form = decode(kind, item, attribute)?;
    form.try_into().map_err(|malformed| undecodable(kind, malformed))
}

pub(crate) fn encode<T: Serialize>(
    kind: &'static str,
    form: &T,
) -> Result<AttributeValue, StoreError> {
    let text = serde_json::to_string(form)
        .map_err(|source| StoreError::Undecodable { kind, source: Some(source) })?;
    Ok(AttributeValue::S(text))
}

pub(crate) fn decode<T: DeserializeOwned>(
    kind: &'static str,
    item: &Item,
    attribute: &str,
) -> Result<T, StoreError> {
    check_format(kind, item)?;
    let text = string(item, attribute).ok_or(StoreError::Undecodable { kind, source: None })?;
    serde_json::from_str(text)
        .map_err(|source| StoreError::Undecodable { kind, source: Some(source) })
}

pub(crate) fn string<'a>(item: &'a Item, attribute: &str) -> Option<&'a String> {
    item.get(attribute).and_then(|value| value.as_s().ok())
}

/// The whole item of a user after a write.
pub(crate) fn user_item(
    user_key: &UserKey,
    state: &UserState,
    entries: &[Entry],
    before: &Writes,
    write: WriteId,
    kind: &str,
) -> Result<Item, StoreError> {
    let mut item = formatted(key::alone(user_key.pk()));
    item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
    item.insert("writes".to_owned(), before.with(write, kind));
    item.insert("locator".to_owned(), AttributeValue::S(user_key.locator.to_string()));
    match state {
        UserState::Known(user) => {
            item.insert("state".to_owned(), json::<User>("user", user)?);
            item.insert("users_of".to_owned(), AttributeValue::S(user_key.portal.to_string()));
            item.insert("listed".to_owned(), json("user", &Listed::of(user))?);
        }
        UserState::Erased(tombstone) => {
            let ends = tombstone.erased_at.plus(limits::TOMBSTONE_SECONDS);
            item.insert("erased".to_owned(), json("tombstone", tombstone)?);
            item.insert("log_of".to_owned(), AttributeValue::S(user_key.portal.to_string()));
            item.insert("ttl".to_owned(), AttributeValue::N(ends.unix().to_string()));
        }
    }
    if !entries.is_empty() {
        item.insert("entries".to_owned(), encode("user", &StoredEntries::of(entries))?);
    }
    Ok(item)
}

/// Reads a user off an item: known, erased, or neither if there is no item.
pub(crate) fn user_state(item: Option<&Item>) -> Result<Option<UserState>, StoreError> {
    match item {
        None => Ok(None),
        Some(item) if item.contains_key("erased") => {
            Ok(Some(UserState::Erased(parse::<Tombstone>("tombstone", item, "erased")?)))
        }
        Some(item) => Ok(Some(UserState::Known(Box::new(parse::<User>("user", item, "state")?)))),
    }
}

/// Entries on their way to the log of a portal, beside the document whose change they tell of.
#[derive(Clone, Debug)]
pub struct AuditEntries {
    pub portal: PortalId,
    pub entries: Vec<Entry>,
}

impl AuditEntries {
    /// One entry.
    pub fn of(portal: &PortalId, entry: Entry) -> Self {
        Self { portal: portal.clone(), entries: vec![entry] }
    }

    pub(crate) fn put_into(&self, item: &mut Item) -> Result<(), StoreError> {
        item.insert("log_of".to_owned(), AttributeValue::S(self.portal.to_string()));
        item.insert("entries".to_owned(), json("entries", &self.entries)?);
        Ok(())
    }
}

/// The entries one write caused, as a record of the table's stream carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEntries {
    pub portal: PortalId,
    /// The user, if the entries are a user's.
    pub locator: Option<Locator>,
    /// The write; with an entry's place in the list it is the entry's id.
    pub write: WriteId,
    pub entries: Vec<Entry>,
}

/// Reads a record's new image; none where the write caused no entries.
///
/// # Errors
/// [`StoreError::Undecodable`] when it is not what was written.
pub fn stream_entries(image: &Item) -> Result<Option<StreamEntries>, StoreError> {
    let damaged = || StoreError::Undecodable { kind: "stream record", source: None };
    if !image.contains_key("entries") {
        return Ok(None);
    }
    let text = |attribute| string(image, attribute).ok_or_else(damaged);
    let portal = string(image, "log_of").or_else(|| string(image, "users_of"));
    let portal = PortalId::parse(portal.ok_or_else(damaged)?).map_err(|_| damaged())?;
    let pk = text("pk")?;
    let is_user = pk.starts_with("USER#");
    let locator = is_user.then(|| Locator::parse(text("locator")?).map_err(|_| damaged()));
    Ok(Some(StreamEntries {
        portal,
        locator: locator.transpose()?,
        write: WriteId::parse(text("write")?).map_err(|_| damaged())?,
        entries: parse("stream record", image, "entries")?,
    }))
}

/// Reads the user of a record's image; none if it is another item's, or of a user who was erased.
///
/// # Errors
/// [`StoreError::Undecodable`] when it is not what was written.
pub fn stream_user(image: &Item) -> Result<Option<User>, StoreError> {
    let is_user = string(image, "pk").is_some_and(|pk| pk.starts_with("USER#"));
    match user_state(Some(image).filter(|_| is_user))? {
        Some(UserState::Known(user)) => Ok(Some(*user)),
        Some(UserState::Erased(_)) | None => Ok(None),
    }
}
