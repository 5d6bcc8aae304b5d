//! The console's dialogs about one user. Each asks for a reason, and then makes the admin call.

use axum::{
    Router,
    extract::{FromRequestParts, State},
    middleware,
    response::Response,
    routing::{MethodRouter, get},
};
use http::{Uri, request::Parts};
use portcullis_app::AppContext;
use portcullis_console::{
    FieldRefused, Fields, Form, Outcome, Words,
    dialog::{
        form::{ALL_BROWSERS, by_channel, checked, confirmed, of_authenticator, of_browsers},
        view::{Choices, Effect, ExtraFields, ReasonedAction, checks},
    },
    guard, see_other,
};
use portcullis_domain::{
    AuthenticatorId, BrowserId, Channel, Decision, DecisionContext, Purpose, User, UserId, account,
    sign_in::ListedBrowser, user::Authenticator,
};
use portcullis_http::{
    PageUser, Problem, ProblemCode,
    admin::{ChangeUsers, EraseUsers, IssueBypassCodes, Permission, PermittedOn, ResetUsers},
};

use crate::{AppState, admin, bulk_reminder, bulk_reset};

const RESET: ReasonedAction = ReasonedAction {
    action: "reset",
    title: "console-user-reset-title",
    lines: &["console-user-reset-methods", "console-user-reset-told", "console-user-reset-sure"],
    effect: Effect::TakesAway,
    verb: "console-user-reset-verb",
};
const RESET_CODE: ReasonedAction = ReasonedAction {
    action: "reset-code",
    title: "console-user-code-title",
    lines: &["console-user-code-read", "console-user-code-says", "console-user-code-limit"],
    effect: Effect::Changes,
    verb: "console-send-code",
};
const UNLOCK: ReasonedAction = ReasonedAction {
    action: "unlock",
    title: "console-user-unlock-title",
    lines: &["console-user-unlock-line"],
    effect: Effect::Changes,
    verb: "console-unlock",
};
const CLEAR_SKIP: ReasonedAction = ReasonedAction {
    action: "clear-skip",
    title: "console-user-skip-title",
    lines: &["console-user-skip-line"],
    effect: Effect::Changes,
    verb: "console-clear-skip",
};
const REMOVE: ReasonedAction = ReasonedAction {
    action: "remove-authenticator",
    title: "console-user-remove-title",
    lines: &["console-user-remove-others", "console-user-remove-told", "console-user-remove-last"],
    effect: Effect::TakesAway,
    verb: "console-user-remove",
};
const END_TRUST: ReasonedAction = ReasonedAction {
    action: "end-trust",
    title: "console-user-trust-title",
    lines: &["console-user-trust-asked", "console-user-trust-keeps"],
    effect: Effect::TakesAway,
    verb: "console-user-trust-verb",
};
const BYPASS: ReasonedAction = ReasonedAction {
    action: "bypass-code",
    title: "console-user-bypass-title",
    lines: &["console-user-bypass-once", "console-user-bypass-told"],
    effect: Effect::Changes,
    verb: "console-bypass",
};
const ERASE: ReasonedAction = ReasonedAction {
    action: "erase",
    title: "console-user-erase-title",
    lines: &["console-user-erase-all", "console-user-erase-counts"],
    effect: Effect::TakesAway,
    verb: "console-user-erase-verb",
};

/// The problems that are shown beside a field of the dialog.
const ABOUT_A_CODE: [ProblemCode; 7] = [
    ProblemCode::CodeWrong,
    ProblemCode::NoCodeRequested,
    ProblemCode::NoDestination,
    ProblemCode::ChecksUsedUp,
    ProblemCode::ResendTooSoon,
    ProblemCode::SendLimit,
    ProblemCode::DeliveryFailed,
];

/// The user that a dialog is about, and the admin who may act on the user.
struct OnUser<P> {
    context: AppContext,
    by: PermittedOn<P>,
    form: Form,
    user: PageUser,
}

impl<P: Permission> FromRequestParts<AppState> for OnUser<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let by = PermittedOn::from_request_parts(parts, state).await?;
        let Ok(form) = Form::from_request_parts(parts, state).await;
        let user = PageUser::from_request_parts(parts, state).await?;
        Ok(Self { context: state.context.clone(), by, form, user })
    }
}

impl<P: Permission> OnUser<P> {
    fn url(&self) -> String {
        format!("{}/{}", self.users_url(), self.user.0)
    }

    fn users_url(&self) -> String {
        format!("/console/portals/{}/users", self.by.portal)
    }

    /// Shows the dialog, with the error in its form if there is one.
    async fn ask(&self, question: &ReasonedAction, fields: Fields) -> Result<Response, Problem> {
        let id = |_: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
            Ok(Decision::unchanged(self.by.reach.user(known, id)?.id))
        };
        let id = self.user.name().command(&self.context, &self.by, id).await?;
        Ok(question.page(&self.by.admin, &self.form, id, self.url(), fields))
    }

    /// Shows a dialog that asks for more than a reason.
    async fn ask_for(
        &self,
        question: &ReasonedAction,
        asked: fn(&DecisionContext<'_>, &User, &str, &Words) -> ExtraFields,
        fields: Fields,
    ) -> Result<Response, Problem> {
        let url = self.url();
        let look = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
            let user = self.by.reach.user(known, id)?;
            let asked = asked(context, &user, &url, &self.form.words);
            Ok(Decision::unchanged((user.id, asked)))
        };
        let (id, asked) = self.user.name().command(&self.context, &self.by, look).await?;
        Ok(question.page_asking(&self.by.admin, &self.form, id, url, asked, fields))
    }

    /// Shows a dialog again with what was the matter with its code, which stands at this field; any
    /// other problem is passed on.
    async fn ask_again(
        &self,
        question: &ReasonedAction,
        asked: fn(&DecisionContext<'_>, &User, &str, &Words) -> ExtraFields,
        fields: Fields,
        field: &'static str,
        problem: Problem,
    ) -> Result<Response, Problem> {
        if !ABOUT_A_CODE.contains(&problem.code()) {
            return Err(problem);
        }
        let refused = FieldRefused::said(field, problem.detail());
        self.ask_for(question, asked, fields.refused(refused)).await
    }

    /// Shows the outcome once the form has acted.
    async fn show(&self, outcome: Outcome) -> Result<Response, Problem> {
        outcome.redirect(&self.context, &self.form).await
    }
}

pub(crate) fn routes(context: AppContext) -> Router<AppState> {
    let route = |question: &ReasonedAction, form: MethodRouter<AppState>| {
        let path = format!("/console/portals/{{portal}}/users/{{user}}/{}", question.action);
        Router::new().route(&path, form)
    };
    route(&RESET, get(ask_reset).post(reset))
        .merge(route(&RESET_CODE, get(ask_reset_code).post(send_reset_code)))
        .merge(route(&UNLOCK, with_change(&UNLOCK, account::unlock)))
        .merge(route(&CLEAR_SKIP, with_change(&CLEAR_SKIP, account::clear_skip)))
        .merge(route(&REMOVE, get(ask_removal).post(remove)))
        .merge(route(&END_TRUST, get(ask_end_trust).post(end_trust)))
        .merge(route(&BYPASS, asked::<ChangeUsers>(&BYPASS).post(issue_bypass)))
        .merge(route(&ERASE, asked::<ChangeUsers>(&ERASE).post(erase)))
        .merge(bulk_reminder::page_routes())
        .merge(bulk_reset::page_routes())
        .layer(middleware::from_fn_with_state(context, guard))
}

fn asked<P: Permission + 'static>(question: &'static ReasonedAction) -> MethodRouter<AppState> {
    get(async move |on: OnUser<P>| on.ask(question, Fields::default()).await)
}

/// The dialog of a change that answers nothing.
fn with_change(question: &'static ReasonedAction, change: admin::Change) -> MethodRouter<AppState> {
    let confirm = async move |on: OnUser<ChangeUsers>, fields: Fields| {
        let request = match confirmed(fields) {
            Ok(request) => request,
            Err(fields) => return on.ask(question, fields).await,
        };
        admin::change(&on.context, &on.by, &on.user.name(), request, change).await?;
        Ok(see_other(&on.url()))
    };
    asked::<ChangeUsers>(question).post(confirm)
}

/// Asks how the admin checked who is asking, and for the code that the user read out.
fn who_asks(context: &DecisionContext<'_>, user: &User, url: &str, words: &Words) -> ExtraFields {
    let hint = match user.open_check(Purpose::ReadOut, context.now) {
        Some(check) => words.fill("console-check-code-sent").with("to", check.to.masked()).into(),
        None => words.say("console-check-no-code"),
    };
    let can_be_sent = !account::destination_check::checkable_destinations(context, user).is_empty();
    let send = || (format!("{url}/{}", RESET_CODE.action), words.say("console-check-send-code"));
    let first = can_be_sent.then(send);
    let list = Some(checks(words));
    ExtraFields { list, code: Some(hint), first, ..ExtraFields::default() }
}

/// Asks for the channel of a code, with the destination that it goes to.
fn by_which_channel(
    context: &DecisionContext<'_>,
    user: &User,
    _: &str,
    words: &Words,
) -> ExtraFields {
    let to = |channel: Channel| {
        let to = account::reset_code_destination(context, user, channel)?;
        Some((channel.as_str().to_owned(), to.masked().to_string()))
    };
    let choices = [Channel::Email, Channel::Sms].into_iter().filter_map(to).collect();
    let list =
        Some(Choices { name: "channel", label: words.say("console-check-channel"), choices });
    ExtraFields { list, ..ExtraFields::default() }
}

/// Asks which authenticator is removed, by its name.
fn which_one(context: &DecisionContext<'_>, user: &User, _: &str, words: &Words) -> ExtraFields {
    let bound = user.bound(context.portal.generation);
    let choice = |bound: &Authenticator| (bound.id.to_string(), words.authenticator(bound));
    let choices = bound.map(choice).collect();
    let label = words.say("console-user-remove-which");
    let list = Some(Choices { name: "authenticator", label, choices });
    ExtraFields { list, ..ExtraFields::default() }
}

/// Asks for the removal of the authenticator that the address names, or of one in the list.
async fn ask_removal(on: OnUser<ChangeUsers>, uri: Uri) -> Result<Response, Problem> {
    let named = uri.query().and_then(|query| query.strip_prefix("authenticator="));
    let named = named.and_then(|id| AuthenticatorId::parse(id).ok());
    let fields = named.map(|id| Fields::of([("authenticator", id.to_string())]));
    on.ask_for(&REMOVE, which_one, fields.unwrap_or_default()).await
}

async fn remove(on: OnUser<ChangeUsers>, fields: Fields) -> Result<Response, Problem> {
    let (removed, request) = match of_authenticator(fields.clone()) {
        Ok(read) => read,
        Err(fields) => return on.ask_for(&REMOVE, which_one, fields).await,
    };
    match admin::remove(&on.context, &on.by, &on.user.name(), removed, request).await {
        Ok(_) => Ok(see_other(&on.url())),
        Err(problem) if problem.code() == ProblemCode::LastAuthenticator => {
            let refused = FieldRefused::at("authenticator", "console-user-remove-last");
            on.ask_for(&REMOVE, which_one, fields.refused(refused)).await
        }
        Err(problem) => Err(problem),
    }
}

/// Asks in which of the trusted browsers trust is ended.
fn which_browsers(
    context: &DecisionContext<'_>,
    user: &User,
    _: &str,
    words: &Words,
) -> ExtraFields {
    let all = (ALL_BROWSERS.to_owned(), words.say("console-user-trust-all"));
    let browsers = ListedBrowser::all(context, user);
    let one = |one: &ListedBrowser| (one.id.to_string(), words.device(one.device));
    let choices = std::iter::once(all).chain(browsers.iter().map(one)).collect();
    let label = words.say("console-user-trust-which");
    let list = Some(Choices { name: "browser", label, choices });
    ExtraFields { list, ..ExtraFields::default() }
}

/// Asks for the end of trust in the browser that the address names, or in all of them.
async fn ask_end_trust(on: OnUser<ChangeUsers>, uri: Uri) -> Result<Response, Problem> {
    let named = uri.query().and_then(|query| query.strip_prefix("browser="));
    let named = named.and_then(|id| BrowserId::parse(id).ok());
    let fields = named.map(|id| Fields::of([("browser", id.to_string())]));
    on.ask_for(&END_TRUST, which_browsers, fields.unwrap_or_default()).await
}

async fn end_trust(on: OnUser<ChangeUsers>, fields: Fields) -> Result<Response, Problem> {
    let (untrusted, request) = match of_browsers(fields.clone()) {
        Ok(read) => read,
        Err(fields) => return on.ask_for(&END_TRUST, which_browsers, fields).await,
    };
    admin::end_trust(&on.context, &on.by, &on.user.name(), untrusted, request).await?;
    Ok(see_other(&on.url()))
}

async fn ask_reset(on: OnUser<ResetUsers>) -> Result<Response, Problem> {
    on.ask_for(&RESET, who_asks, Fields::default()).await
}

async fn ask_reset_code(on: OnUser<ResetUsers>) -> Result<Response, Problem> {
    on.ask_for(&RESET_CODE, by_which_channel, Fields::default()).await
}

/// Sends the user a code, and leads back to the reset.
async fn send_reset_code(
    State(state): State<AppState>,
    on: OnUser<ResetUsers>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (channel, request) = match by_channel(fields.clone()) {
        Ok(read) => read,
        Err(fields) => return on.ask_for(&RESET_CODE, by_which_channel, fields).await,
    };
    match admin::reset_code(&state, &on.by, &on.user.name(), channel, request).await {
        Ok(_) => Ok(see_other(&format!("{}/{}", on.url(), RESET.action))),
        Err(problem) => {
            on.ask_again(&RESET_CODE, by_which_channel, fields, "channel", problem).await
        }
    }
}

/// Resets the user, and tells the admin how the user can enrol again.
async fn reset(on: OnUser<ResetUsers>, fields: Fields) -> Result<Response, Problem> {
    let (asks, request) = match checked(fields.clone()) {
        Ok(read) => read,
        Err(fields) => return on.ask_for(&RESET, who_asks, fields).await,
    };
    match admin::reset(&on.context, &on.by, &on.user.name(), asks, request).await {
        Ok(done) => {
            let next = (on.url(), on.form.say("console-to-user"));
            on.show(Outcome::new(
                on.form.say("console-user-reset-done"),
                on.form.say(done.next_key()),
                next,
            ))
            .await
        }
        Err(problem) => on.ask_again(&RESET, who_asks, fields, "code", problem).await,
    }
}

/// Issues a bypass code, and shows it once.
async fn issue_bypass(on: OnUser<IssueBypassCodes>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return on.ask(&BYPASS, fields).await,
    };
    let issued = admin::bypass_code(&on.context, &on.by, &on.user.name(), request).await?;
    let text = on.form.say("console-user-bypass-done");
    let next = (on.url(), on.form.say("console-to-user"));
    let outcome = Outcome::new(on.form.say("console-bypass-code"), text, next);
    on.show(outcome.with_secret(issued.code)).await
}

async fn erase(on: OnUser<EraseUsers>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return on.ask(&ERASE, fields).await,
    };
    match admin::erase(&on.context, &on.by, &on.user.name(), request).await {
        Ok(_) => Ok(see_other(&on.users_url())),
        // A form that is sent twice finds no user, and leads to the list as well.
        Err(problem) if problem.code() == ProblemCode::UserUnknown => {
            Ok(see_other(&on.users_url()))
        }
        Err(problem) => Err(problem),
    }
}
