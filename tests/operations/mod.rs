//! Everything that an operator meets: providers and their rules, and AWS in trouble.
//! The scripts beside them check the template, the roles and the deploy commands.

mod faults;
mod provider_rules;
mod providers;
