//! A phone number in, whether the person who holds it knows the code that was sent there out.
//!
//! ```sh
//! cargo run -p yunqiao --example sms_code --features volcengine-sms
//! ```
//!
//! The service makes the code up, keeps it and compares it; the program never sees it before the person types it in. The
//! credential comes from `VOLCENGINE_ACCESS_KEY` and `VOLCENGINE_SECRET_KEY`.

use std::io::{BufRead as _, Write as _};
use std::process::ExitCode;

use yunqiao::volcengine::sms::{self, Client};

#[path = "common/ending.rs"]
mod ending;
#[path = "common/environment.rs"]
mod environment;

use ending::{Outcome, ending, misused};
use environment::variable;

const USAGE: &str = "\
usage: sms_code MESSAGE_GROUP SIGNATURE TEMPLATE SCENE
environment: VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY
             PHONE_NUMBER      who gets the code
             YUNQIAO_ENDPOINT  such as http://127.0.0.1:8080 for a local cloud
exit code: 0 the code is right, 1 it is not or there was an error, 2 wrong usage";

/// How often a code may be checked; the service counts along.
const TRIES: i64 = 3;
/// How long a code is good, in seconds.
const GOOD_FOR: i64 = 300;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    let [group, signature, template, scene] = *words else {
        return Err(misused());
    };
    let phone = variable("PHONE_NUMBER")?;
    let client = Client::from_env()?;
    let request = sms::SendSmsVerifyCodeRequest::new()
        .sms_account(group)
        .sign(signature)
        .template_id(template)
        .phone_number(&phone)
        .scene(scene)
        .code_type(6)
        .expire_time(GOOD_FOR)
        .try_count(TRIES);
    // Every call sends and charges a message. If this one times out, the message may be on its way: do not send again blindly.
    let sent = client.send_sms_verify_code(request).await?;
    println!("sent: {}", sent.message_id.join(", "));

    for _ in 0..TRIES {
        print!("code: ");
        std::io::stdout().flush()?;
        // Nothing else runs in this program, so it may stand still here; a server would not read like this.
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            return Err("no code was typed in".into());
        }
        // Group, number and scene together say which code is meant.
        let request = sms::CheckSmsVerifyCodeRequest::new()
            .sms_account(group)
            .phone_number(&phone)
            .scene(scene)
            .code(line.trim());
        let checked = client.check_sms_verify_code(request).await?;
        // The verdict is the whole answer, a bare text. A wrong code is no error of the call.
        match checked.result.as_deref() {
            Some("0") => {
                println!("right");
                return Ok(());
            }
            Some("1") => println!("wrong"),
            Some("2") => return Err("the code has expired or its tries are used up".into()),
            other => {
                let other = other.unwrap_or("none");
                return Err(format!("verdict {other}, unknown to this program").into());
            }
        }
    }
    Err("the code was wrong every time".into())
}
