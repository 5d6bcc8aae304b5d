//! Tagged unions, so that generators tell their variants apart: each variant gets a name, and the
//! union a discriminator.

use utoipa::openapi::{
    Components, Ref, RefOr, Schema,
    schema::{Discriminator, Object, OneOf},
};

pub(super) fn name_variants(components: &mut Components) {
    let mut variants = vec![];
    for (name, schema) in &mut components.schemas {
        let RefOr::T(Schema::OneOf(union)) = schema else { continue };
        let Some(tagged) = tagged(union) else { continue };
        let (tag, values) = tagged;
        let mut discriminator = Discriminator::new(tag);
        for (item, value) in union.items.iter_mut().zip(values) {
            let variant = format!("{name}{}", pascal_case(&value));
            let reference = Ref::from_schema_name(&variant);
            discriminator.mapping.insert(value, reference.ref_location.clone());
            variants.push((variant, std::mem::replace(item, RefOr::Ref(reference))));
        }
        union.discriminator = Some(discriminator);
    }
    components.schemas.extend(variants);
}

/// Returns the property that tells the variants of a union apart, and its value in each.
fn tagged(union: &OneOf) -> Option<(String, Vec<String>)> {
    let objects = union.items.iter().map(|item| match item {
        RefOr::T(Schema::Object(object)) => Some(object),
        RefOr::T(_) | RefOr::Ref(_) => None,
    });
    let objects: Vec<&Object> = objects.collect::<Option<_>>()?;
    let mut names = objects.first()?.properties.keys();
    names.find_map(|name| {
        let values = objects.iter().map(|object| only_value(object.properties.get(name)?));
        Some((name.clone(), values.collect::<Option<_>>()?))
    })
}

/// Returns the value of a property that has one only.
fn only_value(schema: &RefOr<Schema>) -> Option<String> {
    match schema {
        RefOr::T(Schema::Object(object)) => match object.enum_values.as_deref()? {
            [value] => value.as_str().map(str::to_owned),
            [] | [_, ..] => None,
        },
        RefOr::T(_) | RefOr::Ref(_) => None,
    }
}

fn pascal_case(value: &str) -> String {
    let words = value.split(['_', '/']).filter_map(|word| word.split_at_checked(1));
    words.map(|(first, rest)| first.to_uppercase() + rest).collect()
}
