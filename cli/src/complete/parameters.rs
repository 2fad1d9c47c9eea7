//! An action and the word that is being written in, the parameters that it may become out.

use yunqiao_model::api::{Action, Field, Service, Type};

/// A parameter that may be written.
pub(super) struct Offer {
    /// Names and numbers, joined by dots.
    pub(super) path: String,
    pub(super) help: String,
    /// It may stand without a value.
    pub(super) is_flag: bool,
    /// Values with what they mean, where there is a list of them.
    pub(super) values: Vec<(String, String)>,
}

/// The parameters of an action: those that the word may become, and those that stand on the line already.
pub(super) fn offers(
    service: &Service,
    action: &Action,
    typed: &str,
    others: &[&str],
) -> Vec<Offer> {
    let (typed, written) = (
        path_of(typed),
        others.iter().filter_map(|word| path_of(word)),
    );
    let written: Vec<&str> = written.collect();
    let mut offers = Vec::new();
    let walk = Walk {
        service,
        typed: typed.unwrap_or_default(),
        written: &written,
    };
    walk.fields(&action.request, "", &mut offers);
    offers
}

/// The path of a parameter, without its value.
fn path_of(word: &str) -> Option<&str> {
    let path = word.strip_prefix("--")?;
    Some(path.split_once('=').map_or(path, |(path, _)| path))
}

struct Walk<'a> {
    service: &'a Service,
    typed: &'a str,
    written: &'a [&'a str],
}

impl Walk<'_> {
    /// The fields of an object at a path that ends with a dot, or is empty.
    fn fields(&self, fields: &[Field], before: &str, offers: &mut Vec<Offer>) {
        let live = fields
            .iter()
            .filter(|field| !field.disabled && field.life.removed.is_none());
        for field in live {
            self.place(field, &field.ty, format!("{before}{}", field.name), offers);
        }
    }

    fn place(&self, field: &Field, ty: &Type, path: String, offers: &mut Vec<Offer>) {
        // What is within is of interest to whoever has begun to write it.
        let is_entered = self.typed.starts_with(&path)
            || self.written.iter().any(|one| {
                one.strip_prefix(path.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
            });
        if is_entered {
            match ty {
                Type::Struct(name) => {
                    if let Some(one) = self.service.structs.get(name) {
                        self.fields(&one.fields, &format!("{path}."), offers);
                    }
                }
                Type::List(item) if item.struct_name().is_some() => {
                    for number in 0..=self.numbers(&path) {
                        self.place(field, item, format!("{path}.{number}"), offers);
                    }
                }
                _ => {}
            }
        }
        offers.push(Offer {
            help: self.help(field),
            is_flag: *ty == Type::Bool,
            values: self.values(ty),
            path,
        });
    }

    /// How many entries of a list are written already.
    fn numbers(&self, path: &str) -> usize {
        let number = |one: &&str| {
            let rest = one.strip_prefix(path)?.strip_prefix('.')?;
            rest.split('.').next()?.parse::<usize>().ok()
        };
        let most = self.written.iter().filter_map(number).max();
        // Whoever writes a number that is far away is not helped with all before it.
        most.map_or(0, |most| most + 1).min(100)
    }

    fn help(&self, field: &Field) -> String {
        let words: Vec<&str> = field.doc.split_whitespace().collect();
        let text = words.join(" ");
        let first = text
            .split_once(". ")
            .map_or(text.as_str(), |(first, _)| first);
        let mark = if field.required { "required: " } else { "" };
        let shown: String = first.trim_end_matches('.').chars().take(90).collect();
        format!("{mark}{shown}")
    }

    fn values(&self, ty: &Type) -> Vec<(String, String)> {
        match ty {
            Type::Bool => ["true", "false"]
                .map(|one| (one.to_owned(), String::new()))
                .into(),
            Type::List(item) => self.values(item),
            Type::Enum(name) => {
                let one = self.service.enums.get(name);
                let values = one.into_iter().flat_map(|one| &one.values);
                values
                    .map(|value| {
                        let words: Vec<&str> = value.doc.split_whitespace().collect();
                        (value.value.to_string(), words.join(" "))
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}
