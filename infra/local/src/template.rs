//! What template.yaml says: which route goes to which function, and what the table looks like.

use serde_yaml_ng::Value;
use thiserror::Error;

/// One route of the gateway; its function answers every method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The path, with parameters in braces, such as `/console/{proxy+}`.
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
        let api = resources.values().find(|r| is(r, "AWS::Serverless::HttpApi"));
        let paths = api
            .and_then(|api| api.get("Properties")?.get("DefinitionBody")?.get("paths"))
            .and_then(Value::as_mapping)
            .ok_or(TemplateError::Missing("paths in the API's DefinitionBody"))?;
        let routes = paths.iter().map(route).collect::<Option<_>>();
        let table = resources
            .values()
            .find(|r| is(r, "AWS::DynamoDB::GlobalTable"))
            .and_then(|r| r.get("Properties"));
        Ok(Self {
            routes: routes.ok_or(TemplateError::Missing("integration for one of its paths"))?,
            table: table.cloned().ok_or(TemplateError::Missing("table"))?,
        })
    }
}

fn is(resource: &Value, kind: &str) -> bool {
    text(resource, "Type") == Some(kind)
}

/// The route of a path of the API's document: its integration is named after the function's folder.
fn route((path, item): (&Value, &Value)) -> Option<Route> {
    let method = item.get("x-amazon-apigateway-any-method")?;
    let integration = text(method.get("x-amazon-apigateway-integration")?, "$ref")?;
    let function = integration.strip_prefix("#/components/x-amazon-apigateway-integrations/")?;
    Some(Route { path: path.as_str()?.to_owned(), function: function.to_owned() })
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
