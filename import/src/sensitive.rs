//! A member's name in, whether its value is a secret or personal data out: a first guess, so that nothing is shown before
//! somebody has looked.

/// Ends of names whose values grant access.
const SECRET: [&str; 16] = [
    "password",
    "passwd",
    "pwd",
    "secretkey",
    "privatekey",
    "accesskey",
    "secret",
    "token",
    "usersig",
    "openkey",
    "callbackkey",
    "forwardkey",
    "signkey",
    "encryptkey",
    "apikey",
    "authkey",
];
/// Ends in `token` that grant nothing: marks of a page, marks of a repeat, and counts.
const NO_SECRET: [&str; 7] = [
    "nexttoken",
    "clienttoken",
    "pagetoken",
    "paginationtoken",
    "maxtoken",
    "totaltoken",
    "prevtoken",
];
/// Ends of names whose values belong to a person.
const PERSONAL: [&str; 18] = [
    "mobile",
    "phone",
    "phonenumber",
    "phonenum",
    "phoneno",
    "telephone",
    "email",
    "emailaddress",
    "idcard",
    "idcardnumber",
    "idcardno",
    "idnumber",
    "idnum",
    "bankcard",
    "bankcardnumber",
    "bankcardno",
    "passportno",
    "realname",
];

/// The word for the dialect's key `sensitive`.
pub(crate) fn guess(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let ends = |list: &[&str]| {
        let one = lower.strip_suffix('s').unwrap_or(&lower);
        list.iter()
            .any(|end| lower.ends_with(end) || one.ends_with(end))
    };
    if ends(&NO_SECRET) {
        None
    } else if ends(&SECRET) {
        Some("secret")
    } else if ends(&PERSONAL) {
        Some("personal")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn ends_of_names_tell() {
        for name in [
            "Password",
            "TmpSecretKey",
            "WebIdentityToken",
            "MasterUserPassword",
            "AccessKeys",
        ] {
            assert_eq!(guess(name), Some("secret"), "{name}");
        }
        for name in [
            "NextToken",
            "ClientToken",
            "PasswordType",
            "SecretId",
            "MaxTokens",
            "KeyId",
            "Name",
        ] {
            assert_eq!(guess(name), None, "{name}");
        }
        for name in ["Mobile", "PhoneNumbers", "NotifyEmails", "IdCardNumber"] {
            assert_eq!(guess(name), Some("personal"), "{name}");
        }
    }
}
