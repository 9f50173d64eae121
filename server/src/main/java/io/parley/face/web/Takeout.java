package io.parley.face.web;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.blob.Blobs;
import io.parley.blob.Content;
import io.parley.face.rpc.RpcJson;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import io.parley.media.Media;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// All that the server has of an account, for its owner: a ZIP of files of JSON lines and of the
/// uploads.
///
/// Each line is what the native API answers its owner, since its own methods are called: so nothing
/// is told that may not be. It is written as it is read, a page at a time; one of an account is
/// written at a time, and `limits.own_exports_max` of all.
final class Takeout {
  /// Files by name, and the method whose rows they have.
  private static final Map<String, String> FILES = new LinkedHashMap<>();

  static {
    FILES.put("profile", "profile.ProfileService/GetProfile");
    FILES.put("email", "email.EmailService/EmailStatus");
    FILES.put("privacy", "social.FriendService/GetPrivacy");
    FILES.put("sessions", "session.SessionService/ListSessions");
    FILES.put("friends", "social.FriendService/ListFriends");
    FILES.put("friend-requests", "social.FriendService/ListRequests");
    FILES.put("blocked", "social.FriendService/ListBlocked");
    FILES.put("following", "social.FollowService/ListFollowing");
    FILES.put("followers", "social.FollowService/ListFollowers");
    FILES.put("groups", "membership.MembershipService/ListMyGroups");
    FILES.put("invites", "invite.InviteService/ListInvites");
    FILES.put("posts", "feed.FeedService/FeedOwn");
    FILES.put("comments", "feedplus.CommentService/ListOwnComments");
    FILES.put("reports", "report.ReportService/MyReports");
    FILES.put("activity", "activity.ActivityService/ListActivity");
    FILES.put("starred", "chat.ChatService/ListStars");
  }

  private static final String SYNC = "conversation.ConversationService/Sync";
  private static final String HISTORY = "conversation.ConversationService/History";
  private static final List<String> SIZES = List.of("page_size", "num", "limit");
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final int ROWS = 100;

  private final RpcTable table;
  private final Media media;
  private final Blobs blobs;
  private final Consumer<Caller> allowed;
  private final Semaphore places;
  private final int max;
  private final Set<AccountId> underWay = ConcurrentHashMap.newKeySet();

  /// `allowed`: throws unless the caller showed the password a short while ago, and notes it.
  Takeout(RpcTable table, Media media, Blobs blobs, Consumer<Caller> allowed, Limits limits) {
    this.table = table;
    this.media = media;
    this.blobs = blobs;
    this.allowed = allowed;
    this.max = limits.ownExportsMax();
    this.places = new Semaphore(max);
  }

  /// Begins one; to be closed in any case.
  ///
  /// @throws Fault NOT_LOGGED_IN, CONFIRMATION_NEEDED; BUSY
  Running begin(Caller caller) {
    AccountId account = caller.requireAccount();
    allowed.accept(caller);
    if (!underWay.add(account)) {
      throw Fault.retry(FaultCode.BUSY, "another export of this account is being written", RETRY);
    }
    if (!places.tryAcquire()) {
      underWay.remove(account);
      throw Fault.retry(FaultCode.BUSY, "limits.own_exports_max = " + max + " are written", RETRY);
    }
    return new Running(caller, account);
  }

  /// One that is being written.
  final class Running implements AutoCloseable {
    private final Caller caller;
    private final AccountId account;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Running(Caller caller, AccountId account) {
      this.caller = caller;
      this.account = account;
    }

    /// Writes everything to `out` and closes it. Blocks as `out` does. What is cut short is no ZIP.
    void write(OutputStream out) throws IOException {
      try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
          zip.putNextEntry(new ZipEntry(file.getKey() + ".jsonl"));
          pages(zip, file.getValue(), new ArrayList<>());
          zip.closeEntry();
        }
        List<Message> conversations = new ArrayList<>();
        zip.putNextEntry(new ZipEntry("conversations.jsonl"));
        pages(zip, SYNC, conversations);
        zip.closeEntry();
        for (Message each : conversations) {
          history(zip, (Long) value(each, "id"));
        }
        uploads(zip);
      }
    }

    /// All rows of a list; the ids of what Sync tells are kept in `kept`.
    private void pages(ZipOutputStream zip, String name, List<Message> kept) throws IOException {
      String cursor = "";
      boolean more = true;
      while (more) {
        Message answer = call(caller, name, Map.of("cursor", cursor));
        FieldDescriptor rows = rows(answer);
        if (rows == null) {
          line(zip, answer);
          return;
        }
        for (int i = 0; i < answer.getRepeatedFieldCount(rows); i++) {
          Message row = (Message) answer.getRepeatedField(rows, i);
          line(zip, row);
          if (name.equals(SYNC)) {
            kept.add(row.toBuilder().clear().setField(field(row, "id"), value(row, "id")).build());
          }
        }
        FieldDescriptor next = answer.getDescriptorForType().findFieldByName("next_cursor");
        cursor = next == null ? "" : (String) answer.getField(next);
        FieldDescriptor said = answer.getDescriptorForType().findFieldByName("more");
        more = !cursor.isEmpty() && (said == null || (Boolean) answer.getField(said));
      }
    }

    private void history(ZipOutputStream zip, long conversation) throws IOException {
      zip.putNextEntry(new ZipEntry("messages/" + conversation + ".jsonl"));
      long after = 0;
      while (true) {
        Message answer =
            call(caller, HISTORY, Map.of("conversation_id", conversation, "after_seq", after));
        FieldDescriptor rows = Objects.requireNonNull(rows(answer));
        int count = answer.getRepeatedFieldCount(rows);
        if (count == 0) {
          break;
        }
        for (int i = 0; i < count; i++) {
          Message message = (Message) answer.getRepeatedField(rows, i);
          line(zip, message);
          after = (Long) value(message, "seq");
        }
      }
      zip.closeEntry();
    }

    /// The bytes of what the account uploaded, as they are stored.
    private void uploads(ZipOutputStream zip) throws IOException {
      long after = 0;
      List<Media.Own> part;
      do {
        part = media.own(account, after, ROWS);
        for (Media.Own upload : part) {
          after = upload.id();
          Content content = blobs.find(upload.name());
          if (content != null) {
            zip.putNextEntry(new ZipEntry("uploads/" + upload.name()));
            try (InputStream in = content.read()) {
              in.transferTo(zip);
            }
            zip.closeEntry();
          }
        }
      } while (part.size() == ROWS);
    }

    /// Twice is once.
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        underWay.remove(account);
        places.release();
      }
    }
  }

  private static void line(OutputStream out, Message message) throws IOException {
    out.write((RpcJson.print(message) + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /// The list that an answer is; null for one that is none.
  private static @Nullable FieldDescriptor rows(Message answer) {
    return answer.getDescriptorForType().getFields().stream()
        .filter(each -> each.isRepeated() && each.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .findFirst()
        .orElse(null);
  }

  private static FieldDescriptor field(Message message, String name) {
    return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name));
  }

  private static Object value(Message message, String name) {
    return message.getField(field(message, name));
  }

  private Message call(Caller caller, String name, Map<String, Object> fields) {
    RpcMethod<?, ?> method = Objects.requireNonNull(table.find(name), name);
    Message.Builder request = method.prototype().newBuilderForType();
    for (FieldDescriptor each : request.getDescriptorForType().getFields()) {
      Object given = fields.get(each.getName());
      if (given != null) {
        request.setField(each, given);
      } else if (SIZES.contains(each.getName())) {
        request.setField(
            each,
            each.getJavaType() == FieldDescriptor.JavaType.INT
                ? (Object) ROWS
                : (Object) (long) ROWS);
      }
    }
    return answer(method, caller, request.build());
  }

  @SuppressWarnings("unchecked") // the request was made of the method's own prototype
  private static <Q extends Message, R extends Message> Message answer(
      RpcMethod<Q, R> method, Caller caller, Message request) {
    if (method.handler() instanceof RpcMethod.Blocking<Q, R> blocking) {
      return blocking.call(caller, (Q) request);
    }
    throw new IllegalStateException(method.name() + " answers later");
  }
}
