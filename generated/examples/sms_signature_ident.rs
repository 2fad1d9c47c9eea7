//! The papers of a company in, the identity file that SMS signatures are bound to out.
//!
//! ```sh
//! cargo run -p yunqiao --example sms_signature_ident --features volcengine-sms-v20210111
//! ```
//!
//! Hands the papers in for review and looks whether the file is approved. Nothing in an application marks a repeat, so it is sent
//! once, whatever happens. People look at it, which takes days: `sms_signature_ident state ID` asks again later.

use std::path::Path;
use std::process::ExitCode;

use yunqiao::Delivery;
use yunqiao::volcengine::sms::v20210111::{
    ApplySignatureIdentRequest, BusinessInfo, CertificateType, Client, DocType, FileSuffix,
    GetSignatureIdentListRequest, PersonInfo, Purpose, SignAuthFile,
};

#[path = "common/base64.rs"]
mod base64;
#[path = "common/ending.rs"]
mod ending;
#[path = "common/environment.rs"]
mod environment;

use ending::{Misused, Outcome, ending, misused};
use environment::variable;

const USAGE: &str = "\
usage: sms_signature_ident apply LABEL COMPANY FOLDER
       sms_signature_ident state ID
FOLDER holds jpg or png pictures: licence, operator-portrait, operator-emblem,
       responsible-portrait, responsible-emblem
environment: VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY
             OPERATOR_NAME, OPERATOR_ID_CARD, OPERATOR_MOBILE           (apply)
             RESPONSIBLE_NAME, RESPONSIBLE_ID_CARD, RESPONSIBLE_MOBILE  (apply)
             YUNQIAO_ENDPOINT  such as http://127.0.0.1:8080 for a local cloud
exit code: 0 handed in, or its state told; 1 an error, 2 wrong usage";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    ending(run(&words).await, USAGE)
}

async fn run(words: &[&str]) -> Outcome {
    match *words {
        ["apply", label, company, folder] => {
            // Everything is gathered before anything is sent.
            let request = application(label, company, Path::new(folder))?;
            apply(&Client::from_env()?, request).await
        }
        ["state", id] => {
            let id = id.parse().map_err(|_| misused())?;
            show(&Client::from_env()?, id).await
        }
        _ => Err(misused()),
    }
}

fn application(
    label: &str,
    company: &str,
    folder: &Path,
) -> Result<ApplySignatureIdentRequest, Misused> {
    let person = |prefix: &str, file: &str, sides: [DocType; 2]| -> Result<PersonInfo, Misused> {
        let [portrait, emblem] = sides;
        Ok(PersonInfo::new()
            .certificate_type(CertificateType::MainlandIdCard)
            .person_name(variable(&format!("{prefix}_NAME"))?)
            .person_id_card(variable(&format!("{prefix}_ID_CARD"))?)
            .person_mobile(variable(&format!("{prefix}_MOBILE"))?)
            .person_certificate([
                picture(folder, &format!("{file}-portrait"), portrait)?,
                picture(folder, &format!("{file}-emblem"), emblem)?,
            ]))
    };
    let business = BusinessInfo::new()
        .business_certificate_type(DocType::BusinessLicense)
        .business_certificate_name(company)
        .business_certificate(picture(folder, "licence", DocType::BusinessLicense)?);
    let operator = [
        DocType::OperatorIdCardPortrait,
        DocType::OperatorIdCardEmblem,
    ];
    let responsible = [
        DocType::ResponsiblePersonIdCardPortrait,
        DocType::ResponsiblePersonIdCardEmblem,
    ];
    Ok(ApplySignatureIdentRequest::new()
        .material_name(label)
        .purpose(Purpose::OwnUse)
        .business_info(business)
        .operator_person(person("OPERATOR", "operator", operator)?)
        .responsible_person_info(person("RESPONSIBLE", "responsible", responsible)?))
}

/// Reads `NAME.jpg` or `NAME.png`. Pictures travel as base64 text, with their kind in front.
fn picture(folder: &Path, name: &str, kind: DocType) -> Result<SignAuthFile, Misused> {
    for (ending, suffix) in [("jpg", FileSuffix::Jpg), ("png", FileSuffix::Png)] {
        let path = folder.join(format!("{name}.{ending}"));
        if !path.is_file() {
            continue;
        }
        let text = base64::read(&path)?;
        return Ok(SignAuthFile::new()
            .file_type(kind)
            .file_suffix(suffix)
            .file_content(format!("data:image/{ending};base64,{text}")));
    }
    let folder = folder.display();
    Err(Misused(format!("no {name}.jpg or {name}.png in {folder}")))
}

async fn apply(client: &Client, request: ApplySignatureIdentRequest) -> Outcome {
    let applied = client.apply_signature_ident(request).await;
    if let Err(error) = &applied {
        // A request that went out may have had its effect although no good answer came back; a refusal has none.
        if !matches!(error.delivery(), Delivery::NotSent | Delivery::Rejected) {
            eprintln!("it may be filed all the same: look at the console before applying again");
        }
    }
    let id = applied?.id.ok_or("the identity file has no id")?;
    println!("filed: {id}");
    // The file is handed in, so a question that fails must not look as if it were not.
    if let Err(error) = show(client, id).await {
        eprintln!("its state is unknown: {error}; ask with: sms_signature_ident state {id}");
    }
    Ok(())
}

/// The list holds the files that have passed their review, so being there is the state.
async fn show(client: &Client, id: i64) -> Outcome {
    let request = GetSignatureIdentListRequest::new()
        .ids([id])
        .page_index(1)
        .page_size(10);
    let answer = client.get_signature_ident_list(request).await?;
    match answer.list.iter().find(|file| file.id == Some(id)) {
        Some(file) => {
            let label = file.material_name.as_deref().unwrap_or("none");
            let signatures = file.effect_signatures.join(", ");
            println!("state: approved\nlabel: {label}\nsignatures: {signatures}");
        }
        None => println!("state: not approved, in review or turned down"),
    }
    Ok(())
}
