//! Items and what is inside: the attributes at the top are the ones that conditions, the stream and
//! the index look at, and the version of the item's format. Everything else is one attribute, as
//! JSON, readable in any console and cheap to parse. Nothing stands in both.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Locator, Malformed, Masked, MfaState, OrganisationId, PortalId, StateChange, User, UserId,
    UserState, WriteId, limits, user::Entry,
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

use crate::{
    StoreError, UserKey,
    format::{self, Form},
    key::{self, Key},
    recent_writes::RecentWrites,
    stored::{Stored, StoredEntries, StoredTombstone, StoredUser},
};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// The attribute with the id of the API key that a write with entries came with.
pub(crate) const BY_KEY: &str = "by_key";

/// The attribute with the locator of the admin whom entries are about.
const ABOUT: &str = "about";

/// The projection of a user in the index, which is written only if this changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: UserId,
    pub organisation: Option<OrganisationId>,
    pub name: Option<Masked>,
    pub mfa_state: MfaState,
}

impl Listed {
    pub fn of(user: &User) -> Self {
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
    format::mark(&mut item);
    item
}

/// Writes a thing of the rules in its form.
pub(crate) fn json<T: Stored>(kind: &'static str, value: &T) -> Result<AttributeValue, StoreError> {
    encode(kind, &T::Form::from(value))
}

/// Reads a thing of the rules from its form, in an item of a known format.
pub(crate) fn parse<T: Stored>(
    kind: &'static str,
    item: &Item,
    attribute: &str,
) -> Result<T, StoreError> {
    let form: T::Form = decode(kind, item, attribute)?;
    form.try_into().map_err(|malformed| unread(kind, item, malformed))
}

/// Returns the failure for something the rules would not make, in an item of this format.
pub(crate) fn unread(kind: &'static str, item: &Item, malformed: Malformed) -> StoreError {
    let source = <serde_json::Error as serde::de::Error>::custom(malformed);
    Form::of(kind, item).map_or_else(|error| error, |form| form.unread(kind, Some(source)))
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
    let form = Form::of(kind, item)?;
    let text = string(item, attribute).ok_or_else(|| form.unread(kind, None))?;
    serde_json::from_str(text).map_err(|source| form.unread(kind, Some(source)))
}

pub(crate) fn string<'a>(item: &'a Item, attribute: &str) -> Option<&'a String> {
    item.get(attribute).and_then(|value| value.as_s().ok())
}

/// The whole item of a user after a write.
pub(crate) fn user_item(
    user_key: &UserKey,
    StateChange { state, entries, kind }: &StateChange,
    before: &RecentWrites,
    write: WriteId,
) -> Result<Item, StoreError> {
    let mut item = formatted(key::alone(user_key.pk()));
    item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
    item.insert("locator".to_owned(), AttributeValue::S(user_key.locator.to_string()));
    let writes = before.kept_after(*kind);
    match state {
        UserState::Known(user) => {
            let state = StoredUser::of(user, writes);
            item.insert("state".to_owned(), encode("user", &state)?);
            item.insert("users_of".to_owned(), AttributeValue::S(user_key.portal.to_string()));
            item.insert("listed".to_owned(), json("user", &Listed::of(user))?);
        }
        UserState::Erased(tombstone) => {
            let ends = tombstone.erased_at.plus(limits::TOMBSTONE_SECONDS);
            let erased = StoredTombstone::of(tombstone, writes);
            item.insert("erased".to_owned(), encode("tombstone", &erased)?);
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
    let Some(item) = item else { return Ok(None) };
    if item.contains_key("erased") {
        let (kind, erased) = ("tombstone", decode::<StoredTombstone>("tombstone", item, "erased")?);
        let tombstone = erased.tombstone(portal_of(kind, item, "log_of")?);
        let tombstone = tombstone.map_err(|malformed| unread(kind, item, malformed))?;
        return Ok(Some(UserState::Erased(Box::new(tombstone))));
    }
    let (kind, state) = ("user", decode::<StoredUser>("user", item, "state")?);
    let user = state.user(portal_of(kind, item, "users_of")?, decode(kind, item, "listed")?);
    let user = user.map_err(|malformed| unread(kind, item, malformed))?;
    Ok(Some(UserState::Known(Box::new(user))))
}

/// Reads the portal of an item: the item names it apart from its key.
fn portal_of(kind: &'static str, item: &Item, attribute: &str) -> Result<PortalId, StoreError> {
    let portal = string(item, attribute).ok_or(StoreError::Undecodable { kind, source: None })?;
    PortalId::parse(portal).map_err(|malformed| unread(kind, item, malformed))
}

/// The bytes that one unit of a strongly consistent read covers.
pub(crate) const READ_UNIT: usize = 4 * 1_024;

/// Returns the size of an item as DynamoDB counts it: names and values in UTF-8. A number takes a
/// byte for every two digits, and one more.
pub(crate) fn size(item: &Item) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len().div_ceil(2) + 1,
        // Items of ours have no others.
        _ => 0,
    };
    item.iter().map(|(name, content)| name.len() + value(content)).sum()
}

/// Entries on their way to the log of a portal, beside the document whose change they tell of.
#[derive(Clone, Debug)]
pub struct AuditEntries {
    pub portal: PortalId,
    /// The admin whom they are about, who is told of some.
    pub admin: Option<Locator>,
    pub entries: Vec<Entry>,
}

impl AuditEntries {
    pub fn of(portal: &PortalId, entry: Entry) -> Self {
        Self { portal: portal.clone(), admin: None, entries: vec![entry] }
    }

    /// An entry of the console's log about an admin.
    pub fn about(admin: Locator, entry: Entry) -> Self {
        Self { admin: Some(admin), ..Self::of(&PortalId::console(), entry) }
    }

    /// Puts them into the item of a change, which has everything else.
    pub(crate) fn put_into(&self, item: &mut Item) -> Result<(), StoreError> {
        item.extend(self.beside(size(item))?);
        Ok(())
    }

    /// Returns their attributes for an item that has so many bytes without them. Every sign-in
    /// reads a portal and the settings, so the values of what was changed are cut until the item
    /// has at most [`READ_UNIT`].
    pub(crate) fn beside(&self, bytes: usize) -> Result<Item, StoreError> {
        let log_of = AttributeValue::S(self.portal.to_string());
        let mut attributes = Item::from([("log_of".to_owned(), log_of)]);
        let admin = self.admin.map(|admin| AttributeValue::S(admin.to_string()));
        attributes.extend(admin.map(|admin| (ABOUT.to_owned(), admin)));
        for characters in [usize::MAX, 50, 25, 10, 5, 0] {
            let short = |entry: &Entry| {
                let changes = entry.changes.iter().map(|change| change.shortened(characters));
                Entry { changes: changes.collect(), ..entry.clone() }
            };
            let entries: Vec<Entry> = self.entries.iter().map(short).collect();
            attributes.insert("entries".to_owned(), json("entries", &entries)?);
            if bytes + size(&attributes) <= READ_UNIT {
                break;
            }
        }
        Ok(attributes)
    }
}

/// The entries one write caused, as a record of the table's stream carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEntries {
    pub portal: PortalId,
    /// The user, if the entries are a user's.
    pub locator: Option<Locator>,
    /// The admin, if the entries are about one.
    pub admin: Option<Locator>,
    /// The write; with an entry's place in the list it is the entry's id.
    pub write: WriteId,
    pub entries: Vec<Entry>,
    /// The id of the API key that the write came with.
    pub key: Option<String>,
}

/// Reads a record's new image; none where the write caused no entries.
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
    let locator = is_user.then(|| text("locator")).transpose()?;
    let admin = string(image, ABOUT);
    let parse_locator = |text: &String| Locator::parse(text).map_err(|_| damaged());
    Ok(Some(StreamEntries {
        portal,
        locator: locator.map(parse_locator).transpose()?,
        admin: admin.map(parse_locator).transpose()?,
        write: WriteId::parse(text("write")?).map_err(|_| damaged())?,
        entries: parse("stream record", image, "entries")?,
        key: string(image, BY_KEY).cloned(),
    }))
}

/// Reads the user of a record's image; none if it is another item's, or of a user who was erased.
pub fn stream_user(image: &Item) -> Result<Option<User>, StoreError> {
    let is_user = string(image, "pk").is_some_and(|pk| pk.starts_with("USER#"));
    match user_state(Some(image).filter(|_| is_user))? {
        Some(UserState::Known(user)) => Ok(Some(*user)),
        Some(UserState::Erased(_)) | None => Ok(None),
    }
}
