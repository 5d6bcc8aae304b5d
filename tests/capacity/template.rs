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

    /// The MB of memory of a function.
    pub fn memory(&self) -> f64 {
        Self::number(&self.0["Globals"]["Function"]["MemorySize"]).expect("a size of memory")
    }

    /// The batches of one shard that `activity` handles at once.
    pub fn parallel_batches(&self) -> f64 {
        let mapping = &self.0["Resources"]["ActivityStream"]["Properties"];
        Self::number(&mapping["ParallelizationFactor"]).unwrap_or(1.0)
    }

    /// The metrics that its alarms look at are paid for each by each.
    pub fn alarms(&self) -> usize {
        let resources = self.0["Resources"].as_mapping().unwrap().values();
        resources.filter(|resource| resource["Type"] == "AWS::CloudWatch::Alarm").count()
    }
}
