//! In: a configuration, an action and a request. Out: all that the attempts share, checked and encoded, or why nothing is sent.

use super::address;
use crate::codec::{Object, validate};
use crate::config::Settings;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Action;
use crate::vendor::{self, Message, Protocol};

/// What reading an answer has to know of its call.
#[derive(Clone, Copy)]
pub(super) struct Exchange<'a> {
    pub(super) settings: &'a Settings,
    pub(super) action: &'a Action,
    pub(super) protocol: &'static dyn Protocol,
}

/// Everything about a call that does not change between attempts.
pub(super) struct Prepared<'a> {
    pub(super) exchange: Exchange<'a>,
    pub(super) endpoint: Endpoint,
    pub(super) region: Option<&'a str>,
    pub(super) message: Message,
}

/// Everything that can be done, and can fail, before the network is touched.
pub(super) fn prepare<'a>(
    settings: &'a Settings,
    action: &'a Action,
    request: &dyn Object,
    check: bool,
) -> Result<Prepared<'a>, Error> {
    if check {
        let problems = validate(request);
        if !problems.is_empty() {
            return Err(Error::validation(problems));
        }
    }
    let protocol = vendor::protocol(action.service.vendor);
    let region = address::region(settings, action, protocol)?;
    if action.signed && settings.credential.is_none() {
        let message = "no credential is configured: pass one to Config::builder().credential(...), a provider to .credential_provider(...), or use Config::from_env";
        return Err(Error::configuration(message));
    }
    let endpoint = address::endpoint(settings, action, region)?;
    if let (true, Some(problem)) = (endpoint.is_secure(), &settings.http.tls_problem) {
        return Err(Error::configuration(problem.as_str()));
    }
    let message = vendor::encode(protocol, action, request)?;
    Ok(Prepared {
        exchange: Exchange {
            settings,
            action,
            protocol,
        },
        endpoint,
        region,
        message,
    })
}
