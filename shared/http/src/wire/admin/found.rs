//! Users who were looked for, as a help desk reads them.

use portcullis_domain::{Destination, ListedState, Timestamp, User, dry_run::Configuration};
use portcullis_store::{Listed, UserKey};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::UserSummary;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FindQuery {
    /// The text to look for: a whole id, email address or phone number, at least the first 3
    /// letters of an id or of a word of the name, or a whole name of 2 letters. A plus is `%2B`,
    /// and a blank `%20`.
    #[param(example = "anna@example.co.nz")]
    pub find: String,
    /// The `next_cursor` of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// The states that a list can be about: one of those of a user, or `locked` while no code is
/// checked because too many were wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateFilterName {
    Frozen,
    Locked,
    Disabled,
    NoWayIn,
    ResetPending,
    Enrolled,
    EmailDefault,
    Skipped,
    Stale,
    Ready,
    NotEnrolled,
}

impl StateFilterName {
    /// The state in the list; none for `locked`, which users of any state can be.
    pub const fn state(self) -> Option<ListedState> {
        match self {
            Self::Frozen => Some(ListedState::Frozen),
            Self::Locked => None,
            Self::Disabled => Some(ListedState::Disabled),
            Self::NoWayIn => Some(ListedState::NoWayIn),
            Self::ResetPending => Some(ListedState::ResetPending),
            Self::Enrolled => Some(ListedState::Enrolled),
            Self::EmailDefault => Some(ListedState::EmailDefault),
            Self::Skipped => Some(ListedState::Skipped),
            Self::Stale => Some(ListedState::Stale),
            Self::Ready => Some(ListedState::Ready),
            Self::NotEnrolled => Some(ListedState::NotEnrolled),
        }
    }
}

/// More of a user who was looked for.
#[derive(Serialize, ToSchema)]
pub struct FoundView {
    /// The address, masked.
    #[schema(example = "anna*****.co.nz")]
    pub email: Option<String>,
    /// The number, masked.
    #[schema(example = "+64*****89")]
    pub phone: Option<String>,
    /// True if no code is checked now, in browsers that got in before or in others.
    pub locked: bool,
    /// Unix time at which that ends; none if it does not end by itself.
    pub locked_until: Option<i64>,
    /// Unix time at which the user last got in, if that is among the last entries of the activity.
    pub last_sign_in: Option<i64>,
}

impl FoundView {
    fn of(user: &User, now: Timestamp) -> Self {
        let contact = &user.contact;
        let phone = contact.phone.clone().map(Destination::Sms);
        Self {
            email: contact.email.as_ref().map(|email| email.address.masked().to_string()),
            phone: phone.map(|phone| phone.masked().to_string()),
            locked: user.failures.has_lock(now),
            locked_until: user.failures.locked_until(now).map(Timestamp::unix),
            last_sign_in: user.last_in().map(Timestamp::unix),
        }
    }
}

/// Users of several portals, by portal and name.
#[derive(Serialize, ToSchema)]
pub struct FoundUsers {
    /// The users, of each portal at most 5, and one of exactly this id.
    pub users: Vec<UserSummary>,
    /// The portals in which there are more: look in each of them alone.
    #[schema(example = json!(["acme"]))]
    pub more_in: Vec<String>,
    /// The start of the next page, which looks in other portals, or `null` on the last one. A page
    /// may be empty and still have a next one.
    pub next_cursor: Option<String>,
}

impl UserSummary {
    /// Sums up a user who was looked for.
    pub fn found(
        under: Configuration<'_>,
        user_key: &UserKey,
        user: &User,
        now: Timestamp,
    ) -> Self {
        let found = Some(FoundView::of(user, now));
        Self { found, ..Self::of(under, user_key.locator.to_string(), &Listed::of(user), now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::admin::StateName;
    use utoipa::PartialSchema;

    #[test]
    fn a_list_can_be_about_every_state_under_its_own_word_and_about_the_locked() {
        let words = |schema: serde_json::Value| {
            let words = schema["enum"].as_array().unwrap().clone();
            words.into_iter().map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let of_users = words(serde_json::to_value(StateName::schema()).unwrap());
        let mut of_lists = words(serde_json::to_value(StateFilterName::schema()).unwrap());
        for word in &of_lists {
            let filter: StateFilterName = serde_json::from_value(word.clone().into()).unwrap();
            let state = filter.state().map(|state| serde_json::to_value(StateName::from(state)));
            let same = state.map_or(word == "locked", |name| name.unwrap() == *word);
            assert!(same, "{word}");
        }
        of_lists.retain(|word| word != "locked");
        assert_eq!(of_lists, of_users);
    }
}
