//! In: a call, how often, and how many at a time. Out: nothing but the time that it took.

use std::future::Future;

use tokio::task::JoinSet;

/// Makes `count` calls, `concurrency` at a time.
pub(crate) async fn calls<F, Call>(concurrency: usize, count: usize, call: F) -> Result<(), String>
where
    F: Fn() -> Call + Clone + Send + 'static,
    Call: Future<Output = Result<(), String>> + Send + 'static,
{
    let mut lines = JoinSet::new();
    for line in 0..concurrency {
        let call = call.clone();
        // What does not divide falls to the first ones.
        let share = count / concurrency + usize::from(line < count % concurrency);
        lines.spawn(async move {
            for _ in 0..share {
                call().await?;
            }
            Ok::<(), String>(())
        });
    }
    while let Some(line) = lines.join_next().await {
        line.map_err(|error| error.to_string())??;
    }
    Ok(())
}
