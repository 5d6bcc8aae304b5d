//! Notices that wait in a queue until they are sent: the body of a message.
//!
//! A message names its addressees sealed, as an unsent notice in the table does, and nothing else
//! that is personal. It may be read by the release before or after the one that wrote it.

use portcullis_domain::{
    DestinationHash,
    user::{Entry, FreezeGround, Recipient},
};

use crate::{
    StoreError, UserKey,
    stored::queued::{OWN, StoredQueued, Version},
};

/// The name of a message in errors.
const KIND: &str = "notices in the queue";

/// The notices that one write causes, to one user or admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedNotices {
    pub user_key: UserKey,
    pub notices: Vec<QueuedNotice>,
}

/// An entry that somebody is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedNotice {
    /// The id of the entry's line in the log.
    pub id: String,
    pub entry: Entry,
    pub told: Told,
}

/// The addressees of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A user, at these.
    At(Vec<Addressee>),
    /// An admin, at those that are known when the message is read.
    AtKnown,
}

/// A destination to tell of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub at: DestinationHash,
    /// The destination, sealed for the item of its notices, and the user's own language.
    pub recipient: Recipient,
    /// The ground on which the notice carries a freeze link, if the portal has them.
    pub freeze: Option<FreezeGround>,
}

impl QueuedNotices {
    /// Returns the group of the message: its portal, and apart from it the reminders, of which an
    /// admin sends thousands at once.
    pub fn group(&self) -> String {
        let portal = &self.user_key.portal;
        let are_reminders = self.notices.iter().all(|notice| notice.entry.kind.is_reminder());
        if are_reminders { format!("{portal}#reminders") } else { portal.to_string() }
    }

    /// Returns the body of a message.
    ///
    /// # Errors
    /// [`StoreError::Undecodable`] if it cannot be written.
    pub fn body(&self) -> Result<String, StoreError> {
        let undecodable = |source| StoreError::Undecodable { kind: KIND, source: Some(source) };
        serde_json::to_string(&StoredQueued::from(self)).map_err(undecodable)
    }

    /// Reads the body of a message.
    ///
    /// # Errors
    /// [`StoreError::NewerRelease`] if a newer release wrote it, which may read it yet, and
    /// [`StoreError::Undecodable`] if none of ours did.
    pub fn read(body: &str) -> Result<Self, StoreError> {
        let undecodable = |source| StoreError::Undecodable { kind: KIND, source: Some(source) };
        let Version { notices } = serde_json::from_str(body).map_err(undecodable)?;
        if notices > OWN {
            return Err(StoreError::NewerRelease { kind: KIND });
        }
        let stored: StoredQueued = serde_json::from_str(body).map_err(undecodable)?;
        let malformed = <serde_json::Error as serde::de::Error>::custom;
        Self::try_from(stored).map_err(|error| undecodable(malformed(error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::tests::samples;
    use portcullis_domain::{Locale, Sealed, limits, user::EntryKind};

    fn addressee(byte: u8, bytes: usize) -> Addressee {
        let sealed = Sealed { bytes: vec![byte; bytes], ..samples::sealed(byte) };
        let recipient = Recipient { sealed, locale: Locale::parse("de-AT").ok() };
        let freeze = Some(FreezeGround { epoch: 3, dropped: true });
        Addressee { at: DestinationHash::new([byte; 8]), recipient, freeze }
    }

    fn queued(told: Told, notices: usize) -> QueuedNotices {
        let entry = Entry { why: None, to: None, ..samples::entry() };
        let notice = QueuedNotice { id: "0a1b.0".to_owned(), entry, told };
        QueuedNotices { user_key: samples::user_key(), notices: vec![notice; notices] }
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        for told in [Told::At(vec![addressee(1, 40), addressee(2, 60)]), Told::AtKnown] {
            let notices = queued(told, 2);
            let body = notices.body().unwrap();
            assert_eq!(QueuedNotices::read(&body).unwrap(), notices);
        }
        let body = queued(Told::AtKnown, 1).body().unwrap();
        assert!(body.starts_with(r#"{"notices":1,"portal":"#), "{body}");
        assert!(!body.contains("on the phone"), "no words of an admin: {body}");
    }

    #[test]
    fn reminders_wait_apart_from_everything_else_of_their_portal() {
        let of = |kinds: &[EntryKind]| {
            let mut notices = queued(Told::AtKnown, kinds.len());
            let kinds = kinds.iter();
            notices.notices.iter_mut().zip(kinds).for_each(|(one, kind)| one.entry.kind = *kind);
            notices.group()
        };
        let portal = samples::user_key().portal.to_string();
        assert_eq!(of(&[EntryKind::Reset]), portal);
        assert_eq!(of(&[EntryKind::EnrolmentReminder]), format!("{portal}#reminders"));
        assert_eq!(of(&[EntryKind::EnrolmentReminder, EntryKind::Reset]), portal);
    }

    #[test]
    fn s23_a_message_of_a_newer_release_is_told_from_a_damaged_one() {
        let body = queued(Told::At(vec![addressee(1, 40)]), 1).body().unwrap();
        let newer = body.replace(r#"{"notices":1,"#, r#"{"notices":2,"else":[],"#);
        let read = |body: &str| QueuedNotices::read(body).unwrap_err();
        assert!(matches!(read(&newer), StoreError::NewerRelease { .. }));
        let with_more = body.replace(r#"{"notices":1,"#, r#"{"notices":1,"else":[],"#);
        for damaged in ["", "{}", "[]", &body[..body.len() - 1], &with_more] {
            let error = read(damaged);
            assert!(matches!(error, StoreError::Undecodable { .. }), "{damaged}: {error}");
        }
    }

    /// An address of 254 bytes is sealed in 282. A user has two in the contact record and as many
    /// as there may be authenticators, before a change and after it; no write tells of more than
    /// four entries.
    #[test]
    fn s31_a_message_of_a_full_user_is_small() {
        let most = 2 * (2 + limits::AUTHENTICATORS);
        let told = Told::At((0..most).map(|n| addressee(u8::try_from(n).unwrap(), 282)).collect());
        let bytes = queued(told, 4).body().unwrap().len();
        println!("{bytes} bytes, with {most} addressees");
        assert!(bytes < 1_048_576 / 8, "{bytes} bytes");
    }
}
