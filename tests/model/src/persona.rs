//! The destinations of one user.

use crate::Method;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub email: Option<String>,
    pub verified: bool,
    pub phone: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Persona {
    /// Two for the contact record, and two of the user's own.
    pub emails: [String; 4],
    pub phones: [String; 4],
}

impl Persona {
    pub(crate) fn contact(&self, which: usize) -> Contact {
        let [first, second, ..] = &self.emails;
        let [number, other, ..] = &self.phones;
        let (email, verified, phone) = match which {
            0 => (first, true, Some(number)),
            1 => (first, true, None),
            2 => (first, false, Some(number)),
            3 => (second, true, Some(other)),
            4 => (second, false, Some(number)),
            5 => {
                return Contact {
                    email: Some(first.to_uppercase()),
                    verified: true,
                    phone: Some(number.clone()),
                };
            }
            _ => return Contact { email: None, verified: false, phone: Some(number.clone()) },
        };
        Contact { email: Some(email.clone()), verified, phone: phone.cloned() }
    }

    pub(crate) fn own(&self, method: Method, second: bool) -> Option<String> {
        let [_, _, email, other_email] = &self.emails;
        let [_, _, phone, other_phone] = &self.phones;
        match method {
            Method::App | Method::Passkey => None,
            Method::Email => Some(if second { other_email } else { email }.clone()),
            Method::Sms => Some(if second { other_phone } else { phone }.clone()),
        }
    }
}
