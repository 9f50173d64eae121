/// The native API over HTTP: gRPC, gRPC-Web, REST by JSON transcoding, and the API explorer. All of
/// it is made from the table of methods in `face.rpc`.
@NullMarked
package io.parley.face.grpc;

import org.jspecify.annotations.NullMarked;
