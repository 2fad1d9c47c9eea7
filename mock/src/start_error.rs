//! Why a local cloud did not start.

use std::error::Error;
use std::{fmt, io};

use crate::ScriptError;

/// A local cloud could not start.
#[derive(Debug)]
pub struct StartError(Box<Kind>);

#[derive(Debug)]
enum Kind {
    Port(u16, io::Error),
    Listen(io::Error),
    Script(ScriptError),
    #[cfg(feature = "embedded")]
    Schema(usize, String),
}

impl StartError {
    /// The port is in use by another program.
    #[must_use]
    pub fn is_port_taken(&self) -> bool {
        matches!(*self.0, Kind::Port(..))
    }

    /// The embedded schemas have problems; the message shows them.
    #[cfg(feature = "embedded")]
    #[must_use]
    pub fn is_schema(&self) -> bool {
        matches!(*self.0, Kind::Schema(..))
    }

    /// A rule of the script is for nothing that there is; the message names it.
    #[must_use]
    pub fn is_script(&self) -> bool {
        matches!(*self.0, Kind::Script(_))
    }

    pub(crate) fn script(error: ScriptError) -> Self {
        Self(Box::new(Kind::Script(error)))
    }

    pub(crate) fn listen(port: u16, error: io::Error) -> Self {
        let taken = matches!(error.kind(), io::ErrorKind::AddrInUse);
        Self(Box::new(if taken {
            Kind::Port(port, error)
        } else {
            Kind::Listen(error)
        }))
    }

    #[cfg(feature = "embedded")]
    pub(crate) fn schema(count: usize, rendered: String) -> Self {
        Self(Box::new(Kind::Schema(count, rendered)))
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Port(port, _) => write!(
                f,
                "port {port} is in use; choose another, or 0 for any free one"
            ),
            Kind::Listen(_) => f.write_str("cannot listen on the loopback interface"),
            Kind::Script(error) => write!(f, "the script does not fit the schemas: {error}"),
            #[cfg(feature = "embedded")]
            Kind::Schema(count, rendered) => {
                write!(f, "the schemas have {count} problems\n\n{rendered}")
            }
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &*self.0 {
            Kind::Port(_, error) | Kind::Listen(error) => Some(error),
            Kind::Script(error) => Some(error),
            #[cfg(feature = "embedded")]
            Kind::Schema(..) => None,
        }
    }
}
