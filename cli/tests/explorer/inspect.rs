//! Calls of the local cloud in, what the inspector tells of them out.

use serde_json::json;
use yunqiao_tests::browser::Browser;

use crate::{choose, focus, open, pages, text};

const ROWS: &str = "document.querySelectorAll('tr[data-number]').length";

pub(crate) fn rows(browser: &mut Browser) -> u64 {
    browser.eval(ROWS).as_u64().unwrap()
}

/// Waits until so many calls are shown.
pub(crate) fn wait_for(browser: &mut Browser, number: usize) {
    browser.wait(&format!("{ROWS} === {number}"));
}

/// A call through the explorer's own API, in the page that is open.
fn call(browser: &mut Browser) {
    let sent = browser.eval(
        "fetch('/api/action?id=tencent/ess/2020-11-11/CreateFlow').then(answer => answer.json()).then(action => fetch('/api/send', \
         {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({id: action.id, \
         parameters: action.examples[0].request, region: null, target: 'local'})})).then(answer => answer.status)",
    );
    assert_eq!(sent, 200);
}

#[test]
fn calls_show_up_at_once_with_all_that_is_known() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/inspector"));
    browser.wait("document.querySelector('.empty')?.textContent.includes('No calls yet')");
    call(&mut browser);
    wait_for(&mut browser, 1);
    server.call_unsigned("DescribeFlowInfo", 1);
    wait_for(&mut browser, 2);
    // The newest stands on top.
    assert!(text(&mut browser, "tr[data-number]").contains("DescribeFlowInfo"));
    browser.click("tr[data-number] .open");
    browser.wait("document.querySelector('.side .trouble')");
    assert!(text(&mut browser, ".side .trouble").contains("Why it was refused"));
    browser.click("tr[data-number]:nth-child(3) .open");
    browser.wait("document.querySelector('.side h2').textContent === 'CreateFlow'");
    let shown = text(&mut browser, ".side [role=tabpanel]:not([hidden])");
    assert!(
        shown.contains("办公桌采购合同") && shown.contains("ess.tencentcloudapi.com"),
        "{shown}"
    );
    assert!(
        !shown.contains("13800001702") && shown.contains("<redacted>"),
        "{shown}"
    );
    browser.click(".side [data-tab=answer]");
    assert!(text(&mut browser, ".side [role=tabpanel]:not([hidden])").contains("FlowId"));
    browser.click(".side [data-tab=code]");
    browser.wait("document.querySelector('.side [role=tabpanel]:not([hidden])').textContent.includes('create_flow')");
    // From here to the explorer, with the parameters.
    browser.click(".side-head a");
    browser.wait("document.querySelector('.workbench h1')?.textContent === 'CreateFlow'");
    browser.wait("JSON.parse(document.querySelector('.raw').value).FlowName === '办公桌采购合同'");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn calls_can_be_filtered_and_held_back_and_cleared() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/inspector"));
    server.call_unsigned("DescribeFlowInfo", 2);
    call(&mut browser);
    wait_for(&mut browser, 3);
    browser.press("/");
    browser.type_text("createflow 办公桌");
    wait_for(&mut browser, 1);
    assert!(text(&mut browser, ".under").contains("1 of 3"));
    browser.eval("document.activeElement.select()");
    browser.type_text("nothing like this");
    wait_for(&mut browser, 0);
    assert!(text(&mut browser, ".empty").contains("No call fits"));
    browser.eval("document.activeElement.select(); document.execCommand('delete')");
    for name in ["onlyErrors", "onlyBad"] {
        browser.click(&format!("[name={name}]"));
        wait_for(&mut browser, 2);
        browser.click(&format!("[name={name}]"));
        wait_for(&mut browser, 3);
    }
    browser.click(".pause");
    server.call_unsigned("DescribeFlowInfo", 4);
    browser.wait("document.querySelector('.pause').textContent.includes('4 waiting')");
    assert_eq!(rows(&mut browser), 3);
    browser.click(".pause");
    wait_for(&mut browser, 7);
    browser.click(".bar .clear");
    wait_for(&mut browser, 0);
    // For the server, too; and what comes then is shown.
    browser.visit(&server.at("/inspector"));
    browser.wait("document.querySelector('.empty')?.textContent.includes('No calls yet')");
    call(&mut browser);
    wait_for(&mut browser, 1);
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn the_keyboard_moves_through_the_calls() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    browser.visit(&server.at("/inspector"));
    server.call_unsigned("DescribeFlowInfo", 5);
    wait_for(&mut browser, 5);
    focus(&mut browser, "tr[data-number] .open");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    assert_eq!(browser.eval("document.activeElement.dataset.number"), "3");
    browser.press("Enter");
    browser.wait("document.querySelector('.side')?.textContent.includes('Call 3')");
    // With the details open, they follow.
    focus(&mut browser, "tr.shown .open");
    browser.press("End");
    browser.wait("document.querySelector('.side').textContent.includes('Call 1')");
    browser.press("Escape");
    browser.wait("!document.querySelector('.side').checkVisibility()");
    assert_eq!(browser.eval("document.activeElement.dataset.number"), "1");
    browser.press("Home");
    assert_eq!(browser.eval("document.activeElement.dataset.number"), "5");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}

#[test]
fn chosen_calls_become_a_test() {
    let Some((mut browser, server)) = pages(&[]) else {
        return;
    };
    open(&mut browser, &server, "tencent/ess/2020-11-11/CreateFlow");
    choose(&mut browser, ".tools select", "made from a template");
    browser.press_with_control("Enter");
    browser.wait("document.querySelector('.status-line')");
    browser.visit(&server.at("/inspector"));
    wait_for(&mut browser, 1);
    assert_eq!(
        browser.eval("document.querySelector('.export').disabled"),
        true
    );
    browser.click("tr[data-number] input");
    assert!(text(&mut browser, ".export").contains("Export 1"));
    browser.click(".export");
    browser.wait("document.querySelector('dialog.exported code')");
    let code = text(&mut browser, "dialog.exported code");
    assert!(
        code.contains("#[tokio::test]") && code.contains("create_flow"),
        "{code}"
    );
    // As a file.
    let folder = yunqiao_tests::browser::scratch("export");
    browser.call(
        "Page.setDownloadBehavior",
        json!({ "behavior": "allow", "downloadPath": folder }),
    );
    browser.click("dialog .save");
    let file = folder.join("calls.rs");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !std::fs::read_to_string(&file).is_ok_and(|text| text == code) {
        assert!(std::time::Instant::now() < deadline, "no file");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    drop(std::fs::remove_dir_all(folder));
    browser.press("Escape");
    browser.wait("!document.querySelector('dialog')");
    assert_eq!(browser.troubles(), Vec::<String>::new());
}
