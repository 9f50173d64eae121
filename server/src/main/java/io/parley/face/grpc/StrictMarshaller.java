package io.parley.face.grpc;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.parley.face.edge.StrictJson;
import io.parley.face.rpc.RpcJson;
import io.parley.face.rpc.Utf8Sink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// JSON in gRPC frames and of REST: read as strictly as everywhere, written as on live sockets.
///
/// @param framework reads what is sound
record StrictMarshaller(GrpcJsonMarshaller framework) implements GrpcJsonMarshaller {
  private static final int EXPECTED = 256;

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    Utf8Sink json = new Utf8Sink(EXPECTED);
    RpcJson.write((Message) message, json);
    out.write(json.array(), 0, json.size());
  }

  @Override
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    byte[] json = in.readAllBytes();
    StrictJson.text(json);
    return framework.deserializeMessage(marshaller, new ByteArrayInputStream(json));
  }
}
