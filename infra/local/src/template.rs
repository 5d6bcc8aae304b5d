//! The routes, functions, table, queues and schedule of template.yaml.

use serde_yaml_ng::{Mapping, Value};
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
    /// The schedule that sends what is due, and the one that counts days.
    pub(crate) sweep: Schedule,
    pub(crate) count: Schedule,
    pub(crate) queues: Vec<QueueSettings>,
    /// The queues whose messages a function gets.
    pub(crate) queue_mappings: Vec<QueueMapping>,
    pub(crate) table: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// The seconds between two turns.
    pub(crate) seconds: i64,
    /// The constant that the function is called with; without one, it is EventBridge's event.
    pub(crate) input: Option<serde_json::Value>,
}

/// A queue, by its name in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueueSettings {
    pub(crate) name: String,
    pub(crate) visibility_seconds: i64,
    /// The queue that a message goes to, and the times that it is received before.
    pub(crate) gives_up_after: Option<(String, u32)>,
}

/// An event source mapping of a queue. The one function behind queues is `NoticesFunction`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QueueMapping {
    pub(crate) queue: String,
    pub(crate) batch_size: usize,
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
        let of = |function| schedules(resources, function);
        let queues = resources.iter().filter(|(_, r)| is(r, "AWS::SQS::Queue"));
        let mappings = resources.values().filter(|r| is(r, "AWS::Lambda::EventSourceMapping"));
        Ok(Self {
            sweep: of("NoticesFunction")
                .and_then(|events| schedule(events, "SendWhatIsDue"))
                .ok_or(TemplateError::Missing("schedule for notices, in minutes"))?,
            count: of("ActivityFunction")
                .and_then(|events| schedule(events, "CountDays"))
                .ok_or(TemplateError::Missing("schedule for numbers, in minutes"))?,
            queues: queues.filter_map(queue_settings).collect(),
            queue_mappings: mappings.filter_map(queue_mapping).collect(),
            functions: functions
                .ok_or(TemplateError::Missing("folder for one of its functions"))?,
            routes: routes.ok_or(TemplateError::Missing("integration for one of its paths"))?,
            table: table.cloned().ok_or(TemplateError::Missing("table"))?,
        })
    }
}

fn schedules<'a>(resources: &'a Mapping, function: &str) -> Option<&'a Value> {
    resources.get(function)?.get("Properties")?.get("Events")
}

/// The schedule of this name, with a rate such as `rate(1 minute)`, in the events of a function.
fn schedule(events: &Value, name: &str) -> Option<Schedule> {
    let event = events.get(name)?;
    let properties = event.get("Properties").filter(|_| is(event, "Schedule"))?;
    let rate = text(properties, "Schedule")?;
    let (number, unit) = rate.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let minutes: i64 = number.parse().ok().filter(|n| *n > 0)?;
    let input = text(properties, "Input").map(serde_json::from_str).transpose().ok()?;
    unit.starts_with("minute").then_some(Schedule { seconds: minutes * 60, input })
}

/// The settings of a queue; SQS's own where the template has none ("Amazon SQS API Reference:
/// SetQueueAttributes").
fn queue_settings((name, queue): (&Value, &Value)) -> Option<QueueSettings> {
    let properties = queue.get("Properties")?;
    let redrive = properties.get("RedrivePolicy").and_then(|policy| {
        let to = resource_of(text(policy, "deadLetterTargetArn")?);
        Some((to, u32::try_from(policy.get("maxReceiveCount")?.as_u64()?).ok()?))
    });
    Some(QueueSettings {
        name: name.as_str()?.to_owned(),
        visibility_seconds: properties
            .get("VisibilityTimeout")
            .and_then(Value::as_i64)
            .unwrap_or(30),
        gives_up_after: redrive,
    })
}

/// The mapping of a queue; none if it is another source's. Ten messages make a batch where the
/// template says nothing ("AWS Lambda API Reference: CreateEventSourceMapping").
fn queue_mapping(mapping: &Value) -> Option<QueueMapping> {
    let properties = mapping.get("Properties")?;
    let queue = resource_of(text(properties, "EventSourceArn")?);
    let size = properties.get("BatchSize").and_then(Value::as_u64).unwrap_or(10);
    Some(QueueMapping { queue, batch_size: usize::try_from(size).ok()? })
}

/// The name of a resource in `!GetAtt Name.Arn`.
fn resource_of(attribute: &str) -> String {
    attribute.trim_end_matches(".Arn").to_owned()
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
        assert_eq!(template.sweep, Schedule { seconds: 60, input: None });
        assert_eq!(template.count.seconds, 120);
        assert!(template.count.input.is_some_and(|input| input.is_object()));
        let queue = template.queues.iter().find(|queue| queue.name == "NoticeQueue").unwrap();
        assert_eq!(queue.visibility_seconds, 90);
        assert_eq!(queue.gives_up_after, Some(("NoticesGivenUpQueue".to_owned(), 100)));
        let delivered = template.queue_mappings.iter().find(|m| m.queue == "NoticeQueue").unwrap();
        assert_eq!(delivered.batch_size, 1);
    }
}
