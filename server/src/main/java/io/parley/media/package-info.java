/// Uploads: pictures checked and re-encoded, sound, video and files told by their first bytes; each
/// stored once under a name made from its bytes.
///
/// Invariants: no picture is served as it came, no other upload as a page; the name a client gives
/// never becomes a path; bytes, pixels, scans, frames and memory are capped before anything is
/// decoded; what comes in parts ([Resuming]) is no upload before it is whole; where an upload's
/// address is made, looked for or served, [UploadAddress] says how.
///
/// Tables: `media`, `media_share`.
@NullMarked
package io.parley.media;

import org.jspecify.annotations.NullMarked;
