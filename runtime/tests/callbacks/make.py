"""Makes vectors.json with implementations that are not ours: Python's hmac and base64, and the openssl command for AES.

    python3 runtime/tests/callbacks/make.py

Run it again after changing a message below; the output depends on nothing else. Bodies are base64, because what is signed
is bytes. The messages have the shapes of the vendors' pages, and values that were made up.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess

TOKEN = "a-token-from-the-console"
KEY = "0123456789ABCDEFGHIJKLMNOPQRSTuv"


def aes(plain: bytes, pad: bool = True) -> bytes:
    key = KEY.encode()
    command = ["openssl", "enc", "-aes-256-cbc", "-K", key.hex(), "-iv", key[:16].hex()]
    if not pad:
        command.append("-nopad")
    return subprocess.run(command, input=plain, capture_output=True, check=True).stdout


def text(value) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def envelope(plain: bytes, pad: bool = True) -> bytes:
    return text({"encrypt": base64.b64encode(aes(plain, pad)).decode()})


DATA = {
    "FlowId": "yDxample0000000000000000000000f1",
    "DocumentId": "yDxample0000000000000000000000d1",
    "CallbackType": "sign",
    "FlowName": "租赁合同",
    "FlowType": "租赁",
    "FlowDescription": "",
    "Unordered": False,
    "CreateOn": 1735689600,
    "UpdatedOn": "1735693200",
    "DeadLine": 1767225600,
    "FlowCallbackStatus": 4,
    "UserId": "yDxample0000000000000000000000u1",
    "RecipientId": "yDxample0000000000000000000000r1",
    "Operate": "sign",
    "UserData": "order 4711",
    "Approvers": [
        {
            "UserId": "yDxample0000000000000000000000u1",
            "RecipientId": "yDxample0000000000000000000000r1",
            "ApproverType": 1,
            "OrganizationName": None,
            "Required": True,
            "ApproverName": "张三",
            "ApproverMobile": "13800000000",
            "ApproveCallbackStatus": 3,
            "SomethingNew": {"A": [1]},
        }
    ],
    "SomethingNew": 12345678901234567890,
}
FLOW = {"MsgId": "yDxample0000000000000000000000m1", "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp", "MsgData": DATA}
APP = {"ApplicationId": "yDxample-app", "ProxyOrganizationOpenId": "org-1"}


def third_party(kind: str, **fields) -> bytes:
    return text({"MsgId": "12345", "MsgType": kind, "MsgVersion": "ThirdPartyApp", "MsgData": APP | fields})


BODIES = {
    "flow": text(FLOW),
    "flow-indented": json.dumps(FLOW, ensure_ascii=False, indent=2).encode() + b"\n",
    "flow-older-form": text(DATA),
    "flow-encrypted": envelope(text(FLOW)),
    "flow-encrypted-bare": base64.b64encode(aes(text(FLOW))),
    "flow-encrypted-quoted": text(base64.b64encode(aes(text(FLOW))).decode()),
    "seal": third_party("OperateSeal", ProxyOperatorOpenId="who-1", AuthorizedOperatorOpenId="who-2", Operate="Valid", SealId="s-1"),
    "org-auth": third_party("OrgAuth", ProxyOperatorOpenId="who-1", AuthSuccess=True),
    "org-certify": third_party("OrgCertify", OperateSuccess=False, CertifyReason="不清晰", OperateTime="2022-07-04 19:05:09"),
    "org-open": third_party("OrgOpenTsignBiz", ProxyOperatorOpenId="who-1", ProxyAppId="app-2", OpenSuccess=True,
                            OrganizationName="某某公司", USCC="91000000000000000X", LegalName="李四"),
    "staff": third_party("VerifyStaffInfo", Name="李四"),
    "unknown-kind": third_party("NewIn2027", Amount=1.50, Name="李四"),
    "known-kind-odd-field": third_party("OrgAuth", AuthSuccess={"Yes": 1}),
    "empty-object": b"{}",
    "no-json": b"<html>",
    "list": b"[1]",
    "truncated": text(FLOW)[:-20],
    "encrypted-wrong-padding": envelope(text(FLOW).ljust(1024)[:1023] + b"\x11", pad=False),
    "encrypted-zero-padding": envelope(text(FLOW).ljust(1024)[:1023] + b"\x00", pad=False),
    "encrypted-no-json": envelope(b"not json"),
    "encrypted-half-a-block": text({"encrypt": base64.b64encode(aes(text(FLOW))[:-8]).decode()}),
    "encrypted-no-base64": text({"encrypt": "%%%%"}),
    "encrypted-nothing": text({"encrypt": ""}),
}

vectors = {
    "token": TOKEN,
    "key": KEY,
    "messages": [
        {
            "name": name,
            "body": base64.b64encode(body).decode(),
            "signature": "sha256=" + hmac.new(TOKEN.encode(), body, hashlib.sha256).hexdigest(),
        }
        for name, body in BODIES.items()
    ],
}
path = pathlib.Path(__file__).with_name("vectors.json")
path.write_text(json.dumps(vectors, indent=1) + "\n")
