import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ConversationApi;
import org.openapitools.client.api.MessageApi;
import org.openapitools.client.api.ProfileApi;
import org.openapitools.client.api.SessionApi;
import org.openapitools.client.api.UserApi;
import org.openapitools.client.model.MessageSendUserTextMessageRequest;
import org.openapitools.client.model.MessageSendUserTextMessageResponse;
import org.openapitools.client.model.MessageTextMessage;
import org.openapitools.client.model.UserUser;
import org.openapitools.client.model.UserUserCreateRequest;
import org.openapitools.client.model.UserUserLoginRequest;

/// Registers two accounts, logs in, sends and reads through what openapi-generator makes for Java.
public final class RoundTrip {
  private static final String PASSWORD = "sunny-cat-42";

  private interface Call {
    Object run() throws ApiException;
  }

  public static void main(String[] args) throws ApiException {
    ApiClient anybody = new ApiClient();
    anybody.updateBaseUri(args[0]);
    UserApi users = new UserApi(anybody);
    UserUser ann = register(users, "java-ann");
    UserUser bob = register(users, "java-bob");
    equal("java-ann", ann.getNickname());

    ApiException refused = refusal(() -> users.userLogin(login("wrong-cat-42")));
    equal(401, refused.getCode());
    equal(true, refused.getResponseBody().contains("\"business_code\":\"2002\""));

    String token = users.userLogin(login(PASSWORD)).getToken();
    ApiClient mine = new ApiClient();
    mine.updateBaseUri(args[0]);
    mine.setRequestInterceptor(request -> request.header("authorization", "bearer " + token));

    MessageSendUserTextMessageResponse sent =
        new MessageApi(mine)
            .sendUserTextMessage(
                bob.getId(),
                new MessageSendUserTextMessageRequest()
                    .text(new MessageTextMessage().content("hi bob"))
                    .clientMessageId("try-1"));
    equal("1", sent.getSeq());

    var read = new ConversationApi(mine).history(sent.getConversationId(), "0", null, 10);
    equal(1, read.getMessage().size());
    equal("hi bob", read.getMessage().getFirst().getText().getContent());

    new SessionApi(mine).logout();
    equal(401, refusal(() -> new ProfileApi(mine).getProfile()).getCode());
    System.out.println("done");
  }

  private static UserUser register(UserApi users, String nickname) throws ApiException {
    return users
        .createUser(
            new UserUserCreateRequest()
                .nickname(nickname)
                .password(PASSWORD)
                .passwordRpt(PASSWORD))
        .getUser();
  }

  private static UserUserLoginRequest login(String password) {
    return new UserUserLoginRequest().nickname("java-ann").password(password);
  }

  private static ApiException refusal(Call call) {
    try {
      call.run();
    } catch (ApiException e) {
      return e;
    }
    throw new AssertionError("was not refused");
  }

  private static void equal(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + ", got " + actual);
    }
  }
}
