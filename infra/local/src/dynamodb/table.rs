//! Makes the table that template.yaml describes.

use aws_sdk_dynamodb::{
    Client,
    error::SdkError,
    operation::create_table::{CreateTableError, builders::CreateTableFluentBuilder},
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, Projection,
        ProjectionType, StreamSpecification, TimeToLiveSpecification,
    },
};
use serde_yaml_ng::Value;

use crate::{
    error::LocalError,
    template::{Template, TemplateError, list, text},
};

/// Makes the table: keys, index, stream, expiry. One that is there already is kept.
pub(crate) async fn create(
    client: &Client,
    template: &Template,
    name: &str,
) -> Result<(), LocalError> {
    let request = describe(client.create_table().table_name(name), &template.table)?;
    match request.send().await {
        Ok(_) => {}
        Err(SdkError::ServiceError(error))
            if matches!(error.err(), CreateTableError::ResourceInUseException(_)) =>
        {
            return Ok(());
        }
        Err(error) => return Err(LocalError::table(error)),
    }
    let ttl = template
        .table
        .get("TimeToLiveSpecification")
        .ok_or(TemplateError::Missing("TimeToLiveSpecification"))?;
    let attribute = text(ttl, "AttributeName").ok_or(TemplateError::Missing("TTL attribute"))?;
    let ttl = TimeToLiveSpecification::builder()
        .attribute_name(attribute)
        .enabled(true)
        .build()
        .map_err(LocalError::table)?;
    client
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(ttl)
        .send()
        .await
        .map_err(LocalError::table)?;
    Ok(())
}

fn describe(
    mut request: CreateTableFluentBuilder,
    table: &Value,
) -> Result<CreateTableFluentBuilder, LocalError> {
    for attribute in list(table, "AttributeDefinitions") {
        let kind =
            text(attribute, "AttributeType").ok_or(TemplateError::Missing("AttributeType"))?;
        let definition = AttributeDefinition::builder()
            .attribute_name(name(attribute)?)
            .attribute_type(kind.into());
        request = request.attribute_definitions(definition.build().map_err(LocalError::table)?);
    }
    for key in keys(table)? {
        request = request.key_schema(key);
    }
    for index in list(table, "GlobalSecondaryIndexes") {
        let projection = index.get("Projection").ok_or(TemplateError::Missing("Projection"))?;
        let attributes = list(projection, "NonKeyAttributes")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let projection = Projection::builder()
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(attributes))
            .build();
        let name = text(index, "IndexName").ok_or(TemplateError::Missing("IndexName"))?;
        let index = GlobalSecondaryIndex::builder()
            .index_name(name)
            .set_key_schema(Some(keys(index)?))
            .projection(projection);
        request = request.global_secondary_indexes(index.build().map_err(LocalError::table)?);
    }
    let view = table.get("StreamSpecification").and_then(|stream| text(stream, "StreamViewType"));
    let view = view.ok_or(TemplateError::Missing("StreamViewType"))?;
    let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(view.into());
    Ok(request
        .billing_mode(BillingMode::PayPerRequest)
        .stream_specification(stream.build().map_err(LocalError::table)?))
}

fn keys(described: &Value) -> Result<Vec<KeySchemaElement>, LocalError> {
    let element = |key: &Value| {
        let kind = text(key, "KeyType").ok_or(TemplateError::Missing("KeyType"))?;
        KeySchemaElement::builder()
            .attribute_name(name(key)?)
            .key_type(kind.into())
            .build()
            .map_err(LocalError::table)
    };
    list(described, "KeySchema").map(element).collect()
}

fn name(described: &Value) -> Result<&str, LocalError> {
    Ok(text(described, "AttributeName").ok_or(TemplateError::Missing("AttributeName"))?)
}
