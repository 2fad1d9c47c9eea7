//! Nothing in, a small model of invented services out, made for these tests.

use yunqiao_model::{Api, Source, load, render};

const TENCENT: &str = "tencent/demo/2024-01-01";
const SMS: &str = "volcengine/sms/2021-01-11";
const PLAIN: &str = "volcengine/plain/2022-02-02";

/// Path and content of every file.
const FILES: &[(&str, &str, &str)] = &[
    ("tencent", "vendor.yaml", "{vendor: tencent, title: T, doc: D., errors: {InternalError: {doc: D.}}}"),
    (
        "volcengine",
        "vendor.yaml",
        "{vendor: volcengine, title: V, doc: D., errors: {
            SignatureDoesNotMatch: {doc: D., http_status: 401, number: 100010},
            FlowLimitExceeded: {doc: D., http_status: 429, number: 100018},
            ServiceNotFound: {doc: D., http_status: 404, number: 100007}}}",
    ),
    (
        TENCENT,
        "service.yaml",
        "{service: demo, version: '2024-01-01', title: D, doc: D., host: demo.tencentcloudapi.com, region: optional}",
    ),
    (TENCENT, "enums/Kind.yaml", "{enum: Kind, doc: D., type: int, values: [{value: 1, name: One, doc: D.}, {value: 2, name: Two, doc: D.}]}"),
    (
        TENCENT,
        "structs/Agent.yaml",
        "{struct: Agent, doc: D., fields: {
            AppId: {type: string, required: true, doc: D.},
            Mobile: {type: string, doc: D., sensitive: personal},
            Tags: {type: [string], doc: D.}}}",
    ),
    (TENCENT, "structs/Papers.yaml", "{struct: Papers, doc: D., sensitive: personal, fields: {Number: {type: string, doc: D.}}}"),
    (
        TENCENT,
        "actions/CreateFlow.yaml",
        "{action: CreateFlow, summary: S, request: {
            Name: {type: string, required: true, doc: D., length: 1..10},
            Agent: {type: Agent, doc: D.},
            Agents: {type: [Agent], doc: D.},
            Papers: {type: Papers, doc: D.},
            Count: {type: int, doc: D., range: 1..5},
            Ratio: {type: float, doc: D.},
            Urgent: {type: bool, doc: D.},
            Kind: {type: Kind, doc: D.},
            Extra: {type: json, doc: D.},
            Old: {type: string, doc: D., removed: Gone.}},
          response: {FlowId: {type: string, doc: D., length: 32}}}",
    ),
    (
        TENCENT,
        "actions/DescribeFlow.yaml",
        "{action: DescribeFlow, summary: S, idempotent: true,
          request: {FlowId: {type: string, required: true, doc: D.}, Kind: {type: Kind, doc: D.}},
          response: {Title: {type: string, doc: D.}},
          examples: [
            {title: Unknown, request: {FlowId: none}, error: {code: InternalError, message: No.}},
            {title: First, request: {FlowId: a, Kind: 1}, response: {Title: first}},
            {title: Second, request: {FlowId: b, Kind: 1}, response: {Title: second}}]}",
    ),
    (
        TENCENT,
        "actions/ListZones.yaml",
        "{action: ListZones, summary: S, method: GET, region: required, request: {
            Filters: {type: [Agent], doc: D.}, Limit: {type: int, doc: D.}, All: {type: bool, doc: D.}}, response: {}}",
    ),
    (TENCENT, "actions/Assume.yaml", "{action: Assume, summary: S, unsigned: true, because: B., request: {}, response: {Token: {type: string, doc: D.}}}"),
    (TENCENT, "actions/Upload.yaml", "{action: Upload, summary: S, host: file.demo.tencent.cn, request: {File: {type: string, doc: D.}}, response: {}}"),
    (TENCENT, "actions/Retired.yaml", "{action: Retired, summary: S, removed: Gone., request: {}, response: {}}"),
    (TENCENT, "actions/Newer.yaml", "{action: Newer, summary: S, version: '2025-05-05', because: B., request: {}, response: {}}"),
    (
        TENCENT,
        "actions/PutLog.yaml",
        "{action: PutLog, summary: S, body: octet-stream, request: {
            Topic: {type: string, required: true, doc: D., header: X-DEMO-Topic}, Level: {type: int, doc: D., header: X-DEMO-Level},
            Content: {type: binary, required: true, doc: D.}}, response: {}}",
    ),
    (
        TENCENT,
        "actions/Chat.yaml",
        "{action: Chat, summary: S, streaming: true, request: {
            Question: {type: string, required: true, doc: D., header: X-DEMO-Question}, Stream: {type: bool, doc: D.}},
            response: {Content: {type: string, doc: D.}}, examples: [{title: One, request: {Question: q}, response: {Content: fine}}]}",
    ),
    (TENCENT, "actions/Talk.yaml", "{action: Talk, summary: S, streaming: true, request: {}, response: {Content: {type: string, doc: D.}}}"),
    (
        TENCENT,
        "actions/PutImage.yaml",
        "{action: PutImage, summary: S, body: multipart, request: {
            Title: {type: string, required: true, doc: D.}, Width: {type: int, doc: D.}, Agent: {type: Agent, doc: D.},
            Image: {type: binary, required: true, doc: D., bytes: ..4}}, response: {}}",
    ),
    (
        SMS,
        "service.yaml",
        "{service: sms, version: '2021-01-11', title: S, doc: D., host: sms.volcengineapi.com, signing_name: volcSMS, because: B.,
          region: required, default_region: cn-north-1, errors: {'1001': {doc: D.}, '1005': {doc: D.}}}",
    ),
    (
        SMS,
        "actions/Apply.yaml",
        "{action: Apply, summary: S, request: {name: {type: string, required: true, doc: D., length: ..5}, level: {type: int, doc: D.}},
          response: {id: {type: int64, doc: D.}}, examples: [{title: One, request: {name: n}, response: {id: 618204771905}}]}",
    ),
    (
        SMS,
        "actions/List.yaml",
        "{action: List, summary: S, method: GET, request: {accounts: {type: [string], doc: D.}, pageSize: {type: int, doc: D.}}, response: {}}",
    ),
    (
        PLAIN,
        "service.yaml",
        "{service: plain, version: '2022-02-02', title: P, doc: D., host: plain.volcengineapi.com, region: optional}",
    ),
    (PLAIN, "actions/Do.yaml", "{action: Do, summary: S, body: form, request: {Name: {type: string, required: true, doc: D.}, N: {type: int, doc: D.}}, response: {}}"),
    (PLAIN, "actions/Open.yaml", "{action: Open, summary: S, unsigned: true, because: B., request: {}, response: {}}"),
];

/// The model. A schema with problems would make every test that uses it worthless.
pub(crate) fn api() -> Api {
    model(
        &FILES
            .iter()
            .map(|(folder, file, text)| Source::new(format!("{folder}/{file}"), *text))
            .collect::<Vec<_>>(),
    )
}

/// The model of some files.
pub(crate) fn model(sources: &[Source]) -> Api {
    let loaded = load(sources);
    assert!(
        loaded.diagnostics.is_empty(),
        "{}",
        render(&loaded.diagnostics, sources, "", false)
    );
    loaded.api
}
