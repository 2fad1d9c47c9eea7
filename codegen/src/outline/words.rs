//! An outline in, one line of text out, and back: what a run of the generator leaves to the next one.

use serde_json::{Value as Json, json};
use yunqiao_model::api::{ServiceId, Vendor};

use super::{Outline, OutlinedAction, OutlinedCode, OutlinedFormer, OutlinedType};

impl Outline {
    /// The outline as one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let actions: Vec<Json> = self.actions.iter().map(action).collect();
        let types = self.types.iter();
        let types: Vec<Json> = types
            .map(|item| json!([item.rust, item.former, item.uses]))
            .collect();
        let codes = self.codes.iter();
        let codes: Vec<Json> = codes
            .map(|item| json!([item.rust, item.code, item.doc, item.note]))
            .collect();
        json!([
            self.id.vendor.folder(),
            self.id.service,
            self.id.version,
            self.title,
            self.doc,
            self.docs,
            self.has_doc_example,
            actions,
            types,
            codes,
            self.has_jobs
        ])
        .to_string()
    }

    /// What [`Self::to_line`] has written; `None` for anything else.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let all: Json = serde_json::from_str(line).ok()?;
        Some(Self {
            id: ServiceId {
                vendor: Vendor::from_folder(all.get(0)?.as_str()?)?,
                service: text(&all, 1)?,
                version: text(&all, 2)?,
            },
            title: text(&all, 3)?,
            doc: text(&all, 4)?,
            docs: text(&all, 5),
            has_doc_example: all.get(6)?.as_bool()?,
            has_jobs: all.get(10)?.as_bool()?,
            actions: each(&all, 7, read_action)?,
            types: each(&all, 8, |item| {
                Some(OutlinedType {
                    rust: text(item, 0)?,
                    former: text(item, 1),
                    uses: each(item, 2, place)?,
                })
            })?,
            codes: each(&all, 9, |item| {
                Some(OutlinedCode {
                    rust: text(item, 0)?,
                    code: text(item, 1)?,
                    doc: text(item, 2)?,
                    note: text(item, 3),
                })
            })?,
        })
    }
}

fn action(item: &OutlinedAction) -> Json {
    let former = item
        .former
        .as_ref()
        .map(|old| json!([old.name, old.method, old.request, old.response]));
    json!([
        item.name,
        item.method,
        item.request,
        item.response,
        item.summary,
        item.note,
        item.streaming,
        item.uses,
        former
    ])
}

fn read_action(item: &Json) -> Option<OutlinedAction> {
    let former = match item.get(8)? {
        Json::Null => None,
        old => Some(OutlinedFormer {
            name: text(old, 0)?,
            method: text(old, 1),
            request: text(old, 2)?,
            response: text(old, 3)?,
        }),
    };
    Some(OutlinedAction {
        name: text(item, 0)?,
        method: text(item, 1)?,
        request: text(item, 2)?,
        response: text(item, 3)?,
        summary: text(item, 4)?,
        note: text(item, 5),
        streaming: item.get(6)?.as_bool()?,
        uses: each(item, 7, place)?,
        former,
    })
}

fn text(item: &Json, index: usize) -> Option<String> {
    item.get(index)?.as_str().map(ToOwned::to_owned)
}

fn place(item: &Json) -> Option<usize> {
    usize::try_from(item.as_u64()?).ok()
}

fn each<T>(item: &Json, index: usize, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    item.get(index)?.as_array()?.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_survives_its_line() {
        let action = OutlinedAction {
            name: "SendSMS".to_owned(),
            method: "send_sms".to_owned(),
            request: "SendSMSRequest".to_owned(),
            response: "SendSMSResponse".to_owned(),
            former: None,
            summary: "Send \"one\"\nor more.".to_owned(),
            note: Some("gone".to_owned()),
            streaming: true,
            uses: vec![0, 2],
        };
        let renamed = OutlinedAction {
            former: Some(OutlinedFormer {
                name: "Send".to_owned(),
                method: None,
                request: "SendRequest".to_owned(),
                response: "SendResponse".to_owned(),
            }),
            note: None,
            ..action.clone()
        };
        let outline = Outline {
            id: ServiceId {
                vendor: Vendor::Volcengine,
                service: "sms".to_owned(),
                version: "2020-01-01".to_owned(),
            },
            title: "SMS".to_owned(),
            doc: String::new(),
            docs: Some("https://example.com".to_owned()),
            actions: vec![action, renamed],
            types: vec![OutlinedType {
                rust: "Thing".to_owned(),
                former: Some("Object".to_owned()),
                uses: vec![1],
            }],
            codes: vec![OutlinedCode {
                rust: "CODE_1".to_owned(),
                code: "1".to_owned(),
                doc: "One.".to_owned(),
                note: None,
            }],
            has_doc_example: false,
            has_jobs: true,
        };
        let line = outline.to_line();
        assert_eq!(line.lines().count(), 1);
        assert_eq!(Outline::from_line(&line), Some(outline));
        assert_eq!(Outline::from_line(&line[1..]), None);
    }
}
