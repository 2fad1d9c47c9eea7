//! In: what a browser asks for. Out: what the author of pages answers, and that calls still reach the cloud.

use yunqiao_mock::{LocalCloud, PageReply};

use crate::http::Request;

#[test]
fn what_speaks_to_no_vendor_goes_to_the_pages() {
    let cloud = LocalCloud::builder().pages(|request| {
        let body = format!(
            "{} {} {} {:?} {:?}",
            request.method,
            request.path,
            request.query,
            request.header("x-own"),
            request.body
        );
        Box::pin(async move {
            PageReply {
                status: 203,
                headers: vec![
                    ("content-type", "text/own".to_owned()),
                    ("x-page", "a".to_owned()),
                    ("Not a name", "b".to_owned()),
                ],
                body: body.into_bytes(),
            }
        })
    });
    let cloud = cloud.start().unwrap();
    let asked = Request {
        method: "POST".to_owned(),
        target: "/a%20b?c=d".to_owned(),
        headers: vec![("X-Own".to_owned(), " 1 ".to_owned())],
        body: b"xy".to_vec(),
    };
    let page = asked.send(cloud.address());
    assert_eq!(
        (page.status, page.header("content-type")),
        (203, "text/own")
    );
    assert_eq!(
        (page.header("x-page"), page.header("not a name")),
        ("a", "")
    );
    let text = String::from_utf8(page.body).unwrap();
    assert_eq!(text, "POST /a%20b c=d Some(\"1\") Some([120, 121])");
    let call = Request {
        target: "/".to_owned(),
        headers: vec![("X-TC-Action".to_owned(), "CreateFlow".to_owned())],
        ..asked
    };
    assert!(call.send(cloud.address()).json()["Response"].is_object());
    assert_eq!(cloud.calls().len(), 1);
}
