//! In: the same event again, at once, later, after a failure. Out: whether it is handled exactly as often as it should be.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use yunqiao_runtime::TimeSource;
use yunqiao_runtime::callback::{EventKey, ReplayGuard, ReplayStore, Standing, StoreFuture};

#[derive(Default)]
struct Clock(AtomicI64);

impl Clock {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl TimeSource for Clock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

fn guard(capacity: usize) -> (ReplayGuard, Arc<Clock>) {
    let clock = Arc::new(Clock::default());
    let time: Arc<dyn TimeSource> = clock.clone();
    (ReplayGuard::in_memory_of(capacity, time), clock)
}

fn key(number: usize) -> EventKey {
    EventKey::of(number.to_string().as_bytes())
}

#[tokio::test]
async fn an_acknowledged_event_is_refused_until_its_window_is_over() {
    let (guard, clock) = guard(10);
    let guard = guard.window(Duration::from_secs(100));
    let claim = guard.check(key(1)).await.unwrap();
    claim.acknowledge().await.unwrap();
    for _ in 0..3 {
        let rejection = guard.check(key(1)).await.unwrap_err();
        assert!(rejection.is_replay(), "{rejection}");
        // 200, or the vendor would send it for ever.
        assert_eq!(rejection.http_status(), 200);
    }
    drop(guard.check(key(2)).await.unwrap());
    clock.pass(99);
    assert!(guard.check(key(1)).await.unwrap_err().is_replay());
    clock.pass(1);
    drop(guard.check(key(1)).await.unwrap());
}

#[tokio::test]
async fn an_event_whose_handling_failed_is_let_through_again() {
    let (guard, _) = guard(10);
    for _ in 0..3 {
        let claim = guard.check(key(1)).await.unwrap();
        drop(claim);
    }
    let handler = {
        let guard = guard.clone();
        tokio::spawn(async move {
            let _claim = guard.check(key(1)).await.unwrap();
            panic!("the handler fails");
        })
    };
    assert!(handler.await.unwrap_err().is_panic());
    let claim = guard.check(key(1)).await.unwrap();
    claim.acknowledge().await.unwrap();
    assert!(guard.check(key(1)).await.unwrap_err().is_replay());
}

#[tokio::test]
async fn an_event_in_hand_is_asked_for_later() {
    let (guard, clock) = guard(10);
    let guard = guard.lease(Duration::from_secs(60));
    let claim = guard.check(key(1)).await.unwrap();
    let rejection = guard.check(key(1)).await.unwrap_err();
    assert!(rejection.is_temporary() && !rejection.is_replay());
    assert_eq!(rejection.http_status(), 503);
    // A handler that never comes back does not keep the event for ever.
    clock.pass(60);
    let second = guard.check(key(1)).await.unwrap();
    second.acknowledge().await.unwrap();
    drop(claim);
    assert!(guard.check(key(1)).await.unwrap_err().is_replay());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_gets_it() {
    let guard = ReplayGuard::in_memory();
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let guard = guard.clone();
            tokio::spawn(async move {
                match guard.check(key(1)).await {
                    Ok(claim) => claim.acknowledge().await.is_ok(),
                    Err(_) => false,
                }
            })
        })
        .collect();
    let mut handled = 0;
    for task in tasks {
        handled += usize::from(task.await.unwrap());
    }
    assert_eq!(handled, 1);
}

#[tokio::test]
async fn memory_is_bounded_and_what_is_in_hand_is_never_forgotten() {
    let (guard, clock) = guard(3);
    for number in 1..=3 {
        guard
            .check(key(number))
            .await
            .unwrap()
            .acknowledge()
            .await
            .unwrap();
        clock.pass(1);
    }
    // The fourth drives out the oldest, and only that.
    let fourth = guard.check(key(4)).await.unwrap();
    assert!(guard.check(key(2)).await.unwrap_err().is_replay());
    assert!(guard.check(key(3)).await.unwrap_err().is_replay());
    let fifth = guard.check(key(5)).await.unwrap();
    let sixth = guard.check(key(6)).await.unwrap();
    let full = guard.check(key(7)).await.unwrap_err();
    assert!(full.is_temporary(), "{full}");
    assert_eq!(full.http_status(), 503);
    assert!(guard.check(key(4)).await.unwrap_err().is_temporary());
    drop(fifth);
    drop(guard.check(key(7)).await.unwrap());
    fourth.acknowledge().await.unwrap();
    sixth.acknowledge().await.unwrap();
}

#[tokio::test]
async fn handlers_that_outlive_their_lease_do_not_break_the_bound() {
    let (guard, clock) = guard(2);
    let guard = guard.lease(Duration::from_secs(1));
    let mut claims = Vec::new();
    for number in 1..=4 {
        claims.push(guard.check(key(number)).await.unwrap());
        clock.pass(1);
    }
    for claim in claims {
        claim.acknowledge().await.unwrap();
        clock.pass(1);
    }
    for number in 3..=4 {
        assert!(guard.check(key(number)).await.unwrap_err().is_replay());
    }
    drop(guard.check(key(1)).await.unwrap());
}

/// A store that is out of reach.
struct Broken;

impl ReplayStore for Broken {
    fn claim(&self, key: EventKey, _: Duration) -> StoreFuture<'_, Standing> {
        let known = key == self::key(1);
        Box::pin(async move {
            tokio::task::yield_now().await;
            if known {
                Ok(Standing::New)
            } else {
                Err("out of reach".into())
            }
        })
    }

    fn acknowledge(&self, _: EventKey, _: Duration) -> StoreFuture<'_, ()> {
        Box::pin(async { Err("out of reach".into()) })
    }
}

#[tokio::test]
async fn a_store_out_of_reach_lets_nothing_through_and_nothing_be_lost() {
    let guard = ReplayGuard::with_store(Arc::new(Broken));
    let rejection = guard.check(key(2)).await.unwrap_err();
    assert!(rejection.is_temporary());
    let source = std::error::Error::source(&rejection).unwrap();
    assert_eq!(source.to_string(), "out of reach");
    let claim = guard.check(key(1)).await.unwrap();
    let rejection = claim.acknowledge().await.unwrap_err();
    assert_eq!(rejection.http_status(), 503);
}

#[test]
fn the_key_is_the_sha_256() {
    // FIPS 180-2, appendix B.1.
    let key = EventKey::of(b"abc");
    assert_eq!(
        key.to_string(),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn futures_can_be_sent() {
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let guard = ReplayGuard::in_memory();
    drop(sendable(guard.check(key(1))));
    drop(sendable(async move {
        let claim = guard.check(key(1)).await?;
        claim.acknowledge().await
    }));
}
