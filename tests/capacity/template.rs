//! The numbers of template.yaml that the arithmetic needs.

use serde_yaml_ng::Value;

pub struct Template(Value);

impl Template {
    pub fn read() -> Self {
        Self(serde_yaml_ng::from_str(include_str!("../../template.yaml")).unwrap())
    }

    fn number(value: &Value) -> Option<f64> {
        value.as_f64().or_else(|| value.as_str()?.parse().ok())
    }

    /// The calls of a route that are let through in a second.
    pub fn throttle(&self, route: &str) -> f64 {
        let api = &self.0["Resources"]["Api"]["Properties"];
        let own = &api["RouteSettings"][format!("ANY {route}").as_str()]["ThrottlingRateLimit"];
        let any = &api["DefaultRouteSettings"]["ThrottlingRateLimit"];
        Self::number(own).or_else(|| Self::number(any)).expect("a throttle")
    }

    /// The gateway's line in its log of a call that went well.
    pub fn access_line(&self, route: &str) -> String {
        let format = &self.0["Resources"]["Api"]["Properties"]["AccessLogSettings"]["Format"];
        let parts = [
            ("$context.requestId", "JKJaXmPLvHcESHA="),
            ("$context.routeKey", &format!("ANY {route}")),
            ("$context.status", "200"),
            ("$context.integration.status", "200"),
        ];
        let line = format.as_str().expect("a format").trim().to_owned();
        let line = parts.iter().fold(line, |line, (name, value)| line.replace(name, value));
        assert!(!line.contains('$'), "{line}");
        line
    }

    /// The MB of memory of a function.
    pub fn memory(&self) -> f64 {
        Self::number(&self.0["Globals"]["Function"]["MemorySize"]).expect("a size of memory")
    }

    /// The batches of one shard that `activity` handles at once.
    pub fn parallel_batches(&self) -> f64 {
        let mapping = &self.0["Resources"]["ActivityStream"]["Properties"];
        Self::number(&mapping["ParallelizationFactor"]).unwrap_or(1.0)
    }

    /// The most records of a batch of the stream.
    pub fn batch_size(&self) -> f64 {
        Self::number(&self.0["Resources"]["ActivityStream"]["Properties"]["BatchSize"]).unwrap()
    }

    /// The seconds for which records of the stream wait for others.
    pub fn batch_window(&self) -> f64 {
        let mapping = &self.0["Resources"]["ActivityStream"]["Properties"];
        Self::number(&mapping["MaximumBatchingWindowInSeconds"]).unwrap_or(0.0)
    }

    /// The days for which the archive is kept by default.
    pub fn archive_days(&self) -> f64 {
        Self::number(&self.0["Parameters"]["ArchiveDays"]["Default"]).unwrap()
    }

    /// The metrics that its alarms look at are paid for each by each.
    pub fn alarms(&self) -> usize {
        let resources = self.0["Resources"].as_mapping().unwrap().values();
        resources.filter(|resource| resource["Type"] == "AWS::CloudWatch::Alarm").count()
    }
}
