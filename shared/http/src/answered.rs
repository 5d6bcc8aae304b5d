//! The log line of an answered request, with its metrics.

use portcullis_app::{RequestNotes, namespace, system_time, write_metrics};
use serde_json::{Value, json};
use std::{sync::LazyLock, time::Duration};

use crate::{ProblemCode, latencies::Latencies};

/// The beginnings of routes, each with its group; the first that fits counts. Each group of a
/// function is a metric to pay for, so routes have none of their own.
static GROUPS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("route_groups.txt").lines().filter_map(|line| line.split_once(' ')).collect()
});

/// The log line of a request: by route and outcome, never by content.
pub(crate) struct Answered<'a> {
    pub(crate) request_id: &'a str,
    /// The function that answered, and what it gathers; none if the event never became a request.
    pub(crate) function: Option<(&'static str, &'a Latencies)>,
    /// Empty if the event never became a request.
    pub(crate) method: &'a str,
    /// The route as it was registered; empty if none fits.
    pub(crate) route: &'a str,
    pub(crate) notes: RequestNotes,
    /// The time in the function.
    pub(crate) took: Duration,
}

impl Answered<'_> {
    /// Writes the line, with the status and the code of the problem, if the answer is one.
    pub(crate) fn write(&self, status: u16, problem: Option<ProblemCode>) {
        write_metrics(self.line(status, problem).to_string());
    }

    fn line(&self, status: u16, problem: Option<ProblemCode>) -> Value {
        let code = problem.map_or_else(|| "ok".to_owned(), |code| code.to_string());
        let mut line = json!({
            "message": "answered", "request_id": self.request_id, "method": self.method,
            "route": self.route, "status": status, "code": code,
        });
        let mut add = |name: &str, value: Value| {
            if let Value::Object(members) = &mut line {
                members.insert(name.to_owned(), value);
            }
        };
        if let Some(mark) = self.notes.sign_in {
            add("sign_in", json!(mark.to_string()));
        }
        let mut metrics = vec![];
        let mut count = |name: &str, unit: &str, dimensions: &[&str]| {
            metrics.push(json!({
                "Namespace": namespace(), "Dimensions": [dimensions],
                "Metrics": [{ "Name": name, "Unit": unit }],
            }));
        };
        if let (Some((function, latencies)), Some(group)) = (self.function, route_group(self.route))
        {
            // CloudWatch has no use for more digits.
            let micros = u32::try_from(self.took.as_micros()).unwrap_or(u32::MAX);
            let millis = f64::from(micros / 100) / 10.0;
            add("function", json!(function));
            add("took", json!(millis));
            let gathered = latencies.note(group, millis, system_time());
            if !gathered.is_empty() {
                add("group", json!(group));
                add("Latency", json!(gathered));
                count("Latency", "Milliseconds", &["function", "group"]);
            }
            if self.notes.conflicts > 0 {
                add("Conflicts", json!(self.notes.conflicts));
                count("Conflicts", "Count", &["function"]);
            }
        }
        if problem.is_some() {
            add("Refusals", json!(1));
            count("Refusals", "Count", &["code"]);
        }
        if !metrics.is_empty() {
            let at = system_time().unix() * 1_000;
            add("_aws", json!({ "Timestamp": at, "CloudWatchMetrics": metrics }));
        }
        line
    }
}

/// Returns the group of a route, under which its latency is counted.
pub fn route_group(route: &str) -> Option<&'static str> {
    let fits = |beginning: &str| {
        let rest = route.strip_prefix(beginning);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    GROUPS.iter().find(|(beginning, _)| fits(beginning)).map(|(_, group)| *group)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(latencies: &'a Latencies, route: &'static str, conflicts: u32) -> Answered<'a> {
        Answered {
            request_id: "r-1",
            function: Some(("verify", latencies)),
            method: "POST",
            route,
            notes: RequestNotes { sign_in: None, conflicts },
            took: Duration::from_micros(12_345),
        }
    }

    fn metrics(line: &Value) -> Vec<String> {
        let directives = line["_aws"]["CloudWatchMetrics"].as_array().unwrap();
        let shown = |directive: &Value| {
            let name = directive["Metrics"][0]["Name"].as_str().unwrap();
            let dimensions = directive["Dimensions"][0].as_array().unwrap();
            let values = dimensions.iter().map(|d| line[d.as_str().unwrap()].as_str().unwrap());
            format!("{name} {} {}", values.collect::<Vec<_>>().join(","), line[name])
        };
        directives.iter().map(shown).collect()
    }

    #[test]
    fn a_request_is_counted_by_group_and_what_went_wrong_beside_it() {
        let all = Latencies::default();
        let (route, latency) = ("/v1/sign-ins/{id}/verify", "Latency verify,sign-ins [12.3]");
        assert_eq!(metrics(&of(&all, route, 0).line(200, None)), [latency]);
        let wrong = of(&all, route, 2).line(403, Some(ProblemCode::CodeWrong));
        assert_eq!(metrics(&wrong), ["Conflicts verify 2", "Refusals code_wrong 1"]);
        let right = of(&all, route, 0).line(200, None);
        assert_eq!((right.get("_aws"), &right["took"]), (None, &json!(12.3)), "its latency waits");
        let unknown = of(&all, "", 0).line(404, Some(ProblemCode::UnknownRoute));
        assert_eq!(metrics(&unknown), ["Refusals unknown_route 1"]);
        let unrouted = Answered { function: None, ..of(&all, "", 0) };
        assert_eq!(unrouted.line(200, None).get("_aws"), None);
    }

    #[test]
    fn a_route_has_the_group_of_its_whole_segments() {
        for (route, group) in [
            ("/v1/sign-ins", Some("sign-ins")),
            ("/v1/user/opt-in", Some("users")),
            ("/prompt/{id}/verify", Some("prompt")),
            ("/prompt/style.css", Some("service")),
            ("/oidc/token", Some("oidc")),
            ("/oidc/jwks.json", Some("service")),
            ("/console", Some("console")),
            ("/consoles", None),
            ("", None),
        ] {
            assert_eq!(route_group(route), group, "{route}");
        }
    }
}
