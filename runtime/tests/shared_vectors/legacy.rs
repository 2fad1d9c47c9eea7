//! In: Tencent's v1 examples and what its SDK signed that way. Out: whether text and signature come out the same.

use yunqiao_runtime::Credential;
use yunqiao_runtime::sign::tencent_v1::{Algorithm, sign, string_to_sign};

use crate::{shared, text};

/// The example of the vendor's page on v1 signatures.
#[test]
fn published_v1_vectors() {
    let credential = Credential::new(
        "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
        "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    );
    let parameters = [
        ("Action", "DescribeInstances"),
        ("Version", "2017-03-12"),
        ("SecretId", "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"),
        ("Timestamp", "1465185768"),
        ("Nonce", "11886"),
        ("Region", "ap-guangzhou"),
        ("InstanceIds.0", "ins-09dx96dg"),
        ("Offset", "0"),
        ("Limit", "20"),
    ];
    let text = string_to_sign("GET", "cvm.tencentcloudapi.com", "/", parameters);
    assert_eq!(
        sign(&text, &credential, Algorithm::HmacSha1),
        "EliP9YW3pW28FpsEdkXt/+WcGeI="
    );
}

/// Made by running the vendor's Python SDK.
#[test]
fn a_sha256_v1_vector() {
    let credential = Credential::new(
        "AKIDEXAMPLE0123456789abcdefABCDEF0",
        "SecretKeyEXAMPLE+/=0123456789abc",
    );
    let signed = "GETcvm.tencentcloudapi.com/?Action=DescribeInstances&B=True&Language=en-US&Limit=1&Nonce=11886&Region=ap-guangzhou&RequestClient=SDK_PYTHON_3.1.162&SecretId=AKIDEXAMPLE0123456789abcdefABCDEF0&SignatureMethod=HmacSHA256&Timestamp=1700000032&Version=2017-03-12";
    assert_eq!(
        sign(signed, &credential, Algorithm::HmacSha256),
        "0ktCqX/Hhqt9tEbSSSDvK5/PCgLNwYyEh2HZucbPVps="
    );
}

#[test]
fn tencent_sdk_v1_vectors() {
    let Some(vectors) = shared("tencent_tc3_sdk.json") else {
        return;
    };
    let mut checked = 0;
    for vector in &vectors {
        let (input, output) = (&vector["input"], &vector["output"]);
        let algorithm = match text(input, "sign_method") {
            "HmacSHA1" => Algorithm::HmacSha1,
            "HmacSHA256" => Algorithm::HmacSha256,
            _ => continue,
        };
        let parameters: Vec<(String, String)> = text(output, "form_or_query")
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .filter(|(name, _)| *name != "Signature")
            .map(|(name, value)| (name.to_owned(), form_decode(value)))
            .collect();
        let pairs = parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let signed = string_to_sign(
            text(input, "method"),
            text(input, "host"),
            text(input, "path"),
            pairs,
        );
        assert_eq!(signed, text(output, "sign_string"));
        let credential = Credential::new(text(input, "secret_id"), text(input, "secret_key"));
        assert_eq!(
            sign(&signed, &credential, algorithm),
            text(output, "signature")
        );
        checked += 1;
    }
    assert_eq!(checked, 2);
}

fn form_decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                bytes.push(
                    u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap(),
                );
                rest = &rest[2..];
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap()
}
