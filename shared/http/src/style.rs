//! The style sheets of the pages, and the colours that a portal's own brings with it.

use portcullis_domain::portal::Colour;

/// The style sheet of the prompt.
pub const STYLE: &str = include_str!("../assets/style.css");

/// The style sheet of the console: that of the prompt, and parts of its own.
pub const CONSOLE: &str =
    concat!(include_str!("../assets/style.css"), include_str!("../assets/console.css"));

/// The backgrounds of the sheet in light and dark. A test compares them with its tokens.
const LIGHT: [&str; 2] = ["#ffffff", "#f3f4f6"];
const DARK: [&str; 2] = ["#1d2127", "#121418"];

/// Returns the style sheet with the buttons in a portal's colour. Links and borders have it as
/// well, if they can be told from the background.
pub fn with_accent(colour: Option<Colour>) -> String {
    let Some(accent) = colour else { return STYLE.to_owned() };
    let on_accent = accent.text_on();
    let (light, dark) = (derived(accent, LIGHT), derived(accent, DARK));
    format!(
        "{STYLE}:root{{--accent:{accent};--on-accent:{on_accent};{light}}}\n\
         @media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )
}

fn derived(accent: Colour, backgrounds: [&str; 2]) -> String {
    let backgrounds = backgrounds.iter().filter_map(|text| Colour::parse(text).ok());
    let least = backgrounds.map(|behind| accent.contrast(behind)).fold(f64::INFINITY, f64::min);
    let own = accent.to_string();
    let line = if least < Colour::BORDER_CONTRAST { "var(--line)" } else { &own };
    let link = if least < Colour::TEXT_CONTRAST { "var(--ink)" } else { &own };
    format!("--accent-line:{line};--link:{link}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Tokens = BTreeMap<String, String>;

    /// Reads the custom properties of each `:root` block, in light and in dark.
    fn tokens(sheet: &str) -> [Tokens; 2] {
        let mut schemes = [Tokens::new(), Tokens::new()];
        for (at, _) in sheet.match_indices(":root") {
            let before = &sheet[..at];
            let dark = before.trim_end().trim_end_matches('{').trim_end().ends_with("dark)");
            let (_, block) = sheet[at..].split_once('{').unwrap();
            let (block, _) = block.split_once('}').unwrap();
            for line in block.split(';') {
                let Some((name, value)) = line.split_once(':') else { continue };
                let name = name.rsplit("*/").next().unwrap().trim();
                for scheme in schemes.iter_mut().skip(usize::from(dark)) {
                    scheme.insert(name.to_owned(), value.trim().to_owned());
                }
            }
        }
        schemes
    }

    fn colour(tokens: &Tokens, name: &str) -> Colour {
        let value = &tokens[name];
        match value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
            Some(other) => colour(tokens, other),
            None => Colour::parse(value).unwrap(),
        }
    }

    const TEXTS: [(&str, &[&str]); 9] = [
        ("--ink", &["--paper", "--ground"]),
        ("--quiet", &["--paper", "--ground"]),
        ("--link", &["--paper", "--ground"]),
        ("--alarm", &["--paper", "--ground", "--alarm-ground"]),
        ("--ink", &["--alarm-ground", "--good-ground"]),
        ("--good", &["--paper", "--good-ground"]),
        ("--danger", &["--paper", "--ground"]),
        ("--on-danger", &["--danger"]),
        ("--on-accent", &["--accent"]),
    ];

    const GRAPHICS: [(&str, &[&str]); 3] = [
        ("--line", &["--paper", "--ground"]),
        ("--accent-line", &["--paper", "--ground"]),
        ("--scan", &["--ink-of-codes"]),
    ];

    /// Returns the pairs of a sheet whose contrast is too low.
    fn check(sheet: &str) -> Vec<String> {
        let mut bad = vec![];
        for (scheme, mut tokens) in ["light", "dark"].into_iter().zip(tokens(sheet)) {
            tokens.insert("--ink-of-codes".into(), "#000000".into());
            let kinds =
                [(&TEXTS[..], Colour::TEXT_CONTRAST), (&GRAPHICS[..], Colour::BORDER_CONTRAST)];
            for (pairs, wanted) in kinds {
                for (front, backs) in pairs {
                    for back in *backs {
                        let contrast = colour(&tokens, front).contrast(colour(&tokens, back));
                        if contrast < wanted {
                            bad.push(format!("{front} on {back} in {scheme}: {contrast:.2}"));
                        }
                    }
                }
            }
        }
        bad
    }

    #[test]
    fn every_text_and_every_border_of_the_sheet_has_its_contrast_in_light_and_dark() {
        assert_eq!(check(STYLE), Vec::<String>::new());
        assert_eq!(check(CONSOLE), Vec::<String>::new());
    }

    #[test]
    fn every_text_and_border_keeps_its_contrast_with_colours_of_portals() {
        let steps = || (0..=255).step_by(51);
        for (red, green) in steps().flat_map(|red| steps().map(move |green| (red, green))) {
            for blue in steps() {
                let brand = Colour::parse(&format!("#{red:02x}{green:02x}{blue:02x}")).unwrap();
                assert_eq!(check(&with_accent(Some(brand))), Vec::<String>::new(), "{brand}");
            }
        }
    }

    #[test]
    fn the_backgrounds_are_those_of_the_sheet() {
        for (scheme, known) in tokens(STYLE).iter().zip([LIGHT, DARK]) {
            assert_eq!(["--paper", "--ground"].map(|name| scheme[name].as_str()), known);
        }
    }

    #[test]
    fn the_sheet_mirrors_names_colours_in_its_tokens_alone_and_stays_small() {
        let rules: String = CONSOLE
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
            .flat_map(|line| [line, "\n"])
            .collect();
        for sided in ["left", "right", "-top", "-bottom", " width:", " height:"] {
            let is_rule = |line: &&str| line.contains(": ") && line.ends_with(';');
            assert_eq!(rules.lines().filter(is_rule).find(|line| line.contains(sided)), None);
        }
        let coloured = rules.lines().find(|line| line.contains('#') || line.contains("rgb("));
        assert_eq!(coloured, None);
        // Of a first reply, a connection carries about ten packets at once.
        assert!(STYLE.len() < 14_000, "{}", STYLE.len());
        // Of the second, about twenty; admins load it once in ten minutes.
        assert!(CONSOLE.len() < 28_000, "{}", CONSOLE.len());
    }
}
