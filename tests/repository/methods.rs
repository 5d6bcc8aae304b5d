//! The recipe for another method lists the files that name every method.

use super::behaviours::files;
use std::{collections::BTreeSet, fs, path::Path};

/// Returns the sources that name every method outside their tests.
fn naming_all() -> BTreeSet<String> {
    let folders = ["../shared", "../functions", "../infra/local"].map(Path::new);
    let sources = folders.into_iter().flat_map(files).filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]\nmod").next().unwrap();
        let code = code.split("#[cfg(test)]\npub").next().unwrap();
        let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric()).collect();
        let is_app = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        let names_app =
            code.split("::App").skip(1).any(is_app) || code.contains("AuthenticatorApp");
        let names_others = words.contains("Email") && words.contains("Sms");
        names_app && names_others && words.iter().any(|word| word.starts_with("Method"))
    });
    let named = sources.map(|file| file.strip_prefix("..").unwrap().display().to_string());
    named.filter(|file| !file.contains("/tests")).collect()
}

#[test]
fn the_recipe_for_a_method_lists_every_file_that_names_all_of_them() {
    let recipes = fs::read_to_string("../infra/docs/develop/recipes.md").unwrap();
    let recipe = recipes.split("\n## ").find(|part| part.starts_with("Add a method")).unwrap();
    let rows = recipe.lines().filter_map(|line| line.trim_start().strip_prefix("| `"));
    let listed: BTreeSet<String> =
        rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect();
    assert_eq!(naming_all(), listed);
}
