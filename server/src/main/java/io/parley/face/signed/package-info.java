/// The partner API (contract signed-http): signed JSON requests of back ends, answered with JSON,
/// or with plain text where there is nothing but a sentence to say.
///
/// Invariants: every check of a request is made by [io.parley.partner.Admissions] before its body
/// is looked at; an error is a status and one Chinese sentence, never a stack trace.
@NullMarked
package io.parley.face.signed;

import org.jspecify.annotations.NullMarked;
