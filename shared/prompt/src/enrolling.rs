//! The pages that enrol something: an app, or a destination and the code that went there.

use axum::response::Response;
use portcullis_app::AppContext;
use portcullis_domain::{
    Method, Refusal,
    sign_in::{
        EnrolmentStep, SignInView,
        prompt::{PendingDestination, Step, Visited},
    },
};
use portcullis_http::{method_words, wire::AppEnrolment};
use portcullis_messages::catalogue::text;

use crate::{
    answer::Retry,
    frame::{Alert, AlertOf, Frame, base},
    page::{
        EnterCode, EnterDestination, Sent, SetUpApp, Way, enrolment, enrolments, other_ways,
        render, ways,
    },
    settings,
    visit::PromptVisit,
};

impl PromptVisit {
    /// Shows the app or the passkey whose enrolment was begun.
    pub(crate) async fn begun(
        &self,
        context: &AppContext,
        visited: &Visited,
        view: &SignInView,
    ) -> Response {
        match &view.enrolment {
            Some(EnrolmentStep::App(key)) => match AppEnrolment::of(key) {
                Ok(app) => self.set_up_app(visited, app),
                Err(problem) => self.problem(context, &problem).await,
            },
            Some(EnrolmentStep::Passkey(new)) => self.make_passkey(visited, new),
            Some(EnrolmentStep::Destination(_) | EnrolmentStep::Sent(_)) | None => {
                self.problem(context, &Refusal::AnotherStep.into()).await
            }
        }
    }

    fn set_up_app(&self, visited: &Visited, app: AppEnrolment) -> Response {
        let locale = visited.view.locale.as_ref();
        let frame = self.frame(visited, text(locale, "sign-in-enrol-app", &[]));
        let groups: Vec<&str> = app
            .secret
            .as_bytes()
            .chunks(4)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect();
        let named = [("issuer", app.issuer.as_str()), ("account", app.account.as_str())];
        let here = enrolment(&base(&self.id), Method::AuthenticatorApp);
        let page = SetUpApp {
            key: groups.join(" "),
            entry: text(locale, "prompt-app-entry", &named),
            qr_svg: app.qr_svg,
            uri: app.otpauth_uri,
            ways: self.ways_beside(visited, &frame, &here),
            frame,
        };
        render(&page.frame, &page)
    }

    /// Returns the ways beside the one of this page: back to the settings, if it is for them.
    pub(crate) fn ways_beside(&self, visited: &Visited, frame: &Frame, here: &str) -> Vec<Way> {
        match visited.view.settings {
            Some(_) => vec![settings::leave(&self.id, frame)],
            None => other_ways(ways(visited, frame, None), here),
        }
    }

    pub(crate) fn enter_destination(
        &self,
        visited: &Visited,
        method: Method,
        retry: Option<Retry<'_>>,
    ) -> Response {
        let locale = visited.view.locale.as_ref();
        let frame = self.frame(visited, text(locale, method_words(method).enrol, &[]));
        let frame = match &retry {
            Some(Retry { problem, .. }) => {
                let sentence = problem.key().map(|key| text(locale, key, &[]));
                let alert = sentence.map(|text| Alert { text, of: AlertOf::Page });
                Frame { status: problem.status(), alert, ..frame }
            }
            None => frame,
        };
        let here = enrolment(&base(&self.id), method);
        let page = EnterDestination {
            is_phone: method == Method::Sms,
            typed: retry.map(|retry| retry.typed.to_owned()).unwrap_or_default(),
            ways: self.ways_beside(visited, &frame, &here),
            frame,
        };
        render(&page.frame, &page)
    }

    /// Asks for the code that was sent to the destination being enrolled.
    pub(crate) fn enter_sent(&self, visited: &Visited, pending: &PendingDestination) -> Response {
        let locale = visited.view.locale.as_ref();
        let to = [("to", pending.to.as_str())];
        let frame = self.frame(visited, text(locale, "sign-in-enter-sent-code", &to));
        let base = base(&self.id);
        let change = method_words(pending.method).destination.map(|words| Way::Page {
            href: format!("{}&change=1", enrolment(&base, pending.method)),
            label: frame.say(words.change),
        });
        let leave = visited.view.settings.is_some().then(|| settings::leave(&self.id, &frame));
        let page = EnterCode {
            action: format!("{base}/enrolment/confirm"),
            method: None,
            offer_default: false,
            remember: None,
            sent: Some(Sent {
                action: format!("{base}/enrolment"),
                method: pending.method.as_str(),
                wait: pending.resend_after.since(visited.now).max(0),
                again: pending.sends_left > 0,
            }),
            ways: change.into_iter().chain(leave).collect(),
            frame,
        };
        render(&page.frame, &page)
    }

    /// Returns the method enrolled on this page; none if the user has to choose one first.
    pub(crate) fn enrolled_here(&self, visited: &Visited) -> Option<Method> {
        let possible = match (&visited.step, &visited.view.settings) {
            (Step::Settings(_), Some(settings)) => return self.added_here(settings),
            (Step::Enrol, _) => enrolments(&visited.view),
            _ => return None,
        };
        let sole = if let [sole] = possible.as_slice() { Some(*sole) } else { None };
        let wanted = self.query.method.map(Method::from).or(visited.enrolling).or(sole);
        wanted.filter(|method| possible.contains(method))
    }

    /// Returns the page of what is being added in the settings, if its code was refused.
    pub(crate) fn refused_addition(&self, visited: &Visited) -> Option<String> {
        if self.query.problem.is_none() || self.query.is_of_settings() {
            return None;
        }
        let page = enrolment(&base(&self.id), visited.enrolling?);
        let replaced = visited.replaces.map(|id| format!("&replaces={id}")).unwrap_or_default();
        Some([page, replaced, self.query.problem_again()].concat())
    }
}
