//! The promises to callers: documents, routes, events, samples, and how many calls to AWS each request makes.

mod calls;
mod events;
mod routes;
mod samples;
