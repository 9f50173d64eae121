package io.parley.face.grpc;

import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.parley.face.edge.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// JSON in gRPC frames, read as strictly as everywhere.
record StrictMarshaller(GrpcJsonMarshaller framework) implements GrpcJsonMarshaller {
  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream out)
      throws IOException {
    framework.serializeMessage(marshaller, message, out);
  }

  @Override
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream in) throws IOException {
    byte[] json = in.readAllBytes();
    StrictJson.text(json);
    return framework.deserializeMessage(marshaller, new ByteArrayInputStream(json));
  }
}
