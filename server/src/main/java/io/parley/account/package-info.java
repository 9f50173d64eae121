/// Accounts: who exists, under which login names, with which passwords.
///
/// Invariants: a login name belongs to one account, whatever its kind; a password is stored only as
/// Argon2id of a keyed hash of what the wire carries; an unknown name and a wrong password cost the
/// same time; an e-mail address that says it is verified had a code mailed to it that came back.
///
/// Tables: `account`, `account_alias`, `account_verifier`, `email_code`.
@NullMarked
package io.parley.account;

import org.jspecify.annotations.NullMarked;
