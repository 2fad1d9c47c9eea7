//! A plan in, a call of the invented service that keeps files and reads them out, out.

use yunqiao::{Binary, Body, Config, Service, Vendor};
use yunqiao_runtime::{Action, Client, Field, Location};

use super::making::{Ready, ready, stream};
use super::part::{Part, object};
use crate::canary::{IDENTITY, NAME};
use crate::plan::Plan;

static SERVICE: Service = Service::new(
    Vendor::Tencent,
    "archive",
    "2026-01-01",
    "archive.tencentcloudapi.com",
);
static STORE_SCAN: Action = Action::new(&SERVICE, "StoreScan").body(Body::Multipart);
static STORE_RECORD: Action = Action::new(&SERVICE, "StoreRecord")
    .body(Body::OctetStream)
    .idempotent();
static READ_RECORD: Action = Action::new(&SERVICE, "ReadRecord").idempotent();

object!(StoreScanRequest {
    0 title: String = Field::new("Title").required(),
    1 owner: String = Field::new("Owner").sensitive(),
    2 scan: Binary = Field::new("Scan").required().sensitive(),
});

object!(StoreScanResponse {
    0 scan_id: String = Field::new("ScanId"),
    1 owner: String = Field::new("Owner").sensitive(),
});

object!(StoreRecordRequest {
    0 name: String = Field::new("Name").required().location(Location::Header("X-Archive-Name")),
    1 record: Binary = Field::new("Record").required().sensitive(),
});

object!(StoreRecordResponse {
    0 record_id: String = Field::new("RecordId"),
});

object!(ReadRecordRequest {
    0 name: String = Field::new("Name").required(),
});

/// Bytes of a file. A debug build hashes so slowly that nothing else would be measured.
const SIZE: usize = if cfg!(debug_assertions) {
    20_000
} else {
    200_000
};

/// A file full of personal data, or one of twice the size.
fn file(plan: &Plan) -> Binary {
    let size = if plan.large { 2 * SIZE } else { SIZE };
    let mut bytes = IDENTITY.repeat(size / IDENTITY.len() + 1).into_bytes();
    bytes.truncate(size);
    Binary::from(bytes)
}

pub(super) fn store_scan(config: &Config, plan: &Plan) -> Ready {
    let request = StoreScanRequest {
        title: Some(plan.marker()),
        owner: Some(NAME.to_owned()),
        scan: Some(file(plan)),
    };
    let shown = format!("{request:?}");
    let call = Client::new(config, &SERVICE).call::<StoreScanResponse>(&STORE_SCAN, request);
    ready(plan, shown, call)
}

pub(super) fn store_record(config: &Config, plan: &Plan) -> Ready {
    let request = StoreRecordRequest {
        name: Some(plan.marker()),
        record: Some(file(plan)),
    };
    let shown = format!("{request:?}");
    let call = Client::new(config, &SERVICE).call::<StoreRecordResponse>(&STORE_RECORD, request);
    ready(plan, shown, call)
}

pub(super) fn read_record(config: &Config, plan: &Plan) -> Ready {
    let request = ReadRecordRequest {
        name: Some(plan.marker()),
    };
    let shown = format!("{request:?}");
    let call = Client::new(config, &SERVICE).stream::<Part>(&READ_RECORD, request);
    stream(plan, shown, call)
}
