//! What is known of a message after a call that did not simply succeed.

use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use portcullis_domain::sign_in::challenge::SendOutcome;
use std::{error::Error, io};

/// What an AWS call says of the message: a refusal below 500 surely did not send it; a lost reply says nothing.
pub(crate) fn of_aws<E: Error + Send + Sync + 'static>(
    service: &'static str,
    error: &SdkError<E, HttpResponse>,
) -> SendOutcome {
    let outcome = match error {
        SdkError::ConstructionFailure(_) => SendOutcome::NotSent,
        SdkError::ServiceError(answer) if answer.raw().status().as_u16() < 500 => {
            SendOutcome::NotSent
        }
        SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
            Some(error) if error.is_user() || never_connected(error) => SendOutcome::NotSent,
            _ => SendOutcome::Unknown,
        },
        _ => SendOutcome::Unknown,
    };
    tracing::warn!(service, outcome = ?outcome, "a message was not taken");
    outcome
}

/// What a Twilio call says of the message.
pub(crate) fn of_http(
    service: &'static str,
    answer: &Result<reqwest::Response, reqwest::Error>,
) -> SendOutcome {
    let outcome = match answer {
        Ok(answer) if answer.status().is_success() => return SendOutcome::Sent,
        Ok(answer) if answer.status().is_client_error() => SendOutcome::NotSent,
        Ok(_) => SendOutcome::Unknown,
        Err(error) if error.is_connect() || error.is_builder() => SendOutcome::NotSent,
        Err(_) => SendOutcome::Unknown,
    };
    tracing::warn!(service, outcome = ?outcome, "a message was not taken");
    outcome
}

/// Whether the chain of causes says that no connection was made, so that nothing was handed over.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let refused = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        if refused {
            return true;
        }
        cause = error.source();
    }
    false
}
