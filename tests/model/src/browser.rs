//! Known browsers: tokens that a success gave them.

use crate::{
    Model, Token,
    trust::{NewToken, Trust},
};

#[derive(Clone, Debug)]
pub(crate) struct Issued {
    /// Its tokens, each with its number; one that is not of trust has none.
    pub(crate) texts: Vec<(u32, String)>,
    /// The moment of the success, and its place in the history.
    pub(crate) since: i64,
    pub(crate) place: usize,
    pub(crate) trust: Option<Trust>,
}

impl Model {
    /// Returns the browser that a token proves to be known, by its number.
    pub(crate) fn known_browser(&self, token: Option<&String>) -> Option<usize> {
        let is_its = |issued: &Issued| issued.texts.iter().any(|(_, text)| Some(text) == token);
        let browser = self.browsers.iter().position(is_its)?;
        let issued = self.browsers.get(browser)?;
        let is_known = self.history.is_known(issued.place, issued.since, self.now);
        (is_known && !self.history.is_failing(browser)).then_some(browser)
    }

    /// Takes the token that a success gave, or notes that there was none.
    pub(crate) fn learn_token(&mut self, given: Option<String>) -> Result<(), String> {
        match (given, self.succeeded.take()) {
            (None, None) => Ok(()),
            (Some(text), Some(NewToken::OfNewBrowser { since, place, trust })) => {
                let number = u32::from(trust.is_some());
                self.browsers.push(Issued { texts: vec![(number, text)], since, place, trust });
                Ok(())
            }
            (Some(text), Some(NewToken::Newest(browser))) => self.learn_newest(browser, text),
            // A sign-in that was done before is answered once more.
            (Some(text), None) if self.is_issued(&text) => Ok(()),
            (Some(_), None) => Err("a browser token was given without a success".to_owned()),
            (None, Some(_)) => Err("a success gave no browser token".to_owned()),
        }
    }

    fn is_issued(&self, token: &str) -> bool {
        self.browsers.iter().flat_map(|issued| &issued.texts).any(|(_, text)| text == token)
    }

    fn learn_newest(&mut self, browser: usize, text: String) -> Result<(), String> {
        let number = self.newest_of(browser);
        let is_known = self.is_issued(&text);
        let Some(issued) = self.browsers.get_mut(browser) else { return Ok(()) };
        match issued.texts.iter().find(|(of, _)| *of == number) {
            Some((_, known)) if *known == text => Ok(()),
            Some(_) => Err("a trusted browser was given another token".to_owned()),
            None if is_known => Err("a trusted browser was given an old token".to_owned()),
            None => {
                issued.texts.push((number, text));
                Ok(())
            }
        }
    }

    pub(crate) fn token(&self, drawn: Token) -> Option<String> {
        let newest = |issued: &Issued| issued.texts.last().map(|(_, text)| text.clone());
        let issued = |back: usize| self.browsers.iter().rev().nth(back).and_then(newest);
        match drawn {
            Token::Issued(back) => issued(back),
            Token::Older(back) => {
                let mut trusted = self.browsers.iter().rev().filter(|b| b.trust.is_some());
                let texts = &trusted.next()?.texts;
                texts.iter().rev().nth(back).map(|(_, text)| text.clone())
            }
            Token::MadeUp => {
                let newest = issued(0)?;
                let altered = |(n, c)| match (n, c) {
                    (45, 'A') => 'B',
                    (45, _) => 'A',
                    (_, c) => c,
                };
                Some(newest.chars().enumerate().map(altered).collect())
            }
        }
    }
}
