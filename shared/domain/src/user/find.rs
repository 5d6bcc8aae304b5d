//! The values that help desks find users by. They are personal data, so the table has keyed hashes
//! of them in their place, and says nothing more: whoever finds a user there reads the user and
//! asks [`UserSearch::finds`].

use std::{collections::BTreeSet, fmt};

use super::User;
use crate::{Country, Destination, Email, Malformed, Phone, UserId, admin::Reach};

// The fewest and the most letters at the start of a word by which it is found.
const FEWEST: usize = 3;
const MOST: usize = 8;

// The most words of a name by which it is found.
const WORDS: usize = 8;

// The longest text that is looked for, in bytes: the longest id.
const LONGEST: usize = 256;

const REFUSED: Malformed = Malformed {
    what: "find",
    why: "must have 3 letters of an id or of a name, or be a whole name of 2 letters, id, email \
          address or phone number",
};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Email,
    Phone,
    /// The first letters of the id, or of a word of the name.
    Start,
    /// A whole word of the name, which has too few letters to be found by its first ones.
    Name,
    /// Too many codes were wrong; the lock may be over.
    Locked,
}

/// A value by which a user is found in a portal, or by the admins of one organisation, who learn
/// nothing of others that way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FindKey {
    kind: Kind,
    organisation: Option<String>,
    value: String,
}

impl FindKey {
    fn of(reach: &Reach, kind: Kind, value: impl Into<String>) -> Self {
        let organisation = match reach {
            Reach::Portal => None,
            Reach::Organisation(organisation) => Some(organisation.to_string()),
        };
        Self { kind, organisation, value: value.into() }
    }

    /// The key of the users in whom a lock was met last.
    pub fn locked(reach: &Reach) -> Self {
        Self::of(reach, Kind::Locked, "")
    }

    /// The parts of the key, to be hashed. An organisation has a name, so none is empty.
    pub fn parts(&self) -> [&[u8]; 3] {
        let kind = match self.kind {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Start => "start",
            Kind::Name => "name",
            Kind::Locked => "locked",
        };
        let organisation = self.organisation.as_deref().unwrap_or_default();
        [kind.as_bytes(), organisation.as_bytes(), self.value.as_bytes()]
    }
}

impl fmt::Debug for FindKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FindKey")
    }
}

impl User {
    /// Returns everything by which the user is found, in the portal and in the organisation.
    pub fn findable(&self) -> BTreeSet<FindKey> {
        let mut values = BTreeSet::new();
        for destination in self.found_at() {
            values.insert((kind_of(&destination), destination.normalised()));
        }
        let names = self.name_words();
        for word in std::iter::once(&in_letters(self.id.as_str())).chain(&names) {
            let starts = (FEWEST..=MOST).filter_map(|letters| word.get(..letters));
            values.extend(starts.map(|start| (Kind::Start, start.to_owned())));
        }
        let short = names.into_iter().filter(|word| is_short_name(word, self.has_foreign_name()));
        values.extend(short.map(|word| (Kind::Name, word)));
        if self.failures.was_locked() {
            values.insert((Kind::Locked, String::new()));
        }
        let organisation = self.contact.organisation.clone().map(Reach::Organisation);
        let reaches: Vec<Reach> = std::iter::once(Reach::Portal).chain(organisation).collect();
        let within = |(kind, value): (Kind, String)| {
            let keys = reaches.iter().map(|reach| FindKey::of(reach, kind, value.clone()));
            keys.collect::<Vec<_>>()
        };
        values.into_iter().flat_map(within).collect()
    }

    /// The addresses and numbers of the contact record, and those that were enrolled.
    fn found_at(&self) -> Vec<Destination> {
        let email = self.contact.email.as_ref();
        let email = email.map(|known| Destination::Email(known.address.clone()));
        let phone = self.contact.phone.clone().map(Destination::Sms);
        let bound = self.authenticators.iter().filter_map(super::Authenticator::destination);
        email.into_iter().chain(phone).chain(bound).collect()
    }

    fn name_words(&self) -> Vec<String> {
        self.contact.display_name.as_ref().map(|name| words(name.as_str())).unwrap_or_default()
    }

    fn has_foreign_name(&self) -> bool {
        self.contact.display_name.as_ref().is_some_and(|name| is_foreign(name.as_str()))
    }
}

const fn kind_of(destination: &Destination) -> Kind {
    match destination {
        Destination::Email(_) => Kind::Email,
        Destination::Sms(_) => Kind::Phone,
    }
}

/// A text that somebody spelled: an id, an address, a number, or how an id or a name begins.
#[derive(Clone, PartialEq, Eq)]
pub struct UserSearch {
    id: Option<UserId>,
    sought: Sought,
}

#[derive(Clone, PartialEq, Eq)]
enum Sought {
    At(Destination),
    Words {
        /// All letters and digits in a row, as of an id.
        whole: String,
        words: Vec<String>,
        /// The longest of the words, if each is a whole name of few letters.
        short_name: Option<String>,
    },
}

impl UserSearch {
    /// Reads a text; a number without its country is one of this country.
    ///
    /// # Errors
    /// [`Malformed`] if there is nothing in it, or too much.
    pub fn read(text: &str, country: Option<Country>) -> Result<Self, Malformed> {
        let typed = text.trim();
        if typed.is_empty() || text.len() > LONGEST {
            return Err(REFUSED);
        }
        // Some numbers can be written in letters, and nobody does.
        let may_be_number = !typed.chars().any(char::is_alphabetic);
        let phone = may_be_number.then(|| Phone::parse(typed, country).ok()).flatten();
        let email = Email::parse(typed).ok().map(Destination::Email);
        let sought = match email.or_else(|| phone.map(Destination::Sms)) {
            Some(destination) => Sought::At(destination),
            None => {
                let words = words(typed);
                let short_name = short_name(&words, is_foreign(typed));
                Sought::Words { whole: in_letters(typed), words, short_name }
            }
        };
        Ok(Self { id: UserId::parse(text).ok(), sought })
    }

    /// The id, if the text may be a whole one.
    pub const fn id(&self) -> Option<&UserId> {
        self.id.as_ref()
    }

    /// Returns the key to look under: of several words the longest.
    ///
    /// # Errors
    /// [`Malformed`] if there are too few letters; only a whole id is found by it.
    pub fn key(&self, reach: &Reach) -> Result<FindKey, Malformed> {
        match &self.sought {
            Sought::At(to) => Ok(FindKey::of(reach, kind_of(to), to.normalised())),
            Sought::Words { short_name: Some(name), .. } => {
                Ok(FindKey::of(reach, Kind::Name, name.as_str()))
            }
            Sought::Words { whole, words, short_name: None } => {
                let longest = words.iter().max_by_key(|word| word.len());
                let of_words = longest.filter(|word| word.len() >= FEWEST);
                let word = of_words.unwrap_or(whole);
                let start = word.get(..word.len().min(MOST)).filter(|start| start.len() >= FEWEST);
                Ok(FindKey::of(reach, Kind::Start, start.ok_or(REFUSED)?))
            }
        }
    }

    /// Returns true if the user is one of those who are looked for, as they are now.
    pub fn finds(&self, user: &User) -> bool {
        let folded = || user.id.case_folded();
        self.id.as_ref().is_some_and(|id| id.case_folded() == folded())
            || match &self.sought {
                Sought::At(to) => user.found_at().iter().any(|known| known.is_same(to)),
                Sought::Words { words, short_name: Some(_), .. } => {
                    let names = user.name_words();
                    words.iter().all(|word| names.contains(word))
                }
                Sought::Words { whole, words, short_name: None } => {
                    let names = user.name_words();
                    let begins = |word: &String| names.iter().any(|name| name.starts_with(word));
                    let is_name = !words.is_empty() && words.iter().all(begins);
                    let is_id =
                        !whole.is_empty() && in_letters(user.id.as_str()).starts_with(whole);
                    is_name || is_id
                }
            }
    }
}

impl fmt::Debug for UserSearch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserSearch")
    }
}

/// Returns true if a word is a whole name of too few letters to be found by its first ones. One
/// letter is, if a character of another script may stand for it; else it is an initial.
fn is_short_name(word: &str, foreign: bool) -> bool {
    let is_whole = word.len() > 1 || foreign;
    is_whole && word.len() < FEWEST && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Returns the longest of some words, if each is a short name.
fn short_name(words: &[String], foreign: bool) -> Option<String> {
    let all_short = words.iter().all(|word| is_short_name(word, foreign));
    words.iter().max_by_key(|word| word.len()).filter(|_| all_short).cloned()
}

/// Returns true if a text has letters that are not of the Latin alphabet alone.
fn is_foreign(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Returns the letters and digits of a text in a row, in Latin script: a name that was heard is
/// found however it is written.
fn in_letters(text: &str) -> String {
    squeezed(&latin(text))
}

fn latin(text: &str) -> String {
    text.chars().filter_map(deunicode::deunicode_char).collect()
}

fn squeezed(latin: &str) -> String {
    let letters = latin.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Returns the words of a name in the same letters. One with a hyphen or an apostrophe is a word,
/// and so is each part of it.
fn words(text: &str) -> Vec<String> {
    let latin = latin(text);
    let mut words: Vec<String> = vec![];
    for word in latin.split_whitespace() {
        let parts = word.split(|c: char| !c.is_ascii_alphanumeric());
        for word in std::iter::once(word).chain(parts).map(squeezed) {
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
    }
    words.truncate(WORDS);
    words
}
