//! Error codes that actions and examples name, against those that the service and the vendor declare.

use std::collections::BTreeSet;

use crate::api::{Service, VendorInfo};
use crate::dialect::At;
use crate::resolve::gather::Draft;
use crate::{Code, Diagnostic, suggest};

pub(super) fn check(
    service: &Service,
    draft: &Draft,
    vendor: Option<&VendorInfo>,
    problems: &mut Vec<Diagnostic>,
) {
    let vendor_codes = vendor.into_iter().flat_map(|vendor| vendor.errors.keys());
    let declared: BTreeSet<&str> = service
        .errors
        .keys()
        .chain(vendor_codes)
        .map(String::as_str)
        .collect();
    let mut check = |code: &At<String>| {
        if !declared.contains(code.value.as_str()) {
            let message = format!("the error code \"{}\" is not declared", code.value);
            let help = match suggest::nearest(&code.value, declared.iter().copied()) {
                Some(near) => format!(
                    "did you mean \"{near}\"? Otherwise declare it in `errors:` of service.yaml or vendor.yaml"
                ),
                None => "declare it with its meaning in `errors:` of service.yaml or vendor.yaml"
                    .to_owned(),
            };
            problems
                .push(Diagnostic::new(Code::UndeclaredError, code.at.clone(), message).help(help));
        }
    };
    for file in draft.actions.values() {
        file.errors
            .iter()
            .flat_map(|errors| &errors.value)
            .for_each(&mut check);
        for example in file.examples.iter().flat_map(|examples| &examples.value) {
            example
                .error
                .iter()
                .filter_map(|error| error.value.code.as_ref())
                .for_each(&mut check);
        }
    }
}
