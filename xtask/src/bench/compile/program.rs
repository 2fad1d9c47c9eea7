//! The generated crate in, the bytes of a release program that makes one call with it out; and of one that makes it by hand.

use std::fs;
use std::path::Path;

use crate::bench::cargo;
use crate::outcome::{Failure, Result};

use super::build::put;

/// What both build with: what a release gets, without names.
const PROFILE: &str = "[profile.release]\nstrip = true\n\n[workspace]\n";

const OURS: &str = "\
use yunqiao::tencent::essbasic::{ChannelVerifyPdfRequest, Client};

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), yunqiao::Error> {
    let request = ChannelVerifyPdfRequest::new().flow_id(\"yDSLVUUckpo1c11xUxtOq8cvKy24by9M\");
    println!(\"{:?}\", Client::from_env()?.channel_verify_pdf(request).await?);
    Ok(())
}
";

/// Neither signs nor checks, and knows no types: what must be there in any case.
const BARE: &str = "\
use std::sync::Arc;

use rustls_platform_verifier::ConfigVerifierExt as _;

#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    rustls::crypto::ring::default_provider().install_default().ok();
    let tls = Arc::unwrap_or_clone(Arc::new(rustls::ClientConfig::with_platform_verifier()?));
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).build()?;
    let body = serde_json::json!({ \"FlowId\": \"yDSLVUUckpo1c11xUxtOq8cvKy24by9M\" });
    let request = client.post(\"https://essbasic.tencentcloudapi.com/\").body(serde_json::to_vec(&body)?);
    let answer: serde_json::Value = serde_json::from_slice(&request.send().await?.bytes().await?)?;
    println!(\"{answer}\");
    Ok(())
}
";

/// Bytes of ours, and of the program without us. `library` is the generated crate.
pub(super) fn sizes(folder: &Path, library: &Path) -> Result<[u64; 2]> {
    let ours = format!(
        "yunqiao = {{ path = {:?}, features = [\"tencent-essbasic\"] }}\n",
        library.display().to_string()
    );
    let bare = "reqwest = { version = \"0.13\", default-features = false, features = [\"rustls-no-provider\"] }\n\
                rustls = { version = \"0.23\", default-features = false, features = [\"ring\", \"std\", \"tls12\"] }\n\
                rustls-platform-verifier = \"0.7\"\nserde_json = \"1\"\n";
    Ok([
        size(folder, "one-call", &ours, OURS)?,
        size(folder, "one-call-bare", bare, BARE)?,
    ])
}

fn size(folder: &Path, name: &str, dependencies: &str, program: &str) -> Result<u64> {
    let home = folder.join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n{PROFILE}"
    );
    put(&home.join("Cargo.toml"), &manifest)?;
    put(&home.join("src/main.rs"), program)?;
    let lock = crate::tree::root().join("Cargo.lock");
    fs::copy(&lock, home.join("Cargo.lock")).map_err(|error| Failure::io("copy", &lock, &error))?;
    let target = folder.join("target");
    cargo(&home, &["build", "--release"], &target)?;
    let built = target
        .join("release")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let metadata = fs::metadata(&built).map_err(|error| Failure::io("read", &built, &error))?;
    Ok(metadata.len())
}
