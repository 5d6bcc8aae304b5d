//! A payment, which the user confirms in a step-up: its text stands on the prompt, in the message
//! and in the assertion.

use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{
    assertion::Claims,
    mfa::{Pending, Refused},
    page::{Paid, Pay, page},
    site::{Answer, how, inside, record},
    sites::{Sites, Visitor},
};
use crate::random::random_hex;

#[derive(Deserialize)]
pub(super) struct Payment {
    amount: String,
    to: String,
}

pub(super) async fn show(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
) -> Answer {
    sites.site(&portal)?;
    Ok(match inside(&sites, &portal, &headers) {
        Ok(_) => page(StatusCode::OK, &Pay { portal: &portal, note: None }),
        Err(redirect) => redirect.into_response(),
    })
}

/// Opens the step-up with the text of the payment, and redirects to the prompt.
pub(super) async fn begin(
    State(sites): State<Sites>,
    Path(portal): Path<String>,
    headers: HeaderMap,
    Form(Payment { amount, to }): Form<Payment>,
) -> Answer {
    let mfa = sites.site(&portal)?;
    let (name, how) = match inside(&sites, &portal, &headers) {
        Ok(inside) => inside,
        Err(redirect) => return Ok(redirect.into_response()),
    };
    let text = format!("Pay EUR {} to {}", amount.trim(), to.trim());
    let nonce = random_hex::<16>().map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    match mfa.reached_by(&headers).begin_payment(&record(&name), &text, &nonce).await {
        Ok((pending, prompt_url)) => {
            let visitor = Some(Visitor::AtThePrompt(Pending { signed_in: Some(how), ..pending }));
            sites.remember(&portal, &headers, visitor, Redirect::to(&prompt_url).into_response())
        }
        Err(Refused(why)) => {
            Ok(page(StatusCode::FORBIDDEN, &Pay { portal: &portal, note: Some(&why) }))
        }
    }
}

/// Shows if the payment was confirmed. The earlier session goes on in either case.
pub(super) fn finish(
    sites: &Sites,
    portal: &str,
    headers: &HeaderMap,
    pending: &Pending,
    text: &str,
    finished: Result<Claims, Refused>,
) -> Answer {
    let (status, heading, detail) = match finished {
        Ok(claims) => {
            let bound = match claims.text_bound {
                Some(true) => "The proof was of this payment alone",
                Some(false) | None => "The proof was of who you are, and not of this payment",
            };
            (StatusCode::OK, "Paid", format!("{bound} ({}).", how(&claims)))
        }
        Err(Refused(why)) => (StatusCode::FORBIDDEN, "Nothing was paid", why),
    };
    let answer = page(status, &Paid { portal, heading, text, detail: &detail });
    let name = pending.user.clone();
    let visitor = pending.signed_in.clone().map(|how| Visitor::In { name, how });
    sites.remember(portal, headers, visitor, answer)
}
