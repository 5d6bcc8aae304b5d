//! The colour of a portal on the hosted prompt.
use std::fmt;

use crate::{Malformed, values::id::text_outside};

/// The colour of a portal's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    pub const BLACK: Self = Self([0; 3]);
    pub const WHITE: Self = Self([255; 3]);

    /// The least contrast of text with what is behind it (WCAG 2.2, success criterion 1.4.3).
    pub const TEXT_CONTRAST: f64 = 4.5;

    /// The least contrast of the border of a control with what is beside it (WCAG 2.2, success
    /// criterion 1.4.11).
    pub const BORDER_CONTRAST: f64 = 3.0;

    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("color", "must be # and six hexadecimal digits, as in #0b5fff");
        let mut channels = [0; 3];
        let digits = text.strip_prefix('#').ok_or(wrong)?;
        hex::decode_to_slice(digits, &mut channels).map_err(|_| wrong)?;
        Ok(Self(channels))
    }

    /// Returns the colour of text on this one: white, or black on a light one. One of the two can
    /// be read on every colour.
    #[must_use]
    pub fn text_on(self) -> Self {
        if self.contrast(Self::WHITE) < Self::TEXT_CONTRAST { Self::BLACK } else { Self::WHITE }
    }

    /// Returns the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// WCAG 2.2, definition of relative luminance.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

text_outside!(Colour, |colour| colour.to_string());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contrast_is_that_of_the_standard() {
        let contrast = |rgb| (Colour(rgb).contrast(Colour::WHITE) * 100.0).round() / 100.0;
        assert_eq!(contrast([0, 0, 0]), 21.0);
        assert_eq!(contrast([255, 255, 255]), 1.0);
        // The two greys on either side of 4.5 to 1.
        assert_eq!([contrast([0x76; 3]), contrast([0x77; 3])], [4.54, 4.48]);
        // Dark channels count in proportion (below 0.04045); each of the three has its weight.
        assert_eq!(contrast([0x0a; 3]), 19.8);
        let primaries = [[255, 0, 0], [0, 255, 0], [0, 0, 255]];
        assert_eq!(primaries.map(contrast), [4.0, 1.37, 8.59]);
        let grey = Colour([0x76; 3]);
        assert_eq!(grey.contrast(Colour::WHITE), Colour::WHITE.contrast(grey));
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        let steps = || (0..=255).step_by(15);
        let reds = steps().flat_map(|red| steps().map(move |green| (red, green)));
        for (red, green) in reds {
            for blue in steps() {
                let colour = Colour([red, green, blue]);
                let contrast = colour.contrast(colour.text_on());
                assert!(contrast >= Colour::TEXT_CONTRAST, "{colour}: {contrast}");
            }
        }
        let on = |text| Colour::parse(text).unwrap().text_on();
        assert_eq!(["#767676", "#0b5fff", "#7b1fa2"].map(on), [Colour::WHITE; 3]);
        assert_eq!(["#777777", "#ffee00", "#ffffff"].map(on), [Colour::BLACK; 3]);
    }

    #[test]
    fn a_colour_is_read_and_what_is_none_is_refused() {
        for good in ["#767676", "#0B5FFF", "#000000", "#ffee00"] {
            assert_eq!(Colour::parse(good).unwrap().to_string(), good.to_lowercase());
        }
        for bad in ["0b5fff", "#0b5ff", "#0b5fffa", "#+b5fff", "red", "#é5ff"] {
            assert!(Colour::parse(bad).is_err(), "{bad}");
        }
    }
}
