"""In: a local cloud (address, key id, key). Out: a line for every thing that Tencent's own SDK agreed with."""

import base64
import sys

from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ca.v20230228 import ca_client, models as ca
from tencentcloud.ess.v20201111 import ess_client, models as ess
from tencentcloud.essbasic.v20210526 import essbasic_client, models as essbasic
from tencentcloud.sts.v20180813 import sts_client, models as sts

ADDRESS, ID, KEY = sys.argv[1:4]
OPERATOR = {"UserId": "yDgC5BeKFTWUCiWvZ3raQarNNnnfHgsF"}
AGENT = {
    "AppId": "yDvJ6gRz15o0ZkWuf6yN6Mj5OKpYGS8S",
    "ProxyOrganizationOpenId": "org_qinglan",
    "ProxyOperator": {"OpenId": "staff_1001"},
}


def client(of, method="POST", key=KEY, token=None, key_id=ID):
    http = HttpProfile(protocol="http", endpoint=ADDRESS, reqMethod=method, reqTimeout=20, keepAlive=True)
    profile = ClientProfile(httpProfile=http, signMethod="TC3-HMAC-SHA256")
    return of(credential.Credential(key_id, key, token), "ap-guangzhou", profile)


def filled(request, fields):
    request._deserialize(fields)
    return request


def code(work):
    try:
        work()
    except TencentCloudSDKException as error:
        assert error.get_request_id(), error
        return error.get_code()
    raise AssertionError("no exception")


def agreed(what, holds):
    assert holds, what
    print("ok " + what)


def main():
    own = client(ess_client.EssClient)
    flow_name = "劳动合同 (SDK)"
    approver = {"ApproverType": 1, "ApproverName": "王小明", "ApproverMobile": "13800000000"}

    made = own.CreateFlow(filled(ess.CreateFlowRequest(), {
        "Operator": OPERATOR, "FlowName": flow_name, "Approvers": [approver]}))
    agreed("an answer is decoded", len(made.FlowId) == 32 and made.RequestId)

    def start():
        return own.StartFlow(filled(ess.StartFlowRequest(), {"Operator": OPERATOR, "FlowId": made.FlowId}))

    agreed("a step too early", code(start) == "FailedOperation.FlowHasNoDocument")
    document = own.CreateDocument(filled(ess.CreateDocumentRequest(), {
        "Operator": OPERATOR, "FlowId": made.FlowId, "TemplateId": "yDSLIUUckpo9xy2vUuOpyMq8lfKuqpPb"}))
    agreed("a document", document.DocumentId)
    agreed("a start", start().Status == "START")

    def briefs():
        answer = own.DescribeFlowBriefs(filled(ess.DescribeFlowBriefsRequest(), {
            "Operator": OPERATOR, "FlowIds": [made.FlowId]}))
        return [(it.FlowId, it.FlowName, it.FlowStatus) for it in answer.FlowBriefs]

    agreed("signing", briefs() == [(made.FlowId, flow_name, 1)])
    agreed("signed", briefs() == [(made.FlowId, flow_name, 4)])

    report = own.CreateFlowEvidenceReport(filled(ess.CreateFlowEvidenceReportRequest(), {
        "Operator": OPERATOR, "FlowId": made.FlowId}))

    def status():
        return own.DescribeFlowEvidenceReport(filled(ess.DescribeFlowEvidenceReportRequest(), {
            "Operator": OPERATOR, "ReportId": report.ReportId})).Status

    agreed("a report", [status(), status()] == ["EvidenceStatusExecuting", "EvidenceStatusSuccess"])

    files = own.UploadFiles(filled(ess.UploadFilesRequest(), {
        "BusinessType": "DOCUMENT", "Caller": {"OperatorId": OPERATOR["UserId"]},
        "FileInfos": [{"FileName": "a.pdf", "FileBody": base64.b64encode(b"%PDF-1.4 " * 20000).decode()}]}))

    def by_files(file):
        return own.CreateFlowByFiles(filled(ess.CreateFlowByFilesRequest(), {
            "Operator": OPERATOR, "FlowName": flow_name, "FileIds": [file], "Approvers": [approver]}))

    agreed("a flow from a file", by_files(files.FileIds[0]).FlowId != made.FlowId)
    agreed("an unknown file", code(lambda: by_files("yD" + "0" * 30)) == "ResourceNotFound.Resource")
    unknown = filled(ess.StartFlowRequest(), {"Operator": OPERATOR, "FlowId": "yD" + "0" * 30})
    agreed("an unknown flow", code(lambda: own.StartFlow(unknown)) == "ResourceNotFound.NotExistFlow")
    agreed("a missing parameter", code(lambda: own.StartFlow(ess.StartFlowRequest())) == "MissingParameter")

    # Pages: the SDK leaves them to its users; what it decodes has to let them count.
    templates = own.DescribeFlowTemplates(filled(ess.DescribeFlowTemplatesRequest(), {
        "Operator": OPERATOR, "Limit": 20, "Offset": 0}))
    agreed("a page", templates.TotalCount >= 1 and templates.Templates[0].TemplateId)

    query = client(ess_client.EssClient, "GET")
    by_query = query.DescribeFlowBriefs(filled(ess.DescribeFlowBriefsRequest(), {
        "Operator": OPERATOR, "FlowIds": [made.FlowId]}))
    agreed("parameters in the query", by_query.FlowBriefs[0].FlowStatus == 4)

    basic = client(essbasic_client.EssbasicClient)
    channel = basic.ChannelCreateFlowByFiles(filled(essbasic.ChannelCreateFlowByFilesRequest(), {
        "Agent": AGENT, "FlowName": "采购合同", "FileIds": ["yDLHbGGpqaej47skAhYxNNxv8xHfdcep"],
        "FlowApprovers": [{"Name": "王小明", "Mobile": "13800000000"}]}))

    def detail():
        answer = basic.DescribeFlowDetailInfo(filled(essbasic.DescribeFlowDetailInfoRequest(), {
            "Agent": AGENT, "FlowIds": [channel.FlowId]}))
        return answer.FlowInfo[0].FlowStatus

    agreed("a client company's flow", [detail(), detail()] == ["INIT", "ALL"])

    authority = client(ca_client.CaClient)
    ordered = authority.CreateVerifyReport(filled(ca.CreateVerifyReportRequest(), {
        "ApplyCustomerType": "1", "ApplyCustomerName": "王小明", "ApplyName": "李晓红",
        "ApplyMobile": "13800000001", "FileId": "09cdc472d27cdc7a0533f7059710142a",
        "ApplyEmail": "lixiaohong@example.com"}))
    agreed("a verification report", ordered.SignatureId)

    assumed = client(sts_client.StsClient).AssumeRole(filled(sts.AssumeRoleRequest(), {
        "RoleArn": "qcs::cam::uin/100000000001:roleName/report", "RoleSessionName": "sdk"}))
    given = assumed.Credentials
    temporary = client(ess_client.EssClient, key=given.TmpSecretKey, token=given.Token, key_id=given.TmpSecretId)
    asked = filled(ess.DescribeFlowBriefsRequest(), {"Operator": OPERATOR, "FlowIds": [made.FlowId]})
    agreed("a temporary credential", temporary.DescribeFlowBriefs(asked).FlowBriefs)
    stale = client(ess_client.EssClient, key=given.TmpSecretKey, token="other", key_id=given.TmpSecretId)
    agreed("a wrong token", code(lambda: stale.DescribeFlowBriefs(asked)) == "AuthFailure.TokenFailure")

    wrong = client(ess_client.EssClient, key="not-the-key")
    agreed("a wrong key", code(lambda: wrong.DescribeFlowBriefs(asked)) == "AuthFailure.SignatureFailure")
    nobody = client(ess_client.EssClient, key_id="nobody")
    agreed("an unknown key id", code(lambda: nobody.DescribeFlowBriefs(asked)) == "AuthFailure.SecretIdNotFound")


main()
