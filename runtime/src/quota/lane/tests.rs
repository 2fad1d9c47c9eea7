//! In: a lane and a clock that moves only while all wait. Out: exactly when each turn comes.

use tokio::time::{advance, sleep};

use super::*;

const LONG: Duration = Duration::from_secs(3_600);

/// Timers count in milliseconds.
const TICK: Duration = Duration::from_millis(1);

async fn pass(lane: &Arc<Lane>, patience: Duration, max: usize) -> Result<(), QuotaRefusal> {
    match Turn::take(Arc::clone(lane), patience, max)? {
        Some(turn) => turn.await,
        None => {}
    }
    Ok(())
}

/// Starts so many attempts in order; what comes back is when each had its turn, in that order.
async fn rush(lane: &Arc<Lane>, count: usize) -> Vec<Duration> {
    let begin = Instant::now();
    let turns: Vec<_> = (0..count)
        .map(|_| Turn::take(Arc::clone(lane), LONG, usize::MAX).unwrap())
        .map(|turn| {
            tokio::spawn(async move {
                if let Some(turn) = turn {
                    turn.await;
                }
                Instant::now() - begin
            })
        })
        .collect();
    let mut times = Vec::new();
    for turn in turns {
        times.push(turn.await.unwrap());
    }
    times
}

fn milliseconds(times: &[Duration]) -> Vec<u128> {
    times.iter().map(Duration::as_millis).collect()
}

#[tokio::test(start_paused = true)]
async fn a_burst_goes_through_and_the_rest_is_evenly_spaced_in_order() {
    let lane = Arc::new(Lane::new(20));
    let times = milliseconds(&rush(&lane, 60).await);
    assert_eq!(times[..20], [0; 20]);
    for (index, time) in times[20..].iter().enumerate() {
        let planned = 1_000 + 50 * index as u128;
        assert!((planned..=planned + 1).contains(time), "{index}: {time}");
    }
    // A limit of one, and one that does not divide the second into milliseconds: the spacing does not drift.
    let times = milliseconds(&rush(&Arc::new(Lane::new(1)), 4).await);
    assert_eq!(times, [0, 1_000, 2_000, 3_000]);
    let times = rush(&Arc::new(Lane::new(600)), 600 * 4).await;
    let last = times.last().unwrap().as_millis();
    assert!((3_990..=4_005).contains(&last), "{last}");
}

#[tokio::test(start_paused = true)]
async fn no_second_has_more_than_the_limit_and_estimates_hold() {
    let lane = Arc::new(Lane::new(7));
    let begin = Instant::now();
    let (mut seed, mut turns) = (1u64, Vec::new());
    for _ in 0..400 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        // Mostly together, sometimes a pause in which the line empties.
        let pause = if seed >> 60 == 0 {
            3_000
        } else {
            (seed >> 33) % 130
        };
        sleep(Duration::from_millis(pause)).await;
        let (now, mut state) = (Instant::now(), lane.state());
        let ahead = state.waiting.len();
        let at_once = ahead == 0 && state.pace.next(now, false) <= now;
        let planned = if at_once {
            now
        } else {
            state.pace.turn_of(ahead, now)
        };
        drop(state);
        let turn = Turn::take(Arc::clone(&lane), LONG, usize::MAX).unwrap();
        assert_eq!(turn.is_none(), at_once);
        turns.push(tokio::spawn(async move {
            if let Some(turn) = turn {
                turn.await;
            }
            (Instant::now() - begin, planned - begin)
        }));
    }
    let mut times = Vec::new();
    for turn in turns {
        let (time, planned) = turn.await.unwrap();
        // The first in line may be a tick late in taking its turn, which estimates of the others take for now.
        let (earliest, latest) = (planned - TICK.min(planned), planned + 2 * TICK);
        assert!((earliest..=latest).contains(&time), "{time:?} {planned:?}");
        times.push(time);
    }
    assert!(times.is_sorted());
    for pair in times.windows(8) {
        assert!(
            pair[7] - pair[0] + 2 * TICK >= Duration::from_secs(1),
            "{pair:?}"
        );
    }
    // And hardly less: whoever waits waits for a reason.
    let busy = times
        .windows(8)
        .filter(|pair| pair[7] - pair[0] <= Duration::from_millis(1_010));
    assert!(busy.count() > 100);
}

#[tokio::test(start_paused = true)]
async fn the_line_is_bounded_and_who_would_be_too_late_is_refused_at_once() {
    let lane = Arc::new(Lane::new(2));
    for _ in 0..2 {
        pass(&lane, Duration::ZERO, 0).await.unwrap();
    }
    let begin = Instant::now();
    let full = pass(&lane, LONG, 0).await.unwrap_err();
    let text = "the action may start 2 times a second, and 0 calls wait for it already";
    assert_eq!(full.into_message(), text);
    let late = pass(&lane, Duration::from_millis(999), 9)
        .await
        .unwrap_err();
    let text = "the action may start 2 times a second, with 0 calls ahead that takes 1.0s, and the total timeout leaves 999.0ms";
    assert_eq!(late.into_message(), text);
    assert_eq!(Instant::now(), begin);
    let waiting: Vec<_> = (0..3)
        .map(|_| Turn::take(Arc::clone(&lane), LONG, 3).unwrap().unwrap())
        .collect();
    assert!(Turn::take(Arc::clone(&lane), LONG, 3).is_err());
    // Two thirds of the way: 1 s, 1.5 s, 2 s, and 2.5 s.
    assert!(Turn::take(Arc::clone(&lane), Duration::from_millis(2_499), 9).is_err());
    assert!(Turn::take(Arc::clone(&lane), Duration::from_millis(2_500), 9).is_ok());
    drop(waiting);
    assert_eq!(lane.state().waiting.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_gives_back_the_place() {
    let lane = Arc::new(Lane::new(1));
    let begin = Instant::now();
    pass(&lane, LONG, 9).await.unwrap();
    let line = |_| {
        let turn = Turn::take(Arc::clone(&lane), LONG, 9).unwrap().unwrap();
        tokio::spawn(async move {
            turn.await;
            Instant::now() - begin
        })
    };
    let tasks: Vec<_> = (0..4).map(line).collect();
    advance(Duration::from_millis(400)).await;
    // The first, which has the timer, and one in the middle.
    tasks[0].abort();
    tasks[2].abort();
    let mut times = Vec::new();
    for task in tasks {
        times.push(task.await.ok().map(|time| time.as_millis()));
    }
    assert!(times[0].is_none() && times[2].is_none());
    assert!((1_000..=1_002).contains(&times[1].unwrap()), "{times:?}");
    assert!((2_000..=2_003).contains(&times[3].unwrap()), "{times:?}");
    // One that was never polled, and one whose turn has come but is not taken.
    drop(Turn::take(Arc::clone(&lane), LONG, 9).unwrap());
    assert_eq!(lane.state().waiting.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_complaint_halves_the_pace_for_a_while() {
    let lane = Arc::new(Lane::new(20));
    rush(&lane, 20).await;
    // Those that were under way together are one complaint.
    (0..20).for_each(|_| lane.slow());
    let times = rush(&lane, 6).await;
    // Ten a second, since a second has not yet passed without a complaint; then twelve.
    assert!((1_000..=1_002).contains(&times[0].as_millis()), "{times:?}");
    let gap = (times[2] - times[1]).as_millis();
    assert!((82..=85).contains(&gap), "{times:?}");
    sleep(Duration::from_secs(10)).await;
    let times = milliseconds(&rush(&lane, 21).await);
    assert_eq!(times[..20], [0; 20]);
    // It never stops altogether.
    let one = Arc::new(Lane::new(1));
    one.slow();
    advance(Duration::from_secs(2)).await;
    one.slow();
    let times = milliseconds(&rush(&one, 2).await);
    assert!(
        times[0] <= 1 && (1_000..=1_002).contains(&times[1]),
        "{times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn thousands_wait_at_little_cost() {
    let lane = Arc::new(Lane::new(20));
    let times = rush(&lane, 10_020).await;
    assert!(times.is_sorted());
    let last = times[10_019].as_millis();
    assert!((500_900..=501_000).contains(&last), "{last}");
    assert!(lane.state().pace.starts.len() <= 20);
    sleep(Duration::from_secs(1)).await;
    assert!(lane.is_idle(Instant::now()));
    // What one costs while it waits, beside its call.
    assert!(size_of::<Turn>() <= 32 && size_of::<Option<Waker>>() <= 16);
}
