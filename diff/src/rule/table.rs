//! The table of rules, in the order of the truth table.

use super::{Mirror, Rule, Verdict};
use crate::axis::{Bump, Kind, Source, Wire};

/// `wire source kind bump`.
macro_rules! verdict {
    ($wire:ident $source:ident $kind:ident $bump:ident) => {
        Verdict {
            wire: Wire::$wire,
            source: Source::$source,
            kind: Kind::$kind,
            bump: Bump::$bump,
        }
    };
}

macro_rules! mirror {
    (own) => {
        Mirror::Own
    };
    ((none $why:literal)) => {
        Mirror::None($why)
    };
    ($id:ident) => {
        Mirror::Of(stringify!($id))
    };
}

macro_rules! rules {
    ($($id:ident $title:literal [$($guarded:ident)+] $(else [$($bare:ident)+])? mirror $mirror:tt $why:literal;)+) => {
        /// Every rule.
        pub static RULES: &[Rule] = &[$(Rule {
            id: stringify!($id),
            title: $title,
            guarded: verdict!($($guarded)+),
            bare: rules!(@bare $($($bare)+)?),
            why: $why,
            mirror: mirror!($mirror),
        }),+];
    };
    (@bare) => { None };
    (@bare $($bare:ident)+) => { Some(verdict!($($bare)+)) };
}

rules! {
    A1 "service added" [Ok Ok Additive Minor] mirror A2 "Nothing that there was changes.";
    A2 "service removed" [Fail Warning None Minor] else [Fail Break None Major] mirror A1 "The vendor has retired it: calls fail, and code that names it stops compiling once its module is gone.";
    A5 "version of a service added" [Ok Ok Additive Minor] mirror A6 "It stands beside the others, in a module of its own.";
    A6 "version of a service removed" [Fail Warning None Minor] else [Fail Break None Major] mirror A5 "The vendor answers NoSuchVersion, and the module is gone.";
    A8 "version on the wire changed in place" [Ok Ok Behaviour Minor] mirror own "The same method calls another version of the API.";
    A9 "text about a service" [Ok Ok Docs Patch] mirror own "Prose.";
    B3 "host, or a named one, changed" [Ok Ok Behaviour Minor] mirror own "Lists of allowed hosts and private links have to follow; the old host works as long as the vendor keeps it.";
    B4 "named host added" [Ok Ok Additive Minor] mirror B13 "Only callers who choose the name are concerned.";
    B13 "named host removed" [Ok Ok Behaviour Minor] mirror B4 "The name is a text that nothing checks at compile time: whoever chooses it finds no host.";
    B5 "signing name changed" [Fail Ok Behaviour Minor] mirror own "Every signature is made for another name: deployed programs fail as soon as the vendor refuses the old one.";
    B6 "signature no longer needed" [Ok Ok Additive Minor] mirror B7 "Signed calls go on working.";
    B7 "unsigned action becomes signed" [Fail Ok Behaviour Minor] mirror B6 "Deployed programs send no signature.";
    B8 "method or body encoding changed" [Fail Ok Behaviour Minor] mirror own "Hidden inside of the client, so only programs that are deployed are hit.";
    B10 "place of the answer in its envelope changed" [Fail Ok Behaviour Minor] mirror own "Deployed programs look in the old place.";
    B11 "streaming switched on" [Fail Break None Major] mirror B14 "The method returns another type, and deployed programs cannot read events.";
    B14 "streaming switched off" [Ok Break None Major] mirror B11 "The method returns another type; deployed programs take a whole answer for a stream of one event.";
    B12 "region rule or default region changed" [Ok Ok Behaviour Minor] mirror own "Calls go to another region, or are refused without one.";
    C1 "action added" [Ok Ok Additive Minor] mirror C3 "A method more.";
    C3 "action removed" [Fail Warning None Minor] else [Fail Break None Major] mirror C1 "The vendor answers InvalidAction; the method stays, deprecated, if the schema keeps it with `removed:`.";
    C4 "action deprecated" [Ok Warning Additive Minor] mirror C5 "Calls work; the compiler warns.";
    C5 "action no longer deprecated" [Ok Ok Docs Patch] mirror C4 "The warning goes.";
    C7 "action renamed" [Fail Warning None Minor] mirror own "The vendor knows only the new name; with `renamed_from:` the old method stays, deprecated. A rename that nothing declares is C3 and C1, with evidence.";
    C8 "Rust name of an action changed" [Ok Ok None None] else [Ok Break None Major] mirror own "The vendor sees no difference, callers do; nothing but `rust:` in a schema moves a name.";
    C12 "repeatable or not, or its token changed" [Ok Ok Behaviour Minor] mirror own "Calls are repeated that were not, or the other way round.";
    C13 "rate limit raised" [Ok Ok Behaviour Patch] mirror C14 "The client waits less.";
    C14 "rate limit lowered" [Risk Ok Behaviour Minor] mirror C13 "Deployed programs send more than the vendor now allows.";
    C17 "waiter added" [Ok Ok Additive Minor] mirror C18 "A job that can be waited for.";
    C18 "waiter removed" [Ok Warning Additive Minor] else [Ok Break None Major] mirror C17 "`wait_for` no longer takes the answer.";
    C19 "how to wait changed" [Ok Ok Behaviour Minor] mirror own "A wait can end earlier, later or otherwise.";
    C21 "paging added" [Ok Ok Additive Minor] mirror C22 "`pages()` and `items()` for the call.";
    C22 "paging removed" [Ok Warning Additive Minor] else [Ok Break None Major] mirror C21 "`pages()` and `items()` are gone.";
    C23 "style of paging changed" [Risk Ok Behaviour Minor] mirror own "Deployed programs page as before, which the server may not understand.";
    C24 "what a page holds changed" [Ok Break None Major] mirror own "Items are of another type; deployed programs go on with the old list, and what becomes of its field stands there.";
    C26 "pages hold another list of the same items" [Ok Silent None Major] mirror own "Code compiles on and goes through other items; deployed programs go on with the old list.";
    C25 "largest page size lowered" [Fail Ok Behaviour Minor] mirror D28 "Deployed programs that ask for more are refused.";
    D1 "optional request field added" [Ok Ok Additive Minor] mirror D4 "A setter more.";
    D2 "required request field added" [Fail Ok Behaviour Minor] mirror D5 "Deployed programs do not send it; new ones are told so before anything is sent, since there are no positional arguments.";
    D3 "required request field with a default added" [Ok Ok Additive Minor] mirror D5 "The server fills in what is missing.";
    D4 "optional request field removed" [Fail Warning Behaviour Minor] else [Fail Break Behaviour Major] mirror D1 "The server refuses or ignores it; with `removed:` the setter stays, deprecated, and a call that uses it fails before it is sent.";
    D5 "required request field removed" [Fail Warning Behaviour Major] else [Fail Break Behaviour Major] mirror D2 "Every caller sets it, so every caller has to change, even where the code still compiles.";
    D6 "request field became required" [Fail Ok Behaviour Minor] mirror D7 "Deployed programs that leave it out are refused; new ones are told before anything is sent.";
    D7 "request field became optional" [Ok Ok Additive Minor] mirror D6 "Nobody has to set it any more; there are no positional arguments that could shift.";
    D9 "integer documented wider" [Ok Ok None None] mirror D11 "Every integer is an i64.";
    D10 "integer documented with or without sign" [Risk Ok Docs Patch] mirror own "Every integer is an i64; numbers beyond may come up.";
    D11 "integer documented narrower" [Risk Ok Behaviour Patch] mirror D9 "Every integer is an i64; large numbers may be refused.";
    D12 "request integer became a float" [Ok Break None Major] mirror D13 "The setter takes an f64.";
    D13 "request float became an integer" [Risk Break None Major] mirror D12 "The setter takes an i64, and deployed programs may send fractions.";
    D14 "type of a request field changed" [Fail Break None Major] mirror own "Deployed programs send the old type, and the setter takes the new one.";
    D15 "request text became an enum" [Fail Ok Additive Minor] else [Fail Break Additive Major] mirror D16 "The setter takes the enum and every text, but whoever reads the field gets an enum; values that are not listed may be refused.";
    D16 "request enum became a text" [Ok Warning Additive Minor] else [Ok Break None Major] mirror D15 "The setter takes any text; an enum value needs its `as_str()`.";
    D17 "value of a request enum added" [Ok Ok Additive Minor] mirror D18 "Enums are open.";
    D18 "value of a request enum removed" [Fail Warning None Minor] else [Fail Break None Major] mirror D17 "The server refuses it; with `removed:` the variant stays, deprecated.";
    D19 "value of an enum renamed on the wire" [Fail Ok Behaviour Minor] mirror own "The server knows only the new value, which the variant stands for from now on; a variant whose name goes too is removed (D18, E22).";
    D20 "Rust name of a variant changed" [Ok Ok None None] else [Ok Break None Major] mirror own "The vendor sees no difference, callers do; nothing but the schema moves a name.";
    D42 "Rust name of a variant given to another value" [Ok Silent None Major] mirror own "Code compiles on and sends, or waits for, another value than it did.";
    D21 "request field became a list or an object, or is one no longer" [Fail Break None Major] mirror own "JSON has another shape, and so has the setter.";
    D22 "element type of a request list changed" [Fail Break None Major] mirror own "As for a field of that type.";
    D23 "struct or enum of a field swapped for another" [Ok Warning Additive Minor] else [Ok Break None Major] mirror own "JSON has no names of types; callers who write the name have to change it.";
    D24 "any JSON of a request is described, or a description of an answer became any JSON" [Risk Break None Major] mirror D43 "The field has another type, and what was fine may not be, or may not be readable.";
    D43 "a description of a request became any JSON, or any JSON of an answer is described" [Ok Break None Major] mirror D24 "The field has another type; deployed programs send or read it as before.";
    D25 "server's default changed" [Ok Ok Behaviour Minor] mirror own "Calls that leave it out do something else, also those of deployed programs.";
    D27 "constraint tightened" [Fail Ok Behaviour Minor] mirror D28 "Values that were fine are refused, by the server and before sending.";
    D28 "constraint loosened" [Ok Ok Docs Patch] mirror D27 "More is allowed.";
    D30 "request field marked sensitive" [Ok Ok Behaviour Minor] mirror D32 "`Debug` no longer shows it.";
    D32 "mark `sensitive` removed from a request field" [Ok Ok Security Minor] mirror D30 "`Debug`, and with it logs, begin to show it: somebody has to sign for that.";
    D33 "place of a request field changed" [Fail Ok Behaviour Minor] mirror own "It travels in another part of the request.";
    D34 "fields reordered" [Ok Ok None None] mirror own "There are no positional arguments.";
    D37 "request field written otherwise, Rust name unchanged" [Fail Ok Behaviour Minor] mirror own "No compiler sees it: deployed programs send a key that the server does not know.";
    D38 "request field renamed" [Fail Warning Behaviour Minor] else [Fail Break Behaviour Major] mirror own "The server knows only the new name; `renamed_from:` keeps the old setter, and a tombstone beside the new field keeps the old one for whoever reads it. A rename that nothing declares is D4 and D1, with evidence.";
    D39 "request field deprecated or switched off" [Ok Warning Additive Minor] mirror D40 "The compiler warns.";
    D40 "request field no longer deprecated" [Ok Ok Docs Patch] mirror D39 "The warning goes.";
    D41 "Rust name of a field changed" [Ok Ok None None] else [Ok Break None Major] mirror own "The vendor sees no difference, callers do; nothing but `rust:` in a schema moves a name.";
    E1 "answer field added" [Ok Ok Additive Minor] mirror E6 "Answers are open, and deployed programs ignore what they do not know.";
    E3 "field is boxed, or is no longer" [Ok Ok None None] else [Ok Break None Major] mirror own "A value of the struct came to hold itself; reading compiles on, moving does not. api.lock pins it, and taking it is a decision.";
    E6 "answer field removed" [Risk Warning Behaviour Minor] else [Risk Break Behaviour Major] mirror E1 "Deployed programs read nothing from now on; with `removed:` the field stays, deprecated.";
    E11 "answer integer documented wider or narrower" [Ok Ok None None] mirror own "Every integer is an i64.";
    E12 "answer integer documented with or without sign" [Risk Ok Docs Patch] mirror own "Every integer is an i64; numbers beyond cannot be read.";
    E13 "answer integer became a float" [Fail Break None Major] mirror E14 "1.5 is no i64.";
    E14 "answer float became an integer" [Ok Break None Major] mirror E13 "The field is an i64.";
    E16 "type of an answer field changed" [Fail Break None Major] mirror own "The field has another type.";
    E17 "answer number became a truth value, or a truth value something else" [Fail Break None Major] mirror own "The field has another type.";
    E18 "answer field became a list or an object, or is one no longer" [Fail Break None Major] mirror own "JSON has another shape; code that only asks whether it is empty compiles on.";
    E19 "answer text became an enum" [Ok Break None Major] mirror E20 "Comparing with texts compiles on, moving it into a String does not.";
    E20 "answer enum became a text" [Ok Ok None None] else [Ok Break None Major] mirror E19 "The field has another type; the guard is to keep the enum, which is open.";
    E21 "value of an answer enum added" [Ok Ok Behaviour Minor] mirror E22 "What came as unknown has a name now.";
    E22 "value of an answer enum removed" [Ok Warning Additive Minor] else [Ok Break None Major] mirror E21 "With `removed:` the variant stays, deprecated.";
    E24 "format of a text or number changed" [Risk Ok Behaviour Patch] mirror own "It stays the same Rust type; whoever parses it has to look.";
    E25 "unit changed" [Ok Ok Behaviour Minor] mirror own "The same number means something else.";
    E26 "answer field marked sensitive" [Ok Ok Behaviour Minor] mirror E32 "`Debug` no longer shows it.";
    E27 "answer field written otherwise, Rust name unchanged" [Risk Ok Behaviour Minor] mirror own "No compiler sees it: deployed programs read nothing from now on.";
    E28 "answer field renamed" [Risk Warning Behaviour Minor] else [Risk Break Behaviour Major] mirror own "Deployed programs read nothing from now on; a tombstone beside the new field keeps the old one. A rename that nothing declares is E6 and E1, with evidence.";
    E30 "answer field deprecated" [Ok Warning Additive Minor] mirror E33 "The compiler warns.";
    E33 "answer field no longer deprecated" [Ok Ok Docs Patch] mirror E30 "The warning goes.";
    E32 "mark `sensitive` removed from an answer field" [Ok Ok Security Minor] mirror E26 "`Debug`, and with it logs, begin to show it: somebody has to sign for that.";
    E34 "answer text became a number or a truth value" [Ok Break None Major] mirror E16 "The field has another type; deployed programs read the number as a text.";
    E35 "struct of an answer field swapped for one with other fields" [Risk Break None Major] mirror own "The field has another type; deployed programs read nothing of it from now on.";
    F1 "struct or enum added" [Ok Ok Additive Minor] mirror F2 "A type more.";
    F2 "struct or enum removed" [Ok Warning Additive Minor] else [Ok Break None Major] mirror F1 "Callers may name it; with `removed:` it stays, deprecated.";
    F3 "struct or enum renamed" [Ok Warning Additive Minor] mirror own "JSON has no names of types; with `renamed_from:` the old name stays as a deprecated alias. A rename that nothing declares is F2 and F1, with evidence.";
    F7 "struct is now used in requests and answers" [Ok Ok Additive Minor] mirror F8 "It gets what the other side needs.";
    F8 "struct is no longer used in requests or answers" [Ok Ok None None] else [Ok Break None Major] mirror F7 "What is only answered has no setters: whoever builds one does not compile.";
    F11 "Rust name of a type changed" [Ok Ok None None] else [Ok Break None Major] mirror own "The vendor sees no difference, callers do; nothing but `rust:` in a schema moves a name.";
    F12 "struct or enum deprecated" [Ok Warning Additive Minor] mirror F13 "The compiler warns.";
    F13 "struct or enum no longer deprecated" [Ok Ok Docs Patch] mirror F12 "The warning goes.";
    X1 "error code added" [Ok Ok Additive Patch] mirror X2 "A constant more; codes are texts.";
    X2 "error code removed" [Ok Warning Additive Minor] else [Ok Break None Major] mirror X1 "With `removed:` the constant stays, deprecated.";
    X3 "error code written otherwise" [Silent Warning None Minor] else [Silent Break None Major] mirror own "Comparisons with the old text never hold again, and nobody is told.";
    X4 "error codes of an action changed" [Ok Ok Docs Patch] mirror own "Documentation: any action may answer any code.";
    X5 "whether repeating helps after a code changed" [Ok Ok Behaviour Minor] mirror own "Calls are repeated that were not, or the other way round.";
    X6 "number or status of an error code" [Ok Ok Docs Patch] mirror own "Prose.";
    X7 "Rust name of an error code's constant changed" [Ok Ok None None] else [Ok Break None Major] mirror own "The vendor sees no difference, callers do; nothing but `rust:` in a schema moves a name.";
    H1 "description" [Ok Ok Docs Patch] mirror own "Prose.";
    H2 "example" [Ok Ok Docs Patch] mirror own "The local cloud answers from it.";
    H3 "description with another list of values, number, unit or duty" [Risk Ok Review Minor] mirror own "Vendors keep lists of values and limits in prose: somebody has to read it.";
    H4 "title" [Ok Ok Docs Patch] mirror own "Prose.";
    H5 "link to the vendor's page" [Ok Ok Docs Patch] mirror own "Prose.";
    H11 "tombstone dropped" [Ok Break None Major] mirror (none "A tombstone without a life before it is no change.") "What was gone upstream is now gone from the crate: for a major release.";
}
