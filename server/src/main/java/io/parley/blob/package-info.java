/// Where the bytes of uploads are: on disk or on S3, under names made from them.
///
/// Invariants: a name never changes its bytes; what [Blobs#put] returned from is durable and whole,
/// and nothing that is half there is ever found; a process removes only what it received itself, or
/// a process that has ended; classes of the S3 client are loaded where uploads are on S3 only.
@NullMarked
package io.parley.blob;

import org.jspecify.annotations.NullMarked;
