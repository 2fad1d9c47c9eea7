//! What a right client signs in, what clients sign that slip out: each with the part that it is about.

mod body;
mod target;

use yunqiao_runtime::sign::volcengine;

use super::capture::{Capture, Vendor};
use super::plan::Plan;
use super::steps::{Steps, sha256};

/// A mistake that gives another signature.
pub(super) struct Slip {
    /// What differs: `body`, `query`, `headers`, ...
    pub(super) part: &'static str,
    /// What the client has signed, in place of what it has sent.
    pub(super) why: String,
    pub(super) steps: Steps,
}

/// Every known slip for the request. `claimed` is the date of the scope.
pub(super) fn slips(plan: &Plan, claimed: &str) -> Vec<Slip> {
    let mut out = Slips {
        right: &plan.steps,
        all: Vec::new(),
    };
    body::bodies(&plan.capture, &mut out);
    target::lines(&plan.capture, &mut out);
    target::queries(&mut out);
    headers(&plan.capture, &mut out);
    scopes(&plan.capture, claimed, &mut out);
    keys(&mut out);
    out.all
}

struct Slips<'a> {
    right: &'a Steps,
    all: Vec<Slip>,
}

impl Slips<'_> {
    fn add(&mut self, part: &'static str, why: impl Into<String>, change: impl FnOnce(&mut Steps)) {
        let mut steps = self.right.clone();
        change(&mut steps);
        self.all.push(Slip {
            part,
            why: why.into(),
            steps,
        });
    }

    fn body(&mut self, why: &str, body: &[u8]) {
        let hash = sha256(body);
        self.add("body", why, |steps| {
            for (name, value) in &mut steps.headers {
                if name == "x-content-sha256" {
                    value.clone_from(&hash);
                }
            }
            steps.payload_hash = hash;
        });
    }
}

fn headers(capture: &Capture, out: &mut Slips<'_>) {
    for (index, (name, value)) in out.right.headers.clone().into_iter().enumerate() {
        let mut signed = |why: String, other: String| {
            if other != value {
                out.add("headers", why, |steps| steps.headers[index].1 = other);
            }
        };
        if let Some(sent) = capture.header(&name) {
            signed(format!("{name} was signed as it was sent"), sent.to_owned());
        }
        signed(
            format!("{name} was signed in lower case"),
            value.to_lowercase(),
        );
        signed(format!("{name} was signed without a value"), String::new());
        match &*name {
            "host" => {
                for port in [":443", ":80"] {
                    signed(
                        format!("host was signed with {port}"),
                        format!("{value}{port}"),
                    );
                }
                let bare = value.rsplit_once(':').map_or(&*value, |(host, _)| host);
                signed(
                    "host was signed without its port".to_owned(),
                    bare.to_owned(),
                );
            }
            "content-type" => {
                let bare = value
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                for kind in [
                    &*bare,
                    "application/json",
                    "application/x-www-form-urlencoded",
                ] {
                    for end in ["", "; charset=utf-8", ";charset=utf-8", "; charset=UTF-8"] {
                        signed(
                            format!("content-type was signed as {kind}{end}"),
                            format!("{kind}{end}"),
                        );
                    }
                }
            }
            _ => {}
        }
    }
    out.add("headers", "names were signed in upper case", |steps| {
        for (name, _) in &mut steps.headers {
            name.make_ascii_uppercase();
        }
    });
}

fn scopes(capture: &Capture, claimed: &str, out: &mut Slips<'_>) {
    if claimed != out.right.date {
        out.add(
            "date",
            format!(
                "the scope's date is {claimed}, and the request was sent on {} in UTC",
                out.right.date
            ),
            |steps| {
                claimed.clone_into(&mut steps.date);
            },
        );
    }
    let right = out.right.clone();
    if right.vendor == Vendor::Tencent {
        if let Ok(seconds) = right.time.parse::<i64>() {
            for (hours, name) in [(8, "China's"), (-8, "another zone's")] {
                let day = volcengine::x_date(seconds + hours * 3_600);
                let date = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8]);
                if date != right.date && date != claimed {
                    out.add("date", format!("the key was derived for {date}, {name} date, and not for the one in UTC"), |steps| {
                        steps.date = date;
                    });
                }
            }
            out.add("time", "milliseconds were signed", |steps| {
                steps.time.push_str("000")
            });
        }
        if let Some(sent) = capture
            .header("x-tc-timestamp")
            .filter(|sent| *sent != right.time)
        {
            out.add(
                "time",
                "the time that was sent is not the one that was given here",
                |steps| {
                    sent.clone_into(&mut steps.time);
                },
            );
        }
    }
    let host = capture
        .header("host")
        .or(capture.host.as_deref())
        .unwrap_or_default();
    let label = host.split('.').next().unwrap_or_default();
    if !label.is_empty() && label != right.service {
        out.add(
            "service",
            format!("the key was derived for the service {label}"),
            |steps| {
                label.clone_into(&mut steps.service);
            },
        );
    }
    for region in ["cn-north-1", "cn-beijing", "cn-shanghai", "ap-singapore-1"] {
        if right.vendor == Vendor::Volcengine && region != right.region {
            out.add(
                "region",
                format!("the key was derived for the region {region}"),
                |steps| {
                    region.clone_into(&mut steps.region);
                },
            );
        }
    }
}

fn keys(out: &mut Slips<'_>) {
    let key = out.right.secret_key.clone();
    if key.trim() != key {
        out.add(
            "secret_key",
            "the key that was used has no white space around it, the one given here has",
            |steps| {
                steps.secret_key = key.trim().to_owned();
            },
        );
    }
    for end in ["\n", "\r\n", " "] {
        out.add(
            "secret_key",
            "the key was used with white space behind it",
            |steps| {
                steps.secret_key.push_str(end);
            },
        );
    }
    if out.right.vendor == Vendor::Tencent {
        // What a client that has forgotten it derives from.
        if let Some(bare) = key.strip_prefix("TC3") {
            out.add(
                "secret_key",
                "the key was used without TC3 before it",
                |steps| {
                    bare.clone_into(&mut steps.secret_key);
                },
            );
        }
    }
}
