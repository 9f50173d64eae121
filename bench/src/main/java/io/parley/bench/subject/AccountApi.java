package io.parley.bench.subject;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.parley.api.common.Gender;
import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.CreateGroupResponse;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.JoinGroupResponse;
import io.parley.api.session.LogoutRequest;
import io.parley.api.session.LogoutResponse;
import io.parley.api.user.UserCreateRequest;
import io.parley.api.user.UserCreateResponse;
import io.parley.api.user.UserLoginRequest;
import io.parley.api.user.UserLoginResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// The few HTTP calls that set a scenario up, spoken as JSON. Blocking; safe for many threads.
public final class AccountApi implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);
  /// Of every account that a scenario uses.
  public static final String PASSWORD = "Bench-password-1";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI server;

  public AccountApi(URI server) {
    this.server = server;
  }

  /// Makes an account and logs it in.
  public BenchAccount register(String nickname) {
    UserCreateResponse.Builder created = UserCreateResponse.newBuilder();
    UserCreateRequest create =
        UserCreateRequest.newBuilder()
            .setNickname(nickname)
            .setGender(Gender.Unknown)
            .setPassword(PASSWORD)
            .setPasswordRpt(PASSWORD)
            .build();
    post("/v1/users", create, "", created);
    return new BenchAccount(created.getUser().getId(), login(nickname));
  }

  /// Logs an account in that has the generator's password, and returns its token.
  public String login(String nickname) {
    UserLoginResponse.Builder login = UserLoginResponse.newBuilder();
    post(
        "/v1/login",
        UserLoginRequest.newBuilder().setNickname(nickname).setPassword(PASSWORD).build(),
        "",
        login);
    return login.getToken();
  }

  /// Makes a group that `owner` owns, and returns its id.
  public long createGroup(String name, BenchAccount owner) {
    CreateGroupResponse.Builder created = CreateGroupResponse.newBuilder();
    post(
        "/v1/groups",
        CreateGroupRequest.newBuilder().setName(name).build(),
        owner.token(),
        created);
    return created.getGroup().getId();
  }

  /// Makes a group of all `accounts`, which the first owns; answers its id.
  public long groupOf(String name, List<BenchAccount> accounts) {
    long group = createGroup(name, accounts.getFirst());
    var unused =
        Crowd.each(
            "joining",
            accounts.size() - 1,
            i -> {
              joinGroup(group, accounts.get(i + 1));
              return i;
            });
    return group;
  }

  /// Joins a group.
  public void joinGroup(long groupId, BenchAccount member) {
    String path = "/v1/groups/" + Long.toUnsignedString(groupId) + "/join";
    post(
        path,
        JoinGroupRequest.getDefaultInstance(),
        member.token(),
        JoinGroupResponse.newBuilder());
  }

  /// Ends the session of a token.
  public void logout(String token) {
    post("/v1/logout", LogoutRequest.getDefaultInstance(), token, LogoutResponse.newBuilder());
  }

  /// Whether a token is taken at present. A server that cannot be reached takes none.
  public boolean accepts(String token) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/v1/sessions"))
              .timeout(LOOK)
              .header("Authorization", "Bearer " + token)
              .GET()
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void post(String path, MessageOrBuilder body, String token, Message.Builder answer) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve(path))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JsonFormat.printer().print(body)));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            path + " → " + response.statusCode() + " " + response.body());
      }
      JsonFormat.parser().ignoringUnknownFields().merge(response.body(), answer);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(path + " answered unreadable JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException(path + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
