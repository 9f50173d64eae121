package io.parley.face.grpc;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The REST form of the native API: which path calls which method. Path parts in braces are request
/// fields; of a GET or DELETE the query string gives the others, of a POST or PUT the JSON body
/// does.
///
/// The path stands beside its method in the proto, as `google.api.http`. One proto has its paths
/// here, because its text is given: `docs/adr/0013-one-place-for-a-method.md`.
final class RestRoutes {
  /// The paths of `conversation.ConversationService`.
  static final List<HttpRule> OF_GIVEN_PROTOS =
      List.of(
          get("Sync", "/v1/conversations"),
          get("History", "/v1/conversations/{conversation_id}/messages"),
          post("MarkRead", "/v1/conversations/{conversation_id}/read"),
          post("Recall", "/v1/messages/{id}/recall"));

  private RestRoutes() {}

  /// The rules of `methods`, in their order. The selector of each is its method's full name.
  static List<HttpRule> of(Collection<MethodDescriptor> methods) {
    List<HttpRule> rules = new ArrayList<>();
    for (MethodDescriptor method : methods) {
      if (method.getOptions().hasExtension(AnnotationsProto.http)) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        rules.add(rule.toBuilder().setSelector(method.getFullName()).build());
      }
      for (HttpRule rule : OF_GIVEN_PROTOS) {
        if (rule.getSelector().equals(method.getFullName())) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  /// The path of `rule`.
  static String path(HttpRule rule) {
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case PUT -> rule.getPut();
      case POST -> rule.getPost();
      case DELETE -> rule.getDelete();
      default -> throw new IllegalArgumentException("an odd route to " + rule.getSelector());
    };
  }

  private static HttpRule get(String method, String path) {
    return rule(method).setGet(path).build();
  }

  private static HttpRule post(String method, String path) {
    return rule(method).setPost(path).setBody("*").build();
  }

  private static HttpRule.Builder rule(String method) {
    return HttpRule.newBuilder().setSelector("conversation.ConversationService." + method);
  }
}
