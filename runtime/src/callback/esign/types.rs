//! In: nothing. Out: what Tencent's e-sign messages carry, as far as its pages describe them.
//!
//! The facts are those of qian.tencent.com, "callback_types_contracts_sign" (companies), "callback_types_seals" and
//! "callback_types_staffs" (platforms). What else a message has is in [`EsignEvent::json`](super::EsignEvent::json).

use crate::Field;
use crate::callback::describe::{integers, structs, texts};

texts! {
    /// What a message is about: `MsgType`. More kinds are sent than are described here.
    EsignKind {
        /// A contract, or one of its signers, is in another state: [`FlowStatusChange`].
        FlowStatusChange = "FlowStatusChange",
        /// A seal was made, deleted, enabled, disabled, granted or taken back: [`OperateSeal`].
        OperateSeal = "OperateSeal",
        /// A client company of a platform authorises Tencent E-Sign: [`OrgAuth`].
        OrgAuth = "OrgAuth",
        /// A client company's letter of authority was reviewed: [`OrgCertify`].
        OrgCertify = "OrgCertify",
        /// A client company's account was opened: [`OrgOpenTsignBiz`].
        OrgOpenTsignBiz = "OrgOpenTsignBiz",
        /// An employee has joined a client company: [`VerifyStaffInfo`].
        VerifyStaffInfo = "VerifyStaffInfo",
    }

    /// What was done with a seal.
    SealOperation {
        /// Made; a seal from a picture still waits for its review.
        Create = "Create",
        /// Deleted.
        Delete = "Delete",
        /// Disabled.
        Disable = "Disable",
        /// Enabled: from now on the seal can be used.
        Enable = "Enable",
        /// Granted to an employee.
        Valid = "Valid",
        /// Taken back from an employee.
        Invalid = "Invalid",
    }
}

integers! {
    /// The state of a contract: `FlowCallbackStatus`.
    FlowState {
        /// Made; nobody has signed.
        Waiting = 1,
        /// Some have signed.
        PartlySigned = 2,
        /// A signer has refused. Final.
        Refused = 3,
        /// Everybody has signed. Final.
        Signed = 4,
        /// The deadline has passed. Final.
        Expired = 5,
        /// Withdrawn by its initiator. Final.
        Withdrawn = 6,
        /// Waits for fields to be filled in.
        WaitingForFilling = 8,
        /// Became invalid, for example because a signer's name changed. Final.
        Invalid = 16,
        /// Released by an agreement. Final.
        Released = 21,
    }

    /// The state of a signer: `ApproveCallbackStatus`.
    ApproverState {
        /// Is to sign.
        Waiting = 2,
        /// Has signed.
        Signed = 3,
        /// Has refused.
        Refused = 4,
        /// Let the deadline pass.
        Expired = 5,
        /// The contract was withdrawn.
        Withdrawn = 6,
        /// Is to sign, too: the page gives two numbers for it.
        Pending = 7,
        /// Is to fill in fields.
        WaitingForFilling = 8,
        /// The flow was stopped.
        Stopped = 9,
        /// Has filled in fields.
        Filled = 10,
        /// Released by an agreement.
        Released = 15,
        /// Has handed over to somebody else.
        Forwarded = 19,
    }
}

impl FlowState {
    /// Whether the contract stays in this state, as far as this version knows.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Refused
                | Self::Signed
                | Self::Expired
                | Self::Withdrawn
                | Self::Invalid
                | Self::Released
        )
    }
}

structs! {
    /// A contract, or one of its signers, is in another state.
    FlowStatusChange {
        /// The contract.
        flow_id: Option<String> = Field::new("FlowId"),
        /// Its document.
        document_id: Option<String> = Field::new("DocumentId"),
        /// What is reported: `sign`, `review`, `fill`.
        callback_type: Option<String> = Field::new("CallbackType"),
        /// Its title.
        flow_name: Option<String> = Field::new("FlowName"),
        /// Its type, as the initiator has set it.
        flow_type: Option<String> = Field::new("FlowType"),
        /// Its description.
        flow_description: Option<String> = Field::new("FlowDescription"),
        /// Whether the signers may sign in any order.
        unordered: Option<bool> = Field::new("Unordered"),
        /// When it was made; seconds since 1970.
        create_on: Option<i64> = Field::new("CreateOn"),
        /// When it was changed; seconds since 1970.
        updated_on: Option<i64> = Field::new("UpdatedOn"),
        /// When it expires; seconds since 1970, 0 for never.
        deadline: Option<i64> = Field::new("DeadLine"),
        /// Its state.
        status: Option<FlowState> = Field::new("FlowCallbackStatus"),
        /// The same as a word: `INIT`, `PART`, `REJECT`, `ALL`, `DEADLINE`, `CANCEL`, `RELIEVED`, `INVALID`.
        show_status: Option<String> = Field::new("FlowCallbackShowStatus"),
        /// The state of the group that it belongs to: `TOSIGN`, `WAITSIGN`, `PART`, `ALL`, `INVALID`, `PROCESSING`.
        flow_group_status: Option<String> = Field::new("FlowGroupStatus"),
        /// Whose turn it is.
        user_id: Option<String> = Field::new("UserId"),
        /// Where that person signs.
        recipient_id: Option<String> = Field::new("RecipientId"),
        /// What was done: `start`, `sign`, `reject`, `cancel`, `finish`, `deadline`, `fill`.
        operate: Option<String> = Field::new("Operate"),
        /// What the initiator has handed through; `Debug` hides it, because it may be anything.
        user_data: Option<String> = Field::new("UserData").sensitive(),
        /// Who signs.
        approvers: Vec<FlowApprover> = Field::new("Approvers"),
    }

    /// Somebody who signs a contract.
    FlowApprover {
        /// The person.
        user_id: Option<String> = Field::new("UserId"),
        /// Where that person signs.
        recipient_id: Option<String> = Field::new("RecipientId"),
        /// 0: for a company, 1: for oneself, 3: a company's automatic signature.
        approver_type: Option<i64> = Field::new("ApproverType"),
        /// The company.
        organization_name: Option<String> = Field::new("OrganizationName"),
        /// Whether the signature is needed.
        required: Option<bool> = Field::new("Required"),
        /// The person's name.
        approver_name: Option<String> = Field::new("ApproverName").sensitive(),
        /// The person's mobile number.
        approver_mobile: Option<String> = Field::new("ApproverMobile").sensitive(),
        /// The person's state.
        status: Option<ApproverState> = Field::new("ApproveCallbackStatus"),
        /// The same as a word: `PENDING`, `ACCEPT`, `REJECT`, ...
        show_status: Option<String> = Field::new("ApproveCallbackShowStatus"),
    }

    /// A seal was made, deleted, enabled, disabled, granted or taken back.
    OperateSeal {
        /// The platform's application.
        application_id: Option<String> = Field::new("ApplicationId"),
        /// The client company, by the platform's own id.
        proxy_organization_open_id: Option<String> = Field::new("ProxyOrganizationOpenId"),
        /// Who has done it, by the platform's own id.
        proxy_operator_open_id: Option<String> = Field::new("ProxyOperatorOpenId"),
        /// Whom the seal was granted to or taken from, by the platform's own id.
        authorized_operator_open_id: Option<String> = Field::new("AuthorizedOperatorOpenId"),
        /// What was done.
        operate: Option<SealOperation> = Field::new("Operate"),
    }

    /// A client company of a platform authorises Tencent E-Sign.
    OrgAuth {
        /// The platform's application.
        application_id: Option<String> = Field::new("ApplicationId"),
        /// The client company, by the platform's own id.
        proxy_organization_open_id: Option<String> = Field::new("ProxyOrganizationOpenId"),
        /// Who acts for it, by the platform's own id.
        proxy_operator_open_id: Option<String> = Field::new("ProxyOperatorOpenId"),
        /// Whether it has authorised.
        auth_success: Option<bool> = Field::new("AuthSuccess"),
    }

    /// A client company's letter of authority was reviewed.
    OrgCertify {
        /// The platform's application.
        application_id: Option<String> = Field::new("ApplicationId"),
        /// The client company, by the platform's own id.
        proxy_organization_open_id: Option<String> = Field::new("ProxyOrganizationOpenId"),
        /// Whether the letter was accepted.
        operate_success: Option<bool> = Field::new("OperateSuccess"),
        /// Why not.
        certify_reason: Option<String> = Field::new("CertifyReason"),
        /// When, as `2022-07-04 19:05:09` without a zone.
        operate_time: Option<String> = Field::new("OperateTime"),
    }

    /// A client company's account was opened.
    OrgOpenTsignBiz {
        /// The platform's application.
        application_id: Option<String> = Field::new("ApplicationId"),
        /// The client company, by the platform's own id.
        proxy_organization_open_id: Option<String> = Field::new("ProxyOrganizationOpenId"),
        /// Who acts for it, by the platform's own id.
        proxy_operator_open_id: Option<String> = Field::new("ProxyOperatorOpenId"),
        /// The client company's application, which calls on its behalf name.
        proxy_app_id: Option<String> = Field::new("ProxyAppId"),
        /// Whether it was opened.
        open_success: Option<bool> = Field::new("OpenSuccess"),
        /// The company's name.
        organization_name: Option<String> = Field::new("OrganizationName"),
        /// The company's unified social credit code.
        uscc: Option<String> = Field::new("USCC"),
        /// Its legal representative.
        legal_name: Option<String> = Field::new("LegalName").sensitive(),
    }

    /// An employee has joined a client company.
    VerifyStaffInfo {
        /// The platform's application.
        application_id: Option<String> = Field::new("ApplicationId"),
        /// The client company, by the platform's own id.
        proxy_organization_open_id: Option<String> = Field::new("ProxyOrganizationOpenId"),
    }
}
