//! The floor plan of the rules, read off their own imports: a folder uses the floors below it, and
//! no two files use each other. A re-export is followed to the file that has the item.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The folders from the ground up; those on one floor do not use each other.
const FLOORS: [&[&str]; 6] =
    [&["values"], &["portal"], &["admin"], &["user"], &["decision"], &["account", "sign_in"]];

/// A module by the names that lead to it from the crate's root, which is empty.
type Module = Vec<String>;

/// The paths that one file imports and names.
#[derive(Default)]
struct File {
    /// By the name they have here; re-exports are among them.
    imported: Vec<(String, Module)>,
    used: Vec<Module>,
}

/// The files of the rules.
struct Plan(BTreeMap<Module, File>);

impl Plan {
    fn read() -> Self {
        let mut texts = vec![];
        collect(Path::new("src"), &[], &mut texts);
        Self::of(&texts)
    }

    fn of(texts: &[(Module, String)]) -> Self {
        let modules: BTreeSet<&Module> = texts.iter().map(|(module, _)| module).collect();
        let is_child = |module: &Module, name: &String| {
            modules.contains(&[module.as_slice(), std::slice::from_ref(name)].concat())
        };
        let files = texts.iter().map(|(module, text)| {
            let mut file = File::default();
            let (text, mut body) = (code(text), String::new());
            let mut unread = text.as_str();
            while let Some((before, statement, is_public)) = next_import(unread) {
                body.push_str(before);
                let end = statement.find(';').unwrap();
                // One name alone makes a macro of this file known to others; `super` of a module in
                // it is this file.
                let is_inner = before.ends_with(' ');
                let leads_elsewhere =
                    |path: &Module| path.len() > 1 && !(is_inner && path[0] == "super");
                for path in expand(&statement[..end]).into_iter().filter(leads_elsewhere) {
                    let name = path.last().unwrap().clone();
                    if !is_public {
                        file.used.push(path.clone());
                    }
                    file.imported.push((name, path));
                }
                unread = &statement[end + 1..];
            }
            body.push_str(unread);
            let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            for path in body.split(|c| !in_path(c)).filter(|word| word.contains("::")) {
                let path: Module = path.split("::").map(str::to_owned).collect();
                let first = &path[0];
                if ["crate", "super", "self"].contains(&first.as_str()) || is_child(module, first) {
                    file.used.push(path);
                }
            }
            (module.clone(), file)
        });
        Self(files.collect())
    }

    /// The file that has what a path leads to from a module.
    fn resolve(&self, from: &Module, path: &[String]) -> Option<Module> {
        let mut at = from.clone();
        for (n, name) in path.iter().enumerate() {
            match name.as_str() {
                "crate" => at.clear(),
                "super" => drop(at.pop()),
                "self" => {}
                name => {
                    let child = [at.as_slice(), &[name.to_owned()]].concat();
                    if self.0.contains_key(&child) {
                        at = child;
                        continue;
                    }
                    let imported = &self.0.get(&at)?.imported;
                    return match imported.iter().find(|(known, _)| known == name) {
                        Some((_, leads_to)) if leads_to[0] == "std" => None,
                        Some((_, leads_to)) => {
                            let whole = [leads_to.as_slice(), &path[n + 1..]].concat();
                            self.resolve(&at, &whole)
                        }
                        None => Some(at),
                    };
                }
            }
        }
        Some(at)
    }

    fn uses(&self) -> BTreeMap<&Module, BTreeSet<Module>> {
        let of = |module: &Module, file: &File| {
            let ours = file.used.iter().filter(|path| {
                let first = path[0].as_str();
                let child = [module.as_slice(), &[first.to_owned()]].concat();
                ["crate", "super", "self"].contains(&first) || self.0.contains_key(&child)
            });
            let files = ours.filter_map(|path| self.resolve(module, path));
            files.filter(|used| used != module && !used.is_empty()).collect()
        };
        self.0.iter().map(|(module, file)| (module, of(module, file))).collect()
    }

    /// Every use of a floor that is not below, and every folder without a floor.
    fn upward(&self) -> Vec<String> {
        let floor = |module: &Module| {
            let stands = |floor: &&[&str]| floor.contains(&module[0].as_str());
            FLOORS.iter().position(stands)
        };
        let mut wrong = vec![];
        for (module, uses) in self.uses().into_iter().filter(|(module, _)| !module.is_empty()) {
            if floor(module).is_none() {
                wrong.push(format!("{} is on no floor", module.join("/")));
            }
            for used in uses.iter().filter(|used| used[0] != module[0]) {
                if floor(used) >= floor(module) {
                    wrong.push(format!("{} uses {}", module.join("/"), used.join("/")));
                }
            }
        }
        wrong
    }

    /// A way from a file over others back to itself.
    fn circle(&self) -> Option<Vec<String>> {
        let uses = self.uses();
        let mut done = BTreeSet::new();
        uses.keys().find_map(|start| walk(start, &uses, &mut vec![], &mut done))
    }
}

fn walk<'a>(
    module: &'a Module,
    uses: &'a BTreeMap<&Module, BTreeSet<Module>>,
    way: &mut Vec<&'a Module>,
    done: &mut BTreeSet<&'a Module>,
) -> Option<Vec<String>> {
    if let Some(n) = way.iter().position(|passed| *passed == module) {
        return Some(way[n..].iter().map(|module| module.join("/")).collect());
    }
    if done.contains(module) {
        return None;
    }
    way.push(module);
    let circle = uses.get(module)?.iter().find_map(|used| walk(used, uses, way, done));
    way.pop();
    done.insert(module);
    circle
}

fn collect(folder: &Path, module: &[String], texts: &mut Vec<(Module, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let inner = [module, std::slice::from_ref(&name)].concat();
        if path.is_dir() {
            collect(&path, &inner, texts);
        } else {
            let is_root = ["lib", "mod"].contains(&name.as_str());
            let of = if is_root { module.to_vec() } else { inner };
            texts.push((of, fs::read_to_string(path).unwrap()));
        }
    }
}

/// A file without its comments and its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    text.lines().filter(|line| !is_comment(line)).map(|line| format!("{line}\n")).collect()
}

/// The next `use`: what lies before it, what follows the word, and true if it is a re-export.
fn next_import(text: &str) -> Option<(&str, &str, bool)> {
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        for visibility in ["", "pub ", "pub(crate) ", "pub(super) "] {
            let word = format!("{visibility}use ");
            if let Some(rest) = start.strip_prefix(&word) {
                let at = from + line.len() - rest.len();
                let before = from + line.len() - start.len();
                return Some((&text[..before], &text[at..], !visibility.is_empty()));
            }
        }
        from += line.len();
    }
    None
}

/// The paths of a tree such as `a::{b, c::{self, D as E}}`, under the names they get.
fn expand(tree: &str) -> Vec<Module> {
    let tree = tree.trim();
    let Some((stem, inside)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        return vec![path.split("::").map(|name| name.trim().to_owned()).collect()];
    };
    let stem: Module =
        stem.split("::").map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    let inside = inside.rsplit_once('}').unwrap().0;
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(c);
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    let paths = parts.flat_map(|part| expand(part)).map(|path| match path.as_slice() {
        [only] if only == "self" => stem.clone(),
        path => [stem.as_slice(), path].concat(),
    });
    paths.collect()
}

fn small(files: &[(&str, &str)]) -> Plan {
    let module =
        |name: &str| name.split('/').filter(|n| !n.is_empty()).map(str::to_owned).collect();
    let texts: Vec<(Module, String)> =
        files.iter().map(|(name, text)| (module(name), (*text).to_owned())).collect();
    Plan::of(&texts)
}

#[test]
fn every_folder_uses_the_floors_below_it_alone() {
    assert!(Plan::read().upward().is_empty(), "{:?}", Plan::read().upward());
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    assert_eq!(Plan::read().circle(), None);
}

#[test]
fn the_readme_prints_the_plan() {
    let floors = FLOORS
        .map(|floor| floor.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "));
    let sentence = floors.join(" < ");
    assert!(fs::read_to_string("README.md").unwrap().contains(&sentence), "{sentence}");
}

#[test]
fn a_use_of_a_higher_floor_is_found_through_re_exports_and_in_the_middle_of_code() {
    let root = ("", "pub use user::User; pub use values::{Id, budget};\n");
    let root = (root.0, root.1.replace("; ", ";\n"));
    for (file, text, found) in [
        ("values/id", "use crate::User;\n", "values/id uses user"),
        ("values/id", "use crate::{budget, user::{self}};\n", "values/id uses user"),
        ("portal", "fn f(user: &crate::User) {}\n", "portal uses user"),
        (
            "account/erase",
            "use crate::{Id, sign_in::SignInView};\n",
            "account/erase uses sign_in/view",
        ),
        ("user", "use crate::{\n    Id,\n    values::Id as Other,\n};\n", ""),
        (
            "user",
            "// use crate::sign_in::SignInView;\n#[cfg(test)]\nuse crate::sign_in::SignInView;\n",
            "",
        ),
    ] {
        let plan = small(&[
            ("user", ""),
            ("", &root.1),
            ("values", "pub use id::Id;\n"),
            ("values/budget", ""),
            ("values/id", ""),
            ("sign_in", "pub use view::SignInView;\n"),
            ("sign_in/view", ""),
            (file, text),
        ]);
        assert_eq!(plan.upward().join(", "), found, "{text}");
    }
    assert_eq!(small(&[("", ""), ("cellar", "")]).upward(), ["cellar is on no floor"]);
}

#[test]
fn a_circle_is_found_and_a_re_export_makes_none() {
    let parent = ("user", "pub use bypass::Bypass;\nuse failures::Failures;\n");
    let bypass = ("user/bypass", "use super::User;\n");
    assert_eq!(small(&[("", ""), parent, bypass, ("user/failures", "")]).circle(), None);
    let back = ("user/failures", "fn f(user: &super::User) {}\n");
    let circle = small(&[("", ""), parent, bypass, back]).circle();
    assert_eq!(circle.map(|circle| circle.join(" ")), Some("user user/failures".to_owned()));
}
