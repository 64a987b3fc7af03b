//! What this house builds by, checked: imports point downward, a file says what it is, and neither
//! files nor functions outgrow a reader.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// The modules of `protocol-core`, each importing only from those before it.
const CORE_LAYERS: &[&str] = &[
    "guide",
    "number",
    "checksum",
    "checked",
    "order",
    "limits",
    "report",
    "bounds",
    "known",
    "fault",
    "rule",
    "trail",
    "transcript",
    "path",
    "error",
    "context",
    "reader",
    "sink",
    "raw",
    "slice",
    "fields",
    "wire",
    "format",
    "types",
    "relation",
    "verify",
    "choice",
    "growth",
    "bits",
    "pack",
    "unpack",
    "explain",
    "message",
    "header",
    "dispatch",
    "conversation",
    "words",
    "__words",
    "private",
    "__rt",
    "frame",
    "conn",
    "net",
    "guide",
];

/// The modules of `protocol-derive`, each importing only from those before it.
const DERIVE_LAYERS: &[&str] = &[
    "half_typed",
    "paths",
    "errors",
    "words",
    "syntax",
    "check",
    "model",
    "plan",
    "emit",
    "hints",
    "expand",
];

/// The longest function and the longest file that a reader should have to take in.
const FUNCTION_LINES_MAX: usize = 70;
const FILE_LINES_MAX: usize = 500;

/// A source file of the workspace.
struct Source {
    path: PathBuf,
    text: String,
    syntax: syn::File,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below `folder`, but for what cargo built and what must not compile.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.expect("a folder can be read").path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
            if path.is_dir() && !["target", "ui", "user"].contains(&name) {
                folders.push(path);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(&path).expect("a source is text");
                let syntax = syn::parse_file(&text).expect("a source is Rust");
                found.push(Source { path, text, syntax });
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {folder}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// All Rust files of the workspace.
fn all_sources() -> Vec<Source> {
    ["protocol-core/src", "protocol-derive/src", "examples", "tests", "benches"]
        .into_iter()
        .flat_map(sources)
        .collect()
}

fn fail_if_any(problems: &[String], rule: &str) {
    assert!(problems.is_empty(), "{rule}:\n{}", problems.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let problems: Vec<String> = all_sources()
        .iter()
        .filter(|source| !source.text.trim_start_matches("#!/usr/bin/env").starts_with("//!"))
        .map(|source| format!("  {} has no `//!` at its top", source.path.display()))
        .collect();
    fail_if_any(&problems, "a file begins with what it is for");
}

#[test]
fn files_have_one_subject() {
    let problems: Vec<String> = all_sources()
        .iter()
        .filter(|source| source.text.lines().count() > FILE_LINES_MAX)
        .map(|source| {
            format!("  {} has {} lines", source.path.display(), source.text.lines().count())
        })
        .collect();
    fail_if_any(&problems, "a file has at most 500 lines");
}

/// Collects the functions that are too long.
struct LongFunctions<'a> {
    path: &'a Path,
    problems: Vec<String>,
}

impl LongFunctions<'_> {
    fn check(&mut self, name: &syn::Ident, block: &syn::Block) {
        let lines = block.span().end().line - block.span().start().line + 1;
        if lines > FUNCTION_LINES_MAX {
            self.problems.push(format!("  {}: `{name}` has {lines} lines", self.path.display()));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.check(&function.sig.ident, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.check(&function.sig.ident, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}

#[test]
fn functions_fit_a_screen() {
    let mut problems = Vec::new();
    for source in all_sources() {
        let mut long = LongFunctions { path: &source.path, problems: Vec::new() };
        long.visit_file(&source.syntax);
        problems.append(&mut long.problems);
    }
    fail_if_any(&problems, "a function has at most 70 lines");
}

/// Collects the modules of the crate that a file names, through `use` and through paths.
struct Imports<'a> {
    /// The module of each name that the crate root re-exports.
    exported: &'a BTreeMap<String, String>,
    modules: Vec<(usize, String)>,
}

impl Imports<'_> {
    /// Takes down what follows `crate::`.
    fn name(&mut self, name: &syn::Ident) {
        let text = name.to_string();
        let module = self.exported.get(&text).cloned().unwrap_or(text);
        self.modules.push((name.span().start().line, module));
    }

    fn tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.name(&path.ident),
            syn::UseTree::Name(name) => self.name(&name.ident),
            syn::UseTree::Rename(rename) => self.name(&rename.ident),
            syn::UseTree::Glob(_) => {}
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree
            && path.ident == "crate"
        {
            self.tree(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(second) = segments.next()
        {
            self.name(&second.ident);
        }
        visit::visit_path(self, path);
    }
}

/// The module that each name at the crate's root comes from.
fn exports(lib: &syn::File) -> BTreeMap<String, String> {
    fn leaves(tree: &syn::UseTree, names: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => leaves(&path.tree, names),
            syn::UseTree::Name(name) => names.push(name.ident.to_string()),
            syn::UseTree::Rename(rename) => names.push(rename.rename.to_string()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
            _ => {}
        }
    }
    let mut exported = BTreeMap::new();
    for item in &lib.items {
        if let syn::Item::Use(item) = item
            && let syn::UseTree::Path(path) = &item.tree
            && path.ident != "protocol_derive"
        {
            let mut names = Vec::new();
            leaves(&path.tree, &mut names);
            exported.extend(names.into_iter().map(|name| (name, path.ident.to_string())));
        }
    }
    exported
}

/// Checks that the files below `folder` import only from modules that stand before their own.
fn imports_point_downward(folder: &str, layers: &[&str]) {
    let sources = sources(folder);
    let base = root().join(folder);
    let lib = sources.iter().find(|source| source.path == base.join("lib.rs")).expect("lib.rs");
    let exported = exports(&lib.syntax);
    let layer = |module: &str| layers.iter().position(|name| *name == module);
    let mut problems = Vec::new();
    for source in sources.iter().filter(|source| source.path != lib.path) {
        let inside = source.path.strip_prefix(&base).expect("below the folder");
        let first = inside.components().next().expect("a name").as_os_str();
        let own = first.to_str().expect("UTF-8").trim_end_matches(".rs");
        let Some(own_layer) = layer(own) else {
            problems.push(format!("  `{own}` has no layer; give it one in tests/architecture.rs"));
            continue;
        };
        let mut imports = Imports { exported: &exported, modules: Vec::new() };
        imports.visit_file(&source.syntax);
        for (line, module) in imports.modules {
            if module != own && layer(&module).is_none_or(|below| below >= own_layer) {
                let path = source.path.display();
                problems.push(format!("  {path}:{line}: `{own}` imports `{module}`"));
            }
        }
    }
    fail_if_any(&problems, "imports point only downward");
}

#[test]
fn imports_of_the_runtime_point_downward() {
    imports_point_downward("protocol-core/src", CORE_LAYERS);
}

#[test]
fn imports_of_the_derives_point_downward() {
    imports_point_downward("protocol-derive/src", DERIVE_LAYERS);
}
