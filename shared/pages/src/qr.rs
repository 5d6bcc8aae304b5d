//! QR codes as SVG: black on white with a quiet zone, also where the page around is dark, because scanners need it.

use qrcode::{EcLevel, QrCode, types::Color};
use std::fmt::Write as _;
use thiserror::Error;

/// The text is too long for any QR code.
#[derive(Debug, Error)]
#[error("the text is too long for a QR code")]
pub struct NoRoom;

/// Modules of white around the code (ISO/IEC 18004, section 5.3.8).
const QUIET: usize = 4;

/// The QR code of a text. Dark modules side by side are one run of one path, which keeps a long label under 10 KB.
///
/// # Errors
/// [`NoRoom`] when the text does not fit.
pub fn qr_svg(text: &str) -> Result<String, NoRoom> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| NoRoom)?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ok =
                    write!(path, "M{} {}h{}v1H{}z", x + QUIET, y + QUIET, run.len(), x + QUIET);
            }
            x += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" \
         aria-label=\"QR code\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_stays_small_and_too_much_text_is_refused() {
        let svg = qr_svg(&format!("otpauth://totp/{}", "%E5%AE%A2".repeat(50))).unwrap();
        assert!(svg.len() < 20_000, "{}", svg.len());
        assert!(qr_svg(&"x".repeat(5_000)).is_err());
    }
}
