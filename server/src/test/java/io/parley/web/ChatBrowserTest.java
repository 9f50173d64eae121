package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The chat in real browsers: 李雷's hangs on a cable that can be cut.
class ChatBrowserTest extends TwoPeople {
  private static final int MANY = 10_000;

  private final Cable cable;
  private ChatSteps miras;
  private ChatSteps leis;

  ChatBrowserTest() throws IOException {
    cable = new Cable();
  }

  @Override
  TestServer serve(Path data) throws IOException {
    TestServer started = TestServer.start(data, Map.of("server.allowed_origins", cable.url()));
    cable.plugInto(started.port());
    return started;
  }

  @Override
  String leisUrl() {
    return cable.url();
  }

  @AfterAll
  void unplug() throws IOException {
    cable.close();
  }

  @BeforeEach
  void takeSteps() {
    miras = new ChatSteps(mira);
    leis = new ChatSteps(lei);
  }

  @AfterEach
  void mendCable() throws IOException {
    cable.mend();
  }

  @Test
  void linkAndSticker_areSent_andSeenByTheOther() throws IOException {
    mira.startChatWith(lei);
    mira.say("Look: https://example.com/a?b=c.");
    mira.click("faces");
    mira.find("faces-hearts");
    mira.screenshot("chat-faces");
    mira.find("composer").click();
    miras.sendSticker("love");
    miras.awaitKinds(List.of("text", "face"));
    lei.openChatWith(mira);
    leis.awaitKinds(List.of("text", "face"));
    leis.await("the link", ".text a[href='https://example.com/a?b=c']");
    leis.await("the sticker", "[data-sticker=love]");
    assertNoComplaints();
  }

  @Test
  void pictures_areSent_andLookedThroughByTheOther() throws IOException {
    mira.startChatWith(lei);
    miras.pick(
        "file",
        List.of(Pictures.shaded(folder, 400, 240, 1), Pictures.shaded(folder, 200, 300, 2)));
    mira.screenshot("chat-files");
    assertEquals(List.of(), mira.barriers());
    miras.sendOffered();
    miras.awaitKinds(List.of("image", "image"));
    lei.openChatWith(mira);
    lei.awaitPicture(400);
    leis.click("[data-seq='1'] .picture");
    lei.until("the first picture", () -> lei.textOf("picture-count").equals("1 / 2"));
    lei.screenshot("chat-picture");
    lei.find("close-picture").sendKeys(Keys.ARROW_RIGHT);
    lei.until("the second picture", () -> lei.textOf("picture-count").equals("2 / 2"));
    lei.find("close-picture").sendKeys(Keys.ESCAPE);
    leis.awaitGone("viewer", ".picture-viewer");
    assertNoComplaints();
  }

  @Test
  void fileAndVoice_areSent_andOpenedByTheOther() throws IOException {
    mira.startChatWith(lei);
    miras.pick("file-any", List.of(textFile()));
    miras.sendOffered();
    miras.sendVoice(1);
    miras.awaitKinds(List.of("file", "sound"));
    lei.openChatWith(mira);
    leis.await("the file's name", ".card[download='notes.txt']");
    leis.click("[data-testid=play]");
    leis.await("the voice playing", "[data-testid=play][data-on=true]");
    leis.awaitGone("voice playing", "[data-testid=play][data-on=true]");
    assertNoComplaints();
  }

  @Test
  void videoAndPlace_areSent_andSeenByTheOther() throws IOException {
    mira.startChatWith(lei);
    miras.pickVideo();
    miras.sendOffered();
    miras.awaitKinds(List.of("video"));
    miras.sendPlace("31.230416", "121.473701", "The Bund");
    miras.awaitKinds(List.of("video", "location"));
    lei.openChatWith(mira);
    leis.await("a poster", "video[poster*='/media/']");
    leis.await("the map", "a[href^='https://www.openstreetmap.org/?mlat=31.23']");
    lei.look(390, 844);
    lei.prefer("dark");
    lei.screenshot("chat-kinds-phone-dark-zh");
    assertEquals(List.of(), lei.barriers());
    assertEquals(List.of(), mira.barriers());
    assertNoComplaints();
  }

  @Test
  void mention_isMarked_andCountsInAMutedChat() throws IOException {
    String group = miras.makeGroup("Tea at five", lei);
    mira.say("Shall we meet?");
    mira.awaitAllSent();
    leis.await("the group", "[data-key='" + group + "']");
    mira.find("composer").sendKeys("@李");
    mira.find("mention-option");
    mira.screenshot("chat-mention");
    assertEquals(List.of(), mira.barriers());
    mira.find("composer").sendKeys(Keys.ENTER, "what do you think?", Keys.ENTER);
    mira.awaitAllSent();
    leis.await("the mention's badge", "[data-testid=mentioned]");
    lei.awaitTitle("(2) Parley");
    leis.arrange(group, "mute");
    leis.await("the muted mark", "[data-key='" + group + "'][data-muted=true]");
    lei.awaitTitle("(1) Parley");
    leis.click("[data-key='" + group + "']");
    leis.await("the highlight", ".mention.me");
    assertNoComplaints();
  }

  @Test
  void message_isAnswered_reactedTo_andRewritten() throws IOException {
    openWithAnAnswer();
    miras.await("the answer", "[data-seq='2'] [data-quoted-seq='1']");
    miras.react(2);
    leis.await("the reaction", "[data-seq='2'] [data-testid=reaction][data-count='1']");
    leis.click("[data-seq='2'] [data-testid=reaction]");
    miras.await("both", "[data-seq='2'] [data-testid=reaction][data-count='2'][aria-pressed=true]");
    leis.edit(2, "五点半可以");
    miras.await("the mark of an edit", "[data-seq='2'] [data-testid=edited]");
    miras.await("what reacts still", "[data-seq='2'] [data-testid=reaction]");
    lei.prefer("dark");
    lei.screenshot("chat-words-dark-zh");
    assertEquals(List.of(), lei.barriers());
    assertNoComplaints();
  }

  @Test
  void message_tellsWhoHasReadIt_andWhoWritesBack() throws IOException {
    openWithAQuestion();
    miras.await("who has read it", "[data-testid=read-by][data-count='1']");
    mira.until(
        "who is typing",
        () -> {
          lei.find("composer").sendKeys("还");
          return !mira.all("[data-testid=typing]").isEmpty();
        });
    mira.screenshot("chat-words");
    assertEquals(List.of(), mira.barriers());
    miras.click("[data-seq='1'] [data-testid=message-menu]");
    mira.find("readers");
    mira.screenshot("chat-menu");
    assertEquals(List.of(), mira.barriers());
    mira.click("readers");
    mira.until("one reader", () -> mira.textOf("reader").contains(lei.name()));
    mira.click("close-dialog");
    assertNoComplaints();
  }

  @Test
  void recalledMessage_isGoneFromItsQuoteToo() throws IOException {
    openWithAnAnswer();
    mira.recall(1);
    leis.await("the recalled message", "[data-seq='1'][data-state=recalled]");
    lei.until("what the quote says", () -> leis.textIn("[data-quoted-seq='1']").contains("该消息已撤回"));
    lei.look(390, 844);
    lei.prefer("dark");
    lei.backToList();
    lei.screenshot("chat-list-phone-dark-zh");
    assertEquals(List.of(), lei.barriers());
    assertNoComplaints();
  }

  @Test
  void chat_isPinned_searched_andHidden() throws IOException {
    String group = groupOfBoth();
    miras.text(group, "Shall we meet?");
    miras.text(group, "What do you think?");
    miras.await("the group", "[data-key='" + group + "']");
    miras.arrange(group, "pin");
    miras.await("the pin", "[data-key='" + group + "'][data-pinned=true]");
    miras.search("what do you");
    miras.openFound();
    mira.screenshot("chat-search");
    assertEquals(List.of(), mira.barriers());
    mira.click("search-clear");
    miras.arrange(group, "hide");
    miras.awaitGone("hidden group", "[data-testid=conversation]");
    assertNoComplaints();
  }

  @Test
  void networkLost_whileTheOtherWrites_nothingIsTwiceOrOutOfOrder() throws IOException {
    mira.startChatWith(lei);
    mira.say("before");
    lei.openChatWith(mira);
    lei.awaitText("before");
    lei.say("got it");
    mira.awaitText("got it");
    mira.until("both ticks", () -> !mira.all("[data-seq='1'] [data-read=true]").isEmpty());
    leis.awaitShellKept();
    cable.cut();
    lei.awaitConnection("waiting");
    leis.pick("file-any", List.of(textFile()));
    leis.sendOffered();
    lei.click("cancel-upload");
    leis.awaitGone("file that waits", "[data-kind=file]");
    mira.say("while away 1");
    miras.edit(1, "before, edited");
    mira.say("while away 2");
    mira.awaitAllSent();
    lei.say("written offline");
    lei.reload();
    lei.awaitTexts(List.of("before", "got it"));
    leis.await("what waits to be sent", "[data-state=sending] .text");
    lei.screenshot("chat-offline-zh");
    cable.mend();
    List<String> all =
        List.of("before, edited", "got it", "while away 1", "while away 2", "written offline");
    lei.awaitTexts(all);
    lei.awaitSeqs(5);
    mira.awaitTexts(all);
    mira.awaitSeqs(5);
    lei.awaitAllSent();
    assertEquals(
        List.of(),
        lei.complaints().stream().filter(each -> !each.contains("ERR_CONNECTION")).toList());
    lei.signOut();
    assertEquals(List.of(), leis.keptDatabases());
    assertEquals(List.of(), mira.complaints());
  }

  @Test
  void tenThousandMessages_stayLight() throws IOException {
    GrpcPerson reader = GrpcPerson.register(server, "Reader");
    try (GrpcPerson writer = GrpcPerson.register(server, "Writer");
        Person kim = Person.sitDown("Reader", server.url(), "en")) {
      ChatSteps.fill(writer, reader.id(), MANY);
      leis.await("nothing", ".conversations .empty");
      kim.enter(reader);
      ChatSteps kims = new ChatSteps(kim);
      kims.click("[data-testid=conversation]");
      kims.search("message 1234");
      kims.openFound();
      kim.screenshot("chat-many");
      kim.click("search-clear");
      kim.click("jump");
      kim.awaitText("message " + MANY);
      kims.await("the newest message", "[data-seq='" + MANY + "']");
      judge(
          kims.scrollUpTo(MANY * 3 / 4),
          kims.scrollUpTo(MANY / 4),
          kims.scrollUpTo(1),
          kims.scrollDown(120));
      assertEquals(List.of(), kim.complaints());
    }
  }

  /// Whoever has scrolled past thousands pays no more for a step than at the start. What a step
  /// takes at all is the machine's affair: with everything in the page it would grow sevenfold.
  private static void judge(ChatSteps.Frames... legs) {
    List<ChatSteps.Frames> told = List.of(legs);
    System.out.println("scrolled through " + MANY + " messages: " + told);
    for (ChatSteps.Frames leg : legs) {
      assertTrue(leg.steps() > 10 && leg.cpuMs() > 0, told::toString);
      assertTrue(leg.rowsMax() < 200, told::toString);
      assertTrue(leg.ordered(), told::toString);
    }
    assertEquals(1, legs[2].firstSeq(), told::toString);
    assertTrue(legs[2].cpuMs() < 3 * legs[0].cpuMs(), told::toString);
  }

  @Override
  void assertNoComplaints() {
    super.assertNoComplaints();
    assertTrue(lei.all("[role=alert].fault").stream().noneMatch(each -> !each.getText().isEmpty()));
  }

  /// A group of Mira's with 李雷 in it; its key.
  /// Both look at a group of both, in which Mira has asked something.
  private void openWithAQuestion() {
    String group = groupOfBoth();
    miras.text(group, "Shall we meet?");
    miras.openKey(group);
    leis.openKey(group);
  }

  /// The same once 李雷 has answered her question.
  private void openWithAnAnswer() {
    openWithAQuestion();
    leis.reply(1, "五点可以");
    leis.await("the quote", "[data-seq='2'] [data-quoted-seq='1']");
  }

  private String groupOfBoth() {
    long id = mira.account().createGroup("Tea at five");
    var unused = lei.account().joinGroup(id);
    return "group:" + id;
  }

  private static Path textFile() throws IOException {
    return Files.writeString(folder.resolve("notes.txt"), "Some notes.\n".repeat(200));
  }
}
