package io.parley.face.grpc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Protobuf types as the JSON Schemas of their proto3 JSON, each under its full name.
final class OpenApiSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> known = new TreeMap<>();
  private final ProtoComments comments;

  /// @param comments what is said of types and fields
  OpenApiSchemas(ProtoComments comments) {
    this.comments = comments;
  }

  /// The schemas of all types that were referred to.
  ObjectNode all() {
    ObjectNode all = NODES.objectNode();
    known.forEach(all::set);
    return all;
  }

  /// A reference to the schema of `type`.
  ObjectNode reference(Descriptor type) {
    return reference(type, Set.of());
  }

  /// The same for the body of a request whose fields `without` are in its path.
  ObjectNode reference(Descriptor type, Set<String> without) {
    String name = type.getFullName();
    if (!known.containsKey(name)) {
      ObjectNode schema = NODES.objectNode().put("type", "object");
      known.put(name, schema); // Before its fields, which may be of the same type.
      schema.put("description", comments.of(name));
      ObjectNode properties = schema.putObject("properties");
      for (FieldDescriptor field : type.getFields()) {
        if (!without.contains(field.getName())) {
          properties.set(field.getName(), field(field));
        }
      }
    }
    return reference(name);
  }

  /// The schema of a field: that of its value and what is said of it. A reference stands alone:
  /// what is beside one makes some generators wrap the type into another.
  private ObjectNode field(FieldDescriptor field) {
    ObjectNode value = value(field);
    return value.has("$ref") ? value : value.put("description", comments.of(field.getFullName()));
  }

  /// The schema of a field's value.
  ObjectNode value(FieldDescriptor field) {
    if (field.isMapField()) {
      ObjectNode map = NODES.objectNode().put("type", "object");
      map.set("additionalProperties", value(field.getMessageType().findFieldByName("value")));
      return map;
    }
    if (field.isRepeated()) {
      ObjectNode list = NODES.objectNode().put("type", "array");
      list.set("items", single(field));
      return list;
    }
    return single(field);
  }

  private ObjectNode single(FieldDescriptor field) {
    ObjectNode schema = NODES.objectNode();
    return switch (field.getJavaType()) {
      case STRING -> schema.put("type", "string");
      case BOOLEAN -> schema.put("type", "boolean");
      case INT -> schema.put("type", "integer");
      case LONG -> schema.put("type", "string").put("pattern", "^-?[0-9]{1,20}$");
      case FLOAT, DOUBLE -> schema.put("type", "number");
      case BYTE_STRING -> schema.put("type", "string").put("contentEncoding", "base64");
      case ENUM -> reference(field.getEnumType());
      case MESSAGE ->
          field.getMessageType().getFullName().equals(Timestamp.getDescriptor().getFullName())
              ? schema.put("type", "string").put("format", "date-time")
              : reference(field.getMessageType());
    };
  }

  private ObjectNode reference(EnumDescriptor type) {
    if (!known.containsKey(type.getFullName())) {
      ObjectNode schema = NODES.objectNode().put("type", "string");
      ArrayNode names = schema.putArray("enum");
      StringBuilder text = new StringBuilder(comments.of(type.getFullName()));
      for (EnumValueDescriptor value : type.getValues()) {
        names.add(value.getName());
        text.append("\n- ").append(value.getName()).append(": ");
        text.append(comments.of(type.getFullName() + "." + value.getName()));
      }
      schema.put("description", text.toString());
      known.put(type.getFullName(), schema);
    }
    return reference(type.getFullName());
  }

  private static ObjectNode reference(String name) {
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }
}
