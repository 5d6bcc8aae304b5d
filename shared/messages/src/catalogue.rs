//! The texts of messages and of a sign-in, in one catalogue (Project Fluent). English is complete;
//! a language that lacks a text falls back to it.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use portcullis_domain::Locale;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// The languages, each with its texts; the first is complete.
const SOURCES: [(&str, &str); 2] =
    [("en", include_str!("../texts/en.ftl")), ("nl", include_str!("../texts/nl.ftl"))];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(&str, Bundle)>> = LazyLock::new(|| {
    SOURCES.iter().map(|(language, source)| (*language, bundle(language, source))).collect()
});

/// Reads the catalogue while a process starts, so that its first request does not.
pub fn load() {
    LazyLock::force(&BUNDLES);
}

fn bundle(language: &str, source: &str) -> Bundle {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks around filled-in values would end up in subject lines and text messages.
    bundle.set_use_isolating(false);
    // A test reads every source without an error; the readable part of a damaged one is used.
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// Returns the language that somebody likes best, of those there are, by the value of an
/// `Accept-Language` header (RFC 9110, section 12.5.4).
pub fn preferred(accepted: &str) -> Option<Locale> {
    let mut best: Option<(f32, &str)> = None;
    for (weight, tag) in accepted.split(',').filter_map(weighted) {
        let there_is = SOURCES.iter().any(|(language, _)| is_of(tag, language));
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
    let known = SOURCES.iter().find(|(language, _)| is_of(wanted, language));
    known.map_or("en", |(language, _)| language)
}

/// Returns a text in the language of a locale, with its placeholders filled in.
pub fn text(locale: Option<&Locale>, key: &str, filled_in: &[(&str, &str)]) -> String {
    let wanted = language(locale);
    let mut args = FluentArgs::new();
    for (name, value) in filled_in {
        // Counts choose a plural; every other text stays as it is, leading zeros and all.
        let is_count = *name == "count";
        args.set(*name, if is_count { FluentValue::try_number(value) } else { (*value).into() });
    }
    let own = BUNDLES.iter().filter(|(language, _)| *language == wanted);
    own.chain(BUNDLES.iter())
        .find_map(|(_, bundle)| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, Some(&args), &mut vec![]).into_owned())
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::notice_key;
    use portcullis_domain::user::EntryKind;
    use std::{collections::BTreeSet, fs, path::Path};

    fn keys(source: &str) -> BTreeSet<String> {
        let entries =
            source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        entries.map(|line| line.split(" =").next().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_language_is_read_without_an_error_and_has_every_text() {
        let english = keys(SOURCES[0].1);
        for (language, source) in SOURCES {
            assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{language}");
            assert_eq!(keys(source), english, "{language}");
        }
    }

    /// Appends the code and the pages of a folder, without this file.
    fn read_sources(folder: &Path, code: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read_sources(&path, code);
            } else if ["rs", "html"].iter().any(|end| path.extension() == Some(end.as_ref()))
                && !path.ends_with("catalogue.rs")
            {
                code.push_str(&fs::read_to_string(path).unwrap());
                code.push('\n');
            }
        }
    }

    #[test]
    fn every_text_that_is_asked_for_is_there_and_every_one_there_is_asked_for() {
        let mut code = String::new();
        for folder in ["../http/src", "../prompt", "src"] {
            read_sources(Path::new(folder), &mut code);
        }
        let words = code.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        // The keys of notices are made of the names of the kinds that users are told of.
        let told =
            EntryKind::ALL.iter().filter(|kind| kind.is_notified() || kind.is_told_to_admin());
        let notices: Vec<String> = told.map(|kind| notice_key(*kind)).collect();
        let words = words.filter(|word| !word.ends_with('-'));
        let strings: BTreeSet<&str> = words.chain(notices.iter().map(String::as_str)).collect();
        let english = keys(SOURCES[0].1);
        for key in &english {
            assert!(strings.contains(key.as_str()), "{key} is never asked for");
        }
        let starts = ["sign-in-", "link-", "email-", "sms-", "notice-", "problem-", "prompt-"];
        let asked =
            strings.iter().filter(|text| starts.iter().any(|start| text.starts_with(start)));
        for key in asked {
            assert!(english.contains(*key), "{key} is not in the catalogue");
        }
    }

    #[test]
    fn v14_the_language_that_is_liked_best_of_those_there_are_is_chosen() {
        for (accepted, wanted) in [
            ("nl-NL", Some("nl-NL")),
            ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", Some("nl-NL")),
            ("de-DE, de;q=0.9, NL ; q=0.5, en;q=0.4", Some("NL")),
            ("en;q=0.3,nl;q=0.30001", Some("nl")),
            ("en,nl", Some("en")),
            ("nl;q=0, en;q=0.1", Some("en")),
            ("nl;q=0", None),
            ("nl;q=2", None),
            ("nl;q=NaN", None),
            ("nl;q=", None),
            ("nl;x=1", None),
            ("*", None),
            ("fr", None),
            ("nlx", None),
            ("nl-\"><script>", None),
            ("", None),
            (",;,=;q", None),
        ] {
            assert_eq!(preferred(accepted).as_ref().map(Locale::as_str), wanted, "{accepted:?}");
        }
    }

    #[test]
    fn a_locale_chooses_the_language_and_an_unknown_one_is_written_to_in_english() {
        let text = |locale: &str| text(Locale::parse(locale).ok().as_ref(), "link-skip", &[]);
        assert_eq!(
            ["en", "nl", "nl-BE", "NL", "fr"].map(text),
            ["Skip for now", "Nu overslaan", "Nu overslaan", "Nu overslaan", "Skip for now"]
        );
    }
}
