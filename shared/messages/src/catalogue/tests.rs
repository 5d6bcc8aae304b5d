//! Each text is there in every language, with its values, and somebody asks for it.

use super::*;
use crate::notice::notice_key;
use portcullis_domain::{
    ListedState, Method, Named, Scope,
    policy::{
        AfterReset, DestinationSource, EarnedBy, EmailFallback, EnforcementKind, Preset,
        SwitchedBy, WhenBound, WhenOff, WhenOnAgain,
    },
    settings::{ReadyItem, ReadyState},
    sign_in::Ground,
    user::{CheckedBy, EntryKind, Figure},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Returns each language with all its texts, as they are written; English comes first.
fn sources() -> [(&'static str, String); 6] {
    LANGUAGES.each_ref().map(|of| (of.name, format!("{}\n{}", of.source, of.console_source)))
}

/// Returns each text by its key, as it is written.
fn texts(source: &str) -> BTreeMap<String, String> {
    let mut texts: Vec<(String, String)> = vec![];
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((key, text)) if line.starts_with(|c: char| c.is_ascii_lowercase()) => {
                texts.push((key.to_owned(), text.trim().to_owned()));
            }
            _ => texts.iter_mut().last().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    texts.into_iter().collect()
}

fn keys(source: &str) -> BTreeSet<String> {
    texts(source).into_keys().collect()
}

/// Returns the values that a text is filled with or chosen by.
fn values(text: &str) -> BTreeSet<&str> {
    let after = text.split('$').skip(1);
    after.filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next()).collect()
}

#[test]
fn every_language_is_read_without_an_error_and_has_every_text() {
    let english = keys(&sources()[0].1);
    for (language, source) in sources() {
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{language}");
        let own = keys(&source);
        let lacking: Vec<_> = english.difference(&own).collect();
        assert!(lacking.is_empty(), "{language}: {lacking:?}");
        let unknown: Vec<_> = own.difference(&english).collect();
        assert!(unknown.is_empty(), "{language}: {unknown:?}");
        let entries = source.lines().filter(|l| l.starts_with(|c: char| c.is_alphabetic()));
        assert_eq!(entries.count(), own.len(), "{language} has a text twice");
    }
}

#[test]
fn the_texts_of_the_console_are_apart_from_all_others() {
    for of in &LANGUAGES {
        let is_of_console = |key: &String| key.starts_with("console-");
        assert!(keys(of.console_source).iter().all(is_of_console), "{}", of.name);
        assert!(!keys(of.source).iter().any(is_of_console), "{}", of.name);
    }
}

#[test]
fn a_text_is_filled_with_the_same_values_in_every_language_and_chosen_by_counts_or_methods() {
    let english = texts(&sources()[0].1);
    for (language, source) in sources() {
        for (key, text) in texts(&source) {
            assert_eq!(values(&text), values(&english[&key]), "{language}: {key}");
            for chosen in text.rsplit("->").skip(1) {
                let by = chosen.rsplit('$').next().unwrap().trim();
                let is_known = by == "method" || COUNTS.contains(&by);
                assert!(is_known, "{language}: {key} is chosen by {by}");
            }
            let is_sentence = text.split(' ').count() > 3 && text.ends_with('.');
            let is_english = language != "en" && text == english[&key];
            assert!(!(is_sentence && is_english), "{language}: {key} is in English");
        }
    }
}

#[test]
fn words_of_the_reference_portals_stay_as_they_are_in_english() {
    let to = [("to", "test*****.co.nz")];
    for (key, words) in [
        ("sign-in-enter-app-code", "Enter the 6-digit code displayed in your authenticator app"),
        ("link-send-email", "Send security code via email to test*****.co.nz"),
        ("link-skip", "Skip for now"),
        ("prompt-always-email", "Always use email for multi-factor authentication?"),
    ] {
        assert_eq!(text(None, key, &to), words);
    }
}

#[test]
fn values_stand_between_isolation_marks_only_where_writing_runs_from_right_to_left() {
    for (language, _) in sources() {
        let locale = Locale::parse(language).ok();
        let said = text(locale.as_ref(), "link-send-sms", &[("to", "+64 *** 589")]);
        let is_rtl = language == "ar";
        assert_eq!(said.contains("\u{2068}+64 *** 589\u{2069}"), is_rtl, "{said}");
        assert_eq!(said.contains(ISOLATED), is_rtl, "{said}");
        assert_eq!(direction(locale.as_ref()), if is_rtl { "rtl" } else { "ltr" });
        assert_eq!(isolated(locale.as_ref(), "x") != "x", is_rtl);
        assert!(list(locale.as_ref(), &["a".to_owned(), "b".to_owned()]).ends_with(" b"));
    }
}

#[test]
fn arabic_counts_choose_among_six_forms() {
    let arabic = Locale::parse("ar").ok();
    let said = |count: u32| {
        text(arabic.as_ref(), "prompt-attempts-left", &[("count", &count.to_string())])
    };
    let forms: BTreeSet<String> = [0, 1, 2].map(said).into();
    assert_eq!(forms.len(), 3);
    assert!(said(3).contains("محاولات") && said(10).contains("محاولات"));
    assert!(said(11).contains("محاولة") && said(100).contains("محاولة"));
}

/// Appends the code and the pages of a folder, without this module.
fn read_sources(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_sources(&path, code);
        } else if ["rs", "html"].iter().any(|end| path.extension() == Some(end.as_ref()))
            && !["catalogue.rs", "catalogue/tests.rs"].iter().any(|own| path.ends_with(own))
        {
            code.push_str(&fs::read_to_string(path).unwrap());
            code.push('\n');
        }
    }
}

fn names<T: Named>(kind: &str) -> Vec<String> {
    let key = |name: &T| format!("{kind}-{}", name.name().replace('_', "-"));
    T::ALL.iter().map(key).collect()
}

/// Returns the keys of what went wrong.
fn reasons() -> Vec<String> {
    use Figure::{Denied, Locked, NotSent, Refused, Returned};
    let wrong = [Refused, Denied, Locked, NotSent, Returned];
    let kinds = EntryKind::ALL.iter();
    let kinds = kinds.filter(|kind| kind.figure().is_some_and(|of| wrong.contains(&of)));
    kinds.map(|kind| format!("console-reason-{}", kind.name().replace('_', "-"))).collect()
}

/// Returns the keys that the console makes of a kind of name and the name.
fn named() -> Vec<String> {
    let others = [
        ("role", ["operator", "technician", "portal-admin", "org-admin", "auditor"].as_slice()),
        ("progress", &["open", "may-enrol", "done", "dead"]),
        ("settings-channel", &["email", "sms"]),
        ("user", &["known-browsers", "strangers"]),
    ];
    let others = others
        .iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| format!("console-{kind}-{name}")));
    let named = [
        names::<EntryKind>("activity"),
        names::<Method>("activity-by"),
        names::<EntryKind>("console-entry"),
        names::<ListedState>("console-state"),
        names::<Method>("console-method"),
        names::<Scope>("console-scope"),
        names::<Ground>("console-ground"),
        names::<CheckedBy>("console-checked-by"),
        names::<EmailFallback>("console-policy-app"),
        names::<DestinationSource>("console-policy-email"),
        names::<DestinationSource>("console-policy-sms"),
        names::<WhenBound>("console-policy-passkey"),
        names::<EnforcementKind>("console-policy-enforcement"),
        names::<SwitchedBy>("console-policy-switched-by"),
        names::<WhenOff>("console-policy-when-off"),
        names::<WhenOnAgain>("console-policy-when-on-again"),
        names::<AfterReset>("console-policy-after-reset"),
        names::<EarnedBy>("console-policy-remembers"),
        names::<ReadyItem>("console-ready-item"),
        names::<ReadyState>("console-ready-state"),
        names::<Figure>("console-figure"),
        names::<Preset>("console-preset"),
        reasons(),
    ];
    named.concat().into_iter().chain(others).collect()
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_one_there_is_asked_for() {
    let mut code = String::new();
    let functions = ["policy-admin/src/console", "reset/src"];
    let functions = functions.map(|folder| format!("../../functions/{folder}"));
    let shared = ["../http/src", "../prompt", "../console/src", "src"].map(str::to_owned);
    for folder in shared.into_iter().chain(functions) {
        read_sources(Path::new(&folder), &mut code);
    }
    let words = code.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
    // Some keys are made of names.
    let told = EntryKind::ALL.iter().filter(|kind| kind.is_notified() || kind.is_told_to_admin());
    let notices: Vec<String> = told.map(|kind| notice_key(*kind)).chain(named()).collect();
    let words = words.filter(|word| !word.ends_with('-'));
    let own = [DIRECTION, "list-separator"];
    let strings: BTreeSet<&str> =
        words.chain(notices.iter().map(String::as_str)).chain(own).collect();
    let english = keys(&sources()[0].1);
    for key in &english {
        assert!(strings.contains(key.as_str()), "{key} is never asked for");
    }
    let starts = [
        "sign-in-",
        "link-",
        "email-",
        "sms-",
        "notice-",
        "problem-",
        "prompt-",
        "console-",
        "activity-",
        "next-step-",
    ];
    let asked = strings.iter().filter(|text| starts.iter().any(|start| text.starts_with(start)));
    for key in asked {
        assert!(english.contains(*key), "{key} is not in the catalogue");
    }
}

#[test]
fn v14_the_language_that_is_liked_best_of_those_there_are_is_chosen() {
    for (accepted, wanted) in [
        ("nl-NL", Some("nl-NL")),
        ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", Some("nl-NL")),
        ("ja-JP, ja;q=0.9, NL ; q=0.5, en;q=0.4", Some("NL")),
        ("de-DE, de;q=0.9, en;q=0.4", Some("de-DE")),
        ("en;q=0.3,nl;q=0.30001", Some("nl")),
        ("en,nl", Some("en")),
        ("nl;q=0, en;q=0.1", Some("en")),
        ("nl;q=0", None),
        ("nl;q=2", None),
        ("nl;q=NaN", None),
        ("nl;q=", None),
        ("nl;x=1", None),
        ("*", None),
        ("ja", None),
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
        ["en", "nl", "nl-BE", "NL", "ja"].map(text),
        ["Skip for now", "Nu overslaan", "Nu overslaan", "Nu overslaan", "Skip for now"]
    );
}
