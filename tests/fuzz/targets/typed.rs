//! Input that people type, and the ids in paths and links.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{
    ClaimedSignInId, Code, PortalId, RecoveryCode,
    sign_in::verify::Typed,
    user::{BypassCode, TicketSecret},
};

/// Some of what comes along when a code is pasted.
const DROPPED: [char; 6] = ['\u{200b}', '\u{202c}', '\u{fe0f}', '\u{2013}', '\u{3000}', '-'];

fuzz_target!(|text: &str| {
    if let Ok(code) = Code::parse(text) {
        assert!(code.expose().len() == 6 && code.expose().bytes().all(|b| b.is_ascii_digit()));
        assert!(matches!(Typed::parse(text), Ok(Typed::Code(_))));
        for between in DROPPED {
            let spread: String = text.chars().flat_map(|c| [between, c]).collect();
            assert!(Code::parse(&spread).is_ok_and(|again| again.matches(&code)), "{spread:?}");
        }
    }
    if let Ok(code) = BypassCode::parse(text) {
        assert_eq!(BypassCode::parse(&code.grouped()).as_ref(), Ok(&code));
        for between in DROPPED {
            let spread: String = text.chars().flat_map(|c| [between, c]).collect();
            assert_eq!(BypassCode::parse(&spread).as_ref(), Ok(&code), "{spread:?}");
        }
        assert!(Code::parse(text).is_err(), "told apart by shape");
    }
    if let Ok(code) = RecoveryCode::parse(text) {
        assert!(RecoveryCode::parse(&code.grouped()).is_ok_and(|again| again.is(&code)));
        assert!(Code::parse(text).is_err() && BypassCode::parse(text).is_err());
        assert!(matches!(Typed::parse(text), Ok(Typed::Recovery(_))));
    }
    if let Ok(ticket) = TicketSecret::parse(text) {
        assert_eq!(ticket.expose(), text);
    }
    if let Ok(id) = ClaimedSignInId::parse(text) {
        assert_eq!(id.to_string(), text, "one id has one form");
    }
    if let Ok(portal) = PortalId::parse(text) {
        assert_eq!(portal.as_str(), text);
    }
});
