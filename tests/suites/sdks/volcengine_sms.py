"""In: a local cloud (address, key id, key). Out: a line for every thing that Volcengine's own two SDKs agreed with."""

import json
import sys
import urllib.request

import volcenginesdkcore
import volcenginesdkvolcsms
from tenacity import RetryError
from volcengine.sms.SmsService import SmsService
from volcenginesdkcore.rest import ApiException

ADDRESS, ID, KEY = sys.argv[1:4]


def agreed(what, holds):
    assert holds, what
    print("ok " + what)


def service(key=KEY):
    sms = SmsService()
    sms.set_ak(ID)
    sms.set_sk(key)
    sms.set_host(ADDRESS)
    sms.set_scheme("http")
    return sms


def refused(work):
    """The error in the envelope; this SDK raises the answer's text for any status but 200."""
    try:
        answer = work()
    except RetryError as error:
        answer = json.loads(error.last_attempt.exception().args[0])
    return answer["ResponseMetadata"]["Error"]


def codes():
    with urllib.request.urlopen(f"http://{ADDRESS}/-/things") as answer:
        return [thing["code"] for thing in json.load(answer)["things"] if thing["kind"] == "code"]


def by_the_old_one():
    sms = service()
    sent = sms.send_sms(json.dumps({
        "SmsAccount": "7a31c0de", "Sign": "青岚科技", "TemplateID": "ST_7c1f20ab",
        "TemplateParam": "{\"code\":\"482913\"}", "PhoneNumbers": "13800000000,+8613800000001"}))
    agreed("messages", len(sent["Result"]["MessageID"]) == 2 and "Error" not in sent["ResponseMetadata"])

    who = {"SmsAccount": "7a31c0de", "PhoneNumber": "13800000000", "Scene": "sdk"}
    sms.send_sms_verify_code(json.dumps({
        **who, "Sign": "青岚科技", "TemplateID": "ST_7c1f20ab", "CodeType": 6, "TryCount": 2}))

    def check(code):
        return sms.check_sms_verify_code(json.dumps({**who, "Code": code}))["Result"]

    right = codes()[-1]
    wrong = "0" * 6 if right != "0" * 6 else "1" * 6
    agreed("a code", [check(wrong), check(right), check(right)] == ["1", "0", "2"])

    groups = sms.get_sub_account_list({"subAccountName": "商城"})["Result"]
    agreed("a list by GET", groups["total"] == len(groups["list"]) == 1)

    missing = refused(lambda: sms.send_sms(json.dumps({"SmsAccount": "7a31c0de"})))
    agreed("a missing parameter", missing["Code"] in ("1001", "MissingParameter", "RE:0009"))
    other = service("not-the-key")
    wrong_key = refused(lambda: other.get_sub_account_list({}))
    agreed("a wrong key", (wrong_key["Code"], wrong_key["CodeN"]) == ("SignatureDoesNotMatch", 100010))


def by_the_new_one():
    def api(key):
        settings = volcenginesdkcore.Configuration()
        settings.ak, settings.sk, settings.region = ID, key, "cn-north-1"
        settings.host, settings.scheme = ADDRESS, "http"
        settings.auto_retry = False
        return volcenginesdkvolcsms.VOLCSMSApi(volcenginesdkcore.ApiClient(settings))

    asked = volcenginesdkvolcsms.ListSubAccountForAgentRequest()
    groups = api(KEY).list_sub_account_for_agent(asked)
    agreed("an answer is decoded", groups.total >= 1 and len(groups.list) >= 1)
    try:
        api("not-the-key").list_sub_account_for_agent(asked)
        raise AssertionError("no exception")
    except ApiException as error:
        agreed("a wrong key, decoded", error.status == 401 and "SignatureDoesNotMatch" in str(error.body))


by_the_old_one()
by_the_new_one()
