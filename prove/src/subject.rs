//! A change in, what it is about on either side out.

use yunqiao_codegen::field_name;
use yunqiao_diff::Change;
use yunqiao_model::Api;
use yunqiao_model::api::{
    Action, Enum, EnumValue, ErrorCode, Field, Life, Service, ServiceId, Struct, Vendor,
};

/// What a change is about, on one side.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'a> {
    Vendor(Vendor),
    Service(&'a Service),
    Action(&'a Service, &'a Action),
    Struct(&'a Service, &'a Struct),
    Enum(&'a Service, &'a Enum),
    Value(&'a Service, &'a Enum, &'a EnumValue),
    /// All fields of an owner: their order.
    Fields(&'a Service, Owner<'a>),
    Field(&'a Service, Owner<'a>, &'a Field),
    /// A code of a service, or of a vendor.
    Code(Vendor, Option<&'a Service>, &'a ErrorCode),
}

/// What has fields.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner<'a> {
    Request(&'a Action),
    Response(&'a Action),
    Struct(&'a Struct),
}

impl<'a> Owner<'a> {
    pub(crate) fn fields(self) -> &'a [Field] {
        match self {
            Self::Request(action) => &action.request,
            Self::Response(action) => &action.response,
            Self::Struct(one) => &one.fields,
        }
    }

    /// Whether it has setters.
    pub(crate) fn is_sent(self) -> bool {
        match self {
            Self::Request(_) => true,
            Self::Response(_) => false,
            Self::Struct(one) => one.in_request,
        }
    }

    pub(crate) fn life(self) -> &'a Life {
        match self {
            Self::Request(action) | Self::Response(action) => &action.life,
            Self::Struct(one) => &one.life,
        }
    }
}

impl Item<'_> {
    /// Whether only a tombstone is left of it.
    pub(crate) fn is_dead(&self) -> bool {
        let is_dead = |life: &Life| life.removed.is_some();
        match self {
            Self::Vendor(_) => false,
            Self::Service(service) => {
                let mut actions = service.actions.values();
                !service.actions.is_empty() && actions.all(|action| is_dead(&action.life))
            }
            Self::Action(_, one) => is_dead(&one.life),
            Self::Struct(_, one) => is_dead(&one.life),
            Self::Enum(_, one) => is_dead(&one.life),
            Self::Value(_, _, one) => is_dead(&one.life),
            Self::Fields(_, owner) => is_dead(owner.life()),
            Self::Field(_, _, one) => is_dead(&one.life),
            Self::Code(_, _, one) => is_dead(&one.life),
        }
    }
}

/// What a change is about, and what is around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject<'a> {
    pub(crate) old: Option<Item<'a>>,
    pub(crate) new: Option<Item<'a>>,
    /// What stands around it on the old side: where it comes, callers who do not use it must notice nothing.
    pub(crate) around: Option<Item<'a>>,
}

impl<'a> Subject<'a> {
    /// Looks up the change's path on both sides. A name that only the new side has leads to what it was before.
    pub(crate) fn of(change: &Change, old: &'a Api, new: &'a Api) -> Self {
        let path = Path::of(&change.path);
        let new_item = path.find(new, None, change);
        Self {
            old: path.find(old, Some(new), change),
            new: new_item,
            around: path.around().find(old, Some(new), change),
        }
    }
}

/// A change's path, taken apart.
#[derive(Clone, Copy, Debug)]
enum Path<'p> {
    Vendor(&'p str),
    VendorCode(&'p str, &'p str),
    Service(&'p str),
    Code(&'p str, &'p str),
    Action(&'p str, &'p str),
    Struct(&'p str, &'p str),
    Enum(&'p str, &'p str),
    Value(&'p str, &'p str, &'p str),
    Field(&'p str, Of<'p>, &'p str),
    Fields(&'p str, Of<'p>),
}

#[derive(Clone, Copy, Debug)]
enum Of<'p> {
    Request(&'p str),
    Response(&'p str),
    Struct(&'p str),
}

impl<'p> Path<'p> {
    fn of(path: &'p str) -> Self {
        let Some((vendor, rest)) = path.split_once('/') else {
            return Self::Vendor(path);
        };
        if let Some(code) = rest.strip_prefix("errors/") {
            return Self::VendorCode(vendor, code);
        }
        if rest.starts_with("hosts/") {
            return Self::Vendor(vendor);
        }
        let end = path
            .match_indices('/')
            .nth(2)
            .map_or(path.len(), |(at, _)| at);
        let id = &path[..end];
        let rest = path[end..].trim_start_matches('/');
        let Some((kind, rest)) = rest.split_once('/') else {
            return Self::Service(id);
        };
        let (name, more) = rest.split_once('/').unwrap_or((rest, ""));
        match (kind, more) {
            ("errors", _) => Self::Code(id, rest),
            ("actions", "request") => Self::Fields(id, Of::Request(name)),
            ("actions", "response") => Self::Fields(id, Of::Response(name)),
            ("actions", more) => match more.split_once('/') {
                Some(("request", field)) => Self::Field(id, Of::Request(name), field),
                Some(("response", field)) => Self::Field(id, Of::Response(name), field),
                _ => Self::Action(id, name),
            },
            ("structs", "") => Self::Struct(id, name),
            ("structs", field) => Self::Field(id, Of::Struct(name), field),
            ("enums", "") => Self::Enum(id, name),
            ("enums", value) => Self::Value(id, name, value),
            _ => Self::Service(id),
        }
    }

    fn around(self) -> Self {
        match self {
            Self::Vendor(vendor) | Self::VendorCode(vendor, _) => Self::Vendor(vendor),
            Self::Service(id) => Self::Vendor(id.split('/').next().unwrap_or(id)),
            Self::Code(id, _) | Self::Action(id, _) | Self::Struct(id, _) | Self::Enum(id, _) => {
                Self::Service(id)
            }
            Self::Value(id, list, _) => Self::Enum(id, list),
            Self::Field(id, Of::Struct(name), _) | Self::Fields(id, Of::Struct(name)) => {
                Self::Struct(id, name)
            }
            Self::Field(id, Of::Request(name) | Of::Response(name), _)
            | Self::Fields(id, Of::Request(name) | Of::Response(name)) => Self::Action(id, name),
        }
    }

    /// Finds the item; `later` is the other side when this is the old one.
    fn find<'a>(self, api: &'a Api, later: Option<&'a Api>, change: &Change) -> Option<Item<'a>> {
        match self {
            Self::Vendor(name) => Vendor::from_folder(name).map(Item::Vendor),
            Self::VendorCode(vendor, code) => {
                let vendor = Vendor::from_folder(vendor)?;
                let errors = &api.vendors.get(&vendor)?.errors;
                let found = errors.get(code).or_else(|| {
                    let before = later.and(change.before.as_ref())?;
                    errors.get(before).filter(|_| change.rule.id == "X3")
                });
                found.map(|code| Item::Code(vendor, None, code))
            }
            Self::Service(id) => service(api, id).map(Item::Service),
            Self::Code(id, code) => {
                let service = service(api, id)?;
                let found = service.errors.get(code).or_else(|| {
                    let before = later.and(change.before.as_ref())?;
                    service
                        .errors
                        .get(before)
                        .filter(|_| change.rule.id == "X3")
                });
                found.map(|code| Item::Code(service.id.vendor, Some(service), code))
            }
            Self::Action(id, name) => {
                let service = service(api, id)?;
                let action = action(service, later, name)?;
                Some(Item::Action(service, action))
            }
            Self::Struct(id, name) => {
                let service = service(api, id)?;
                let found = structure(service, later, name)?;
                Some(Item::Struct(service, found))
            }
            Self::Enum(id, name) => {
                let service = service(api, id)?;
                let found = list(service, later, name)?;
                Some(Item::Enum(service, found))
            }
            Self::Value(id, name, value) => {
                let service = service(api, id)?;
                let list = list(service, later, name)?;
                let by_text = |text: &str| {
                    let mut values = list.values.iter();
                    values.find(|one| one.value.to_string() == text)
                };
                let found = by_text(value).or_else(|| {
                    let before = later.and(change.before.as_deref())?;
                    by_text(before).filter(|_| change.rule.id == "D19")
                });
                found.map(|value| Item::Value(service, list, value))
            }
            Self::Fields(id, of) => {
                let service = service(api, id)?;
                Some(Item::Fields(service, owner(service, later, of)?))
            }
            Self::Field(id, of, name) => {
                let service = service(api, id)?;
                let found = owner(service, later, of)?;
                let after = later.and_then(|later| {
                    let service = self::service(later, id)?;
                    let fields = owner(service, None, of)?.fields();
                    fields.iter().find(|field| field.name == name)
                });
                let field = field(found.fields(), after, name)?;
                Some(Item::Field(service, found, field))
            }
        }
    }
}

fn service<'a>(api: &'a Api, id: &str) -> Option<&'a Service> {
    let mut parts = id.splitn(3, '/');
    let id = ServiceId {
        vendor: Vendor::from_folder(parts.next()?)?,
        service: parts.next()?.to_owned(),
        version: parts.next()?.to_owned(),
    };
    api.services.get(&id)
}

/// The other side of a service.
fn other<'a>(service: &Service, later: Option<&'a Api>) -> Option<&'a Service> {
    later?.services.get(&service.id)
}

fn action<'a>(service: &'a Service, later: Option<&'a Api>, name: &str) -> Option<&'a Action> {
    service.actions.get(name).or_else(|| {
        let life = &other(service, later)?.actions.get(name)?.life;
        service.actions.get(life.renamed_from.as_ref()?)
    })
}

fn structure<'a>(service: &'a Service, later: Option<&'a Api>, name: &str) -> Option<&'a Struct> {
    service.structs.get(name).or_else(|| {
        let life = &other(service, later)?.structs.get(name)?.life;
        service.structs.get(life.renamed_from.as_ref()?)
    })
}

fn list<'a>(service: &'a Service, later: Option<&'a Api>, name: &str) -> Option<&'a Enum> {
    service.enums.get(name).or_else(|| {
        let life = &other(service, later)?.enums.get(name)?.life;
        service.enums.get(life.renamed_from.as_ref()?)
    })
}

fn owner<'a>(service: &'a Service, later: Option<&'a Api>, of: Of<'_>) -> Option<Owner<'a>> {
    Some(match of {
        Of::Request(name) => Owner::Request(action(service, later, name)?),
        Of::Response(name) => Owner::Response(action(service, later, name)?),
        Of::Struct(name) => Owner::Struct(structure(service, later, name)?),
    })
}

/// The field of this name, or what the other side's field of this name was before: declared, or written otherwise.
fn field<'a>(fields: &'a [Field], after: Option<&Field>, name: &str) -> Option<&'a Field> {
    let by_name = |name: &str| fields.iter().find(|field| field.name == name);
    let rust = |field: &Field| {
        let own = field.rust.clone();
        own.unwrap_or_else(|| field_name(&field.name))
    };
    let renamed = || by_name(after?.life.renamed_from.as_deref()?);
    let respelt = || {
        let after = after?;
        fields.iter().find(|field| rust(field) == rust(after))
    };
    // A rename comes first, as the diff matches it: a tombstone may stand under the new name's side.
    by_name(name).or_else(renamed).or_else(respelt)
}
