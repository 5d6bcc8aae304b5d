//! What template.yaml says: which route goes to which function, and what the table looks like.

use serde_yaml_ng::Value;
use thiserror::Error;

/// One route of the gateway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The HTTP method.
    pub method: String,
    /// The path, with parameters in braces.
    pub path: String,
    /// The folder of the function under functions/.
    pub function: String,
}

/// The template, read.
#[derive(Clone, Debug)]
pub struct Template {
    /// Every route.
    pub routes: Vec<Route>,
    /// The properties of the table.
    pub(crate) table: Value,
}

/// The template does not say what is needed.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// It is not YAML.
    #[error("template.yaml is not YAML")]
    Yaml(#[from] serde_yaml_ng::Error),
    /// Something is missing.
    #[error("template.yaml has no {0}")]
    Missing(&'static str),
}

impl Template {
    /// The template this was built with.
    ///
    /// # Errors
    /// [`TemplateError`] when it does not say what is needed.
    pub fn built_in() -> Result<Self, TemplateError> {
        Self::parse(include_str!("../../../template.yaml"))
    }

    fn parse(text: &str) -> Result<Self, TemplateError> {
        let template: Value = serde_yaml_ng::from_str(text)?;
        let resources = template
            .get("Resources")
            .and_then(Value::as_mapping)
            .ok_or(TemplateError::Missing("Resources"))?;
        let routes = resources
            .values()
            .filter(|r| is(r, "AWS::Serverless::Function"))
            .flat_map(routes_of)
            .collect();
        let table = resources
            .values()
            .find(|r| is(r, "AWS::DynamoDB::Table"))
            .and_then(|r| r.get("Properties"));
        Ok(Self { routes, table: table.cloned().ok_or(TemplateError::Missing("table"))? })
    }
}

fn is(resource: &Value, kind: &str) -> bool {
    text(resource, "Type") == Some(kind)
}

fn routes_of(function: &Value) -> Vec<Route> {
    let properties = function.get("Properties");
    let folder = properties
        .and_then(|p| text(p, "CodeUri"))
        .and_then(|uri| uri.strip_prefix("functions/"))
        .unwrap_or_default();
    let events = properties.and_then(|p| p.get("Events")).and_then(Value::as_mapping);
    let http =
        events.into_iter().flat_map(|events| events.values()).filter(|event| is(event, "HttpApi"));
    http.filter_map(|event| event.get("Properties"))
        .filter_map(|event| {
            Some(Route {
                method: text(event, "Method")?.to_owned(),
                path: text(event, "Path")?.to_owned(),
                function: folder.to_owned(),
            })
        })
        .collect()
}

/// A text under a name.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// The values of a list under a name.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_sequence).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_names_every_function_that_has_routes() {
        let template = Template::built_in().unwrap();
        let mut functions: Vec<_> =
            template.routes.iter().map(|route| route.function.as_str()).collect();
        functions.sort_unstable();
        functions.dedup();
        assert_eq!(
            functions,
            ["challenge-dispatch", "enrolment", "policy-admin", "reset", "verify"]
        );
    }
}
