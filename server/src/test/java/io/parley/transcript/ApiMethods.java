package io.parley.transcript;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.parley.api.common.CommonServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Every gRPC method that the generated code under `io.parley.api` knows, by its full name.
final class ApiMethods {
  private static final Map<String, MethodDescriptor> METHODS = new TreeMap<>();

  static {
    for (ServiceDescriptor service : services()) {
      for (MethodDescriptor method : service.getMethods()) {
        METHODS.put(service.getFullName() + "/" + method.getName(), method);
      }
    }
  }

  private ApiMethods() {}

  static Map<String, MethodDescriptor> all() {
    return METHODS;
  }

  /// `name` may also be spelt with a small first letter, as the entry contract has it. One that
  /// ends in `Nothing` is a method that the server does not know: its messages are those of Ping.
  static MethodDescriptor require(String name) {
    int slash = name.indexOf('/') + 1;
    String capital =
        name.substring(0, slash)
            + name.substring(slash, slash + 1).toUpperCase(Locale.ROOT)
            + name.substring(slash + 1);
    String known = name.endsWith("/Nothing") ? "user.UserService/Ping" : name;
    MethodDescriptor method = METHODS.getOrDefault(known, METHODS.get(capital));
    if (method == null) {
      throw new Mismatch("no method " + name);
    }
    return method;
  }

  private static List<ServiceDescriptor> services() {
    try {
      URI place =
          CommonServiceGrpc.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path root = Path.of(place);
      if (Files.isDirectory(root)) {
        return services(root);
      }
      try (FileSystem jar = FileSystems.newFileSystem(root)) {
        return services(jar.getPath("/"));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ServiceDescriptor> services(Path root) throws IOException {
    List<ServiceDescriptor> services = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("io/parley/api"))) {
      files
          .filter(file -> file.toString().endsWith("Grpc.class"))
          .map(file -> root.relativize(file).toString())
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .forEach(name -> services.add(service(name)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return services;
  }

  private static ServiceDescriptor service(String className) {
    try {
      Object descriptor = Class.forName(className).getMethod("getServiceDescriptor").invoke(null);
      io.grpc.ServiceDescriptor grpc = (io.grpc.ServiceDescriptor) descriptor;
      Object schema = grpc.getSchemaDescriptor();
      if (schema == null) {
        throw new IllegalStateException(className);
      }
      String simple = grpc.getName().substring(grpc.getName().lastIndexOf('.') + 1);
      return ((ProtoFileDescriptorSupplier) schema).getFileDescriptor().findServiceByName(simple);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
