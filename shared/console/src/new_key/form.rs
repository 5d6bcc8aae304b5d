use portcullis_domain::{KeyDescription, SourceRange, Sources, Timestamp};
use portcullis_http::wire::{
    Parsed,
    admin::{NewKey, ScopeName},
};
use serde::Deserialize;

use crate::{
    FieldRefused, Fields,
    fields::{filled, word},
    words::day,
};

pub fn blank() -> Fields {
    Fields::of([("scopes", "sign_in"), ("scopes", "contacts"), ("expires", "in_a_year")])
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Expires {
    InAYear,
    OnADay,
    Never,
}

/// Reads the limits of a key that is made now.
pub fn read(fields: &Fields, now: Timestamp) -> Result<NewKey, FieldRefused> {
    let mut form = fields.read();
    let description = form.parsed("description", KeyDescription::parse)?.map(Parsed);
    let scopes = scopes(form.ticked("scopes"))?;
    let sources = sources(&form.text("sources")?)?;
    let (expires, text) = (form.choice("expires")?, form.filled("expires_on")?);
    let (expires_at, never_expires) = match (expires, text) {
        (Expires::OnADay, Some(text)) => (Some(end_of(&text, now)?), false),
        (Expires::OnADay, None) => {
            return Err(FieldRefused::at("expires_on", "console-refused-last-day"));
        }
        (Expires::InAYear | Expires::Never, Some(_)) => {
            return Err(FieldRefused::at("expires_on", "console-refused-day-unchosen"));
        }
        (Expires::InAYear, None) => (None, false),
        (Expires::Never, None) => (None, true),
    };
    form.end()?;
    Ok(NewKey { description, scopes: Some(scopes), sources, expires_at, never_expires })
}

fn scopes(ticked: Vec<String>) -> Result<Vec<ScopeName>, FieldRefused> {
    let refused = |reason| FieldRefused::at("scopes", reason);
    if ticked.is_empty() {
        return Err(refused("console-refused-none-ticked"));
    }
    let known = |text: &String| word(text).ok_or_else(|| refused("console-refused-others-ticked"));
    let scopes: Vec<ScopeName> = ticked.iter().map(known).collect::<Result<_, _>>()?;
    let twice = |(n, scope)| scopes.iter().skip(n + 1).any(|other| other == scope);
    if scopes.iter().enumerate().any(twice) {
        return Err(refused("console-refused-ticked-twice"));
    }
    Ok(scopes)
}

fn sources(text: &str) -> Result<Vec<Parsed<SourceRange>>, FieldRefused> {
    let refused = |malformed| FieldRefused::said("sources", format!("{malformed}."));
    let lines = text.lines().filter_map(filled);
    let ranges = lines.map(|line| SourceRange::parse(&line)).collect::<Result<Vec<_>, _>>();
    let ranges = ranges.map_err(refused)?;
    Sources::of(ranges.clone()).map_err(refused)?;
    Ok(ranges.into_iter().map(Parsed).collect())
}

fn end_of(text: &str, now: Timestamp) -> Result<i64, FieldRefused> {
    let refused = |reason| FieldRefused::at("expires_on", reason);
    let start = day(text).ok_or_else(|| refused("console-refused-day"))?;
    let end = start + portcullis_domain::limits::DAY_SECONDS;
    if end <= now.unix() {
        return Err(refused("console-refused-past-day"));
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_795_338_524);

    const BLANK: [(&str, &str); 5] = [
        ("description", ""),
        ("scopes", "sign_in"),
        ("sources", ""),
        ("expires", "in_a_year"),
        ("expires_on", ""),
    ];

    fn with(changes: &[(&'static str, &'static str)]) -> Result<NewKey, FieldRefused> {
        let changed = |name: &str| changes.iter().any(|(other, _)| *other == name);
        let kept = BLANK.into_iter().filter(|(name, _)| !changed(name));
        read(&Fields::of(kept.chain(changes.iter().copied())), NOW)
    }

    #[test]
    fn s42_each_limit_of_a_key_is_read_or_refused_beside_its_field() {
        let key = with(&[
            ("description", " Help desk "),
            ("scopes", "reset"),
            ("scopes", "erase"),
            ("sources", "192.0.2.0/24\r\n\r\n 2001:db8::7 \r\n"),
            ("expires", "on_a_day"),
            ("expires_on", "2026-11-22"),
        ]);
        let key = key.unwrap();
        assert_eq!(key.description.unwrap().0.as_str(), "Help desk");
        assert_eq!(key.scopes.unwrap(), [ScopeName::Reset, ScopeName::Erase]);
        let sources: Vec<_> = key.sources.iter().map(|range| range.0.to_string()).collect();
        assert_eq!(sources, ["192.0.2.0/24", "2001:db8::7/128"]);
        assert_eq!((key.expires_at, key.never_expires), (Some(1_795_392_000), false));
        let never = with(&[("expires", "never")]).unwrap();
        assert_eq!((never.expires_at, never.never_expires), (None, true));
        let year = with(&[]).unwrap();
        assert_eq!((year.expires_at, year.never_expires), (None, false));
        let many = "192.0.2.1\n".repeat(9);
        let many: &'static str = Box::leak(many.into_boxed_str());
        let long: &'static str = Box::leak("x".repeat(65).into_boxed_str());
        for (changes, field) in [
            (&[("description", long)][..], "description"),
            (&[("scopes", "admin")], "scopes"),
            (&[("scopes", "reset"), ("scopes", "reset")], "scopes"),
            (&[("sources", "192.0.2.1/24")], "sources"),
            (&[("sources", "0.0.0.0/0")], "sources"),
            (&[("sources", many)], "sources"),
            (&[("expires", "")], "expires"),
            (&[("expires", "later")], "expires"),
            (&[("expires", "on_a_day")], "expires_on"),
            (&[("expires", "on_a_day"), ("expires_on", "soon")], "expires_on"),
            (&[("expires", "on_a_day"), ("expires_on", "2026-11-21")], "expires_on"),
            (&[("expires_on", "2027-11-21")], "expires_on"),
        ] {
            let refused = with(changes).unwrap_err();
            assert!(Fields::default().refused(refused).error(field).is_some(), "{changes:?}");
        }
        let none = BLANK.into_iter().filter(|(name, _)| *name != "scopes");
        let refused = read(&Fields::of(none), NOW).unwrap_err();
        assert!(Fields::default().refused(refused).error("scopes").is_some());
        let form = with(&[("admin", "on")]).unwrap_err();
        assert!(Fields::default().refused(form).form_error().is_some());
    }
}
