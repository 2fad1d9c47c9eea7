//! A plan in, the typed call that it means out: the mixture of actions that a run is made of.
//!
//! Each carries the plan's marker in a field that the service does not read, within the first bytes of its request, and personal
//! data in the fields that are meant for it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use yunqiao::tencent::{ca, ess, essbasic};
use yunqiao::volcengine::sms::{v20200101, v20210111};
use yunqiao::{Call, Config, Error, Response, Vendor};

use crate::canary::{IDENTITY, NAME, PHONE};
use crate::plan::Plan;

/// What a caller has in hand after a success.
pub(crate) struct Given {
    pub(crate) request_id: Option<String>,
    /// The answer as `Debug` shows it.
    pub(crate) shown: String,
}

pub(crate) type Making = Pin<Box<dyn Future<Output = Result<Given, Error>> + Send>>;

/// A call that is ready, and its request as `Debug` shows it.
pub(crate) struct Ready {
    pub(crate) shown: String,
    pub(crate) making: Making,
}

/// One action.
pub struct Kind {
    /// As on the wire.
    pub action: &'static str,
    /// Whose it is.
    pub vendor: Vendor,
    /// Whether it does no harm to make the call twice.
    pub safe: bool,
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
        may_be_large: false,
        ready,
    }
}

impl Kind {
    const fn large(mut self) -> Self {
        self.may_be_large = true;
        self
    }
}

const SAFE: bool = true;
const UNSAFE: bool = false;

/// All that a run mixes.
pub static KINDS: &[Kind] = &[
    kind(
        "CreateVerifyReport",
        Vendor::Tencent,
        UNSAFE,
        |config, plan| {
            let request = ca::CreateVerifyReportRequest::new()
                .apply_customer_type(ca::ApplyCustomerType::Company)
                .apply_customer_name(NAME)
                .apply_name(NAME)
                .apply_mobile(PHONE)
                .file_id(plan.marker());
            ready(
                plan,
                format!("{request:?}"),
                ca::Client::new(config).create_verify_report(request),
            )
        },
    ),
    kind(
        "DescribeVerifyReport",
        Vendor::Tencent,
        SAFE,
        |config, plan| {
            let request = ca::DescribeVerifyReportRequest::new().signature_id(plan.marker());
            ready(
                plan,
                format!("{request:?}"),
                ca::Client::new(config).describe_verify_report(request),
            )
        },
    ),
    kind("StartFlow", Vendor::Tencent, UNSAFE, |config, plan| {
        let request = ess::StartFlowRequest::new()
            .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
            .flow_id(plan.marker());
        ready(
            plan,
            format!("{request:?}"),
            ess::Client::new(config).start_flow(request),
        )
    }),
    kind("CreateSeal", Vendor::Tencent, UNSAFE, |config, plan| {
        let request = ess::CreateSealRequest::new()
            .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
            .seal_name(plan.marker())
            .image(image(plan));
        ready(
            plan,
            format!("{request:?}"),
            ess::Client::new(config).create_seal(request),
        )
    })
    .large(),
    kind("DescribeFlowInfo", Vendor::Tencent, SAFE, |config, plan| {
        let request = ess::DescribeFlowInfoRequest::new()
            .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
            .flow_ids([plan.marker()]);
        ready(
            plan,
            format!("{request:?}"),
            ess::Client::new(config).describe_flow_info(request),
        )
    }),
    kind("ChannelVerifyPdf", Vendor::Tencent, SAFE, |config, plan| {
        let request = essbasic::ChannelVerifyPdfRequest::new()
            .flow_id(plan.marker())
            .agent(essbasic::Agent::new().app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi"));
        ready(
            plan,
            format!("{request:?}"),
            essbasic::Client::new(config).channel_verify_pdf(request),
        )
    }),
    kind(
        "ChannelCreatePreparedPersonalEsign",
        Vendor::Tencent,
        UNSAFE,
        |config, plan| {
            let request = essbasic::ChannelCreatePreparedPersonalEsignRequest::new()
                .agent(essbasic::Agent::new().app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi"))
                .user_name(NAME)
                .id_card_type(essbasic::IdCardType::ResidentIdCard)
                .id_card_number(IDENTITY)
                .seal_name(plan.marker())
                .seal_image(image(plan));
            let client = essbasic::Client::new(config);
            ready(
                plan,
                format!("{request:?}"),
                client.channel_create_prepared_personal_esign(request),
            )
        },
    )
    .large(),
    kind("SendSms", Vendor::Volcengine, UNSAFE, |config, plan| {
        let request = v20200101::SendSmsRequest::new()
            .sms_account("7a31c0de")
            .sign("Qinglan")
            .template_id("ST_7a31c0de")
            .template_param(format!("{{\"name\":\"{NAME}\"}}"))
            .phone_numbers(PHONE)
            .tag(plan.marker());
        ready(
            plan,
            format!("{request:?}"),
            v20200101::Client::new(config).send_sms(request),
        )
    }),
    kind(
        "ApplySignatureIdent",
        Vendor::Volcengine,
        UNSAFE,
        |config, plan| {
            let person = || {
                v20210111::PersonInfo::new()
                    .person_name(NAME)
                    .person_id_card(IDENTITY)
            };
            let request = v20210111::ApplySignatureIdentRequest::new()
                .material_name(plan.short_marker())
                .business_info(v20210111::BusinessInfo::new().business_certificate_name("Qinglan"))
                .operator_person(person())
                .responsible_person_info(person())
                .purpose(v20210111::Purpose::OwnUse);
            let client = v20210111::Client::new(config);
            ready(
                plan,
                format!("{request:?}"),
                client.apply_signature_ident(request),
            )
        },
    ),
    kind(
        "InsertSubAccount",
        Vendor::Volcengine,
        UNSAFE,
        |config, plan| {
            let request = v20210111::InsertSubAccountRequest::new().sub_account_name(plan.marker());
            ready(
                plan,
                format!("{request:?}"),
                v20210111::Client::new(config).insert_sub_account(request),
            )
        },
    ),
    kind(
        "GetSubAccountDetail",
        Vendor::Volcengine,
        SAFE,
        |config, plan| {
            let request = v20210111::GetSubAccountDetailRequest::new().sub_account(plan.marker());
            ready(
                plan,
                format!("{request:?}"),
                v20210111::Client::new(config).get_sub_account_detail(request),
            )
        },
    ),
    kind(
        "ListSmsTemplateV2SDK",
        Vendor::Volcengine,
        SAFE,
        |config, plan| {
            let request = v20210111::ListSmsTemplateV2SDKRequest::new()
                .name(plan.marker())
                .page(1);
            let client = v20210111::Client::new(config);
            ready(
                plan,
                format!("{request:?}"),
                client.list_sms_template_v2sdk(request),
            )
        },
    ),
];

/// A picture in base64: of a seal as it usually is, or a large one.
fn image(plan: &Plan) -> String {
    if plan.large {
        "iVBORw0KGgoA".repeat(30_000)
    } else {
        "iVBORw0KGgo=".to_owned()
    }
}

fn ready<T>(plan: &Plan, request: String, call: Call<T>) -> Ready
where
    T: fmt::Debug + 'static,
    Call<T>: IntoFuture<Output = Result<Response<T>, Error>, IntoFuture: Send>,
{
    let call = call.timeout(plan.total);
    let shown = format!("{request} {call:?}");
    let call = call.into_future();
    Ready {
        shown,
        making: Box::pin(async move {
            let response = call.await?;
            Ok(Given {
                request_id: response.request_id().map(ToOwned::to_owned),
                shown: format!("{response:?}"),
            })
        }),
    }
}
