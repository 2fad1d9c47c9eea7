//! Questions in, what somebody types out; a secret without an echo.

use std::future::{Future as _, poll_fn};
use std::io::{self, Read as _, Write as _};
use std::pin::pin;
use std::task::Poll;

use yunqiao_model::api::Vendor;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// Longer input is no secret.
const LONGEST: u64 = 4096;

/// Asks whose key it is. Nothing comes of it when the input ends.
pub(super) fn vendor() -> Result<Option<Vendor>> {
    loop {
        let Some(word) = line("Vendor (tencent or volcengine): ")? else {
            return Ok(None);
        };
        let word = word.trim().to_lowercase();
        let is_meant = |vendor: &Vendor| vendor.folder().starts_with(&word) && !word.is_empty();
        if let Some(vendor) = Vendor::ALL.into_iter().find(is_meant) {
            return Ok(Some(vendor));
        }
    }
}

/// Asks for a line. Nothing comes of it when the input ends.
pub(super) fn line(question: &str) -> Result<Option<String>> {
    show(question)?;
    let mut text = String::new();
    let read = io::stdin().read_line(&mut text);
    let count = read.map_err(|error| Failure::io("cannot read from the terminal", &error))?;
    if count == 0 {
        show("\n")?;
        return Ok(None);
    }
    Ok(Some(text))
}

/// Asks for a secret, which is not shown. Nothing comes of it when somebody presses Ctrl-C or the input ends.
pub(super) fn secret(question: &str) -> Result<Option<Zeroizing<String>>> {
    show(question)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::io("cannot start", &error))?;
    // While the terminal shows nothing, the signal must not end the process: nobody would turn the echo on again.
    runtime.block_on(async {
        let mut signal = pin!(tokio::signal::ctrl_c());
        poll_fn(|context| {
            let _ = signal.as_mut().poll(context);
            Poll::Ready(())
        })
        .await;
    });
    let read = rpassword::read_password();
    show("\n")?;
    match read {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(Failure::io("cannot read from the terminal", &error)),
    }
}

/// The secret on standard input.
pub(super) fn piped() -> Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(LONGEST as usize + 1));
    let read = io::stdin().lock().take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| Failure::io("cannot read the secret from standard input", &error))?;
    Ok(text)
}

fn show(text: &str) -> Result<()> {
    let mut out = io::stderr().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| Failure::io("cannot write to the terminal", &error))
}
