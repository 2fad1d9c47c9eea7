//! The vendors' own signatures, published and made by their SDKs: every one is accepted, and none with one bit changed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::Ordering;

use serde_json::Value as Json;
use yunqiao_mock::{Builder, LocalCloud, Signature};

use crate::bench::Bench;
use crate::http::Request;

/// A signed request, the key that signed it and when.
struct Vector {
    id: String,
    key: (String, String),
    seconds: i64,
    request: Request,
}

#[test]
fn published_signatures_are_accepted_and_none_with_a_bit_changed() {
    let vectors: Json =
        serde_json::from_str(include_str!("../fixtures/published_vectors.json")).unwrap();
    let vectors: Vec<Vector> = vectors.as_array().unwrap().iter().map(published).collect();
    assert_eq!(vectors.len(), 9);
    judge(&vectors);
}

#[test]
fn signatures_of_the_sdks_are_accepted_and_none_with_a_bit_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors");
    let mut vectors = Vec::new();
    for file in ["tencent_tc3_sdk.json", "volcengine_hmac_sdk.json"] {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            eprintln!("skipped: {} is not here", folder.join(file).display());
            return;
        };
        let json: Json = serde_json::from_str(&text).unwrap();
        vectors.extend(
            json["vectors"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(recorded),
        );
    }
    // All but Tencent's two of the old signature method, which the cloud does not speak.
    assert_eq!(vectors.len(), 35);
    judge(&vectors);
}

fn judge(vectors: &[Vector]) {
    let keys: BTreeSet<&(String, String)> = vectors.iter().map(|vector| &vector.key).collect();
    let bench = Bench::with(|builder| {
        let builder = keys
            .iter()
            .fold(builder, |builder, (id, key)| builder.key(id, key));
        // Also those that the tests write wrongly: the signature is to notice, not the guard.
        let hosts = vectors.iter().flat_map(|vector| {
            let host = vector.request.header("Host");
            let name = host.split(':').next().unwrap();
            [name.to_owned(), name.replacen('.', "o.", 1)]
        });
        hosts.fold(builder, Builder::host)
    });
    for vector in vectors {
        bench.now.store(vector.seconds, Ordering::Relaxed);
        assert_eq!(
            outcome(&bench.cloud, &vector.request),
            Signature::Verified,
            "{}",
            vector.id
        );
        for (what, changed) in changed(&vector.request) {
            let outcome = outcome(&bench.cloud, &changed);
            assert!(
                matches!(outcome, Signature::Refused(_)),
                "{}: {what} changed: {outcome:?}",
                vector.id
            );
        }
    }
}

fn outcome(cloud: &LocalCloud, request: &Request) -> Signature {
    request.send(cloud.address());
    cloud.calls().pop().unwrap().signature
}

/// The request with one bit changed in every place that its signature covers.
fn changed(request: &Request) -> Vec<(&'static str, Request)> {
    let mut variants = Vec::new();
    let mut add = |what, change: &dyn Fn(&mut Request)| {
        let mut changed = request.clone();
        change(&mut changed);
        variants.push((what, changed));
    };
    let flip_last = |text: &str| {
        let (rest, last) = text.split_at(text.len() - 1);
        format!("{rest}{}", char::from(last.as_bytes()[0] ^ 1))
    };
    let authorization = request.header("Authorization");
    if authorization.is_empty() {
        // A presigned address: the signature stands in the query, and so does all that it covers.
        add("the signature", &|request| {
            let (before, after) = request.target.split_once("X-Signature=").unwrap();
            let flipped = flip_last(&after[..1]);
            request.target = format!("{before}X-Signature={flipped}{}", &after[1..]);
        });
        add("the query", &|request| {
            request.target = request.target.replace("Limit=10", "Limit=11")
        });
    } else {
        add("the signature", &|request| {
            request.set("Authorization", &flip_last(authorization))
        });
        if request.target.contains('?')
            && (request.method == "GET" || !request.header("X-Date").is_empty())
        {
            add("the query", &|request| {
                request.target = flip_last(&request.target)
            });
        }
        if !request.body.is_empty() && request.header("X-TC-Content-SHA256").is_empty() {
            add("the body", &|request| request.body[0] ^= 1);
        }
        add("the host", &|request| {
            let host = request.header("Host").replacen('.', "o.", 1);
            request.set("Host", &host);
        });
        add("the method", &|request| {
            request.method = if request.method == "GET" {
                "POST"
            } else {
                "GET"
            }
            .to_owned();
        });
    }
    variants
}

fn text(json: &Json) -> String {
    json.as_str().unwrap().to_owned()
}

/// A vector of the vendors' pages. What they sign is all that they send, but Tencent's also need the headers of a call.
fn published(vector: &Json) -> Vector {
    let input = &vector["input"];
    let query = text(&input["query"]);
    let mut request = Request {
        method: text(&input["method"]),
        target: if query.is_empty() {
            text(&input["path"])
        } else {
            format!("{}?{query}", text(&input["path"]))
        },
        headers: Vec::new(),
        body: text(&input["body"]).into_bytes(),
    };
    for header in input["signed_headers"].as_array().unwrap() {
        request.set(header[0].as_str().unwrap(), header[1].as_str().unwrap());
    }
    request.set(
        "Authorization",
        vector["output"]["authorization"].as_str().unwrap(),
    );
    let tencent = input["algorithm"] == "TC3-HMAC-SHA256";
    let (id, seconds) = if tencent {
        request.set("X-TC-Action", "DescribeInstances");
        request.set("X-TC-Version", "2017-03-12");
        request.set("X-TC-Timestamp", &input["timestamp"].to_string());
        ("secret_id", input["timestamp"].as_i64().unwrap())
    } else {
        ("access_key", seconds(input["x_date"].as_str().unwrap()))
    };
    Vector {
        id: text(&vector["id"]),
        key: (text(&input[id]), text(&input["secret_key"])),
        seconds,
        request,
    }
}

/// A vector made with a vendor's SDK; none for the old signature method.
fn recorded(vector: &Json) -> Option<Vector> {
    let (input, output) = (&vector["input"], &vector["output"]);
    let tencent = input.get("secret_id").is_some();
    if tencent && input["sign_method"] != "TC3-HMAC-SHA256" {
        return None;
    }
    let presigned = vector["kind"] == "presigned-url";
    let query = if presigned {
        text(&output["query_string"])
    } else if tencent {
        text(&input["query"])
    } else {
        text(&output["canonical_query"])
    };
    let path = text(&input["path"]);
    let mut request = Request {
        method: text(&input["method"]),
        target: if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        },
        headers: Vec::new(),
        body: body(&input["body"]),
    };
    let headers = if tencent {
        &input["headers_sent"]
    } else {
        &input["headers_signed_in"]
    };
    for (name, value) in headers.as_object().into_iter().flatten() {
        request.set(name, value.as_str().unwrap());
    }
    match output.get("authorization") {
        Some(authorization) => request.set("Authorization", authorization.as_str().unwrap()),
        None => request.set("Host", input["host"].as_str().unwrap()),
    }
    Some(Vector {
        id: text(&vector["id"]),
        key: (
            text(&input[if tencent { "secret_id" } else { "access_key" }]),
            text(&input["secret_key"]),
        ),
        seconds: input["timestamp"].as_i64().unwrap(),
        request,
    })
}

fn body(body: &Json) -> Vec<u8> {
    match (body.get("utf8"), body.get("base64")) {
        (Some(text), _) => text.as_str().unwrap().as_bytes().to_vec(),
        (None, Some(text)) => base64(text.as_str().unwrap()),
        (None, None) => Vec::new(),
    }
}

fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.bytes().filter(|byte| *byte != b'=');
    let values: Vec<u8> = digits
        .map(|byte| alphabet.iter().position(|digit| *digit == byte).unwrap() as u8)
        .collect();
    let bits = values.chunks(4).flat_map(|four| {
        let number = four
            .iter()
            .fold(0u32, |number, value| number << 6 | u32::from(*value))
            << (6 * (4 - four.len()));
        number.to_be_bytes()[1..four.len()].to_vec()
    });
    bits.collect()
}

/// Seconds of `20231114T221320Z`, counted day by day.
fn seconds(date: &str) -> i64 {
    let number = |from: usize, to: usize| date[from..to].parse::<i64>().unwrap();
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let (year, month) = (number(0, 4), number(4, 6));
    let lengths = [
        31,
        if leap(year) { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let days = (1970..year)
        .map(|year| if leap(year) { 366 } else { 365 })
        .sum::<i64>()
        + lengths[..month as usize - 1].iter().sum::<i64>()
        + number(6, 8)
        - 1;
    days * 86_400 + number(9, 11) * 3_600 + number(11, 13) * 60 + number(13, 15)
}
