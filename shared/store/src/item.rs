//! Items and what is inside: one attribute holds the state as JSON, readable in any console and cheap to parse; the
//! attributes beside it are the ones conditions, the stream and the index look at.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Locator, Method, OrganisationId, PortalId, User, UserId, WriteId, budget, user::Entry,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::HashMap;

use crate::{Place, StoreError, key};

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

    fn with(&self, id: WriteId, kind: &str) -> AttributeValue {
        let mut all = self.0.clone();
        all.push(format!("{id} {kind}"));
        let surplus = all.len().saturating_sub(budget::WRITES_KEPT);
        AttributeValue::L(all.into_iter().skip(surplus).map(AttributeValue::S).collect())
    }
}

/// What the list of a portal's users shows; the index is written only when this changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The portal's id of the user.
    pub id: UserId,
    /// The user's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// What is bound, with the generation it was bound in.
    pub bound: Vec<(Method, u32)>,
    /// The generation of a remembered skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<u32>,
    /// A reset is pending.
    pub reset: bool,
    /// What is bound was disabled.
    pub disabled: bool,
}

impl Listed {
    fn of(user: &User) -> Self {
        Self {
            id: user.id.clone(),
            organisation: user.contact.organisation.clone(),
            bound: user.authenticators.iter().map(|a| (a.method(), a.generation)).collect(),
            skipped: user.opt_out.map(|mark| mark.generation),
            reset: user.reset_at.is_some(),
            disabled: user.disabled_at.is_some(),
        }
    }
}

pub(crate) fn json<T: Serialize>(
    kind: &'static str,
    value: &T,
) -> Result<AttributeValue, StoreError> {
    let text = serde_json::to_string(value)
        .map_err(|source| StoreError::Undecodable { kind, source: Some(source) })?;
    Ok(AttributeValue::S(text))
}

pub(crate) fn parse<T: DeserializeOwned>(
    kind: &'static str,
    item: &Item,
    attribute: &str,
) -> Result<T, StoreError> {
    let text = string(item, attribute).ok_or(StoreError::Undecodable { kind, source: None })?;
    serde_json::from_str(text)
        .map_err(|source| StoreError::Undecodable { kind, source: Some(source) })
}

pub(crate) fn string<'a>(item: &'a Item, attribute: &str) -> Option<&'a String> {
    item.get(attribute).and_then(|value| value.as_s().ok())
}

/// The whole item of a user after a write.
pub(crate) fn user_item(
    place: &Place,
    user: &User,
    entries: &[Entry],
    before: &Writes,
    write: WriteId,
    kind: &str,
) -> Result<Item, StoreError> {
    let mut item = key::alone(place.pk());
    item.insert("state".to_owned(), json("user", user)?);
    item.insert("write".to_owned(), AttributeValue::S(write.to_string()));
    item.insert("writes".to_owned(), before.with(write, kind));
    item.insert("users_of".to_owned(), AttributeValue::S(place.portal.to_string()));
    item.insert("locator".to_owned(), AttributeValue::S(place.locator.to_string()));
    item.insert("listed".to_owned(), json("user", &Listed::of(user))?);
    if !entries.is_empty() {
        item.insert("entries".to_owned(), json("user", &entries)?);
    }
    Ok(item)
}

/// The entries one write caused, as a record of the table's stream carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEntries {
    /// The portal.
    pub portal: PortalId,
    /// Whose they are.
    pub locator: Locator,
    /// The write; with an entry's place in the list it is the entry's id.
    pub write: WriteId,
    /// The entries.
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
    Ok(Some(StreamEntries {
        portal: PortalId::parse(text("users_of")?).map_err(|_| damaged())?,
        locator: Locator::parse(text("locator")?).map_err(|_| damaged())?,
        write: WriteId::parse(text("write")?).map_err(|_| damaged())?,
        entries: parse("stream record", image, "entries")?,
    }))
}
