//! Thousands of calls in, an inspector that keeps up with them out.

use crate::inspect::rows;
use crate::{pages, text};

#[test]
fn thousands_of_calls_cost_no_more_rows_than_can_be_seen() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/inspector"));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| server.call_unsigned("DescribeFlowInfo", 1000));
        }
    });
    browser.wait("document.querySelector('.under').textContent.includes('2,000 calls')");
    let few = rows(&mut browser);
    assert!((10..100).contains(&few), "{few} rows");
    // The last one is there when somebody goes to it.
    browser.eval("document.querySelector('.scroll').scrollTop = 1e9");
    browser.wait("document.querySelector('tr[data-number=\"1\"]')");
    // And stays in sight while others come.
    server.call_unsigned("DescribeFlowInfo", 20);
    browser.wait("document.querySelector('.under').textContent.includes('2,020 calls')");
    browser.wait("(r => r.top < innerHeight && r.bottom > 0)(document.querySelector('tr[data-number=\"1\"]').getBoundingClientRect())");
    // A filter over all of them takes less than the eye notices.
    let took = browser.eval(
        "(q => { const times = []; for (const text of ['d', 'de', 'desc', 'x1', '']) { q.value = text; const from = performance.now(); \
         q.dispatchEvent(new Event('input')); times.push(performance.now() - from); } return times.sort((a, b) => a - b)[2]; })\
         (document.querySelector('.sieve input'))",
    );
    assert!(took.as_f64().unwrap() < 100.0, "{took} ms");
    assert!(text(&mut browser, ".under").contains("2,020 calls"));
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
