//! A lock in, its items out, each with the place in the schemas that it comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::lock::compare::{Aliases, split};
use crate::lock::place::Places;
use crate::outline::is_version_module;

/// A line of a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned<'a> {
    /// The whole line.
    pub line: &'a str,
    /// Kind and path, for example `field tencent::ess::v20201111::FlowInfo::flow_id`.
    pub item: &'a str,
    /// The Rust type, if the item has one, and the name on the wire, or whatever else the line pins.
    pub meaning: &'a str,
    /// Where the schemas describe it, for example `tencent/ess/2020-11-11/structs/FlowInfo/FlowId`. Empty where nothing in the
    /// lock says so.
    pub place: String,
    /// Whether it stands for a service without its version, and says which version it leads to.
    pub is_plain: bool,
}

impl Pinned<'_> {
    /// The Rust type alone; empty where the line has none.
    #[must_use]
    pub fn rust_type(&self) -> &str {
        self.meaning.rsplit_once(" = ").map_or("", |(ty, _)| ty)
    }
}

/// The public surface, as a lock lists it.
#[derive(Debug, Default)]
pub struct Surface<'a> {
    items: BTreeMap<&'a str, Pinned<'a>>,
    places: Places,
    aliases: Aliases<'a>,
}

impl<'a> Surface<'a> {
    /// Reads a lock. Lines that are of no known kind come along without a place: a lock may be of another release.
    #[must_use]
    pub fn read(lock: &'a str) -> Self {
        let lines = lock.lines().filter_map(|line| Some((line, split(line)?)));
        let lines: Vec<(&str, (&str, &str))> = lines.collect();
        let places = Places::of(&lines.iter().map(|(_, split)| *split).collect::<Vec<_>>());
        let items = lines.iter().map(|(line, (item, meaning))| {
            let is_plain = is_plain(item);
            let pinned = Pinned {
                line,
                item,
                meaning,
                place: places.find(item, meaning, is_plain).unwrap_or_default(),
                is_plain,
            };
            (*item, pinned)
        });
        Self {
            items: items.collect(),
            aliases: Aliases::collect(lock),
            places,
        }
    }

    /// Every item, sorted.
    pub fn items(&self) -> impl Iterator<Item = &Pinned<'a>> {
        self.items.values()
    }

    /// The item of this kind and path.
    #[must_use]
    pub fn get(&self, item: &str) -> Option<&Pinned<'a>> {
        self.items.get(item)
    }

    /// What an older surface calls so: the item itself, or what it has become under a new name.
    #[must_use]
    pub fn resolve(&self, item: &str) -> Option<&Pinned<'a>> {
        let renamed = || self.items.get(self.aliases.apply(item).as_str());
        self.get(item).or_else(renamed)
    }

    /// The places of the types that an item's Rust type names.
    #[must_use]
    pub fn types(&self, item: &Pinned<'_>) -> BTreeSet<&str> {
        let path = item.item.split_once(' ').map_or("", |(_, path)| path);
        let module: Vec<&str> = path.split("::").take(3).collect();
        let module = module.join("::");
        let words = item
            .rust_type()
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        words
            .filter(|word| !word.is_empty())
            .filter_map(|word| self.places.at(&format!("{module}::{word}")))
            .collect()
    }

    /// Whether a vendor has a service.
    #[must_use]
    pub fn has_vendor(&self, vendor: &str) -> bool {
        let start = format!("mod {vendor}::");
        let mut modules = self.items.range(start.as_str()..);
        modules
            .next()
            .is_some_and(|(item, _)| item.starts_with(&start))
    }
}

fn is_plain(item: &str) -> bool {
    let (kind, path) = item.split_once(' ').unwrap_or_default();
    let names: Vec<&str> = path.split("::").take(3).collect();
    matches!(kind, "use" | "method" | "const")
        && names.len() > 2
        && names[1] != "error_code"
        && !is_version_module(names[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "# The public surface.\n\
        alias tencent::shop::Cashback = Refund\n\
        alias tencent::shop::v20240101::Cashback = Refund\n\
        alias tencent::shop::v20240101::Refund::cause = reason\n\
        const tencent::error_code::LIMIT: &str = \"Limit\"\n\
        const tencent::shop::error_code::DENIED: &str = \"Denied\"\n\
        const tencent::shop::v20240101::error_code::DENIED: &str = \"Denied\"\n\
        enum tencent::shop::v20240101::Rank: str = Level\n\
        feature tencent-shop = shop\n\
        feature tencent-shop-v20240101 = v20240101\n\
        field tencent::shop::v20240101::PayRequest::list: Vec<Refund> = List\n\
        field tencent::shop::v20240101::Refund::reason: Option<Rank> = Reason\n\
        former tencent::shop::v20240101::Refund::reason = REASON\n\
        job tencent::shop::v20240101::PayResponse: ReadRequest -> ReadResponse = Read\n\
        method tencent::shop::Client::pay = v20240101\n\
        method tencent::shop::v20240101::Client::pay: PayRequest -> Events<PayResponse> = Pay\n\
        mod tencent::shop::v20240101 = tencent/shop/2024-01-01\n\
        struct tencent::shop::Client = shop\n\
        struct tencent::shop::v20240101::Client = shop\n\
        struct tencent::shop::v20240101::PayRequest = PayRequest\n\
        struct tencent::shop::v20240101::PayResponse = PayResponse\n\
        struct tencent::shop::v20240101::Refund = Refund\n\
        use tencent::shop::Refund = v20240101\n\
        variant tencent::shop::v20240101::Rank::Quote = \"a\\\"b\"\n\
        wonder tencent::shop::v20240101::Thing = of another release\n";

    #[test]
    fn every_line_has_its_place_in_the_schemas() {
        let surface = Surface::read(LOCK);
        let id = "tencent/shop/2024-01-01";
        let found: Vec<(&str, &str)> = surface
            .items()
            .map(|it| {
                let (kind, path) = it.item.split_once(' ').unwrap();
                let place = it.place.strip_prefix(id).unwrap_or(&it.place);
                (
                    if path.contains("::v2024") {
                        kind
                    } else {
                        it.item
                    },
                    place,
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("alias tencent::shop::Cashback", "/structs/Refund"),
                ("alias", "/structs/Refund"),
                ("alias", "/structs/Refund/Reason"),
                ("const tencent::error_code::LIMIT", "tencent/errors/Limit"),
                ("const tencent::shop::error_code::DENIED", "/errors/Denied"),
                ("const", "/errors/Denied"),
                ("enum", "/enums/Level"),
                ("feature tencent-shop", ""),
                ("feature tencent-shop-v20240101", ""),
                ("field", "/actions/Pay/request/List"),
                ("field", "/structs/Refund/Reason"),
                ("job", "/actions/Pay"),
                ("method tencent::shop::Client::pay", "/actions/Pay"),
                ("method", "/actions/Pay"),
                ("mod", ""),
                ("struct tencent::shop::Client", ""),
                ("struct", ""),
                ("struct", "/actions/Pay/request"),
                ("struct", "/actions/Pay/response"),
                ("struct", "/structs/Refund"),
                ("use tencent::shop::Refund", "/structs/Refund"),
                ("variant", "/enums/Level/a\"b"),
                ("wonder", ""),
            ]
        );
        let unknown = surface
            .get("wonder tencent::shop::v20240101::Thing")
            .unwrap();
        assert_eq!(
            (&*unknown.place, unknown.meaning),
            ("", "of another release")
        );
    }

    #[test]
    fn types_and_new_names_are_found() {
        let surface = Surface::read(LOCK);
        let list = surface
            .get("field tencent::shop::v20240101::PayRequest::list")
            .unwrap();
        let types: Vec<&str> = surface.types(list).into_iter().collect();
        assert_eq!(types, ["tencent/shop/2024-01-01/structs/Refund"]);
        let now = surface
            .resolve("struct tencent::shop::v20240101::Cashback")
            .unwrap();
        assert_eq!(now.item, "struct tencent::shop::v20240101::Refund");
        assert!(
            surface
                .resolve("struct tencent::shop::v20240101::Gone")
                .is_none()
        );
        let plain: Vec<&str> = surface
            .items()
            .filter(|it| it.is_plain)
            .map(|it| it.item)
            .collect();
        assert_eq!(
            plain,
            [
                "const tencent::shop::error_code::DENIED",
                "method tencent::shop::Client::pay",
                "use tencent::shop::Refund",
            ]
        );
        assert!(surface.has_vendor("tencent") && !surface.has_vendor("volcengine"));
    }
}
