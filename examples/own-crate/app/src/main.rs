//! A program that uses the crate with just its one action: it checks the signatures of a contract's PDF.

use cloud::tencent::essbasic::{Agent, ChannelVerifyPdfRequest, Client};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), cloud::Error> {
    let request = ChannelVerifyPdfRequest::new()
        .flow_id("yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm")
        .agent(Agent::new().app_id("yDwhsxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    let answer = Client::from_env()?.channel_verify_pdf(request).await?;
    println!("{:?}, {:?}", answer.verify_result, answer.request_id());
    Ok(())
}
