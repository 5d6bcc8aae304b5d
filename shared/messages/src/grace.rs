//! The sentence about the time that a user has to set something up.

use portcullis_domain::{Locale, user::GraceLeft};

use crate::{authenticator::day, catalogue::text};

/// Returns the sentence that tells a user until when, or how often, setting up can be skipped.
pub fn grace_sentence(locale: Option<&Locale>, left: GraceLeft) -> String {
    match left {
        GraceLeft::Until(last) => {
            let date = day(locale, last.begins()).unwrap_or_else(|| last.to_string());
            text(locale, "sign-in-grace-until", &[("date", &date)])
        }
        GraceLeft::SignIns(left) => {
            text(locale, "sign-in-grace-sign-ins", &[("count", &left.to_string())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::Day;

    #[test]
    fn g1_a_user_is_told_in_every_language_by_when_to_set_it_up_and_how_often_it_can_be_skipped() {
        let last = Day::parse("2026-12-12").unwrap();
        for (language, until, thrice, once) in [
            (
                "en",
                "Set it up by 12 December 2026. Until then you can skip this.",
                "You can skip this 3 more times.",
                "You can skip this one more time.",
            ),
            (
                "de",
                "Richten Sie es bis zum 12. Dezember 2026 ein. Bis dahin können Sie es überspringen.",
                "Sie können dies noch 3-mal überspringen.",
                "Sie können dies noch einmal überspringen.",
            ),
            (
                "es",
                "Configúrela antes del final del 12 de diciembre de 2026. Hasta entonces puede omitirlo.",
                "Puede omitirlo 3 veces más.",
                "Puede omitirlo una vez más.",
            ),
            (
                "fr",
                "Configurez-la au plus tard le 12 décembre 2026. D’ici là, vous pouvez ignorer cette étape.",
                "Vous pouvez encore ignorer cette étape 3 fois.",
                "Vous pouvez encore ignorer cette étape une fois.",
            ),
            (
                "nl",
                "Stel het uiterlijk 12 december 2026 in. Tot dan kun je dit overslaan.",
                "Je kunt dit nog 3 keer overslaan.",
                "Je kunt dit nog één keer overslaan.",
            ),
        ] {
            let locale = Locale::parse(language).ok();
            let said = |left| grace_sentence(locale.as_ref(), left);
            assert_eq!(said(GraceLeft::Until(last)), until);
            assert_eq!(said(GraceLeft::SignIns(3)), thrice);
            assert_eq!(said(GraceLeft::SignIns(1)), once);
        }
        let arabic = Locale::parse("ar").ok();
        let said = |left| grace_sentence(arabic.as_ref(), left);
        assert!(said(GraceLeft::Until(last)).contains("2026"));
        let counts = [1, 2, 3, 11].map(|n| said(GraceLeft::SignIns(n)));
        assert!(counts[0].contains("مرة واحدة") && counts[1].contains("مرتين"));
        assert!(counts[2].contains("3") && counts[3].contains("11"), "{counts:?}");
    }
}
