//! Edits of small schemas in, the page of their diff as a file out.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use yunqiao_diff::{Declarations, Report, diff, next, render};
use yunqiao_model::{Api, Source, load};
use yunqiao_tests::browser::scratch;
use yunqiao_tests::{files, home};

/// What somebody hostile writes into a schema.
pub(crate) const HOSTILE: &str =
    "</script><img src=x onerror=alert(1)><script>alert(2)</script>\\\"'><svg onload=alert(3)>";

const SHOP: &str = "tencent/shop/2024-01-01";

/// The page of a file; the folder goes with it.
pub(crate) struct Page {
    pub(crate) file: PathBuf,
    pub(crate) report: Report,
}

impl Drop for Page {
    fn drop(&mut self) {
        drop(self.file.parent().map(fs::remove_dir_all));
    }
}

fn base() -> Vec<(String, String)> {
    let files = files(&home().join("diff/base")).into_iter();
    files
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            // Examples would have to follow each edit.
            let end = text.find("\nexamples:").map_or(text.len(), |end| end + 1);
            (path, text[..end].to_owned())
        })
        .collect()
}

fn model(files: &[(String, String)]) -> Api {
    let sources: Vec<Source> = files
        .iter()
        .map(|(path, text)| Source::new(path.clone(), text.clone()))
        .collect();
    let loaded = load(&sources);
    let problems = yunqiao_model::render(&loaded.diagnostics, &sources, "", false);
    assert!(loaded.diagnostics.is_empty(), "{problems}");
    loaded.api
}

fn page(name: &str, old: &Api, new: &Api) -> Page {
    let report = diff(old, new);
    let declarations = Declarations::of(&report, old, new);
    let sides = render::Sides {
        old: "v1.2.3",
        new: "<b>branch</b>",
        declarations: &declarations,
    };
    let text = render::html(&report, &next("1.2.3", report.bump()).unwrap(), &sides);
    let file = scratch(name).join("page.html");
    fs::write(&file, text).unwrap();
    Page { file, report }
}

/// A bit of everything: of each axis, over two services, likely renames, prose, and hostile text wherever there is room for it.
pub(crate) fn mixed(name: &str) -> Page {
    let old = base();
    let mut new = base();
    // Nothing in it tells where a line may end.
    let long = format!("host: {}.tencentcloudapi.com", "shop".repeat(15));
    let hostile = format!("\"{HOSTILE}\"");
    for (path, from, to) in [
        ("shop/actions/CreateOrder", "type: Person", "type: [Person]"),
        ("shop/actions/CreateOrder", "  Tags:\n", "  Labels:\n"),
        ("shop/actions/CreateOrder", "length: ..200", "length: ..100"),
        (
            "shop/actions/CreateOrder",
            "doc: Words for the shop.",
            &format!("doc: {hostile}"),
        ),
        ("shop/actions/ListOrders", "summary: ", "summary: Now. "),
        ("shop/structs/Order", "type: int\n", "type: string\n"),
        (
            "shop/structs/Order",
            "  Stage:\n    type: string\n",
            "  Stage:\n    type: Item\n",
        ),
        (
            "shop/enums/Channel",
            "    doc: A page.\n",
            "    doc: A page, open.\n",
        ),
        (
            "shop/enums/Rank",
            "  - value: 2\n    name: Second\n    doc: After the first.\n",
            "",
        ),
        (
            "shop/service",
            "doc: Orders, from the first to the last step.",
            &format!("doc: {hostile}"),
        ),
        ("shop/service", "host: shop.tencentcloudapi.com", &long),
        (
            "post/actions/SendLetter",
            "response:",
            "deprecated: \"</title><script>alert(4)</script> 'use' CountLetters\"\nresponse:",
        ),
    ] {
        let (service, rest) = path.split_once('/').unwrap();
        let folder = if service == "shop" {
            SHOP
        } else {
            "volcengine/post/2020-01-01"
        };
        let path = format!("{folder}/{rest}.yaml");
        let text = &mut new.iter_mut().find(|file| file.0 == path).unwrap().1;
        assert!(text.contains(from), "{path} has no {from:?}:\n{text}");
        *text = text.replacen(from, to, 1);
    }
    page(name, &model(&old), &model(&new))
}

/// So many structs, of which each field changes its type or its prose.
pub(crate) fn large(name: &str, structs: usize, fields: usize) -> Page {
    let side = |is_new: bool| {
        let mut files = base();
        let mut request = String::new();
        for number in 0..structs {
            let mut text = format!("struct: Thing{number}\ndoc: Thing {number}.\nfields:\n");
            for field in 0..fields {
                let ty = if is_new && field % 2 == 0 {
                    "int"
                } else {
                    "string"
                };
                let doc = if is_new && field % 2 == 1 {
                    "now"
                } else {
                    "before"
                };
                let _ = write!(
                    text,
                    "  Field{field}:\n    type: {ty}\n    doc: What it was {doc}.\n"
                );
            }
            files.push((format!("{SHOP}/structs/Thing{number}.yaml"), text));
            let _ = write!(
                request,
                "  Thing{number}:\n    type: Thing{number}\n    doc: A thing.\n"
            );
        }
        let text =
            format!("action: UseThings\nsummary: Use things.\nrequest:\n{request}response: {{}}\n");
        files.push((format!("{SHOP}/actions/UseThings.yaml"), text));
        model(&files)
    };
    page(name, &side(false), &side(true))
}
