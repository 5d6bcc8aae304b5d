//! The form that filters the activity log.

use portcullis_domain::{
    Named as _, UserId, limits,
    user::{By, EntryKind, Figure},
};
use portcullis_http::{
    Problem,
    wire::{
        KindName,
        admin::{ActivityQuery, FormatName},
    },
};
use serde::{Deserialize, Serialize};

use crate::{
    FieldRefused, Fields,
    fields::filled,
    words::{day as parsed_day, word},
};

/// The filter. A blank field matches everything. The filter is serialized into sealed URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    user: Option<String>,
    event: Option<KindName>,
    /// The number in which the entries count, by its name.
    outcome: Option<String>,
    actor: Option<String>,
    from: String,
    to: String,
}

fn day(field: &'static str, text: &str) -> Result<Option<i64>, FieldRefused> {
    let wrong = || FieldRefused::at(field, "console-refused-log-day");
    filled(text).map(|text| parsed_day(&text).ok_or_else(wrong)).transpose()
}

impl Filter {
    /// The entries of one kind, from a day on.
    pub fn of_event(kind: EntryKind, from: String) -> Self {
        Self { event: Some(KindName::from(kind)), from, ..Self::default() }
    }

    pub fn read(fields: &Fields) -> Result<Self, FieldRefused> {
        let mut form = fields.read();
        let user = form.parsed("user", UserId::parse)?;
        let event = form.filled_choice::<KindName>("event")?;
        let outcome = form.filled("outcome")?;
        if outcome.as_deref().is_some_and(|name| Figure::from_name(name).is_none()) {
            return Err(FieldRefused::at("outcome", "console-refused-choice"));
        }
        let actor = form.parsed("actor", By::parse)?;
        let (from, to) = (form.text("from")?, form.text("to")?);
        form.end()?;
        day("from", &from)?;
        day("to", &to)?;
        let (user, actor) = (user.map(|id| id.to_string()), actor.map(|by| by.to_string()));
        Ok(Self { user, event, outcome, actor, from, to })
    }

    pub fn fill(&self) -> Fields {
        let event = self.event.map(|kind| word(&kind.0)).unwrap_or_default();
        Fields::of([
            ("user", self.user.clone().unwrap_or_default()),
            ("event", event),
            ("outcome", self.outcome.clone().unwrap_or_default()),
            ("actor", self.actor.clone().unwrap_or_default()),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
        ])
    }

    /// Returns the number in which the entries count, if only those of one are asked for.
    pub fn outcome(&self) -> Option<Figure> {
        self.outcome.as_deref().and_then(Figure::from_name)
    }

    /// Makes the query of one page.
    pub fn query(
        &self,
        format: FormatName,
        cursor: Option<String>,
    ) -> Result<ActivityQuery, Problem> {
        let wrong =
            |_| Problem::bad_request("This filter does not belong to this page. Choose it again.");
        let until = day("to", &self.to).map_err(wrong)?;
        Ok(ActivityQuery {
            since: day("from", &self.from).map_err(wrong)?,
            until: until.map(|start| start + limits::DAY_SECONDS - 1),
            user: self.user.clone(),
            event: self.event.map(EntryKind::from),
            actor: self.actor.clone(),
            format,
            cursor,
        })
    }
}
