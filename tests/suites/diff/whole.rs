//! The project's own schemas and the services of the cases in, what holds for all of them out: what is written otherwise is the
//! same, and what goes is told, and comes back.

use serde_json::{Map, Value as Json};
use yunqiao_codegen::surface;
use yunqiao_diff::{Report, diff};
use yunqiao_model::dialect::{ObjectShape, Shape, file_shapes};
use yunqiao_model::{Api, Source, load, to_json};
use yunqiao_tests::{files, home, schemas};

use crate::keys::kind;

fn base() -> Vec<Source> {
    let files = files(&home().join("diff/base"));
    files
        .into_iter()
        .map(|(path, bytes)| Source::new(path, bytes))
        .collect()
}

fn api(sources: &[Source]) -> Api {
    let loaded = load(sources);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.api
}

fn told(report: &Report) -> Vec<(&str, &str)> {
    let changes = report.changes.iter();
    changes
        .map(|change| (change.rule.id, change.path.as_str()))
        .collect()
}

/// The same with the keys of every mapping that has fixed ones in the opposite order. Names keep theirs: it is the wire's.
fn turned(shape: &Shape, value: Json) -> Json {
    match (shape, value) {
        (Shape::Object(of), Json::Object(map)) => Json::Object(turned_keys(&of(), map)),
        (Shape::Map(inner), Json::Object(map)) => {
            let entries = map.into_iter();
            Json::Object(
                entries
                    .map(|(key, value)| (key, turned(inner, value)))
                    .collect(),
            )
        }
        (Shape::List(inner), Json::Array(items)) => {
            Json::Array(items.into_iter().map(|item| turned(inner, item)).collect())
        }
        (_, value) => value,
    }
}

fn turned_keys(shape: &ObjectShape, map: Map<String, Json>) -> Map<String, Json> {
    let entries = map.into_iter().rev();
    entries
        .map(|(key, value)| {
            let of = shape.keys.iter().find(|of| of.name == key).unwrap();
            let value = turned(&(of.shape)(), value);
            (key, value)
        })
        .collect()
}

/// The file as JSON, which lies elsewhere, and has its keys the other way round.
fn rewritten(source: &Source) -> Source {
    let shapes = file_shapes();
    let (_, shape) = shapes
        .iter()
        .find(|(of, _)| *of == kind(&source.path))
        .unwrap();
    let Json::Object(map) = to_json(source).unwrap() else {
        panic!("{} is no mapping", source.path);
    };
    let text = format!("{:#}\n", Json::Object(turned_keys(shape, map)));
    Source::new(source.path.replace(".yaml", ".json"), text)
}

/// The file with comments, and blank lines between what stands at its margin.
fn aired(source: &Source) -> Source {
    let text = String::from_utf8(source.bytes.clone()).unwrap();
    let lines = text.lines().map(|line| {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            format!("\n# About what follows.\n{line}\n")
        } else {
            format!("{line}\n")
        }
    });
    Source::new(source.path.clone(), lines.collect::<String>())
}

#[test]
fn what_is_written_otherwise_is_the_same() {
    for sources in [base(), schemas()] {
        let old = api(&sources);
        assert!(!old.services.is_empty());
        let json: Vec<Source> = sources.iter().map(rewritten).collect();
        assert_eq!(told(&diff(&old, &api(&json))), [], "as JSON");
        let mut aired: Vec<Source> = sources.iter().map(aired).collect();
        aired.reverse();
        assert_eq!(told(&diff(&old, &api(&aired))), [], "with comments");
    }
}

/// How many items of a kind are taken out of a service in turn, and of how many the next one is. The services of the cases are
/// small enough for all.
const SOME: (usize, usize) = (3, 29);
const ALL: (usize, usize) = (usize::MAX, 1);

/// Takes the item out that has this number, if there are as many: its path in the service, and whether it is a field.
type Taking = fn(&mut yunqiao_model::api::Service, usize) -> Option<String>;

fn nth_key<T>(map: &std::collections::BTreeMap<String, T>, at: usize) -> Option<String> {
    map.keys().nth(at).cloned()
}

const TAKINGS: &[(&str, &[&str], &[&str], Taking)] = &[
    ("action", &["C3"], &["C1"], |service, at| {
        let name = nth_key(&service.actions, at)?;
        service.actions.remove(&name);
        Some(format!("actions/{name}"))
    }),
    ("struct", &["F2"], &["F1"], |service, at| {
        let name = nth_key(&service.structs, at)?;
        service.structs.remove(&name);
        Some(format!("structs/{name}"))
    }),
    ("enum", &["F2"], &["F1"], |service, at| {
        let name = nth_key(&service.enums, at)?;
        service.enums.remove(&name);
        Some(format!("enums/{name}"))
    }),
    ("code", &["X2"], &["X1"], |service, at| {
        let name = nth_key(&service.errors, at)?;
        service.errors.remove(&name);
        Some(format!("errors/{name}"))
    }),
    ("value", &["D18", "E22"], &["D17", "E21"], |service, at| {
        let mut values = service.enums.iter().flat_map(|(name, list)| {
            let values = list.values.iter().enumerate();
            values.map(move |(index, value)| (name.clone(), index, value.value.to_string()))
        });
        let (name, index, value) = values.nth(at)?;
        service.enums.get_mut(&name)?.values.remove(index);
        Some(format!("enums/{name}/{value}"))
    }),
    (
        "field of a struct",
        &["D4", "D5", "E6"],
        &["D1", "D2", "D3", "E1"],
        |service, at| {
            let mut fields = service.structs.iter().flat_map(|(name, one)| {
                let fields = one.fields.iter().enumerate();
                fields.map(move |(index, field)| (name.clone(), index, field.name.clone()))
            });
            let (name, index, field) = fields.nth(at)?;
            service.structs.get_mut(&name)?.fields.remove(index);
            Some(format!("structs/{name}/{field}"))
        },
    ),
    (
        "field of a request",
        &["D4", "D5"],
        &["D1", "D2", "D3"],
        |service, at| {
            let mut fields = service.actions.iter().flat_map(|(name, one)| {
                let fields = one.request.iter().enumerate();
                fields.map(move |(index, field)| (name.clone(), index, field.name.clone()))
            });
            let (name, index, field) = fields.nth(at)?;
            service.actions.get_mut(&name)?.request.remove(index);
            Some(format!("actions/{name}/request/{field}"))
        },
    ),
    ("field of an answer", &["E6"], &["E1"], |service, at| {
        let mut fields = service.actions.iter().flat_map(|(name, one)| {
            let fields = one.response.iter().enumerate();
            fields.map(move |(index, field)| (name.clone(), index, field.name.clone()))
        });
        let (name, index, field) = fields.nth(at)?;
        service.actions.get_mut(&name)?.response.remove(index);
        Some(format!("actions/{name}/response/{field}"))
    }),
];

/// What the generator makes of both sides contradicts nothing that is told.
fn agrees(report: &Report, locks: [&str; 2]) {
    let mut report = report.clone();
    // No schema can be read whose pages have lost their items, or whose jobs their handle.
    let long = locks.map(|lock| {
        let lines = lock.lines();
        lines
            .filter(|line| line.starts_with("pages ") || line.starts_with("job "))
            .count()
    });
    if report.changes[0].path.matches('/').count() > 4 && long[0] != long[1] {
        return;
    }
    if let Err(wrong) = report.judge(locks[0], locks[1]) {
        panic!("{wrong}");
    }
}

/// Whatever is taken out is told once, at its place, and is new when it comes back; and nothing else is told.
#[test]
fn what_goes_is_told_and_comes_back() {
    let (mut taken, mut judged) = (0, 0);
    for (sources, (most, step)) in [(base(), ALL), (schemas(), SOME)] {
        let whole = api(&sources);
        for (id, service) in &whole.services {
            let alone = Api {
                services: [(id.clone(), service.clone())].into(),
                ..Api::default()
            };
            let lock = surface(&alone).unwrap();
            for (what, gone, come, take) in TAKINGS {
                for at in (0..most).map(|turn| turn * step) {
                    let mut without = alone.clone();
                    let service = without.services.get_mut(id).unwrap();
                    let Some(path) = take(service, at) else { break };
                    let path = format!("{id}/{path}");
                    let (there, back) = (diff(&alone, &without), diff(&without, &alone));
                    // Large services take a while.
                    if !matches!(*what, "struct" | "enum") && (step == 1 || at == 0) {
                        let without = surface(&without).unwrap();
                        agrees(&there, [&lock, &without]);
                        agrees(&back, [&without, &lock]);
                        judged += 1;
                    }
                    let is_dead = |report: &Report| told(report).iter().all(|it| it.0 == "H11");
                    if !(is_dead(&there) && back.changes.is_empty()) {
                        for (report, rules) in [(&there, gone), (&back, come)] {
                            let told = told(report);
                            let is_told = told.len() == 1 && rules.contains(&told[0].0);
                            assert!(is_told && told[0].1 == path, "{what} {path}: {told:?}");
                        }
                    }
                    taken += 1;
                }
            }
        }
    }
    assert!(taken > 200, "only {taken} were taken out");
    assert!(judged > 100, "only {judged} were judged");
}
