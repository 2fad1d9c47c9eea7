"""In: a local cloud that refuses the first two calls for their pace. Out: that Tencent's own SDK has repeated them."""

import sys

from tencentcloud.common import credential, retry
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sts.v20180813 import sts_client, models

ADDRESS, ID, KEY = sys.argv[1:4]

again = retry.StandardRetryer(max_attempts=3, backoff_fn=lambda _: 0)
http = HttpProfile(protocol="http", endpoint=ADDRESS)
profile = ClientProfile(httpProfile=http, retryer=again)
client = sts_client.StsClient(credential.Credential(ID, KEY), "ap-guangzhou", profile)
try:
    client.GetCallerIdentity(models.GetCallerIdentityRequest())
except TencentCloudSDKException as error:
    # The retryer of this version raises the error before although the last of its calls has succeeded.
    assert error.get_code() == "RequestLimitExceeded", error
print("ok repeated")
