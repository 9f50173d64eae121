package io.parley.face.grpc;

import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The gRPC services that the native API consists of, made from the methods that are served: there
/// is no list of services beside that.
final class NativeServices {
  private NativeServices() {}

  /// The services that `methods` belong to, in the order of their first methods; those of each in
  /// the order of its proto.
  ///
  /// @throws IllegalStateException if a service has a method that is not among them
  static List<ServiceDescriptor> of(Collection<MethodDescriptor<?, ?>> methods) {
    Map<String, MethodDescriptor<?, ?>> byName = new LinkedHashMap<>();
    Map<String, Descriptors.ServiceDescriptor> services = new LinkedHashMap<>();
    for (MethodDescriptor<?, ?> method : methods) {
      Descriptors.MethodDescriptor proto = proto(method);
      byName.put(proto.getFullName(), method);
      services.putIfAbsent(proto.getService().getFullName(), proto.getService());
    }
    return services.values().stream().map(service -> service(service, byName)).toList();
  }

  private static ServiceDescriptor service(
      Descriptors.ServiceDescriptor proto, Map<String, MethodDescriptor<?, ?>> byName) {
    ServiceDescriptor.Builder service = ServiceDescriptor.newBuilder(proto.getFullName());
    for (Descriptors.MethodDescriptor each : proto.getMethods()) {
      MethodDescriptor<?, ?> method = byName.get(each.getFullName());
      if (method == null) {
        throw new IllegalStateException(each.getFullName() + " is served by nobody");
      }
      service.addMethod(method).setSchemaDescriptor(method.getSchemaDescriptor());
    }
    return service.build();
  }

  /// The methods of `services` as their protos have them.
  static List<Descriptors.MethodDescriptor> protos(Collection<ServiceDescriptor> services) {
    List<Descriptors.MethodDescriptor> protos = new ArrayList<>();
    for (ServiceDescriptor service : services) {
      service.getMethods().forEach(method -> protos.add(proto(method)));
    }
    return protos;
  }

  private static Descriptors.MethodDescriptor proto(MethodDescriptor<?, ?> method) {
    if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier known) {
      return known.getMethodDescriptor();
    }
    throw new IllegalArgumentException(method.getFullMethodName() + " is not made from a proto");
  }
}
