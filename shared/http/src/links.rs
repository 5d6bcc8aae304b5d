//! The links that a portal shows for a sign-in, beside its form.

use portcullis_domain::{
    AuthenticatorId, Locale, Method,
    decision::NextStep,
    sign_in::{ListedBrowser, MethodOption, Question, Role, SecuritySettings, SignInView, Status},
    user::Untrusted,
};
use portcullis_messages::{authenticator_name, catalogue::text, device_name};

use crate::{
    NextAction,
    next_action::{app_instead, recovery},
    wire::{
        AgainName, ChallengeRequest, EnrolmentRequest, LinkView, MethodName, SettingsChangeName,
        SettingsRequest,
    },
    words::method_words,
};

/// A way to continue other than the form.
enum Link {
    Action(NextAction),
    /// Sends a code once more.
    SendAgain(Method),
    /// Sends a code once more to the destination being enrolled.
    SendThereAgain(Method),
    /// Asks for a destination in place of the one that was entered.
    ChangeDestination(Method),
    /// Asks for a destination, to enrol it.
    EnterDestination(Method),
    /// Sets an app up beside what is bound.
    AddApp,
    /// Makes a passkey beside what is bound.
    AddPasskey,
    DeclinePasskey,
    /// Opens the settings, to add a passkey.
    TakePasskey,
    /// Sets an app up in place of the app of this name.
    ReplaceApp(AuthenticatorId, String),
    /// Removes the authenticator of this name.
    Remove(AuthenticatorId, String),
    UnsetDefault,
    /// Ends trust in the browser of this name, or in all of them.
    EndTrust(Untrusted, String),
    /// Makes new recovery codes.
    NewCodes,
    AddSecondWay,
    DeclineSecondWay,
}

/// Returns the links of a sign-in, in the order in which they are shown.
pub(crate) fn links(view: &SignInView) -> Vec<LinkView> {
    let question = view.question();
    let mut links = vec![];
    match question {
        Question::Nothing => {}
        Question::Way
        | Question::SentCode(_)
        | Question::AppCode
        | Question::Passkey(_)
        | Question::BypassCode
        | Question::RecoveryCode
        | Question::Send(..)
        | Question::StartApp
        | Question::NewApp(_)
        | Question::StartPasskey
        | Question::NewPasskey(_)
        | Question::NewDestination(_)
        | Question::NewDestinationCode(_) => {
            links.extend(view.options.iter().filter_map(|option| of_option(option, &question)));
            links.extend(app_instead(view).map(Link::Action));
            links.extend(of_question(&question));
            links.extend(recovery(view).map(Link::Action));
            let skippable = view.status == Status::Waiting(NextStep::Enrol { skippable: true });
            links.extend(skippable.then_some(Link::Action(NextAction::Skip)));
        }
    }
    let settings = view.settings.as_ref();
    links.extend(settings.into_iter().flat_map(|settings| of_settings(view, settings)));
    links.extend(view.can_renew_codes.then_some(Link::NewCodes));
    if view.passkey_offered {
        links.extend([Link::TakePasskey, Link::DeclinePasskey]);
    }
    if !view.second_way.is_empty() {
        links.extend([Link::AddSecondWay, Link::DeclineSecondWay]);
    }
    links.iter().map(|link| link.view(view.locale.as_ref())).collect()
}

fn plain(label: String, change: SettingsChangeName) -> LinkView {
    LinkView::Settings { label, body: SettingsRequest::plain(change) }
}

/// Returns the links that change the settings. What can be added is not among the options of a
/// sign-in that is done.
fn of_settings(view: &SignInView, settings: &SecuritySettings) -> Vec<Link> {
    let asked = view.question().enrols();
    let add = settings.can_add.iter().filter(|method| asked != Some(**method));
    let add = add.map(|method| match method {
        Method::AuthenticatorApp => Link::AddApp,
        Method::Passkey => Link::AddPasskey,
        Method::Email | Method::Sms | Method::RecoveryCode => Link::EnterDestination(*method),
    });
    let of_one = settings.authenticators.iter().flat_map(|one| {
        let name = || {
            let locale = view.locale.as_ref();
            authenticator_name(locale, one.method, one.name.as_ref(), one.added_at)
        };
        let is_app = one.method == Method::AuthenticatorApp && settings.apps_in_policy;
        let replace = is_app.then(|| Link::ReplaceApp(one.id, name()));
        replace.into_iter().chain(one.is_removable.then(|| Link::Remove(one.id, name())))
    });
    let unset = settings.can_unset_default.then_some(Link::UnsetDefault);
    let codes = settings.recovery_codes.map(|_| Link::NewCodes);
    let trust = of_trust(&settings.trusted_browsers, view.locale.as_ref());
    add.chain(of_one).chain(unset).chain(codes).chain(trust).collect()
}

/// Returns a link for each trusted browser, and one for all of them if there are several.
fn of_trust(browsers: &[ListedBrowser], locale: Option<&Locale>) -> Vec<Link> {
    let one = |browser: &ListedBrowser| {
        Link::EndTrust(Untrusted::One(browser.id), device_name(locale, browser.device))
    };
    let all = (browsers.len() > 1).then(|| Link::EndTrust(Untrusted::All, String::new()));
    browsers.iter().map(one).chain(all).collect()
}

fn of_question(question: &Question<'_>) -> Vec<Link> {
    match question {
        Question::SentCode(sent) if sent.sends_left > 0 => vec![Link::SendAgain(sent.method)],
        Question::NewDestinationCode(sent) => {
            let again = (sent.sends_left > 0).then_some(Link::SendThereAgain(sent.method));
            again.into_iter().chain([Link::ChangeDestination(sent.method)]).collect()
        }
        Question::Nothing
        | Question::Way
        | Question::SentCode(_)
        | Question::AppCode
        | Question::Passkey(_)
        | Question::BypassCode
        | Question::RecoveryCode
        | Question::Send(..)
        | Question::StartApp
        | Question::NewApp(_)
        | Question::StartPasskey
        | Question::NewPasskey(_)
        | Question::NewDestination(_) => vec![],
    }
}

/// Returns the link to a way on offer, unless it is the one that is asked for.
fn of_option(option: &MethodOption, question: &Question<'_>) -> Option<Link> {
    let method = option.method;
    if option.role == Role::Enrol {
        return match method {
            _ if question.enrols() == Some(method) => None,
            Method::AuthenticatorApp => Some(Link::Action(NextAction::EnrolApp)),
            Method::Passkey => Some(Link::Action(NextAction::EnrolPasskey)),
            Method::Email | Method::Sms => Some(Link::EnterDestination(method)),
            Method::RecoveryCode => None,
        };
    }
    if question.proves_by() == Some(method) {
        return None;
    }
    if method == Method::Passkey {
        return Some(Link::Action(NextAction::UsePasskey));
    }
    let to = option.to.as_ref()?;
    Some(Link::Action(NextAction::SendCode { method, to: to.masked() }))
}

impl Link {
    fn view(&self, locale: Option<&Locale>) -> LinkView {
        let label = self.label(locale);
        let (method, again) = match self {
            Self::Action(action) => return action.link(label),
            Self::SendAgain(method) => {
                let body = ChallengeRequest::of((*method).into());
                return LinkView::Challenge { label, body };
            }
            Self::SendThereAgain(method) => (method, AgainName::Code),
            Self::ChangeDestination(method) | Self::EnterDestination(method) => {
                (method, AgainName::Destination)
            }
            Self::AddApp => {
                let body = EnrolmentRequest::of(MethodName::AuthenticatorApp, None);
                return LinkView::Enrolment { label, body };
            }
            Self::AddPasskey => {
                let body = EnrolmentRequest::of(MethodName::Passkey, None);
                return LinkView::Enrolment { label, body };
            }
            Self::TakePasskey => return plain(label, SettingsChangeName::AddPasskey),
            Self::DeclinePasskey => return plain(label, SettingsChangeName::DeclinePasskey),
            Self::ReplaceApp(id, _) => {
                let body = EnrolmentRequest::of_app_instead(*id);
                return LinkView::Enrolment { label, body };
            }
            Self::Remove(id, _) => {
                return LinkView::Settings { label, body: SettingsRequest::remove(*id) };
            }
            Self::UnsetDefault => return plain(label, SettingsChangeName::UnsetDefault),
            Self::EndTrust(untrusted, _) => {
                return LinkView::Settings { label, body: SettingsRequest::end_trust(*untrusted) };
            }
            Self::NewCodes => return plain(label, SettingsChangeName::NewRecoveryCodes),
            Self::AddSecondWay => return plain(label, SettingsChangeName::AddSecondWay),
            Self::DeclineSecondWay => return plain(label, SettingsChangeName::DeclineSecondWay),
        };
        LinkView::Enrolment { label, body: EnrolmentRequest::of((*method).into(), Some(again)) }
    }

    fn label(&self, locale: Option<&Locale>) -> String {
        let words = |method| method_words(method).destination;
        let key = match self {
            Self::Action(action) => return action.label(locale),
            Self::SendAgain(_) | Self::SendThereAgain(_) => Some("prompt-send-again"),
            Self::ChangeDestination(method) => words(*method).map(|words| words.change),
            Self::EnterDestination(method) => words(*method).map(|words| words.enrol),
            Self::AddApp => Some("link-add-app"),
            Self::AddPasskey => Some("link-add-passkey"),
            Self::TakePasskey => Some("prompt-passkey-offer"),
            Self::DeclinePasskey => Some("prompt-passkey-offer-no"),
            Self::UnsetDefault => Some("link-unset-default"),
            Self::EndTrust(Untrusted::All, _) => Some("link-end-trust-all"),
            Self::NewCodes => Some("prompt-settings-codes-new"),
            Self::AddSecondWay => Some("prompt-settings-second-title"),
            Self::DeclineSecondWay => Some("prompt-settings-second-no"),
            Self::ReplaceApp(_, name) => {
                return text(locale, "link-replace-app", &[("name", name)]);
            }
            Self::Remove(_, name) => {
                return text(locale, "link-remove-authenticator", &[("name", name)]);
            }
            Self::EndTrust(Untrusted::One(_), name) => {
                return text(locale, "link-end-trust", &[("name", name)]);
            }
        };
        key.map(|key| text(locale, key, &[])).unwrap_or_default()
    }
}
