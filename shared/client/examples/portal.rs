use super::portal::{Portal, Session, SignInPage}; // what you have
use axum::{Extension, Router, extract::State, response::Redirect, routing::get, routing::post};
use portcullis_client::{Browser, Opening, Portcullis, PortcullisLayer};
use std::sync::Arc;

pub fn routes(portcullis: Portcullis) -> Router<Portal> {
    let routes = Router::new().route("/sign-in", post(sign_in)).route("/back", get(back));
    let routes = routes.route("/sign-out", post(sign_out));
    routes.layer(PortcullisLayer::new(Arc::new(portcullis)))
}

type Answer<T> = Result<T, SignInPage>; // SignInPage: From<portcullis_client::Error>

async fn sign_in(
    portal: State<Portal>,
    Extension(browser): Extension<Browser>,
) -> Answer<Redirect> {
    let user = portal.check_password()?; // UserFields { id: "u-1842".into(), .. }
    Ok(Redirect::to(&browser.open(&user, Opening::login(), &portal.return_url).await?))
}

async fn back(Extension(browser): Extension<Browser>) -> Answer<(Session, Redirect)> {
    let signed_in = browser.finish().await?;
    Ok((Session::begin(&signed_in), Redirect::to("/"))) // under a new session id
}

async fn sign_out(Extension(browser): Extension<Browser>) -> (Session, Redirect) {
    browser.forget();
    (Session::end(), Redirect::to("/"))
}
