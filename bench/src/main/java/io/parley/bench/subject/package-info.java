/// The server under test: started as a child or reached by URL; its memory and processor time as
/// the kernel counts them; and the HTTP calls that make accounts and groups.
@NullMarked
package io.parley.bench.subject;

import org.jspecify.annotations.NullMarked;
