//! The strength of a new password of an admin, as zxcvbn estimates it. Its dictionaries are built
//! when the first password is judged, and never at a cold start.

use portcullis_domain::{Malformed, admin::AdminId};
use portcullis_http::Problem;
use portcullis_keys::Password;
use zxcvbn::{Score, zxcvbn};

/// Words that anybody guesses first here, besides the admin's own.
const OURS: [&str; 8] = [
    "portcullis",
    "console",
    "admin",
    "operator",
    "password",
    "portcullis-console",
    "portcullisconsole",
    "portcullisadmin",
];

/// Takes a password that an admin chose, unless it is easy to guess.
///
/// # Errors
/// `bad_request`, with what to do.
pub(crate) fn choose(text: &str, id: &AdminId, portals: &[&str]) -> Result<Password, Problem> {
    let password = Password::choose(text)?;
    let words: Vec<&str> =
        OURS.into_iter().chain([id.as_str()]).chain(portals.iter().copied()).collect();
    match zxcvbn(text, &words).score() {
        Score::Three | Score::Four => Ok(password),
        Score::Zero | Score::One | Score::Two => Err(weak().into()),
        // The crate may add a score; one that is not known is not enough.
        _ => Err(weak().into()),
    }
}

const fn weak() -> Malformed {
    let why = "is easy to guess; take four or more words that do not belong together, without your \
               name and the names of your portals, or let a password manager make one";
    Malformed { what: "password", why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(text: &str) -> bool {
        let id = AdminId::parse("johanna.smith").unwrap();
        choose(text, &id, &["northwind-traders"]).is_ok()
    }

    #[test]
    fn s33_admin_door_passwords_that_are_guessed_first_are_refused() {
        for weak in [
            "password1234",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiop123",
            "johanna.smith1",
            "portcullis-console",
            "PortcullisAdmin1!",
            "northwind-traders1",
            "123456789012",
        ] {
            assert!(!is_taken(weak), "{weak}");
        }
        for good in [
            "correct horse battery staple",
            "a sentence of a few words",
            "a sentence of words",
            "another sentence of a few words",
            "quite another one",
            "the password of auditor",
            "the password of jo",
            "fK3#qL9!vX2m",
            "7f3a9c0e5b1d8a2f64c7e913",
        ] {
            assert!(is_taken(good), "{good}");
        }
        let id = AdminId::parse("jo").unwrap();
        let problem = choose("password1234", &id, &[]).unwrap_err();
        assert!(problem.detail().starts_with("password is easy to guess; take four or more words"));
        assert!(choose("short", &id, &[]).unwrap_err().detail().contains("12 to 128 characters"));
    }
}
