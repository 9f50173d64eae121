package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Folding;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SearchingTest {
  private static final AccountId ANN = new AccountId(1);
  private static final Caller CALLER = new Caller(ANN, null, Set.of(), "127.0.0.1", "test", 0);
  private static final String BOMB = "\uFDFA".repeat(4000);

  @TempDir private Path dir;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private Db db;
  private Scans scans;
  private Searching searching;
  private long lastId = 10_000;

  @BeforeEach
  void open() {
    var limits = TestLimits.with(Map.of("limits.search_chars_max", "1000000"));
    db = Db.open(TestStore.settings(dir), dir, limits);
    scans = new Scans(db, limits, new TestClock());
    searching = new Searching(TestPlatform.over(db, new TestClock(), 0), scans);
  }

  @AfterEach
  void close() {
    scans.close();
    db.close();
  }

  @Test
  void textsThatGrowWhenFolded_areReadSoManyACall_andTheSearchSaysItIsPartial() {
    db.write(
        tx -> {
          conversation(tx, 7);
          say(tx, 7, 1, "a needle, ẞharp");
          for (int i = 2; i <= 200; i++) {
            say(tx, 7, i, BOMB);
          }
          return tx;
        });
    // 20,000 characters each, of a million: 50 a call.
    assertEquals(List.of("", "", "", "a needle, ẞharp"), callByCall("SSHARP"));
  }

  @Test
  void textsFromBefore_areFoldedByTheFirstSearch_withinItsBudget_andKept() {
    db.write(
        tx -> {
          conversation(tx, 7);
          say(tx, 7, 1, "Straße");
          say(tx, 7, 2, "plain");
          for (int i = 3; i <= 100; i++) {
            say(tx, 7, i, BOMB);
          }
          tx.update("UPDATE message SET folded = ''");
          return tx;
        });
    // 24,000 characters each: what is read and what is made of it.
    List<String> calls = callByCall("STRASSE");
    assertEquals(List.of("", "", "Straße"), calls);
    assertEquals("strasse", folded(1));
    assertEquals("", folded(2));
    long bombs = number("SELECT count(*) FROM message WHERE length(folded) > 100");
    assertTrue(bombs > 10, bombs + " were written");
    long largest = number("SELECT max(length(folded)) FROM message");
    assertTrue(largest <= Folding.SEARCHED_CHARS_MAX, largest + " characters");
  }

  @Test
  void editsAndRecalls_takeTheFoldedTextWithThem() {
    db.write(
        tx -> {
          conversation(tx, 7);
          say(tx, 7, 1, "Straße");
          say(tx, 7, 2, "Große");
          messages.edit(
              tx,
              id(tx, 1),
              new Content.Text("Weiß"),
              Searched.column(new Content.Text("Weiß")),
              null);
          messages.recall(tx, id(tx, 2), null);
          return tx;
        });
    assertEquals(List.of(""), callByCall("strasse"));
    assertEquals(List.of("Weiß"), callByCall("weiss"));
    assertEquals(List.of(""), callByCall("grosse"));
    assertNull(
        db.read(
            tx ->
                tx.first(
                    "SELECT folded FROM message WHERE seq = 2 AND folded IS NOT NULL",
                    row -> row.getString(1))));
  }

  @Test
  void moreThanAThousandConversations_areAllRead_beforeItSaysSo() {
    db.write(
        tx -> {
          for (int i = 0; i < 2500; i++) {
            conversation(tx, 100 + i);
            say(tx, 100 + i, 1, i == 0 ? "the oldest needle" : "hay");
          }
          return tx;
        });
    List<String> calls = callByCall("needle");
    assertEquals("the oldest needle", calls.getLast());
    assertEquals(1, calls.stream().filter(each -> !each.isEmpty()).count());
  }

  @Test
  void column_isEmptyWhereSmallLettersAreEnough() {
    for (String plain : List.of("Hello", "今天天气很好 Sunny", "", "안녕 ABC", "привет")) {
      assertNull(Searched.column(new Content.Text(plain)), plain);
    }
    assertEquals("привет", Searched.column(new Content.Text("Привет")));
    assertEquals("ok, 你好", Searched.column(new Content.File(1, "ＯＫ， 你好", "")));
    assertNull(Searched.column(new Content.Face("😀")));
  }

  /// What each call found, the texts of one joined, until all was read.
  private List<String> callByCall(String keyword) {
    List<String> calls = new ArrayList<>();
    String cursor = "";
    do {
      Slice<Message> results =
          searching.search(CALLER, keyword, null, new Slice.Request(cursor, 20));
      StringBuilder said = new StringBuilder();
      for (Message message : results.rows()) {
        said.append(message.content() instanceof Content.Text text ? text.content() : "?");
      }
      calls.add(said.toString());
      cursor = results.next();
      // What it wrote comes before this.
      db.write(tx -> tx);
    } while (!cursor.isEmpty());
    return calls;
  }

  private void conversation(Tx tx, long id) {
    ConversationId conversation = new ConversationId(id);
    conversations.insert(tx, conversation, 0);
    conversations.putMember(
        tx, new Membership(conversation, null, null, 0, Role.MEMBER, 0, null, 0), ANN, id, 0);
  }

  private void say(Tx tx, long conversation, long seq, String text) {
    Content content = new Content.Text(text);
    Draft draft =
        new Draft(new Target.Group(new ConversationId(conversation)), List.of(), content, "");
    Message message =
        new Message(new MessageId(lastId++), new ConversationId(conversation), seq, ANN, draft, 0);
    messages.insert(tx, List.of(new MessageStore.Row(message, content, Searched.column(content))));
    tx.update("UPDATE conversation SET last_seq = ? WHERE id = ?", seq, conversation);
  }

  private static MessageId id(Tx tx, long seq) {
    return new MessageId(tx.number("SELECT id FROM message WHERE seq = ?", seq));
  }

  private @Nullable String folded(long seq) {
    return db.read(
        tx -> tx.first("SELECT folded FROM message WHERE seq = ?", row -> row.getString(1), seq));
  }

  private long number(String sql) {
    return db.read(tx -> tx.number(sql));
  }
}
