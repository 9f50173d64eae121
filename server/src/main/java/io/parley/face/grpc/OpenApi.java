package io.parley.face.grpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.parley.api.common.CommonResponse;
import io.parley.api.common.ImageInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The REST form of the native API described in OpenAPI 3.1, made from what serves it: the routes
/// and the descriptors of the methods they call. The paths that are no methods, which take and give
/// uploads, are added by hand.
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String ABOUT =
      "One account works through all contracts; this is the native one. Input takes names in"
          + " snake_case or lowerCamelCase and 64-bit numbers as strings or numbers; output is as"
          + " described, with default values present. Log in with /v1/login.";

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final OpenApiSchemas schemas = new OpenApiSchemas();
  private final Map<String, MethodDescriptor> methods = new HashMap<>();
  private final Predicate<String> open;

  private OpenApi(Predicate<String> open) {
    this.open = open;
  }

  /// The document as JSON.
  ///
  /// @param open whether a method, `package.Service/Method`, takes no token
  static String json(
      List<HttpRule> rules, List<ServiceDescriptor> services, Predicate<String> open) {
    OpenApi document = new OpenApi(open);
    for (ServiceDescriptor service : services) {
      for (io.grpc.MethodDescriptor<?, ?> method : service.getMethods()) {
        if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier known) {
          MethodDescriptor descriptor = known.getMethodDescriptor();
          document.methods.put(descriptor.getFullName(), descriptor);
        }
      }
    }
    return document.write(rules);
  }

  private String write(List<HttpRule> rules) {
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Parley: the native API as REST")
        .put("version", "1")
        .put("description", ABOUT);
    security(root);
    ObjectNode paths = root.putObject("paths");
    rules.forEach(rule -> add(paths, rule));
    uploads(paths);
    ObjectNode components = root.putObject("components");
    ObjectNode bearer = components.putObject("securitySchemes").putObject("bearer");
    bearer.put("type", "http").put("scheme", "bearer");
    ObjectNode error = components.putObject("responses").putObject("Error");
    error.put("description", "Refused: error_code and business_code say why, message names what");
    schema(error, "application/json", schemas.reference(CommonResponse.getDescriptor()));
    components.set("schemas", schemas.all());
    return root.toString();
  }

  private void add(ObjectNode paths, HttpRule rule) {
    MethodDescriptor method = methods.get(rule.getSelector());
    if (method == null) {
      throw new IllegalArgumentException("a route to no method: " + rule.getSelector());
    }
    String path =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          default -> throw new IllegalArgumentException("an odd route to " + rule.getSelector());
        };
    String verb = rule.getPatternCase().name().toLowerCase(Locale.ROOT);
    ObjectNode operation = paths.withObjectProperty(path).putObject(verb);
    operation.put("operationId", method.getFullName());
    operation.putArray("tags").add(method.getService().getFullName());
    if (open.test(method.getService().getFullName() + "/" + method.getName())) {
      operation.putArray("security");
    }
    Set<String> inPath = new HashSet<>();
    ArrayNode parameters = operation.putArray("parameters");
    Matcher part = PARAMETER.matcher(path);
    while (part.find()) {
      inPath.add(part.group(1));
      parameter(parameters, method.getInputType().findFieldByName(part.group(1)), "path");
    }
    if (rule.getBody().isEmpty()) {
      for (FieldDescriptor field : method.getInputType().getFields()) {
        if (!inPath.contains(field.getName())) {
          parameter(parameters, field, "query");
        }
      }
    } else {
      body(operation, method.getInputType(), inPath);
    }
    answers(operation, method.getOutputType());
  }

  private void parameter(ArrayNode parameters, FieldDescriptor field, String in) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", field.getName()).put("in", in).put("required", in.equals("path"));
    parameter.set("schema", schemas.field(field));
  }

  private void body(ObjectNode operation, Descriptor input, Set<String> inPath) {
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    schema(
        body,
        "application/json",
        inPath.isEmpty() ? schemas.reference(input) : schemas.object(input, inPath));
  }

  private void answers(ObjectNode operation, Descriptor output) {
    ObjectNode responses = operation.putObject("responses");
    ObjectNode done = responses.putObject("200").put("description", "Done");
    schema(done, "application/json", schemas.reference(output));
    refusals(responses);
  }

  private void uploads(ObjectNode paths) {
    for (String path : List.of("/v1/images", "/v1/files")) {
      ObjectNode operation = paths.putObject(path).putObject("post");
      operation.put("operationId", "upload" + path.substring(3));
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      schema(body, "application/octet-stream", JsonNodeFactory.instance.objectNode());
      answers(operation, ImageInfo.getDescriptor());
    }
    ObjectNode download = paths.putObject("/media/{name}").putObject("get");
    download.put("operationId", "download").putArray("security");
    ObjectNode name = download.putArray("parameters").addObject();
    name.put("name", "name").put("in", "path").put("required", true);
    name.putObject("schema").put("type", "string");
    ObjectNode responses = download.putObject("responses");
    ObjectNode done = responses.putObject("200").put("description", "The upload's bytes");
    schema(done, "*/*", JsonNodeFactory.instance.objectNode());
    refusals(responses);
  }

  private static void refusals(ObjectNode responses) {
    responses.putObject("default").put("$ref", "#/components/responses/Error");
  }

  private static void security(ObjectNode root) {
    root.putArray("security").addObject().putArray("bearer");
  }

  private static void schema(ObjectNode holder, String type, ObjectNode schema) {
    holder.putObject("content").putObject(type).set("schema", schema);
  }
}
