//! The colour of a portal on the hosted prompt.
use std::fmt;

use crate::{Malformed, values::id::text_outside};

/// A colour that white text can be read on, and that can be read on white.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// The least contrast of text with what is behind it (WCAG 2.2, success criterion 1.4.3).
    const CONTRAST: f64 = 4.5;

    /// Reads `#rrggbb`.
    ///
    /// # Errors
    /// [`Malformed`] for anything else, and for a colour that is too light to stand beside white.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("color", "must be # and six hexadecimal digits, as in #0b5fff");
        let mut channels = [0; 3];
        let digits = text.strip_prefix('#').ok_or(wrong)?;
        hex::decode_to_slice(digits, &mut channels).map_err(|_| wrong)?;
        let colour = Self(channels);
        if colour.contrast_with_white() < Self::CONTRAST {
            return Err(Malformed::new(
                "color",
                "is too light to be read beside white; choose a darker one, with a contrast of 4.5 to 1 or more",
            ));
        }
        Ok(colour)
    }

    /// The contrast ratio with white, 1 to 21 (WCAG 2.2, definition of contrast ratio).
    fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
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
    fn the_contrast_with_white_is_that_of_the_standard() {
        let contrast = |rgb| (Colour(rgb).contrast_with_white() * 100.0).round() / 100.0;
        assert_eq!(contrast([0, 0, 0]), 21.0);
        assert_eq!(contrast([255, 255, 255]), 1.0);
        // The two greys on either side of 4.5 to 1.
        assert_eq!([contrast([0x76; 3]), contrast([0x77; 3])], [4.54, 4.48]);
        // Dark channels count in proportion (below 0.04045); each of the three has its weight.
        assert_eq!(contrast([0x0a; 3]), 19.8);
        let primaries = [[255, 0, 0], [0, 255, 0], [0, 0, 255]];
        assert_eq!(primaries.map(contrast), [4.0, 1.37, 8.59]);
    }

    #[test]
    fn a_colour_that_cannot_be_read_beside_white_and_what_is_no_colour_are_refused() {
        for good in ["#767676", "#0B5FFF", "#000000"] {
            assert_eq!(Colour::parse(good).unwrap().to_string(), good.to_lowercase());
        }
        for bad in ["#777777", "#ffff00", "0b5fff", "#0b5ff", "#0b5fffa", "#+b5fff", "red", "#é5ff"]
        {
            assert!(Colour::parse(bad).is_err(), "{bad}");
        }
    }
}
