//! Known browsers: tokens that a success gave them.

use crate::{Model, Token};

/// A token that a success gave to a browser.
#[derive(Clone, Debug)]
pub(crate) struct Issued {
    pub(crate) text: String,
    /// The moment of the success, and its place in the history.
    pub(crate) since: i64,
    pub(crate) place: usize,
}

impl Model {
    /// Returns the browser that a token proves to be known, by its number.
    pub(crate) fn known_browser(&self, token: Option<&String>) -> Option<usize> {
        let browser = self.browsers.iter().position(|issued| Some(&issued.text) == token)?;
        let issued = self.browsers.get(browser)?;
        let is_known = self.history.is_known(issued.place, issued.since, self.now);
        (is_known && !self.history.is_failing(browser)).then_some(browser)
    }

    /// Takes the token that a success gave, or notes that there was none.
    pub(crate) fn learn_token(&mut self, given: Option<String>) -> Result<(), String> {
        match (given, self.succeeded.take()) {
            (None, None) => Ok(()),
            (Some(text), Some((since, place))) => {
                self.browsers.push(Issued { text, since, place });
                Ok(())
            }
            // A sign-in that was done before is answered once more.
            (Some(text), None) if self.browsers.iter().any(|issued| issued.text == text) => Ok(()),
            (Some(_), None) => Err("a browser token was given without a success".to_owned()),
            (None, Some(_)) => Err("a success gave no browser token".to_owned()),
        }
    }

    pub(crate) fn token(&self, drawn: Token) -> Option<String> {
        let issued = |back: usize| self.browsers.iter().rev().nth(back);
        match drawn {
            Token::Issued(back) => issued(back).map(|issued| issued.text.clone()),
            Token::MadeUp => {
                let newest = issued(0)?;
                let altered = |(n, c)| match (n, c) {
                    (45, 'A') => 'B',
                    (45, _) => 'A',
                    (_, c) => c,
                };
                Some(newest.text.chars().enumerate().map(altered).collect())
            }
        }
    }
}
