//! A plan in, the call that it means out: the mixture of actions that a run is made of.
//!
//! Each carries the plan's marker in a field that the service does not read, within the first bytes of its request, and personal
//! data in the fields that are meant for it.

mod archive;
mod dialogue;
mod making;
mod part;
mod typed;

use std::fmt;

use yunqiao::{Config, Vendor};

pub(crate) use self::making::{Made, Making, Ready};
use crate::plan::Plan;

/// What is special about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Nothing: a request, and an answer.
    Plain,
    /// The request carries a file.
    Upload,
    /// The answer comes in parts.
    Stream,
}

impl Sort {
    /// What it is called in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Upload => "upload",
            Self::Stream => "stream",
        }
    }
}

/// One action.
pub struct Kind {
    /// As on the wire.
    pub action: &'static str,
    /// Whose it is.
    pub vendor: Vendor,
    /// Whether it does no harm to make the call twice.
    pub safe: bool,
    /// What is special about it.
    pub sort: Sort,
    pub(crate) may_be_large: bool,
    pub(crate) ready: fn(&Config, &Plan) -> Ready,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action)
    }
}

const fn kind(
    action: &'static str,
    vendor: Vendor,
    safe: bool,
    ready: fn(&Config, &Plan) -> Ready,
) -> Kind {
    Kind {
        action,
        vendor,
        safe,
        sort: Sort::Plain,
        may_be_large: false,
        ready,
    }
}

impl Kind {
    const fn large(mut self) -> Self {
        self.may_be_large = true;
        self
    }

    const fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self.large()
    }
}

const SAFE: bool = true;
const UNSAFE: bool = false;

/// All that a run mixes.
#[rustfmt::skip]
pub static KINDS: &[Kind] = &[
    kind("CreateVerifyReport", Vendor::Tencent, UNSAFE, typed::create_verify_report),
    kind("DescribeVerifyReport", Vendor::Tencent, SAFE, typed::describe_verify_report),
    kind("StartFlow", Vendor::Tencent, UNSAFE, typed::start_flow),
    kind("CreateSeal", Vendor::Tencent, UNSAFE, typed::create_seal).large(),
    kind("DescribeFlowInfo", Vendor::Tencent, SAFE, typed::describe_flow_info),
    kind("ChannelVerifyPdf", Vendor::Tencent, SAFE, typed::channel_verify_pdf),
    kind("ChannelCreatePreparedPersonalEsign", Vendor::Tencent, UNSAFE, typed::channel_create_prepared_personal_esign).large(),
    kind("SendSms", Vendor::Volcengine, UNSAFE, typed::send_sms),
    kind("ApplySignatureIdent", Vendor::Volcengine, UNSAFE, typed::apply_signature_ident),
    kind("InsertSubAccount", Vendor::Volcengine, UNSAFE, typed::insert_sub_account),
    kind("GetSubAccountDetail", Vendor::Volcengine, SAFE, typed::get_sub_account_detail),
    kind("ListSmsTemplateV2SDK", Vendor::Volcengine, SAFE, typed::list_sms_template_v2sdk),
    kind("StoreScan", Vendor::Tencent, UNSAFE, archive::store_scan).sort(Sort::Upload),
    kind("StoreRecord", Vendor::Tencent, SAFE, archive::store_record).sort(Sort::Upload),
    kind("ReadRecord", Vendor::Tencent, SAFE, archive::read_record).sort(Sort::Stream),
    kind("Answer", Vendor::Volcengine, UNSAFE, dialogue::answer).sort(Sort::Stream),
];
