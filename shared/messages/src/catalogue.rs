//! The texts that people read, in one catalogue (Project Fluent). English is complete; a language
//! that lacks a text falls back to it.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use portcullis_domain::Locale;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// A language and its texts. Those of the console are apart: they are most of them, and most
/// functions show none.
struct Language {
    name: &'static str,
    source: &'static str,
    console_source: &'static str,
    texts: OnceLock<Bundle>,
    console: OnceLock<Bundle>,
}

macro_rules! language {
    ($name:literal) => {
        Language {
            name: $name,
            source: include_str!(concat!("../texts/", $name, ".ftl")),
            console_source: include_str!(concat!("../texts/console/", $name, ".ftl")),
            texts: OnceLock::new(),
            console: OnceLock::new(),
        }
    };
}

/// The first is complete.
static LANGUAGES: [Language; 6] = [
    language!("en"),
    language!("ar"),
    language!("de"),
    language!("es"),
    language!("fr"),
    language!("nl"),
];

/// The values that choose a plural.
const COUNTS: [&str; 5] = ["count", "minutes", "hours", "days", "portals"];

/// The marks around a value whose direction is its own (Unicode Standard Annex 9, section 2.4.2).
pub(crate) const ISOLATED: [char; 2] = ['\u{2068}', '\u{2069}'];

type Bundle = FluentBundle<FluentResource>;

/// Reads the catalogue while a process starts, so that its first request does not. The texts of the
/// console are read in a language when somebody sees them.
pub fn load() {
    for language in &LANGUAGES {
        language.texts();
    }
}

impl Language {
    fn texts(&self) -> &Bundle {
        self.texts.get_or_init(|| {
            let mut bundle = self.read(self.source);
            bundle.set_use_isolating(is_rtl(&bundle));
            bundle
        })
    }

    fn console(&self) -> &Bundle {
        self.console.get_or_init(|| {
            let mut bundle = self.read(self.console_source);
            bundle.set_use_isolating(is_rtl(self.texts()));
            bundle
        })
    }

    fn read(&self, source: &str) -> Bundle {
        let id: LanguageIdentifier = self.name.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Marks are needed around values in a text that is written from right to left, and would be
        // in the way in the subject lines of all others.
        bundle.set_use_isolating(false);
        // A test reads every source without an error; the readable part of a damaged one is used.
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        bundle
    }

    fn say(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let is_of_console = key.starts_with("console-");
        said(if is_of_console { self.console() } else { self.texts() }, key, args)
    }
}

fn is_rtl(texts: &Bundle) -> bool {
    said(texts, DIRECTION, &FluentArgs::new()).is_some_and(|said| said == RTL)
}

const DIRECTION: &str = "text-direction";
const RTL: &str = "rtl";

fn said(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(args), &mut vec![]).into_owned())
}

/// Returns the direction of a language: `ltr` or `rtl`.
pub fn direction(locale: Option<&Locale>) -> String {
    text(locale, DIRECTION, &[])
}

/// Returns a value to stand in a text of a language, between isolation marks if that is written
/// from right to left.
pub fn isolated(locale: Option<&Locale>, value: &str) -> String {
    let [first, last] = ISOLATED;
    if direction(locale) == RTL { format!("{first}{value}{last}") } else { value.to_owned() }
}

/// Returns the parts of a list as one text.
pub fn list(locale: Option<&Locale>, parts: &[String]) -> String {
    parts.join(&text(locale, "list-separator", &[]))
}

/// Returns the language that somebody likes best, of those there are, by the value of an
/// `Accept-Language` header (RFC 9110, section 12.5.4).
pub fn preferred(accepted: &str) -> Option<Locale> {
    let mut best: Option<(f32, &str)> = None;
    for (weight, tag) in accepted.split(',').filter_map(weighted) {
        let there_is = LANGUAGES.iter().any(|language| is_of(tag, language.name));
        // Of two that are liked alike the first counts.
        if there_is && weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, tag));
        }
    }
    best.and_then(|(_, tag)| Locale::parse(tag).ok())
}

/// Returns the weight and the tag of one range of the header.
fn weighted(range: &str) -> Option<(f32, &str)> {
    let (tag, weight) = match range.split_once(';') {
        None => (range, 1.0),
        Some((tag, weight)) => {
            (tag, weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok())?)
        }
    };
    (0.0..=1.0).contains(&weight).then(|| (weight, tag.trim()))
}

fn is_of(tag: &str, language: &str) -> bool {
    tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(language))
}

pub fn language(locale: Option<&Locale>) -> &'static str {
    let wanted = locale.map(Locale::as_str).unwrap_or_default();
    let known = LANGUAGES.iter().find(|language| is_of(wanted, language.name));
    known.map_or("en", |language| language.name)
}

/// Returns a text in the language of a locale, with its placeholders filled in.
pub fn text(locale: Option<&Locale>, key: &str, filled_in: &[(&str, &str)]) -> String {
    let wanted = language(locale);
    let mut args = FluentArgs::new();
    for (name, value) in filled_in {
        // Counts choose a plural; every other text stays as it is, leading zeros and all.
        let is_count = COUNTS.contains(name);
        args.set(*name, if is_count { FluentValue::try_number(value) } else { (*value).into() });
    }
    let own = LANGUAGES.iter().filter(|language| language.name == wanted);
    let mut all = own.chain(LANGUAGES.first());
    all.find_map(|language| language.say(key, &args)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
