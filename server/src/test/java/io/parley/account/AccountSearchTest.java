package io.parley.account;

import static io.parley.account.AccountWorld.NOBODY;
import static io.parley.account.AccountWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cursor;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.base.Right;
import io.parley.base.Slice;
import io.parley.harness.CoreWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who finds whom by what. Everybody of these tests is registered before the first.
class AccountSearchTest {
  private static final Caller ANYBODY = CoreWorld.NOBODY;

  @TempDir private static Path folder;
  private static AccountWorld world;
  private static AccountId ann;
  private static AccountId anna;
  private static AccountId joanna;
  private static AccountId disabled;
  private static AccountId deleted;
  private static AccountId phone;
  private static AccountId percent;
  private static AccountId admin;

  @BeforeAll
  static void everybody() {
    world = new AccountWorld(folder);
    ann = world.register("Ann");
    anna = world.register(AliasKind.NICKNAME, "ANNA");
    joanna = world.register("joanna");
    disabled = world.register("annoyed");
    deleted = world.register("annulled");
    phone = world.register(AliasKind.PHONE, "13800138000");
    percent = world.register("50% off_!");
    admin = world.register("operator");
    world.disable(disabled);
    world.delete(deleted);
    world.editing.edit(phone, new Editing.Edit("Phoney Ann", null, null));
    world.db.change(tx -> world.accounts.setRights(tx, admin, Set.of(Right.ADMIN, Right.MAIL)));
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static Page<Account> named(String keyword, long page, long size) {
    return world.search.named(ANYBODY, keyword, new Page.Request(page, size));
  }

  private static List<AccountId> named(String keyword) {
    return named(keyword, 1, 20).rows().stream().map(Account::id).toList();
  }

  private static List<AccountId> known(String keyword) {
    return ids(world.search.known(ANYBODY, keyword, 20, 0));
  }

  private static List<AccountId> ids(List<Profile> profiles) {
    return profiles.stream().map(profile -> profile.account().id()).toList();
  }

  @Test
  void displayName_isFoundByAnyPart_newestFirst_neverTheHiddenOrDeleted() {
    assertEquals(List.of(phone, joanna, anna, ann), named("aNN"));
    assertEquals(List.of(joanna, anna), named("ａｎｎａ"));
    assertEquals(List.of(phone), named("ey a"));
    assertEquals(List.of(), named("annoy"));
    assertEquals(List.of(), named("annul"));
    assertEquals(List.of(), named("13800138000"), "no display name any more");
    assertEquals(List.of(admin, percent, phone, joanna, anna, ann), named(""));
    assertEquals(world.accounts.require(joanna), named("joa", 1, 20).rows().getFirst());
  }

  @Test
  void loginName_isFoundByAnyPart_whereItIsAUsernameOrNickname() {
    assertEquals(List.of(joanna, anna, ann), known("aNN"));
    assertEquals(List.of(), known("13800138000"));
    assertEquals(List.of(), known("phoney"));
    assertEquals(List.of(), known("annoy"));
    assertEquals(
        List.of(world.accounts.requireProfile(joanna)),
        world.search.known(ANYBODY, "oanna", 20, 0));
    assertEquals(List.of(anna), ids(world.search.known(ANYBODY, "ann", 1, 1)));
  }

  @Test
  void whatIsAPatternElsewhere_standsForItself() {
    for (String keyword : List.of("50%", "% off", "off_", "_!", "!")) {
      assertEquals(List.of(percent), named(keyword), keyword);
      assertEquals(List.of(percent), known(keyword), keyword);
      assertEquals(List.of(percent), found(keyword, 20), keyword);
    }
  }

  @Test
  void pages_sayHowManyThereAreInAll() {
    Page<Account> first = named("ann", 1, 3);
    assertEquals(List.of(phone, joanna, anna), first.rows().stream().map(Account::id).toList());
    assertEquals(1, first.page());
    assertEquals(3, first.pageSize());
    assertEquals(4, first.totalRows());
    Page<Account> second = named("ann", 2, 3);
    assertEquals(List.of(ann), second.rows().stream().map(Account::id).toList());
    assertEquals(4, second.totalRows());
    assertEquals(4, named("ann", 2, 2).totalRows(), "a last page that is full");
    assertEquals(List.of(), named("ann", 9, 3).rows());
    assertEquals(4, named("ann", 9, 3).totalRows(), "behind the last");
    assertEquals(4, named("ann", 1, 5).totalRows());
    assertEquals(0, named("nobody", 1, 5).totalRows());
    assertEquals(0, named("nobody", 2, 5).totalRows());
  }

  private static Slice<Profile> list(AccountSearch.Filter filter, String cursor, int rows) {
    return world.search.list(ANYBODY, filter, new Slice.Request(cursor, rows));
  }

  private static List<AccountId> all(AccountSearch.Filter filter, int rows) {
    List<AccountId> found = new ArrayList<>();
    String cursor = "";
    do {
      Slice<Profile> part = list(filter, cursor, rows);
      assertTrue(part.rows().size() <= rows);
      found.addAll(ids(part.rows()));
      cursor = part.next();
    } while (!cursor.isEmpty());
    return found;
  }

  private static List<AccountId> found(String keyword, int rows) {
    return all(new AccountSearch.Filter(keyword, false, false), rows);
  }

  @Test
  void operators_findWhateverThereIs_byIdByLoginNameAndByDisplayName() {
    assertEquals(
        List.of(admin, percent, phone, deleted, disabled, joanna, anna, ann), found("", 20));
    assertEquals(found("", 20), found("  ", 20));
    assertEquals(List.of(phone, deleted, disabled, joanna, anna, ann), found("ann", 20));
    assertEquals(List.of(phone), found("138001", 20));
    assertEquals(List.of(), found("38001", 20), "no beginning");
    assertEquals(List.of(joanna), found(" " + joanna.value() + " ", 20));
    assertEquals(List.of(), found("9" + "0".repeat(18), 20), "no id has so many digits");
    assertEquals(List.of(), found(Long.toString(NOBODY.value()), 20));
    Profile profile =
        list(new AccountSearch.Filter("joanna", false, false), "", 20).rows().getFirst();
    assertEquals(world.accounts.requireProfile(joanna), profile);
  }

  @Test
  void operators_chooseTheDisabledAndTheAdmins() {
    assertEquals(List.of(disabled), all(new AccountSearch.Filter("", true, false), 20));
    assertEquals(List.of(admin), all(new AccountSearch.Filter("", false, true), 20));
    assertEquals(List.of(), all(new AccountSearch.Filter("", true, true), 20));
    assertEquals(List.of(), all(new AccountSearch.Filter("joanna", true, false), 20));
    assertEquals(List.of(), all(new AccountSearch.Filter("joanna", false, true), 20));
  }

  @Test
  void parts_goOnBehindOneAnother_whateverTheirSize() {
    List<AccountId> whole = found("", 20);
    for (int rows = 1; rows <= whole.size() + 1; rows++) {
      assertEquals(whole, found("", rows), "by " + rows);
    }
    Slice<Profile> first = list(new AccountSearch.Filter("", false, false), "", 3);
    assertEquals(Cursor.of(phone.value()), first.next());
    assertEquals("", list(new AccountSearch.Filter("", false, false), "", 8).next());
    refused(
        FaultCode.INVALID_FIELD, () -> list(new AccountSearch.Filter("", false, false), "1.2", 3));
  }

  @Test
  void reading_allOfThem_isUpwards() {
    assertEquals(List.of(ann, anna, joanna), ids(world.search.after(0, 3)));
    List<Profile> last = world.search.after(phone.value(), 9);
    assertEquals(List.of(percent, admin), ids(last));
    assertEquals(Map.of(AliasKind.USERNAME, "50% off_!"), last.getFirst().names());
    assertEquals(List.of(), world.search.after(admin.value(), 9));
  }

  @Test
  void oneThatIsAskedForById_isThereEvenDisabledOrDeleted() {
    assertEquals(world.accounts.requireProfile(ann), world.search.require(ann));
    assertEquals(disabled, world.search.require(disabled).account().id());
    assertEquals(deleted, world.search.require(deleted).account().id());
    assertEquals(
        "no account " + NOBODY,
        refused(FaultCode.NO_SUCH_ACCOUNT, () -> world.search.require(NOBODY)));
  }

  @Test
  void keyword_hasSoManyCharacters() {
    String longest = "x".repeat(128);
    assertEquals(List.of(), named(longest));
    assertEquals(List.of(), known(longest));
    assertEquals(List.of(), found(longest, 1));
    for (Runnable call :
        List.<Runnable>of(
            () -> named(longest + "x"),
            () -> known(longest + "x"),
            () -> found(longest + "x", 1))) {
      assertTrue(refused(FaultCode.TOO_LARGE, call).startsWith("keyword: "));
    }
  }
}
