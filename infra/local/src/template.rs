//! The routes, functions, table and schedule of template.yaml.

use serde_yaml_ng::Value;
use thiserror::Error;

/// One route of the gateway; its function answers every method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub function: String,
}

#[derive(Clone, Debug)]
pub struct Template {
    pub routes: Vec<Route>,
    pub functions: Vec<(String, String)>,
    /// The seconds between two turns of the one schedule, which is that of `activity`.
    pub(crate) sweep_seconds: i64,
    pub(crate) table: Value,
}

/// The template does not say what is needed.
#[derive(Debug, Error)]
pub enum TemplateError {
    #[error("template.yaml is not YAML")]
    Yaml(#[from] serde_yaml_ng::Error),
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

    fn parse(document: &str) -> Result<Self, TemplateError> {
        let template: Value = serde_yaml_ng::from_str(document)?;
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
        let functions = resources.iter().filter(|(_, r)| is(r, "AWS::Serverless::Function"));
        let functions = functions.map(|(name, function)| {
            let folder =
                text(function.get("Properties")?, "CodeUri")?.strip_prefix("functions/")?;
            Some((folder.to_owned(), name.as_str()?.to_owned()))
        });
        let functions = functions.collect::<Option<_>>();
        let activity = resources.get("ActivityFunction");
        let schedule = activity.and_then(|activity| activity.get("Properties")?.get("Events"));
        Ok(Self {
            sweep_seconds: schedule
                .and_then(sweep_seconds)
                .ok_or(TemplateError::Missing("schedule of activity, in minutes"))?,
            functions: functions
                .ok_or(TemplateError::Missing("folder for one of its functions"))?,
            routes: routes.ok_or(TemplateError::Missing("integration for one of its paths"))?,
            table: table.cloned().ok_or(TemplateError::Missing("table"))?,
        })
    }
}

/// The seconds of a rate such as `rate(1 minute)`, in the events of a function.
fn sweep_seconds(events: &Value) -> Option<i64> {
    let events: Vec<&Value> = events.as_mapping()?.values().collect();
    let [event] = events.as_slice() else { return None };
    let rate = text(event.get("Properties").filter(|_| is(event, "Schedule"))?, "Schedule")?;
    let (number, unit) = rate.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let minutes: i64 = number.parse().ok().filter(|n| *n > 0)?;
    unit.starts_with("minute").then_some(minutes * 60)
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
    use std::collections::BTreeSet;

    #[test]
    fn the_template_names_every_function_that_has_routes() {
        let template = Template::built_in().unwrap();
        let routed: BTreeSet<_> = template.routes.iter().map(|route| &*route.function).collect();
        let functions: BTreeSet<_> = template.functions.iter().map(|(f, _)| &**f).collect();
        assert_eq!(functions.difference(&routed).collect::<Vec<_>>(), [&"activity"]);
        assert_eq!(routed.difference(&functions).count(), 0);
        assert_eq!(routed.len(), 5);
        assert_eq!(template.sweep_seconds, 60);
    }
}
