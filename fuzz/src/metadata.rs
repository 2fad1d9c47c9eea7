//! Bytes in, metadata of a service out that are well-formed and odd: names that nearly collide, structures in structures, all
//! types and flags. Random JSON would hardly ever get past the reader.

use serde_json::{Map, Value as Json, json};

/// Names that are close to each other, to Rust's and to the generator's.
const NAMES: [&str; 40] = [
    "Id",
    "ID",
    "iD",
    "Type",
    "Self",
    "Super",
    "Box",
    "Option",
    "Result",
    "Client",
    "Error",
    "Response",
    "Name",
    "NAME",
    "Get",
    "GetRequest",
    "GetResponse",
    "GetStruct",
    "ClientStruct",
    "GetRequestStruct",
    "Tag",
    "Tag_",
    "Tag2",
    "Tag_2",
    "Ta_g",
    "TaG",
    "Vec",
    "String",
    "Default",
    "New",
    "ClientToken",
    "Password",
    "Offset",
    "Limit",
    "IPv6",
    "VPCs",
    "A",
    "a",
    "RequestId",
    "Status",
];
const TYPES: [(&str, &str); 14] = [
    ("string", "string"),
    ("int", "int64"),
    ("int", "uint64"),
    ("float", "float"),
    ("bool", "bool"),
    ("string", "date"),
    ("string", "datetime"),
    ("string", "datetime_iso"),
    ("list", "string"),
    ("list", "int64"),
    ("list", "date"),
    ("list", "bool"),
    ("list", "float"),
    ("binary", "binary"),
];
const PROSE: [&str; 12] = [
    "",
    "Words.",
    "<p>A <b>b</b></p><ul><li>x</li></ul>",
    "# a\n```\nb\n```",
    "found in X-TC-RequestId",
    "- a\n- b: c",
    "\u{8}\u{202e}\u{200b}",
    "&lt;a&gt; &#x1b;",
    "[x](https://a.cn) ![](b)",
    "a\r\n\r\n\r\nb \t",
    "'\"`\\: #",
    "中文：<br/>说明",
];

/// Takes the input apart from its front; after its end come zeros.
#[derive(Debug)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        match self.0 {
            [first, rest @ ..] => {
                self.0 = rest;
                *first
            }
            [] => 0,
        }
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[usize::from(self.next()) % list.len()]
    }

    fn up_to(&mut self, most: u8) -> u8 {
        self.next() % (most + 1)
    }

    fn name(&mut self) -> String {
        self.of(&NAMES).to_owned()
    }

    fn members(&mut self, structs: &[String]) -> Vec<Json> {
        let mut seen = Vec::new();
        let mut members = Vec::new();
        for _ in 0..self.up_to(6) {
            let name = self.name();
            let (flags, kind) = (self.next(), self.next());
            if seen.contains(&name) {
                continue;
            }
            let (outer, inner) = match structs {
                [_, ..] if kind >= 128 => {
                    let name = structs[usize::from(kind) % structs.len()].as_str();
                    (if kind & 64 == 0 { "list" } else { "object" }, name)
                }
                _ => TYPES[usize::from(kind) % TYPES.len()],
            };
            members.push(json!({
                "name": name, "type": outer, "member": inner, "required": flags & 1 != 0, "disabled": flags & 6 == 6,
                "output_required": flags & 8 != 0, "value_allowed_null": flags & 16 != 0,
                "document": PROSE[usize::from(flags >> 4) % PROSE.len()],
            }));
            seen.push(name);
        }
        members
    }

    /// An `api.json` and an `examples.json`.
    pub fn release(&mut self) -> (Json, Json) {
        let service = self.of(&["demo", "es", "cls", "sts", "as"]);
        let version = match service {
            "es" => "2025-01-01",
            "cls" => "2020-10-16",
            "sts" => "2018-08-13",
            _ => "2024-01-01",
        };
        let mut structs: Vec<String> = Vec::new();
        for _ in 0..self.up_to(6) {
            structs.push(self.name());
        }
        structs.sort();
        structs.dedup();
        let mut objects = Map::new();
        for name in &structs {
            let members = self.members(&structs);
            objects.insert(
                name.clone(),
                json!({"members": members, "usage": "both", "document": self.of(&PROSE)}),
            );
        }
        let (mut actions, mut examples) = (Map::new(), Map::new());
        for _ in 0..self.up_to(4) {
            let name = match self.up_to(9) {
                0 => "ChatCompletions".to_owned(),
                1 => "UploadLog".to_owned(),
                _ => self.name(),
            };
            let odd = if self.up_to(7) == 0 { "In" } else { "Request" };
            let (input, output) = (format!("{name}{odd}"), format!("{name}Response"));
            let request = self.members(&structs);
            let mut response = self.members(&structs);
            response.retain(|member| member["name"] != "RequestId");
            response.push(json!({"name": "RequestId", "type": "string", "member": "string", "document": self.of(&PROSE)}));
            objects.insert(input.clone(), json!({"members": request}));
            objects.insert(output.clone(), json!({"members": response}));
            let status = self.of(&["online", "deprecated", "offline", ""]);
            actions.insert(name.clone(), json!({"input": input, "output": output, "status": status, "document": self.of(&PROSE)}));
            let code = self.of(&[
                "A.B",
                "A.b",
                "AB",
                "A.",
                "InternalError",
                "X.Y.Z",
                "A-B",
                "9a",
                "中",
            ]);
            let answer = json!({"Response": {"Error": {"Code": code, "Message": ""}}}).to_string();
            examples.insert(name, json!([{"input": "", "output": answer}]));
        }
        let metadata = json!({"serviceShortName": service, "apiVersion": version, "api_brief": self.of(&PROSE)});
        (
            json!({"metadata": metadata, "actions": actions, "objects": objects}),
            json!({"actions": examples}),
        )
    }
}
