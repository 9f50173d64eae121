package io.parley.face.grpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.parley.api.common.CommonResponse;
import io.parley.api.common.ImageInfo;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The REST form of the native API described in OpenAPI 3.1, made from what serves it: the methods,
/// their routes, and what their protos say. The paths that are no methods, which take and give
/// uploads, are added by hand.
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final String ERROR = "#/components/responses/Error";
  private static final String UPLOADS = "Upload";
  private static final String ABOUT =
      "One account works through all contracts; this is the native one. Input takes names in"
          + " snake_case or lowerCamelCase and 64-bit numbers as strings or numbers; output is as"
          + " described, with default values present. Log in with /v1/login.";

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ProtoComments comments = ProtoComments.read();
  private final OpenApiSchemas schemas = new OpenApiSchemas(comments);
  private final Map<String, MethodDescriptor> methods = new HashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Predicate<String> open;

  private OpenApi(Predicate<String> open) {
    this.open = open;
  }

  /// The document as JSON.
  ///
  /// @param publicUrl where clients reach the server
  /// @param open whether a method, `package.Service/Method`, takes no token
  static String json(
      String publicUrl, Collection<MethodDescriptor> methods, Predicate<String> open) {
    OpenApi document = new OpenApi(open);
    methods.forEach(method -> document.methods.put(method.getFullName(), method));
    return document.write(publicUrl, RestRoutes.of(methods));
  }

  /// What generated clients call `method`: `createUser`. What operators do says so:
  /// `adminGetGroup`.
  static String operationId(MethodDescriptor method) {
    String service = tag(method.getService());
    String name =
        service.equals("Admin") || service.equals("Moderation")
            ? service + method.getName()
            : method.getName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String tag(ServiceDescriptor service) {
    return service.getName().replaceFirst("Service$", "");
  }

  private String write(String publicUrl, List<HttpRule> rules) {
    root.put("openapi", "3.1.0");
    ObjectNode info = root.putObject("info");
    info.put("title", "Parley: the native API as REST").put("version", "1");
    info.put("description", ABOUT);
    info.putObject("license").put("name", "Apache License 2.0").put("identifier", "Apache-2.0");
    root.putArray("servers").addObject().put("url", publicUrl);
    root.putArray("security").addObject().putArray("bearer");
    ArrayNode described = root.putArray("tags");
    ObjectNode paths = root.putObject("paths");
    rules.forEach(rule -> add(paths, rule));
    uploads(paths);
    tags.forEach((name, text) -> described.addObject().put("name", name).put("description", text));
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
    String path = RestRoutes.path(rule);
    String verb = rule.getPatternCase().name().toLowerCase(Locale.ROOT);
    ObjectNode operation = paths.withObjectProperty(path).putObject(verb);
    name(operation, operationId(method), tag(method.getService()));
    tags.putIfAbsent(tag(method.getService()), comments.of(method.getService().getFullName()));
    operation.put("summary", comments.summary(method.getFullName()));
    operation.put("description", comments.of(method.getFullName()));
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

  private void name(ObjectNode operation, String id, String tag) {
    if (!ids.add(id)) {
      throw new IllegalStateException("two methods would be called " + id);
    }
    operation.put("operationId", id).putArray("tags").add(tag);
  }

  private void parameter(ArrayNode parameters, FieldDescriptor field, String in) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", field.getName()).put("in", in).put("required", in.equals("path"));
    parameter.put("description", comments.of(field.getFullName()));
    parameter.set("schema", schemas.value(field));
  }

  /// None where all fields are in the path. The server takes `{}` there as well, but where a body
  /// may be left out some generated clients send `null`, which is no request.
  private void body(ObjectNode operation, Descriptor input, Set<String> inPath) {
    if (input.getFields().stream().anyMatch(each -> !inPath.contains(each.getName()))) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      schema(body, "application/json", schemas.reference(input, inPath));
    }
  }

  private void answers(ObjectNode operation, Descriptor output) {
    ObjectNode responses = operation.putObject("responses");
    ObjectNode done = responses.putObject("200").put("description", "Done");
    schema(done, "application/json", schemas.reference(output));
    refusals(responses);
  }

  private void uploads(ObjectNode paths) {
    tags.put(UPLOADS, "Pictures and files, which messages, posts and avatars then name.");
    upload(paths, "images", "Image", "Stores a picture as the caller's upload");
    upload(paths, "files", "File", "Stores whatever is taken in as the caller's upload");
    inParts(paths);
    ObjectNode download = paths.putObject("/media/{name}").putObject("get");
    name(download, "download", UPLOADS);
    download.put("summary", "The bytes of an upload").putArray("security");
    required(download.putArray("parameters"), "name", "path", "ImageInfo.name");
    ObjectNode responses = download.putObject("responses");
    ObjectNode done = responses.putObject("200").put("description", "The upload's bytes");
    schema(done, "*/*", JsonNodeFactory.instance.objectNode());
    refusals(responses);
  }

  private void upload(ObjectNode paths, String path, String kind, String summary) {
    ObjectNode operation = paths.putObject("/v1/" + path).putObject("post");
    name(operation, "upload" + kind, UPLOADS);
    operation.put("summary", summary);
    ObjectNode body = operation.putObject("requestBody").put("required", true);
    schema(body, "application/octet-stream", JsonNodeFactory.instance.objectNode());
    answers(operation, ImageInfo.getDescriptor());
  }

  /// What goes on where it was cut.
  private void inParts(ObjectNode paths) {
    for (String kind : List.of("Image", "File")) {
      String path = "/v1/uploads/" + kind.toLowerCase(Locale.ROOT) + "s";
      ObjectNode begin = paths.putObject(path).putObject("post");
      name(begin, "begin" + kind, UPLOADS);
      begin.put("summary", "Begins an upload that comes in parts; Location says where they go");
      required(begin.putArray("parameters"), "Upload-Length", "header", "Bytes of the whole");
      told(begin, "201", "Begun");
    }
    ObjectNode one = paths.putObject("/v1/uploads/{id}");
    part(one, "head", "locateUpload", "Tells how much is received, in Upload-Offset");
    part(one, "delete", "abandonUpload", "Gives an upload up");
    ObjectNode more = part(one, "patch", "continueUpload", "Brings the bytes from an offset on");
    required(
        (ArrayNode) more.get("parameters"), "Upload-Offset", "header", "Where the bytes begin");
    ObjectNode body = more.putObject("requestBody").put("required", true);
    schema(body, "application/partial-upload", JsonNodeFactory.instance.objectNode());
    ObjectNode stored =
        ((ObjectNode) more.get("responses")).putObject("200").put("description", "It is complete");
    schema(stored, "application/json", schemas.reference(ImageInfo.getDescriptor()));
  }

  private ObjectNode part(ObjectNode one, String method, String id, String summary) {
    ObjectNode operation = one.putObject(method);
    name(operation, id, UPLOADS);
    operation.put("summary", summary);
    required(operation.putArray("parameters"), "id", "path", "The last part of Location");
    told(operation, "204", "Done");
    return operation;
  }

  private static void required(ArrayNode parameters, String name, String in, String what) {
    ObjectNode parameter = parameters.addObject();
    parameter.put("name", name).put("in", in).put("required", true);
    parameter.put("description", what).putObject("schema").put("type", "string");
  }

  /// An answer without a body.
  private static void told(ObjectNode operation, String status, String what) {
    ObjectNode responses = operation.putObject("responses");
    responses.putObject(status).put("description", what);
    refusals(responses);
  }

  private static void refusals(ObjectNode responses) {
    responses.putObject("4XX").put("$ref", ERROR);
    responses.putObject("5XX").put("$ref", ERROR);
  }

  private static void schema(ObjectNode holder, String type, ObjectNode schema) {
    holder.putObject("content").putObject(type).set("schema", schema);
  }
}
