//! The layer for axum, and for everything else on tower.

use crate::{
    browser::{Browser, Transport},
    portcullis::Portcullis,
};
use http::{Request, Response, header, request::Parts};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tower::{Layer, Service};

/// Tells the address that a request came from.
type Address = Arc<dyn Fn(&Parts) -> Option<String> + Send + Sync>;

/// Puts the [`Browser`] that sent a request into the request's extensions, and its cookies into the
/// response. In axum a handler takes it as `Extension<Browser>`.
#[derive(Clone)]
pub struct PortcullisLayer {
    portcullis: Arc<Portcullis>,
    transport: Transport,
    address: Address,
}

impl PortcullisLayer {
    pub fn new(portcullis: Arc<Portcullis>) -> Self {
        Self { portcullis, transport: Transport::default(), address: Arc::new(|_| None) }
    }

    /// For development over plain HTTP.
    #[must_use]
    pub fn transport(self, transport: Transport) -> Self {
        Self { transport, ..self }
    }

    /// Takes the address of a browser from a request: from axum's `ConnectInfo`, or from the header
    /// that your own proxy sets.
    #[must_use]
    pub fn address(
        self,
        address: impl Fn(&Parts) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self { address: Arc::new(address), ..self }
    }
}

impl<S> Layer<S> for PortcullisLayer {
    type Service = PortcullisService<S>;

    fn layer(&self, inner: S) -> PortcullisService<S> {
        PortcullisService { inner, layer: self.clone() }
    }
}

/// A service under a [`PortcullisLayer`].
#[derive(Clone)]
pub struct PortcullisService<S> {
    inner: S,
    layer: PortcullisLayer,
}

impl<S, B, R> Service<Request<B>> for PortcullisService<S>
where
    S: Service<Request<B>, Response = Response<R>>,
    S::Future: Send + 'static,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let (mut parts, body) = request.into_parts();
        let PortcullisLayer { portcullis, transport, address } = &self.layer;
        let ip = address(&parts);
        let portcullis = Arc::clone(portcullis);
        let browser = Browser::new(portcullis, &parts.uri, &parts.headers, ip, *transport);
        parts.extensions.insert(browser.clone());
        let answer = self.inner.call(Request::from_parts(parts, body));
        Box::pin(async move {
            let mut response = answer.await?;
            for cookie in browser.set_cookies() {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        })
    }
}
