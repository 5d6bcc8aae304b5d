//! The numbers of a portal's days, and the partitions of its log.

use portcullis_domain::{
    CallingCode, Day, Method,
    decision::{UserCount, UserDay},
    portal::LogPartitions,
    user::{DayNumbers, EntryKind, Figure, TextCounts},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::DayDocument;
use crate::wire::{KindName, MethodName};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NumbersQuery {
    /// The last days, of which today is one.
    #[serde(default)]
    #[param(required = false)]
    pub days: NumbersDays,
}

/// The days that numbers are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub enum NumbersDays {
    #[default]
    #[serde(rename = "7")]
    Week,
    #[serde(rename = "30")]
    Month,
    #[serde(rename = "90")]
    Quarter,
}

impl NumbersDays {
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    pub const fn count(self) -> u8 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// A portal's last days.
pub struct Numbers {
    /// The newest first.
    pub days: Vec<NumbersOfDay>,
    pub total: DayNumbers,
    /// The users as the list has them now.
    pub users: UserCount,
}

pub struct NumbersOfDay {
    pub day: Day,
    pub state: DayState,
    pub numbers: DayNumbers,
    /// The users at the first look on that day.
    pub users: Option<UserDay>,
}

impl From<&Numbers> for PortalNumbers {
    fn from(Numbers { days, total, users }: &Numbers) -> Self {
        let day = |of: &NumbersOfDay| DayNumbersView {
            day: DayDocument(of.day),
            state: of.state,
            numbers: (&of.numbers).into(),
            users: of.users.map(UsersCount::from),
        };
        let users = users.on_a_day().into();
        Self { total: total.into(), days: days.iter().map(day).collect(), users }
    }
}

/// The numbers of a portal's last days. They are counted from its log.
#[derive(Serialize, ToSchema)]
pub struct PortalNumbers {
    /// The sums over all of these days.
    pub total: NumbersView,
    /// Each day, the newest first.
    pub days: Vec<DayNumbersView>,
    /// The users as the list has them now.
    pub users: UsersCount,
}

/// The numbers of a day, in Coordinated Universal Time.
#[derive(Serialize, ToSchema)]
pub struct DayNumbersView {
    /// The day.
    pub day: DayDocument,
    /// The state of its count.
    pub state: DayState,
    /// The numbers.
    #[serde(flatten)]
    pub numbers: NumbersView,
    /// The users at the first time that somebody read the numbers on that day; none if nobody did.
    pub users: Option<UsersCount>,
}

/// The state of a day's count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayState {
    /// It is counted, and never changes again.
    Closed,
    /// It is counted, and counted again until no entry of it can come late.
    Open,
    /// It is today, counted at this moment.
    Today,
    /// It is today, and has more entries than are counted at once: the newest are.
    TodayInPart,
    /// It is not counted yet, or the portal was not there.
    Uncounted,
}

/// Numbers of entries of the log.
#[derive(Serialize, ToSchema)]
pub struct NumbersView {
    /// Users who got in, with a code, a passkey, or without a second step.
    pub let_in: u64,
    /// Codes that were wrong, too late, or used before.
    pub refused: u64,
    /// Codes and links that were sent, or may have been.
    pub sent: u64,
    /// Codes and links that were not sent.
    pub not_sent: u64,
    /// Messages that a provider reported as delivered.
    pub delivered: u64,
    /// Messages that came back.
    pub returned: u64,
    /// Authenticators that were set up.
    pub enrolled: u64,
    /// Users who were locked, disabled or frozen.
    pub locked: u64,
    /// Resets, unlocks and bypass codes by admins.
    pub helped: u64,
    /// Users who had no way to sign in.
    pub denied: u64,
    /// The entries behind these sums, by event and method.
    pub events: Vec<EventCount>,
    /// The text messages by calling code.
    pub texts: Vec<TextsCount>,
}

/// Entries of one event and one method.
#[derive(Clone, Serialize, ToSchema)]
pub struct EventCount {
    /// The event.
    pub event: KindName,
    /// The method, if the event has one.
    pub method: Option<MethodName>,
    /// The number of such entries.
    pub count: u64,
}

/// The text messages to numbers with one calling code.
#[derive(Clone, Serialize, ToSchema)]
pub struct TextsCount {
    /// The digits that these numbers begin with.
    #[schema(example = "+64")]
    pub calling_code: String,
    /// Those that were sent, or may have been.
    pub sent: u64,
    /// Codes from them that were accepted.
    pub accepted: u64,
}

/// The users of a portal's list.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub struct UsersCount {
    /// The users who were counted.
    pub users: u64,
    /// Those of them who have set something up that counts, or who use email always.
    pub enrolled: u64,
    /// Those of them who cannot get in until somebody helps: frozen, disabled, or without a way in.
    pub shut_out: u64,
    /// True if the list goes on: the first 20,000 are counted, who are in no order of people.
    pub more: bool,
}

impl From<UserDay> for UsersCount {
    fn from(UserDay { users, enrolled, shut_out, more }: UserDay) -> Self {
        Self { users, enrolled, shut_out, more }
    }
}

impl From<&DayNumbers> for NumbersView {
    fn from(numbers: &DayNumbers) -> Self {
        let event = |(kind, method, count): (EntryKind, Option<Method>, u64)| EventCount {
            event: kind.into(),
            method: method.map(MethodName::from),
            count,
        };
        let texts = |(code, TextCounts { sent, accepted }): (CallingCode, TextCounts)| TextsCount {
            calling_code: code.to_string(),
            sent,
            accepted,
        };
        Self {
            let_in: numbers.total(Figure::LetIn),
            refused: numbers.total(Figure::Refused),
            sent: numbers.total(Figure::Sent),
            not_sent: numbers.total(Figure::NotSent),
            delivered: numbers.total(Figure::Delivered),
            returned: numbers.total(Figure::Returned),
            enrolled: numbers.total(Figure::Enrolled),
            locked: numbers.total(Figure::Locked),
            helped: numbers.total(Figure::Helped),
            denied: numbers.total(Figure::Denied),
            events: numbers.counts().map(event).collect(),
            texts: numbers.texts().map(texts).collect(),
        }
    }
}

/// Raises the number of partitions of a portal's log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseLogPartitions {
    /// The number: 8, 16, 32 or 64. It cannot be lowered again.
    #[schema(example = 8)]
    pub partitions: u8,
}

/// The partitions of a portal's log. Each takes 1,000 entries a second.
#[derive(Serialize, ToSchema)]
pub struct LogPartitionsView {
    /// The partitions of today.
    #[schema(example = 4)]
    pub today: u8,
    /// The numbers that they were raised to, and will be.
    pub raised: Vec<LogPartitionsRaised>,
}

/// A number of partitions that counts from a day on.
#[derive(Serialize, ToSchema)]
pub struct LogPartitionsRaised {
    /// The number.
    #[schema(example = 8)]
    pub partitions: u8,
    /// The first day with so many.
    pub from: DayDocument,
}

impl LogPartitionsView {
    pub fn of(partitions: LogPartitions, today: i64) -> Self {
        let raised = partitions.steps().filter_map(|step| {
            let from = DayDocument(Day::from_number(step.from_day).ok()?);
            Some(LogPartitionsRaised { partitions: step.partitions, from })
        });
        Self { today: partitions.on(today), raised: raised.collect() }
    }
}
