//! Opening a sign-in in each way: for the portal's own screens, in a known browser, for the hosted
//! prompt, or together with a code.

use super::{LOCATOR, World};
use crate::answers::update;
use portcullis_domain::{
    BrowserToken, Code, Destination, Nonce, Refusal, SignInKey, UserId,
    sign_in::{
        Acr, Mfa, SignInView, challenge,
        challenge::SendOutcome,
        link,
        open::{self, Open, Opened},
    },
    user::TicketSecret,
};
use portcullis_model::{Act, Answer, Contact, Message, View};

impl World {
    /// The contact record that is known, so that an opening changes nothing in it.
    pub fn contact_of_user(&self) -> Contact {
        let Some(user) = self.user() else { return Self::contact() };
        let email = user.contact.email.as_ref();
        Contact {
            email: email.map(|email| email.address.as_str().to_owned()),
            verified: email.is_some_and(|email| email.verified),
            phone: user.contact.phone.as_ref().map(|phone| phone.e164().to_owned()),
        }
    }

    pub fn open(&mut self, n: usize) -> View {
        self.open_with(n, None)
    }

    pub fn open_with(&mut self, n: usize, ticket: Option<String>) -> View {
        self.open_in(n, ticket, None)
    }

    pub fn open_in(&mut self, n: usize, ticket: Option<String>, browser: Option<String>) -> View {
        let contact = Self::contact();
        match self.perform(&Act::Open { sign_in: n, ticket, contact, browser }).answer {
            Answer::View(view) => view,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn open_here(
        &mut self,
        n: usize,
        ticket: Option<&str>,
        contact: &Contact,
        browser_token: Option<BrowserToken>,
    ) -> Result<Answer, Refusal> {
        let ticket = ticket.map(TicketSecret::parse).transpose()?;
        let open = Open { ticket, browser_token, ..opening(n, contact) };
        self.open_by(n, &open)
    }

    /// Opens a sign-in, perhaps for the hosted prompt.
    pub fn open_for(
        &mut self,
        n: usize,
        ticket: Option<&str>,
        contact: &Contact,
        return_url: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let open = Open {
            ticket: ticket.map(TicketSecret::parse).transpose()?,
            return_url: return_url.map(str::to_owned),
            ..opening(n, contact)
        };
        self.open_by(n, &open)
    }

    /// Opens a sign-in to change the settings, perhaps for the hosted prompt.
    pub fn open_settings(&mut self, n: usize, return_url: Option<&str>) -> Result<Answer, Refusal> {
        let contact = self.contact_of_user();
        let event = portcullis_domain::sign_in::Event::Manage;
        let return_url = return_url.map(str::to_owned);
        self.open_by(n, &Open { event, return_url, ..opening(n, &contact) })
    }

    /// Opens a step-up, perhaps for the hosted prompt.
    pub fn open_step_up(
        &mut self,
        n: usize,
        acr: Acr,
        return_url: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let contact = self.contact_of_user();
        let event = portcullis_domain::sign_in::Event::StepUp;
        let return_url = return_url.map(str::to_owned);
        self.open_by(n, &Open { event, acr, return_url, ..opening(n, &contact) })
    }

    /// The provider takes every message.
    pub(super) fn sent(&mut self, dispatch: &challenge::Dispatch) -> Result<Answer, Refusal> {
        let to = match &dispatch.to {
            Destination::Email(address) => address.as_str().to_owned(),
            Destination::Sms(phone) => phone.e164().to_owned(),
        };
        let secret = dispatch.code.expose().to_owned();
        self.messages.push(Message { to, secret });
        let receipt = dispatch.receipt();
        self.run(|context, user| {
            Ok(challenge::record(context, user.unwrap(), LOCATOR, &receipt, SendOutcome::Sent))
        })?;
        Ok(Answer::Sent)
    }

    fn keep(&mut self, n: usize, key: SignInKey) {
        self.sign_ins.resize(self.sign_ins.len().max(n + 1), key);
        self.sign_ins[n] = key;
    }

    /// Opens a sign-in to change the settings, in a browser that may bring a token.
    pub(super) fn open_settings_in(
        &mut self,
        n: usize,
        contact: &Contact,
        browser_token: Option<BrowserToken>,
    ) -> Result<Answer, Refusal> {
        let event = portcullis_domain::sign_in::Event::Manage;
        self.open_by(n, &Open { event, browser_token, ..opening(n, contact) })
    }

    pub(super) fn step_up_in(
        &mut self,
        n: usize,
        contact: &Contact,
        browser_token: Option<BrowserToken>,
        acr: portcullis_model::Acr,
    ) -> Result<Answer, Refusal> {
        let event = portcullis_domain::sign_in::Event::StepUp;
        let acr = match acr {
            portcullis_model::Acr::Delivered => Acr::Delivered,
            portcullis_model::Acr::App => Acr::App,
            portcullis_model::Acr::Passkey => Acr::Passkey,
        };
        self.open_by(n, &Open { event, acr, browser_token, ..opening(n, contact) })
    }

    /// Returns what opens a sign-in of a user with the contact record that is known.
    pub fn opening(&self, n: usize) -> Open {
        opening(n, &self.contact_of_user())
    }

    pub fn open_as(&mut self, n: usize, open: &Open) -> Result<SignInView, Refusal> {
        let opened = self.run(|context, user| open::open_sign_in(context, user, LOCATOR, open))?;
        self.keep(n, opened.view.id.key);
        Ok(opened.view)
    }

    fn open_by(&mut self, n: usize, open: &Open) -> Result<Answer, Refusal> {
        let opened = self.run(|context, user| open::open_sign_in(context, user, LOCATOR, open))?;
        self.keep(n, opened.view.id.key);
        let mfa = opened.view.status.acceptance().map(|acceptance| acceptance.mfa);
        if open.code.is_some() || mfa == Some(Mfa::TrustedBrowser) {
            self.browser_token = opened.view.browser_token.as_ref().map(BrowserToken::expose);
        }
        if let Some(dispatch) = &opened.dispatch {
            self.sent(dispatch)?;
        }
        if let Some(mail) = &opened.link {
            let (to, secret) = (mail.to.as_str().to_owned(), mail.ticket.expose().to_owned());
            self.messages.push(Message { to, secret });
            self.run(|context, user| {
                Ok(link::record(context, user.unwrap(), mail, SendOutcome::Sent))
            })?;
        }
        Ok(self.seen(n, &opened.view))
    }

    /// Opens a sign-in together with a code. One that was wrong leaves its sign-in behind.
    pub(super) fn open_and_verify(
        &mut self,
        n: usize,
        contact: &Contact,
        browser_token: Option<BrowserToken>,
        code: &str,
    ) -> Result<Answer, Refusal> {
        let code = Some(Code::parse(code)?);
        let open = Open { browser_token, code, ..opening(n, contact) };
        let opened = self.open_by(n, &open);
        let all = self.user().map(|user| user.sign_ins).unwrap_or_default();
        if let Some(same) = all.iter().rfind(|sign_in| sign_in.nonce == open.nonce) {
            self.keep(n, same.key);
        }
        opened
    }

    pub fn open_with_code(
        &mut self,
        n: usize,
        contact: &Contact,
        code: &Code,
    ) -> Result<Opened, Refusal> {
        let open = Open { code: Some(code.clone()), ..opening(n, contact) };
        self.run(|context, user| open::open_sign_in(context, user, LOCATOR, &open))
    }
}

fn opening(n: usize, contact: &Contact) -> Open {
    Open {
        user: UserId::parse("anna").unwrap(),
        contact: update(contact),
        event: portcullis_domain::sign_in::Event::Login,
        acr: Acr::default(),
        max_age: None,
        oidc: None,
        nonce: Nonce::parse(&format!("nonce-{n:016}")).unwrap(),
        ticket: None,
        return_url: None,
        browser_token: None,
        code: None,
        device: None,
    }
}
