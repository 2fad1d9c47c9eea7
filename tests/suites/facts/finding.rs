//! Differences between the schemas and the facts in, those that nobody has accounted for out. The reasons are in
//! `tests/facts/deviations.tsv`, one row for each difference.

use std::fmt;

use yunqiao_model::api::ServiceId;
use yunqiao_tests::{home, settle};

/// One difference, in one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// `tencent/ess/2020-11-11`.
    service: String,
    /// `CreateFlow.request.FlowName`, `Component.ComponentType`, `CreateFlow`.
    place: String,
    /// What differs: a type, a value, a code.
    aspect: String,
    ours: String,
    theirs: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            service,
            place,
            aspect,
            ours,
            theirs,
        } = self;
        write!(f, "{service}\t{place}\t{aspect}\t{ours}\t{theirs}")
    }
}

/// Everything found in one service version.
#[derive(Debug)]
pub(crate) struct Findings {
    service: String,
    found: Vec<Finding>,
    /// How many single comparisons were made, so that a test cannot pass by comparing nothing.
    pub(crate) compared: usize,
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            service,
            found,
            compared,
        } = self;
        write!(
            f,
            "{service}: {compared} comparisons, {} deviations",
            found.len()
        )
    }
}

impl Findings {
    pub(crate) fn new(id: &ServiceId) -> Self {
        Self::of(&id.to_string())
    }

    /// Of a vendor as a whole, or of a service version.
    pub(crate) fn of(service: &str) -> Self {
        Self {
            service: service.to_owned(),
            found: Vec::new(),
            compared: 0,
        }
    }

    pub(crate) fn report(
        &mut self,
        place: &str,
        aspect: &str,
        ours: impl fmt::Display,
        theirs: impl fmt::Display,
    ) {
        self.found.push(Finding {
            service: self.service.clone(),
            place: place.to_owned(),
            aspect: aspect.to_owned(),
            ours: ours.to_string(),
            theirs: theirs.to_string(),
        });
    }

    /// Reports two single values if they differ.
    pub(crate) fn same<T: fmt::Display>(&mut self, place: &str, aspect: &str, ours: T, theirs: T) {
        self.compared += 1;
        let (ours, theirs) = (ours.to_string(), theirs.to_string());
        if ours != theirs {
            self.report(place, aspect, ours, theirs);
        }
    }

    /// Reports each entry that only one side has.
    pub(crate) fn same_set(
        &mut self,
        place: &str,
        aspect: &str,
        ours: impl IntoIterator<Item = String>,
        theirs: impl IntoIterator<Item = String>,
    ) {
        let ours: Vec<String> = ours.into_iter().collect();
        let theirs: Vec<String> = theirs.into_iter().collect();
        self.compared += theirs.len().max(1);
        for extra in ours.iter().filter(|item| !theirs.contains(item)) {
            self.report(place, aspect, extra, "-");
        }
        for lacking in theirs.iter().filter(|item| !ours.contains(item)) {
            self.report(place, aspect, "-", lacking);
        }
    }
}

/// Fails if a difference has no row in the file, or a row about these services no difference.
pub(crate) fn accounted_for(findings: &[Findings]) {
    let found: Vec<String> = findings
        .iter()
        .flat_map(|one| &one.found)
        .map(ToString::to_string)
        .collect();
    let concerns = |row: &str| {
        let service = row.split('\t').next();
        findings.iter().any(|one| service == Some(&one.service))
    };
    let path = home().join("facts/deviations.tsv");
    if let Err(problems) = settle(&path, 5, &found, concerns) {
        panic!("{problems}");
    }
}
