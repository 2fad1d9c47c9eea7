//! What a program came to in, its exit code out: 0 done, 1 it did not work out, 2 it could not begin.

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

/// What the work of a program gives. Errors of the crate and the program's own sentences both fit in.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The program was called in a way that it does not know, or lacks something to begin with.
#[derive(Debug)]
pub(crate) struct Misused(pub(crate) String);

impl fmt::Display for Misused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Misused {}

/// The error of arguments that the usage text does not have.
pub(crate) fn misused() -> Box<dyn Error> {
    Box::new(Misused("these arguments say nothing to me".to_owned()))
}

/// Reports an error on stderr, for whoever runs the program.
pub(crate) fn ending(outcome: Outcome, usage: &str) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    // Of a call that failed, the line says what there is to know: service, action, code, message, request id, HTTP status and
    // host; of a request that was not even sent, each problem. It holds no credential and no value of the request, unless the
    // vendor's own message repeats one.
    eprintln!("error: {error}");
    if error.is::<Misused>() {
        eprintln!("{usage}");
        return ExitCode::from(2);
    }
    let Some(error) = error.downcast_ref::<yunqiao::Error>() else {
        return ExitCode::FAILURE;
    };
    // The vendor's support asks for the id, so it stands once more where it is easy to copy.
    if let Some(id) = error.request_id() {
        eprintln!("request_id: {id}");
    }
    // No credential to be had, no region in the environment, a wrong endpoint: nothing was sent.
    let could_not_begin = error.is_configuration() || error.is_credential();
    ExitCode::from(if could_not_begin { 2 } else { 1 })
}
