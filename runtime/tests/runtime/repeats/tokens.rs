//! In: actions with a field that makes repeats harmless. Out: one token for all attempts of a call.

use yunqiao_runtime::{Client, Config};

use super::{ESS, MARKED, Marked, answer, fine};
use crate::sample::Everything;
use crate::server::Server;

async fn send(config: &Config, token: Option<&str>) -> Result<u32, yunqiao_runtime::Error> {
    let mut request = Marked::default();
    request.client_token = token.map(str::to_owned);
    let call = Client::new(config, &ESS).call::<Everything>(&MARKED, request);
    call.await.map(|response| response.attempts())
}

fn tokens(server: &Server) -> Vec<String> {
    let text = |body: &str| -> Option<String> {
        let body = body.strip_prefix(r#"{"ClientToken":""#)?;
        body.strip_suffix(r#""}"#).map(str::to_owned)
    };
    server
        .seen()
        .iter()
        .map(|seen| text(seen.text()).unwrap())
        .collect()
}

#[tokio::test]
async fn a_token_is_made_once_for_a_call_and_makes_it_safe() {
    let broken = answer("502 Bad Gateway", "<html>");
    let server = Server::play(vec![broken.clone(), broken.clone(), fine()]).await;
    let config = server.repeating().build().unwrap();
    // Required as it is, it need not be given.
    assert_eq!(send(&config, None).await.unwrap(), 3);
    assert_eq!(send(&config, Some("")).await.unwrap(), 1);
    let tokens = tokens(&server);
    assert!(tokens[0] == tokens[1] && tokens[1] == tokens[2]);
    assert_ne!(tokens[2], tokens[3]);
    let is_random =
        |token: &String| token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(tokens.iter().all(is_random), "{tokens:?}");
}

#[tokio::test]
async fn the_callers_own_token_is_kept() {
    let broken = answer("502 Bad Gateway", "<html>");
    let server = Server::play(vec![broken.clone(), fine(), broken]).await;
    let config = server.repeating().build().unwrap();
    assert_eq!(send(&config, Some("mine")).await.unwrap(), 2);
    assert_eq!(tokens(&server), ["mine", "mine"]);
    // Who knows the token can make the same call again; one made here is gone.
    let error = send(&config, Some("mine")).await.unwrap_err();
    assert!(error.can_be_repeated() && error.attempts() == 4);
    let error = send(&config, None).await.unwrap_err();
    assert!(!error.can_be_repeated() && error.attempts() == 4);
}

#[tokio::test]
async fn a_seed_repeats_the_tokens() {
    let server = Server::run(fine()).await;
    for _ in 0..2 {
        let config = server.repeating().random_seed(7).build().unwrap();
        send(&config, None).await.unwrap();
    }
    let tokens = tokens(&server);
    assert_eq!(tokens[0], tokens[1]);
}
