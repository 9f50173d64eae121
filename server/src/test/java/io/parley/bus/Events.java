package io.parley.bus;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.base.Node;
import io.parley.base.SessionId;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/// Events of every kind, made up.
public final class Events {
  private final Random random;

  public Events(long seed) {
    random = new Random(seed);
  }

  /// One of each kind that there is.
  public List<Event> oneOfEach() {
    List<Event> made = new ArrayList<>();
    for (Class<?> kind : kinds(Event.class)) {
      made.add(of(kind));
    }
    return made;
  }

  private static List<Class<?>> kinds(Class<?> type) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> each : type.getPermittedSubclasses()) {
      kinds.addAll(each.isRecord() ? List.of(each) : kinds(each));
    }
    return kinds;
  }

  private Event of(Class<?> kind) {
    try {
      RecordComponent[] components = kind.getRecordComponents();
      Object[] values = Arrays.stream(components).map(this::value).toArray();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return (Event) kind.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(kind.toString(), e);
    }
  }

  private Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == long.class) {
      return random.nextLong();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == byte[].class) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      return bytes;
    } else if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    } else if (type == List.class) {
      boolean arrivals = component.getGenericType().getTypeName().contains("Arrival");
      return arrivals ? arrivals() : accounts();
    } else if (type == String.class) {
      return text();
    } else if (type == Node.class) {
      return new Node(random.nextInt(Node.NUMBERS), random.nextLong());
    } else if (type == Audience.class) {
      return audience();
    } else if (type == AccountId.class) {
      return account();
    } else if (type == ConversationId.class) {
      return new ConversationId(random.nextLong());
    } else if (type == MessageId.class) {
      return new MessageId(random.nextLong());
    } else if (type == SessionId.class) {
      return new SessionId(random.nextLong());
    }
    throw new AssertionError("make one up: " + component);
  }

  private AccountId account() {
    return new AccountId(random.nextLong());
  }

  private List<AccountId> accounts() {
    List<AccountId> accounts = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      accounts.add(account());
    }
    return accounts;
  }

  private List<Arrival> arrivals() {
    return accounts().stream()
        .map(account -> new Arrival(account, text(), random.nextLong(), random.nextLong()))
        .toList();
  }

  private String text() {
    return "端点 é a".repeat(random.nextInt(3));
  }

  private Audience audience() {
    return switch (random.nextInt(5)) {
      case 0 -> new Audience.Pair(account(), account());
      case 1 -> new Audience.Members();
      case 2 -> new Audience.Members(random.nextLong());
      case 3 -> new Audience.MembersAnd(random.nextLong(), accounts());
      default -> {
        Set<Long> apart = new HashSet<>();
        accounts().forEach(each -> apart.add(each.value()));
        yield new Audience.MembersBut(apart);
      }
    };
  }

  /// Whether both say the same, arrays by what is in them.
  public static boolean same(Event one, Event other) {
    if (one.getClass() != other.getClass()) {
      return false;
    }
    try {
      for (RecordComponent component : one.getClass().getRecordComponents()) {
        Object left = component.getAccessor().invoke(one);
        Object right = component.getAccessor().invoke(other);
        if (!Objects.deepEquals(left, right)) {
          return false;
        }
      }
      return true;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(one.toString(), e);
    }
  }
}
