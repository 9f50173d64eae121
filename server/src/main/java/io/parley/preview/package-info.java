/// Previews of links: what the page behind a link in a message is called, made by this server.
///
/// Invariants: off unless the operator turns it on; a page is fetched only because the sender of
/// the message asks, so that nobody learns by a link whether it was read; what is connected to is
/// the very address that the [Guard] looked at, at each redirect again; everything is bounded, in
/// bytes, time and number, and nothing of it runs on an event loop.
///
/// Tables: `link_preview`.
@NullMarked
package io.parley.preview;

import org.jspecify.annotations.NullMarked;
