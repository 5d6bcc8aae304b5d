//! The pages of a site: the password, the redirect to the prompt, the account.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{
    assertion::Claims,
    mfa::{Contact, Pending, Refused},
    page::{AccountPage, Confirm, PortalList, SignIn, outbox_of, page},
    pay,
    preview::Preview,
    sites::{Sites, Visitor},
};
use crate::random::random_hex;

/// The accounts, and if each is an admin of the organisation. The password of all is `password`.
const ACCOUNTS: [(&str, bool); 3] = [("client", false), ("manager", true), ("guest", false)];
const ORGANISATION: &str = "acme";

pub(crate) fn router(sites: Sites) -> Router {
    Router::new()
        .route("/demo", get(front))
        .route("/demo/{portal}", get(show_sign_in).post(check_password))
        .route("/demo/{portal}/back", get(back))
        .route("/demo/{portal}/home", get(home))
        .route("/demo/{portal}/invitation", get(show_invitation))
        .route("/demo/{portal}/enrol", get(show_enrolment))
        .route("/demo/{portal}/enable-mfa", get(ask_to_enable).post(enable))
        .route("/demo/{portal}/ask-again", post(ask_again))
        .route("/demo/{portal}/settings", post(settings))
        .route("/demo/{portal}/pay", get(pay::show).post(pay::begin))
        .route("/demo/{portal}/reset/{name}", get(ask_to_reset).post(reset))
        .route("/demo/{portal}/sign-out", post(sign_out))
        .with_state(sites)
}

pub(super) type Answer = Result<Response, StatusCode>;

async fn front(State(sites): State<Sites>) -> Response {
    let title = |portal: &str| Preview::of(portal).map_or("", |preview| preview.title);
    let portals = sites.portals().into_iter().map(|portal| (portal.clone(), title(&portal)));
    page(StatusCode::OK, &PortalList { portals: portals.collect() })
}

fn sign_in_page<'a>(portal: &'a str, note: Option<&'a str>) -> SignIn<'a> {
    let accounts = ACCOUNTS.iter().map(|(name, _)| *name).collect();
    let (heading, event, preview) = ("Sign in", "login", Preview::of(portal));
    let outbox = outbox_of(portal);
    SignIn { portal, heading, note, name: "", event, ticket: None, accounts, preview, outbox }
}

async fn show_sign_in(State(sites): State<Sites>, Path(portal): Path<String>) -> Answer {
    sites.site(&portal)?;
    Ok(page(StatusCode::OK, &sign_in_page(&portal, None)))
}

async fn show_invitation(State(sites): State<Sites>, Path(portal): Path<String>) -> Answer {
    sites.site(&portal)?;
    let (heading, note) = ("Accept your invitation", Some("You are invited to this portal."));
    let form = sign_in_page(&portal, note);
    let form = SignIn { heading, event: "invitation", name: "guest", preview: None, ..form };
    Ok(page(StatusCode::OK, &form))
}

#[derive(Deserialize)]
struct Ticket {
    ticket: Option<String>,
}

/// Shows the page of a mailed link, which asks for the password again and carries the ticket. A
/// reminder leads here without one.
async fn show_enrolment(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    Query(Ticket { ticket }): Query<Ticket>,
) -> Answer {
    sites.site(&portal)?;
    let again = "Sign in to set up multi-factor authentication again.";
    let first = "Sign in to set up multi-factor authentication.";
    let form = sign_in_page(&portal, Some(if ticket.is_some() { again } else { first }));
    Ok(page(StatusCode::OK, &SignIn { ticket: ticket.as_deref(), preview: None, ..form }))
}

#[derive(Deserialize)]
struct Password {
    name: String,
    password: String,
    event: String,
    ticket: Option<String>,
}

/// Checks the password, opens the sign-in, and redirects to the prompt.
async fn check_password(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Password>,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let known = ACCOUNTS.iter().any(|(name, _)| *name == given.name);
    if !known || given.password != "password" {
        let form = sign_in_page(&portal, Some("Name or password is wrong. Try again."));
        return Ok(page(StatusCode::FORBIDDEN, &form));
    }
    let nonce = random_hex::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    match mfa
        .reached_by(&headers)
        .begin(&record(&given.name), &given.event, given.ticket.as_deref(), &nonce)
        .await
    {
        Ok((pending, prompt_url)) => {
            let visitor = Some(Visitor::AtThePrompt(pending));
            sites.remember(&portal, &headers, visitor, Redirect::to(&prompt_url).into_response())
        }
        Err(Refused(why)) => Ok(page(StatusCode::FORBIDDEN, &sign_in_page(&portal, Some(&why)))),
    }
}

pub(super) fn record(name: &str) -> Contact {
    let place = ACCOUNTS.iter().position(|(known, _)| *known == name).unwrap_or_default();
    Contact {
        id: name.to_owned(),
        display_name: name.to_owned(),
        email: format!("{name}@example.co.nz"),
        email_verified: true,
        phone: format!("+64 21 123 458{place}"),
        organization: ORGANISATION,
    }
}

#[derive(Deserialize)]
struct Returned {
    state: Option<String>,
    result_code: Option<String>,
}

/// Redeems the result, if the browser that left came back with its own `state`.
async fn back(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
    Query(Returned { state, result_code }): Query<Returned>,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let pending = match sites.visitor(&portal, &headers) {
        Some(Visitor::AtThePrompt(pending)) if state.as_ref() == Some(&pending.nonce) => pending,
        Some(_) | None => {
            let note = Some("This sign-in was not begun in this browser. Sign in here.");
            return Ok(page(StatusCode::FORBIDDEN, &sign_in_page(&portal, note)));
        }
    };
    let finished = match result_code {
        Some(code) => mfa.finish(&pending, &code).await,
        None => Err(Refused("You are not signed in.".to_owned())),
    };
    if let Some(text) = &pending.text {
        return pay::finish(&sites, &portal, &headers, &pending, text, finished);
    }
    match finished {
        Ok(claims) => {
            let visitor = Some(Visitor::In { how: how(&claims), name: pending.user });
            let on = Redirect::to(&format!("/demo/{portal}/home")).into_response();
            sites.remember(&portal, &headers, visitor, on)
        }
        Err(Refused(why)) => match pending.signed_in {
            // The settings were left: nothing has changed here.
            Some(how) => {
                let visitor = Some(Visitor::In { name: pending.user, how });
                let on = Redirect::to(&format!("/demo/{portal}/home")).into_response();
                sites.remember(&portal, &headers, visitor, on)
            }
            None => {
                let form = page(StatusCode::FORBIDDEN, &sign_in_page(&portal, Some(&why)));
                sites.remember(&portal, &headers, None, form)
            }
        },
    }
}

pub(super) fn how(claims: &Claims) -> String {
    match &claims.method {
        Some(method) => {
            format!("second step: {} by {}", claims.mfa.replace('_', " "), method.replace('_', " "))
        }
        None => format!("second step: {}", claims.mfa.replace('_', " ")),
    }
}

/// Returns the account that is signed in, or sends the browser to the password step.
pub(super) fn inside(
    sites: &Sites,
    portal: &str,
    headers: &HeaderMap,
) -> Result<(String, String), Redirect> {
    match sites.visitor(portal, headers) {
        Some(Visitor::In { name, how }) => Ok((name, how)),
        Some(Visitor::AtThePrompt(_)) | None => Err(Redirect::to(&format!("/demo/{portal}"))),
    }
}

async fn home(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let (name, how) = match inside(&sites, &portal, &headers) {
        Ok(inside) => inside,
        Err(redirect) => return Ok(redirect.into_response()),
    };
    let known = mfa.user(&name).await;
    let note = known.as_ref().err().map(|Refused(why)| why.clone());
    let (user, activity) = known.unwrap_or_default();
    let is_admin = ACCOUNTS.iter().any(|(account, admin)| *account == name && *admin);
    let colleagues = ACCOUNTS.iter().map(|(account, _)| *account);
    let home = AccountPage {
        portal: &portal,
        name: &name,
        how,
        note: note.as_deref(),
        can_enable: user.can_opt_in,
        always_email: user.default.as_deref() == Some("email"),
        has_settings: user.settings.available,
        colleagues: colleagues.filter(|other| is_admin && *other != name).collect(),
        activity,
        outbox: outbox_of(&portal),
    };
    Ok(page(StatusCode::OK, &home))
}

async fn ask_to_enable(State(sites): State<Sites>, Path(portal): Path<String>) -> Answer {
    sites.site(&portal)?;
    let question = "You will be signed out, and set it up when you sign in again.";
    let action = format!("/demo/{portal}/enable-mfa");
    let (portal, heading) = (portal.as_str(), "Enable multi-factor authentication?");
    Ok(page(StatusCode::OK, &Confirm { portal, heading, question, action }))
}

async fn enable(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let (name, _) = match inside(&sites, &portal, &headers) {
        Ok(inside) => inside,
        Err(redirect) => return Ok(redirect.into_response()),
    };
    let note = match mfa.enable(&name).await {
        Ok(()) => "Sign in again to set up multi-factor authentication.".to_owned(),
        Err(Refused(why)) => why,
    };
    let form = page(StatusCode::OK, &sign_in_page(&portal, Some(&note)));
    sites.remember(&portal, &headers, None, form)
}

async fn ask_again(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let mfa = sites.site(&portal)?;
    if let Ok((name, _)) = inside(&sites, &portal, &headers) {
        mfa.ask_again(&name).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    }
    Ok(Redirect::to(&format!("/demo/{portal}/home")).into_response())
}

/// Opens the user's own security settings: a sign-in of its own, for which the prompt asks for a
/// fresh proof.
async fn settings(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let (name, how) = match inside(&sites, &portal, &headers) {
        Ok(inside) => inside,
        Err(redirect) => return Ok(redirect.into_response()),
    };
    let nonce = random_hex::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    match mfa.reached_by(&headers).begin(&record(&name), "manage", None, &nonce).await {
        Ok((pending, prompt_url)) => {
            let visitor = Some(Visitor::AtThePrompt(Pending { signed_in: Some(how), ..pending }));
            sites.remember(&portal, &headers, visitor, Redirect::to(&prompt_url).into_response())
        }
        Err(Refused(_)) => Ok(Redirect::to(&format!("/demo/{portal}/home")).into_response()),
    }
}

async fn ask_to_reset(
    State(sites): State<Sites>,
    Path((portal, name)): Path<(String, String)>,
) -> Answer {
    sites.site(&portal)?;
    let question = format!("{name} will have to set up a second step again.");
    let action = format!("/demo/{portal}/reset/{name}");
    let (heading, question) = ("Reset two factor?", question.as_str());
    Ok(page(StatusCode::OK, &Confirm { portal: &portal, heading, question, action }))
}

async fn reset(
    State(sites): State<Sites>,
    Path((portal, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let (admin, _) = match inside(&sites, &portal, &headers) {
        Ok(inside) => inside,
        Err(redirect) => return Ok(redirect.into_response()),
    };
    if !ACCOUNTS.contains(&(admin.as_str(), true)) {
        return Err(StatusCode::FORBIDDEN);
    }
    mfa.reset(&name, &admin, ORGANISATION).await.map_err(|_| StatusCode::NOT_FOUND)?;
    Ok(Redirect::to(&format!("/demo/{portal}/home")).into_response())
}

async fn sign_out(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let on = Redirect::to(&format!("/demo/{portal}")).into_response();
    sites.remember(&portal, &headers, None, on)
}
