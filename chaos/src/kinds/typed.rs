//! A plan in, a call of the generated clients out, with personal data in the fields that are meant for it.

use yunqiao::Config;
use yunqiao::tencent::{ca, ess, essbasic};
use yunqiao::volcengine::sms::{v20200101, v20210111};

use super::making::{Ready, ready};
use crate::canary::{IDENTITY, NAME, PHONE};
use crate::plan::Plan;

pub(super) fn create_verify_report(config: &Config, plan: &Plan) -> Ready {
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
}

pub(super) fn describe_verify_report(config: &Config, plan: &Plan) -> Ready {
    let request = ca::DescribeVerifyReportRequest::new().signature_id(plan.marker());
    ready(
        plan,
        format!("{request:?}"),
        ca::Client::new(config).describe_verify_report(request),
    )
}

pub(super) fn start_flow(config: &Config, plan: &Plan) -> Ready {
    let request = ess::StartFlowRequest::new()
        .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
        .flow_id(plan.marker());
    ready(
        plan,
        format!("{request:?}"),
        ess::Client::new(config).start_flow(request),
    )
}

pub(super) fn create_seal(config: &Config, plan: &Plan) -> Ready {
    let request = ess::CreateSealRequest::new()
        .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
        .seal_name(plan.marker())
        .image(image(plan));
    ready(
        plan,
        format!("{request:?}"),
        ess::Client::new(config).create_seal(request),
    )
}

pub(super) fn describe_flow_info(config: &Config, plan: &Plan) -> Ready {
    let request = ess::DescribeFlowInfoRequest::new()
        .operator(ess::UserInfo::new().user_id("yDCpyUUckpo1c11xUxtOq8cvKy24by9M"))
        .flow_ids([plan.marker()]);
    ready(
        plan,
        format!("{request:?}"),
        ess::Client::new(config).describe_flow_info(request),
    )
}

pub(super) fn channel_verify_pdf(config: &Config, plan: &Plan) -> Ready {
    let request = essbasic::ChannelVerifyPdfRequest::new()
        .flow_id(plan.marker())
        .agent(essbasic::Agent::new().app_id("yDwhxUUckp3gl8j5UuFX33LSNozpRsbi"));
    ready(
        plan,
        format!("{request:?}"),
        essbasic::Client::new(config).channel_verify_pdf(request),
    )
}

pub(super) fn channel_create_prepared_personal_esign(config: &Config, plan: &Plan) -> Ready {
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
}

pub(super) fn send_sms(config: &Config, plan: &Plan) -> Ready {
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
}

pub(super) fn apply_signature_ident(config: &Config, plan: &Plan) -> Ready {
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
}

pub(super) fn insert_sub_account(config: &Config, plan: &Plan) -> Ready {
    let request = v20210111::InsertSubAccountRequest::new().sub_account_name(plan.marker());
    ready(
        plan,
        format!("{request:?}"),
        v20210111::Client::new(config).insert_sub_account(request),
    )
}

pub(super) fn get_sub_account_detail(config: &Config, plan: &Plan) -> Ready {
    let request = v20210111::GetSubAccountDetailRequest::new().sub_account(plan.marker());
    ready(
        plan,
        format!("{request:?}"),
        v20210111::Client::new(config).get_sub_account_detail(request),
    )
}

pub(super) fn list_sms_template_v2sdk(config: &Config, plan: &Plan) -> Ready {
    let request = v20210111::ListSmsTemplateV2SDKRequest::new()
        .name(plan.marker())
        .page(1);
    let client = v20210111::Client::new(config);
    ready(
        plan,
        format!("{request:?}"),
        client.list_sms_template_v2sdk(request),
    )
}

/// A picture in base64: of a seal as it usually is, or a large one.
fn image(plan: &Plan) -> String {
    if plan.large {
        "iVBORw0KGgoA".repeat(30_000)
    } else {
        "iVBORw0KGgo=".to_owned()
    }
}
