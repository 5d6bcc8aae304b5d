//! Checks codes, hands out results, and publishes the keys assertions are checked with.

use portcullis_app::{AppContext, Caller, WithText};
mod oidc;
mod prompt;
mod security_txt;

use axum::{
    Json, Router,
    extract::{FromRef, Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use portcullis_domain::{
    DecisionContext, SignInId,
    portal::LogoName,
    sign_in::{SignInView, challenge::SendOutcome, passkey, result, verify},
};
use portcullis_http::{
    Problem, ServiceUrl, SignInPath, Strict, WithKey,
    answers::{CodeProblems, ResultProblems},
    page, scope, signed_view,
    wire::{HealthView, KeySetView, Parsed, Proof, ResultRequest, SignInAnswer, VerifyRequest},
};
use portcullis_keys::{KeyPurpose, Purposes};
use portcullis_prompt::assets;

pub use security_txt::SecurityTxt;

#[derive(Clone)]
pub struct AppState {
    pub context: AppContext,
    /// The contact for reports of vulnerabilities, if the deployment names one.
    pub security_txt: Option<SecurityTxt>,
}

impl From<AppContext> for AppState {
    fn from(context: AppContext) -> Self {
        Self { context, security_txt: None }
    }
}

impl FromRef<AppState> for AppContext {
    fn from_ref(state: &AppState) -> Self {
        state.context.clone()
    }
}

/// The purposes whose keys this function opens.
pub const PURPOSES: Purposes =
    Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Signing]);

/// The routes of this function.
pub fn router(state: impl Into<AppState>) -> Router {
    let routes = api_routes()
        .route("/prompt/{id}/verify", post(prompt::verify))
        .route("/prompt/logo/{logo}", get(logo))
        .route("/prompt/style.css", get(assets::style))
        .route("/prompt/enhance.js", get(assets::enhance))
        .route(security_txt::PATH, get(security_txt::show))
        .route("/.well-known/openid-configuration", get(oidc::discovery))
        .route("/oidc/jwks.json", get(oidc::keys))
        .route("/oidc/token", post(oidc::token));
    portcullis_http::finished("verify", routes, state.into())
}

portcullis_http::api!(AppState, self::{verify, redeem, jwks, health, openapi});

/// Check a code or a passkey.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/verify",
    operation_id = "verifyCode", tag = "sign-ins", request_body = VerifyRequest,
    params(SignInPath),
    responses((status = 200, description = "The code or the passkey is right", body = SignInAnswer), CodeProblems),
)]
async fn verify(
    State(context): State<AppContext>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(mut request): Strict<VerifyRequest>,
) -> Result<Json<SignInAnswer>, Problem> {
    let caller = WithText { caller: &caller, text: request.text.take().map(Parsed::value) };
    let view = check_code(&context, &caller, &id, request).await?;
    Ok(Json(signed_view(&context, &service, &view, SendOutcome::Sent).await?))
}

/// Judges a code or a passkey, whoever sends it.
async fn check_code(
    context: &AppContext,
    caller: &impl Caller,
    id: &SignInId,
    request: VerifyRequest,
) -> Result<SignInView, Problem> {
    let proof = request.into_proof();
    let decide = |context: &DecisionContext<'_>, user| match &proof {
        Ok(Proof::Guess(guess)) => verify::verify_code(context, user, id, guess),
        Ok(Proof::Passkey(used, remember)) => {
            let client_data = used.client_data()?;
            passkey::verify_passkey(context, user, id, &used.response(&client_data), *remember)
        }
        Err(malformed) => Err((*malformed).into()),
    };
    Ok(context.on_sign_in(caller, id, decide).await?.0)
}

/// Redeem what the browser brought back from the prompt.
#[utoipa::path(
    post, path = "/v1/sign-ins/{id}/result",
    operation_id = "redeemResult", tag = "sign-ins", request_body = ResultRequest,
    params(SignInPath),
    responses((status = 200, description = "The signed answer", body = SignInAnswer), ResultProblems),
)]
async fn redeem(
    State(context): State<AppContext>,
    caller: WithKey<scope::SignIn>,
    service: ServiceUrl,
    SignInPath(id): SignInPath,
    Strict(request): Strict<ResultRequest>,
) -> Result<Json<SignInAnswer>, Problem> {
    let code = request.into_code()?;
    let decide = |context: &DecisionContext<'_>, user| {
        result::redeem_result(context, user, &id, &code, caller.key_id())
    };
    let (redeemed, _) = context.on_sign_in(&caller, &id, decide).await?;
    let view = signed_view(&context, &service, &redeemed.view, SendOutcome::Sent).await?;
    let assertion = Some(context.redeemed(&redeemed).await?.jwt);
    Ok(Json(SignInAnswer { assertion, ..view }))
}

/// Sends a portal's logo. A made-up name costs no read.
async fn logo(
    State(context): State<AppContext>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let name = LogoName::parse(&name).map_err(|_| Problem::unknown_route())?;
    if !context.keyring().await?.knows_logo(&name) {
        return Err(Problem::unknown_route());
    }
    let logo = context.store().logo(&name).await?;
    Ok(page::logo(&logo.ok_or_else(Problem::unknown_route)?))
}

/// The public keys assertions are checked with (RFC 7517).
#[utoipa::path(
    get, path = "/.well-known/jwks.json",
    operation_id = "readSigningKeys", tag = "service",
    responses((status = 200, description = "A JSON Web Key Set", body = KeySetView)),
)]
async fn jwks(State(context): State<AppContext>) -> Result<Response, Problem> {
    let keys = KeySetView::from(context.current_keyring().await?.jwks());
    let mut response = Json(keys).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    Ok(response)
}

/// Tell if the service can check codes: its keys are open, and the table answers now.
#[utoipa::path(
    get, path = "/v1/health",
    operation_id = "checkHealth", tag = "service",
    responses((status = 200, description = "Healthy", body = HealthView)),
)]
async fn health(State(context): State<AppContext>) -> Result<Json<HealthView>, Problem> {
    context.keyring().await?;
    // The keys were read when the process started; this asks whether the table is there now.
    context.store().settings().await?;
    Ok(Json(HealthView::OK))
}

/// The calls and their answers, as tests compare them with the code.
const OPENAPI: &str = include_str!("../../../infra/openapi.json");

/// Read this document.
#[utoipa::path(
    get, path = "/v1/openapi.json",
    operation_id = "readOpenApi", tag = "service",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object)),
)]
async fn openapi() -> impl IntoResponse {
    let kind = (header::CONTENT_TYPE, "application/json");
    ([kind, (header::CACHE_CONTROL, "public, max-age=300")], OPENAPI)
}
