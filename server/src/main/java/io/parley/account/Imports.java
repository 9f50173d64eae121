package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes in accounts by the million.
///
/// A row whose first login name (username, else phone, email, nickname) is already an account's
/// under the same kind was imported before and is skipped, so a file may be imported again.
/// Passwords get a fast hash, see [FastHash]. A batch and how far it reaches are one commit.
public final class Imports {
  /// The columns that a row may have.
  public static final Set<String> COLUMNS =
      Set.of("username", "phone", "email", "nickname", "gender", "password", "password_md5");

  /// A row that can be an account.
  ///
  /// @param line where it stands, from 1
  public record Row(
      long line,
      Map<AliasKind, String> aliases,
      String nickname,
      Gender gender,
      Map<String, String> verifiers) {}

  /// How far an import has got.
  ///
  /// @param line all lines up to this one are done
  /// @param rejectedBytes how long the file of rejected rows is
  public record Progress(
      long line, long imported, long skipped, long rejected, long rejectedBytes) {
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0);
  }

  /// Rows that are committed together.
  ///
  /// @param before how far the import was before
  /// @param line the last line that the batch covers, rejected ones included
  public record Batch(List<Row> rows, Progress before, long line) {}

  /// Writes down rows that cannot be imported.
  public interface Rejections {
    void reject(long line, String why);

    /// Makes what was rejected durable; the answer is its length in bytes.
    long flush();

    /// How many were rejected since the beginning.
    long count();
  }

  // Spreadsheets write long numbers as 1.3912E+10.
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,20}");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
  /// They were chosen elsewhere, under the rules of there.
  private static final int IMPORTED_CHARS_MIN = 6;

  private final Db db;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Passwords passwords;
  private final AccountStore store = new AccountStore();
  private final LookStore looks = new LookStore();
  private final ImportStore progress = new ImportStore();

  public Imports(Platform platform, Limits limits, Passwords passwords) {
    this.db = platform.db();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.limits = limits;
    this.passwords = passwords;
  }

  /// Checks a row and hashes its password.
  ///
  /// @param fields by column; empty is absent
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the column
  public Row row(long line, Map<String, String> fields) {
    Map<AliasKind, String> aliases = new EnumMap<>(AliasKind.class);
    for (AliasKind kind : List.of(AliasKind.USERNAME, AliasKind.PHONE, AliasKind.EMAIL)) {
      String column = kind.name().toLowerCase(Locale.ROOT);
      String name = fields.getOrDefault(column, "");
      if (!name.isEmpty()) {
        aliases.put(kind, shaped(kind, Names.require(column, name, Names.LOGIN_CODE_POINTS_MAX)));
      }
    }
    String nickname = fields.getOrDefault("nickname", "");
    if (nickname.isEmpty() && !aliases.isEmpty()) {
      nickname = aliases.values().iterator().next();
    }
    Names.require("nickname", nickname, limits.nicknameCodePointsMax());
    if (aliases.isEmpty()) {
      aliases.put(AliasKind.NICKNAME, nickname);
    }
    return new Row(
        line, aliases, nickname, gender(fields.getOrDefault("gender", "")), verifiers(fields));
  }

  private static String shaped(AliasKind kind, String name) {
    if (kind == AliasKind.PHONE && !PHONE.matcher(name).matches()) {
      throw Fault.invalid("phone", "must be 5 to 20 digits, as text, with or without a + before");
    }
    if (kind == AliasKind.EMAIL && !EMAIL.matcher(name).matches()) {
      throw Fault.invalid("email", "must be one address");
    }
    return name;
  }

  private static Gender gender(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "0", "unknown" -> Gender.UNKNOWN;
      case "1", "male" -> Gender.MALE;
      case "2", "female" -> Gender.FEMALE;
      default -> throw Fault.invalid("gender", "must be unknown, male or female");
    };
  }

  private Map<String, String> verifiers(Map<String, String> fields) {
    String plain = fields.getOrDefault("password", "");
    String md5 = fields.getOrDefault("password_md5", "");
    if (plain.isEmpty() == md5.isEmpty()) {
      throw Fault.invalid("password", "either password or password_md5 must be given");
    }
    if (!md5.isEmpty()) {
      if (!MD5.matcher(md5).matches()) {
        throw Fault.invalid("password_md5", "must be 32 hexadecimal characters");
      }
      return passwords.fastVerifier(new Scheme.Entry(), md5.toLowerCase(Locale.ROOT));
    }
    if (plain.length() < IMPORTED_CHARS_MIN || plain.length() > limits.passwordCharsMax()) {
      throw Fault.invalid(
          "password",
          "must have %d to %d characters".formatted(IMPORTED_CHARS_MIN, limits.passwordCharsMax()));
    }
    if (plain.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE || c == 0)) {
      throw Fault.invalid("password", "must not contain half a character or U+0000");
    }
    return passwords.fastVerifiers(plain);
  }

  /// How far the import of `file` got before it was interrupted.
  public Progress resume(String file) {
    Progress known = db.read(tx -> progress.find(tx, file));
    return known == null ? Progress.NONE : known;
  }

  /// Queues a batch and returns at once; `done` hears how far the import is after its commit.
  ///
  /// @param rejections also has what was found wrong before: all of it is made durable first
  public void submit(String file, Batch batch, Rejections rejections, Completion<Progress> done) {
    db.submit(
        tx -> {
          long imported = batch.before().imported();
          long skipped = batch.before().skipped();
          for (Row row : batch.rows()) {
            String conflict = insert(tx, row);
            if (conflict == null) {
              imported++;
            } else if (conflict.isEmpty()) {
              skipped++;
            } else {
              rejections.reject(row.line(), conflict);
            }
          }
          long bytes = rejections.flush();
          Progress after = new Progress(batch.line(), imported, skipped, rejections.count(), bytes);
          progress.put(tx, file, after);
          return after;
        },
        done);
  }

  /// The import is over: the same file begins anew.
  public void finish(String file) {
    db.change(
        tx -> {
          progress.delete(tx, file);
        });
  }

  /// Null if it was inserted, empty if it was there already, else why it cannot be.
  private @Nullable String insert(Tx tx, Row row) {
    AccountId id = new AccountId(ids.next());
    boolean first = true;
    for (Map.Entry<AliasKind, String> alias : row.aliases().entrySet()) {
      if (!store.insertAlias(tx, id, alias.getKey(), alias.getValue())) {
        AccountStore.Owner owner = store.owner(tx, alias.getValue());
        if (owner == null || owner.account().equals(id)) {
          continue;
        }
        if (first && owner.kind() == alias.getKey()) {
          return "";
        }
        store.deleteAliases(tx, id);
        return alias.getKey().name().toLowerCase(Locale.ROOT) + ": already taken";
      }
      first = false;
    }
    long now = clock.millis();
    store.insert(tx, Account.fresh(id, row.nickname(), "", row.gender(), "", now));
    store.putVerifiers(tx, id, row.verifiers());
    row.aliases().values().forEach(name -> looks.put(tx, id, name));
    return null;
  }
}
