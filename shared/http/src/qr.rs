//! QR codes as SVG. Scanners need black on white with a quiet zone, also on a dark page.

use qrcode::{EcLevel, QrCode, types::Color};
use std::fmt::Write as _;
use thiserror::Error;

#[derive(Debug, Error)]
#[error("the text is too long for a QR code")]
pub struct NoRoom;

/// The white modules around the code (ISO/IEC 18004, section 5.3.8).
const QUIET: usize = 4;

/// Draws a QR code as one path, with a stroke for each run of dark modules.
pub fn qr_svg(text: &str) -> Result<String, NoRoom> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| NoRoom)?;
    let side = code.width() + 2 * QUIET;
    let mut path = "M0 .5".to_owned();
    let (mut pen_x, mut pen_y) = (0, 0);
    for (y, row) in (QUIET..).zip(code.to_colors().chunks(code.width())) {
        let mut x = QUIET;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ok =
                    write!(path, "m{} {}h{}", signed(x) - signed(pen_x), y - pen_y, run.len());
                (pen_x, pen_y) = (x + run.len(), y);
            }
            x += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" \
         aria-label=\"QR code\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// A QR code is at most 177 modules wide.
fn signed(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_stays_small_and_too_much_text_is_refused() {
        let label = "%E5%AE%A2".repeat(25);
        let svg = qr_svg(&format!(
            "otpauth://totp/{label}:anna?secret={}&issuer={label}",
            "A".repeat(32)
        ))
        .unwrap();
        assert!(svg.len() < 20_000, "{}", svg.len());
        assert!(qr_svg(&"x".repeat(5_000)).is_err());
    }
}
