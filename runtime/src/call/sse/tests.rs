//! In: streams as text, cut into pieces in every way. Out: the events that the standard sees in them.

use super::{Parser, Record, TooLarge};

/// Data, id and name of each event.
fn events(pieces: &[&[u8]]) -> Vec<(String, String, String)> {
    let mut parser = Parser::new(1000);
    let mut found = Vec::new();
    for piece in pieces {
        parser.feed(piece);
        while let Some(Record { data, id, name }) = parser.next().unwrap() {
            found.push((data, id.unwrap_or_default(), name.unwrap_or_default()));
        }
    }
    found
}

/// The stream whole, in single bytes, and cut in two at every place: always the same events.
#[track_caller]
fn expect(stream: &[u8], expected: &[(&str, &str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(data, id, name)| (data.to_string(), id.to_string(), name.to_string()))
        .collect();
    assert_eq!(events(&[stream]), expected);
    let single: Vec<&[u8]> = stream.chunks(1).collect();
    assert_eq!(events(&single), expected);
    for cut in 0..stream.len() {
        let (before, after) = stream.split_at(cut);
        assert_eq!(events(&[before, after]), expected, "cut at {cut}");
    }
}

#[test]
fn the_examples_of_the_standard() {
    expect(
        b"data: YHOO\ndata: +2\ndata: 10\n\n",
        &[("YHOO\n+2\n10", "", "")],
    );
    expect(
        b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
        &[
            ("first event", "1", ""),
            ("second event", "", ""),
            (" third event", "", ""),
        ],
    );
    expect(
        b"data\n\ndata\ndata\n\ndata:",
        &[("", "", ""), ("\n", "", "")],
    );
    expect(
        b"data:test\n\ndata: test\n\n",
        &[("test", "", ""), ("test", "", "")],
    );
}

#[test]
fn lines_end_in_three_ways() {
    let expected = [("a\nb", "7", "x"), ("c", "7", "")];
    for end in ["\n", "\r", "\r\n"] {
        let stream = "id: 7\nevent: x\ndata: a\ndata: b\n\ndata: c\n\n".replace('\n', end);
        expect(stream.as_bytes(), &expected);
    }
    // CR LF is one end, LF CR are two, and CR CR LF is an end and a blank line.
    expect(
        b"data: a\n\rdata: b\r\r\ndata: c\r\n\r\n",
        &[("a", "", ""), ("b", "", ""), ("c", "", "")],
    );
}

#[test]
fn a_byte_order_mark_counts_only_at_the_beginning() {
    expect(b"\xef\xbb\xbfdata: a\n\n", &[("a", "", "")]);
    expect(
        b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\ndata: b\n\n",
        &[("b", "", "")],
    );
    expect(b"\n\xef\xbb\xbfdata: a\n\n", &[]);
    expect(b"\xef\xbbdata: a\n\ndata: b\n\n", &[("b", "", "")]);
}

#[test]
fn characters_are_whole_whatever_the_pieces() {
    expect(
        "data: 根据🦀\nid: 号\n\n".as_bytes(),
        &[("根据🦀", "号", "")],
    );
    expect(b"data: \xe6\xa0\n\n", &[("\u{fffd}", "", "")]);
    expect(b"data: a\xffb\n\n", &[("a\u{fffd}b", "", "")]);
}

#[test]
fn what_is_no_event_gives_none() {
    for stream in [
        &b""[..],
        b"\n\n\r\r\n",
        b":\n: keep-alive\n\n",
        b"data: cut off",
        b"data: cut off\n",
        b"id: 1\nevent: x\n\n",
        b"retry: 5\nDATA: a\n data: a\ndata : a\n\n",
    ] {
        expect(stream, &[]);
    }
}

#[test]
fn names_end_with_their_event_and_ids_last() {
    expect(
        b"event: x\n\ndata: a\n\nid: 1\n\ndata: b\n\nid: 2\0\ndata: c\n\nid:\ndata: d\n\n",
        &[("a", "", ""), ("b", "1", ""), ("c", "1", ""), ("d", "", "")],
    );
    expect(
        b"data:a:b\ndata: : c\nevent: y\nevent: z\n\n",
        &[("a:b\n: c", "", "z")],
    );
}

#[test]
fn no_event_takes_more_than_the_limit() {
    let stream = |line: &[u8], lines: usize| {
        let mut parser = Parser::new(100);
        for _ in 0..lines {
            parser.feed(line);
            parser.next()?;
        }
        Ok::<_, TooLarge>(parser)
    };
    // A line without an end, a comment without an end, many lines, and one long line at once.
    for (line, enough) in [
        (&b"data: xxxx"[..], 11),
        (b"::::::::::", 11),
        (b"data: xxxxxxxx\n", 11),
        (b"data\n", 98),
    ] {
        assert!(stream(line, enough - 1).is_ok());
        assert_eq!(stream(line, enough).err(), Some(TooLarge));
    }
    assert_eq!(
        stream(&[&[b'x'; 101][..], b"\n"].concat(), 1).err(),
        Some(TooLarge)
    );
    // What is behind does not count: comments, fields without effect, and events that were handed out.
    assert!(stream(b": keep-alive\n", 10_000).is_ok());
    assert!(stream(b"id: 1234567890\nevent: 1234567890\n", 10_000).is_ok());
    let parser = stream(b"data: 12345678901234567890\n\n", 10_000);
    assert!(parser.unwrap().held.len() < 100);
}
