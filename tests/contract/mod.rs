//! The contract with callers: documents, routes, events, samples, and calls to AWS per request.

mod bus;
mod calls;
mod cost;
mod events;
mod routes;
mod rust_client;
mod samples;
