//! The routes of API calls. Method and path are written once, in the handler's `#[utoipa::path]`.

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, on},
};
use utoipa::{Path, openapi::HttpMethod};

#[doc(hidden)]
pub use pastey::paste;

/// Declares the API routes of a function, `api_routes()`, and its part of the OpenAPI document,
/// `ApiDoc`, from one list of handlers. A function does not build the document when it starts.
#[macro_export]
macro_rules! api {
    ($state:ty, $($module:ident::{$($handler:ident),+ $(,)?}),+ $(,)?) => {
        /// The part of this function in the OpenAPI document.
        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($($module::$handler),+),+))]
        pub struct ApiDoc;

        fn api_routes() -> axum::Router<$state> {
            let routes = axum::Router::new();
            $crate::api::paste! {
                $($(
                    let routes = $crate::api::add::<$module::[<__path_ $handler>], _, _, _>(
                        routes,
                        $module::$handler,
                    );
                )+)+
            }
            routes
        }
    };
}

/// Adds a handler under the method and path of its `#[utoipa::path]`.
#[doc(hidden)]
pub fn add<P, H, T, S>(routes: Router<S>, handler: H) -> Router<S>
where
    P: Path,
    H: Handler<T, S>,
    T: 'static,
    S: Clone + Send + Sync + 'static,
{
    P::methods().into_iter().fold(routes, |routes, method| {
        routes.route(&P::path(), on(filter(&method), handler.clone()))
    })
}

const fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}
