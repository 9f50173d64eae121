package io.parley.bus;

import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.base.SessionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events as bytes, for other nodes.
///
/// Layout: the version, the kind, the kind's fields in the order of its record; numbers big-endian,
/// lists and bytes behind their count (4 bytes), words of enums behind their length (1 byte).
/// Within one version a kind never changes: what is new is a new kind, and a change of all of them
/// a new version. A node that does not know the kind or the version yet reads null, and has then
/// lost an event.
public final class EventWire {
  /// What one event may take; larger ones are not read.
  public static final int BYTES_MAX = 1 << 20;

  private static final byte VERSION = 1;

  private static final byte MESSAGE_POSTED = 1;
  private static final byte MISSED = 2;
  private static final byte MESSAGE_CHANGED = 4;
  private static final byte TYPING = 5;
  private static final byte PRESENCE = 6;
  private static final byte READ_MARKED = 7;
  private static final byte SESSION_ENDED = 8;
  private static final byte ACCOUNT_CHANGED = 9;
  private static final byte TRUST_CHANGED = 10;
  private static final byte NOTICE = 11;
  private static final byte GROUP_CHANGED = 12;
  // 3 is one that did not say by whom; 13 to 16 are servers'.
  private static final byte MESSAGE_RECALLED = 17;
  private static final byte PROFILE_CHANGED = 18;
  private static final byte ACTIVITY_CHANGED = 21;
  private static final byte REQUEST_CHANGED = 25;

  private static final byte PAIR = 1;
  private static final byte MEMBERS = 2;
  private static final byte MEMBERS_BUT = 3;
  private static final byte MEMBERS_SINCE = 4;
  private static final byte MEMBERS_AND = 5;

  private static final int OVERHEAD = 64;

  private EventWire() {}

  /// Bytes that no version of this program makes.
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Malformed(String text) {
      super(text, null, false, false);
    }
  }

  /// Something that a newer version made.
  private static final class Newer extends RuntimeException {
    private static final long serialVersionUID = 1;

    Newer() {
      super(null, null, false, false);
    }
  }

  /// About how many bytes [#encode] makes of `event`, without making them.
  public static int weight(Event event) {
    return OVERHEAD
        + switch (event) {
          case Event.MessagePosted it -> it.encoded().length + weight(it.audience());
          case Event.MessageChanged it -> it.encoded().length + weight(it.audience());
          case Event.Missed it -> weight(it.audience());
          case Event.MessageRecalled it -> weight(it.audience());
          case Event.Typing it -> weight(it.audience());
          case Event.ReadMarked it -> weight(it.audience());
          case Event.Presence it -> it.audience().size() * Long.BYTES;
          case Event.Notice it -> it.audience().size() * Long.BYTES;
          case Event.ProfileChanged it -> it.audience().size() * Long.BYTES;
          case Event.GroupChanged it -> it.gone().size() * Long.BYTES;
          case Event.SessionEnded _,
              Event.AccountChanged _,
              Event.TrustChanged _,
              Event.ActivityChanged _,
              Event.RequestChanged _ ->
              0;
          case ServerEvent it -> ServerEventWire.weight(it);
        };
  }

  private static int weight(Audience audience) {
    return switch (audience) {
      case Audience.MembersBut some -> some.apart().size() * Long.BYTES;
      case Audience.MembersAnd more -> more.gone().size() * Long.BYTES;
      case Audience.Pair _, Audience.Members _ -> 0;
    };
  }

  /// `event` in the newest version.
  public static byte[] encode(Event event) {
    ByteArrayDataOutput out = ByteStreams.newDataOutput(weight(event));
    out.writeByte(VERSION);
    switch (event) {
      case Event.MessagePosted it -> {
        conversation(out, MESSAGE_POSTED, it.conversation()).writeLong(it.seq());
        out.writeLong(it.origin());
        put(out, it.audience());
        put(out, it.encoded());
      }
      case Event.Missed it -> put(conversation(out, MISSED, it.conversation()), it.audience());
      case Event.MessageRecalled it -> {
        conversation(out, MESSAGE_RECALLED, it.conversation()).writeLong(it.seq());
        out.writeLong(it.id().value());
        out.writeLong(it.by().value());
        put(out, it.audience());
      }
      case Event.MessageChanged it -> {
        conversation(out, MESSAGE_CHANGED, it.conversation()).writeLong(it.seq());
        put(out, it.audience());
        put(out, it.encoded());
      }
      case Event.Typing it -> {
        conversation(out, TYPING, it.conversation()).writeLong(it.account().value());
        put(out, it.audience());
      }
      case Event.Presence it -> {
        account(out, PRESENCE, it.account()).writeBoolean(it.online());
        out.writeLong(it.lastSeenMs());
        put(out, it.audience());
      }
      case Event.ReadMarked it -> {
        conversation(out, READ_MARKED, it.conversation()).writeLong(it.seq());
        out.writeLong(it.reader().value());
        put(out, it.audience());
      }
      case Event.SessionEnded it ->
          account(out, SESSION_ENDED, it.account()).writeLong(it.session().value());
      case Event.AccountChanged it -> account(out, ACCOUNT_CHANGED, it.account());
      case Event.ProfileChanged it -> {
        account(out, PROFILE_CHANGED, it.account()).writeLong(it.version());
        put(out, it.audience());
      }
      case Event.ActivityChanged it ->
          account(out, ACTIVITY_CHANGED, it.account()).writeLong(it.unread());
      case Event.RequestChanged it -> {
        account(out, REQUEST_CHANGED, it.account()).writeLong(it.conversation().value());
        out.writeLong(it.peer().value());
        out.writeBoolean(it.waiting());
      }
      case Event.TrustChanged _ -> out.writeByte(TRUST_CHANGED);
      case Event.Notice it -> {
        out.writeByte(NOTICE);
        put(out, it.kind());
        out.writeLong(it.id());
        out.writeLong(it.actor().value());
        put(out, it.audience());
      }
      case Event.GroupChanged it -> {
        conversation(out, GROUP_CHANGED, it.group()).writeLong(it.member().value());
        put(out, it.kind());
        put(out, it.gone());
      }
      case ServerEvent it -> ServerEventWire.put(out, it);
    }
    return out.toByteArray();
  }

  private static ByteArrayDataOutput conversation(
      ByteArrayDataOutput out, byte kind, ConversationId id) {
    out.writeByte(kind);
    out.writeLong(id.value());
    return out;
  }

  private static ByteArrayDataOutput account(ByteArrayDataOutput out, byte kind, AccountId id) {
    out.writeByte(kind);
    out.writeLong(id.value());
    return out;
  }

  private static void put(ByteArrayDataOutput out, Audience audience) {
    switch (audience) {
      case Audience.Pair(AccountId low, AccountId high) -> {
        out.writeByte(PAIR);
        out.writeLong(low.value());
        out.writeLong(high.value());
      }
      case Audience.Members(long since) -> {
        out.writeByte(since == 0 ? MEMBERS : MEMBERS_SINCE);
        if (since != 0) {
          out.writeLong(since);
        }
      }
      case Audience.MembersAnd(long since, List<AccountId> gone) -> {
        out.writeByte(MEMBERS_AND);
        out.writeLong(since);
        put(out, gone);
      }
      case Audience.MembersBut(Set<Long> apart) -> {
        out.writeByte(MEMBERS_BUT);
        out.writeInt(apart.size());
        apart.forEach(out::writeLong);
      }
    }
  }

  private static void put(ByteArrayDataOutput out, Collection<AccountId> accounts) {
    out.writeInt(accounts.size());
    accounts.forEach(account -> out.writeLong(account.value()));
  }

  static void put(ByteArrayDataOutput out, byte[] bytes) {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void put(ByteArrayDataOutput out, Enum<?> word) {
    byte[] name = word.name().getBytes(StandardCharsets.US_ASCII);
    out.writeByte(name.length);
    out.write(name);
  }

  /// The event that `bytes` are; null for one of a version or kind that is not known here.
  ///
  /// @throws Malformed for everything else, whatever the bytes are
  public static @Nullable Event decode(byte[] bytes) {
    if (bytes.length > BYTES_MAX) {
      throw new Malformed("an event of " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != VERSION) {
        return null;
      }
      Event event = event(in);
      if (in.hasRemaining()) {
        throw new Malformed("an event with " + in.remaining() + " bytes too many");
      }
      return event;
    } catch (Newer e) {
      return null;
    } catch (BufferUnderflowException e) {
      throw new Malformed("an event that ends early");
    }
  }

  private static Event event(ByteBuffer in) {
    return switch (in.get()) {
      case MESSAGE_POSTED ->
          new Event.MessagePosted(
              conversation(in), in.getLong(), in.getLong(), audience(in), bytes(in));
      case MISSED -> new Event.Missed(conversation(in), audience(in));
      case MESSAGE_RECALLED ->
          new Event.MessageRecalled(
              conversation(in),
              in.getLong(),
              new MessageId(in.getLong()),
              account(in),
              audience(in));
      case MESSAGE_CHANGED ->
          new Event.MessageChanged(conversation(in), in.getLong(), audience(in), bytes(in));
      case TYPING -> new Event.Typing(conversation(in), account(in), audience(in));
      case PRESENCE -> new Event.Presence(account(in), yes(in), in.getLong(), accounts(in));
      case READ_MARKED ->
          new Event.ReadMarked(conversation(in), in.getLong(), account(in), audience(in));
      case SESSION_ENDED -> new Event.SessionEnded(account(in), new SessionId(in.getLong()));
      case ACCOUNT_CHANGED -> new Event.AccountChanged(account(in));
      case PROFILE_CHANGED -> new Event.ProfileChanged(account(in), in.getLong(), accounts(in));
      case ACTIVITY_CHANGED -> new Event.ActivityChanged(account(in), in.getLong());
      case REQUEST_CHANGED ->
          new Event.RequestChanged(account(in), conversation(in), account(in), yes(in));
      case TRUST_CHANGED -> new Event.TrustChanged();
      case NOTICE ->
          new Event.Notice(word(NoticeKind.class, in), in.getLong(), account(in), accounts(in));
      case GROUP_CHANGED ->
          new Event.GroupChanged(
              conversation(in), account(in), word(GroupChange.class, in), accounts(in));
      case ServerEventWire.GATEWAY_TAKEN -> ServerEventWire.taken(in);
      case ServerEventWire.GATEWAY_ASKED -> ServerEventWire.asked(in);
      case ServerEventWire.GATEWAY_ANSWERED -> ServerEventWire.answered(in);
      case ServerEventWire.DEVICES_CAME -> ServerEventWire.came(in);
      default -> throw new Newer();
    };
  }

  private static ConversationId conversation(ByteBuffer in) {
    return new ConversationId(in.getLong());
  }

  static AccountId account(ByteBuffer in) {
    return new AccountId(in.getLong());
  }

  private static boolean yes(ByteBuffer in) {
    byte flag = in.get();
    if (flag != 0 && flag != 1) {
      throw new Malformed("a flag of " + flag);
    }
    return flag == 1;
  }

  private static Audience audience(ByteBuffer in) {
    return switch (in.get()) {
      case PAIR -> new Audience.Pair(account(in), account(in));
      case MEMBERS -> new Audience.Members();
      case MEMBERS_SINCE -> new Audience.Members(in.getLong());
      case MEMBERS_AND -> new Audience.MembersAnd(in.getLong(), accounts(in));
      case MEMBERS_BUT -> {
        int count = count(in, Long.BYTES);
        Set<Long> apart = HashSet.newHashSet(count);
        for (int i = 0; i < count; i++) {
          apart.add(in.getLong());
        }
        yield new Audience.MembersBut(Set.copyOf(apart));
      }
      default -> throw new Newer();
    };
  }

  private static List<AccountId> accounts(ByteBuffer in) {
    int count = count(in, Long.BYTES);
    List<AccountId> accounts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      accounts.add(account(in));
    }
    return List.copyOf(accounts);
  }

  static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[count(in, 1)];
    in.get(bytes);
    return bytes;
  }

  /// Looked at before anything of that size is made.
  static int count(ByteBuffer in, int each) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / each) {
      throw new Malformed("a list of " + count + " in " + in.remaining() + " bytes");
    }
    return count;
  }

  static <E extends Enum<E>> E word(Class<E> words, ByteBuffer in) {
    byte[] name = new byte[Byte.toUnsignedInt(in.get())];
    in.get(name);
    try {
      return Enum.valueOf(words, new String(name, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new Newer();
    }
  }
}
