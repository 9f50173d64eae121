package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.ReactRequest;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.Message;
import io.parley.api.group.MemberRole;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// A group of five plans its tea: Mira at a desk, 李雷 at a phone, three with programs of their own.
/// All see the same, in the same order, and the pictures of it are those that the READMEs show.
class GroupOfFiveTest {
  @TempDir private Path folder;

  @Test
  void five_makePlans_andAllHaveTheSameInTheSameOrder() throws IOException {
    try (TestServer server = TestServer.start(folder.resolve("data"));
        GrpcPerson ann = GrpcPerson.register(server, "Ann");
        GrpcPerson tom = GrpcPerson.register(server, "Tom");
        GrpcPerson yu = GrpcPerson.register(server, "小雨");
        Person mira = Person.arrive("Mira", server, server.url(), "en");
        Person lei = Person.arrive("李雷", server, server.url(), "zh-CN")) {
      mira.look(1280, 800);
      lei.look(390, 844);
      lei.prefer("dark");
      long group = mira.account().createGroup("Tea at five");
      mira.account().groupText(group, "Welcome! This is where we plan the teas.");
      for (GrpcPerson each : List.of(ann, tom, yu, lei.account())) {
        each.joinGroup(group);
      }
      var unused = mira.account().setRole(group, ann, MemberRole.ROLE_ADMIN);
      ann.text(mira.account().id(), "Did you see the garden?", "");
      yu.text(mira.account().id(), "周六见！", "");
      ChatSteps miras = new ChatSteps(mira);
      ChatSteps leis = new ChatSteps(lei);
      miras.openKey("group:" + group);
      leis.openKey("group:" + group);

      mira.say("The garden is open again. Saturday at five?");
      mira.sendPicture(Pictures.shaded(folder, 240, 110, 1));
      mira.awaitAllSent();
      ann.groupText(group, "Lovely. I bring the cake.");
      Message question = last(ann, group, "The garden is open again. Saturday at five?");
      for (GrpcPerson each : List.of(ann, tom, yu)) {
        react(each, question, "👍");
      }
      tom.groupText(group, "Half past, I come straight from the train.");
      lei.awaitText("Half past, I come straight from the train.");
      leis.reply(question.getSeq(), "五点半可以吗？");
      mira.awaitText("五点半可以吗？");
      miras.react(last(mira.account(), group, "五点半可以吗？").getSeq());
      mira.say("Half past five it is: the café in the garden, by the lake.");
      mira.awaitAllSent();
      long plan =
          last(ann, group, "Half past five it is: the café in the garden, by the lake.").getSeq();
      miras.choose(plan, "pin-message");
      leis.await("what is pinned", "[data-testid=pins-last][data-pinned-seq='" + plan + "']");
      yu.groupText(group, "好的，我带茶。");
      mira.awaitText("好的，我带茶。");
      lei.awaitText("好的，我带茶。");

      mira.until(
          "who writes",
          () -> {
            lei.find("composer").sendKeys("我");
            return !mira.all("[data-testid=typing]").isEmpty();
          });
      mira.screenshot("five-desk");
      lei.find("composer").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
      lei.screenshot("five-phone-dark-zh");
      List<String> seen = history(mira.account(), group);
      for (GrpcPerson each : List.of(ann, tom, yu, lei.account())) {
        List<String> theirs = history(each, group);
        assertEquals(seen.subList(seen.size() - theirs.size(), seen.size()), theirs);
      }
      assertEquals(mira.texts(), lei.texts());
      assertEquals(List.of(), mira.complaints());
      assertEquals(List.of(), lei.complaints());
    }
  }

  private static void react(GrpcPerson who, Message message, String symbol) {
    var unused =
        who.with(ChatServiceGrpc.newBlockingStub(who.channel()))
            .react(ReactRequest.newBuilder().setId(message.getId()).setSymbol(symbol).build());
  }

  private static Message last(GrpcPerson reader, long group, String text) {
    return messages(reader, group)
        .filter(each -> each.getText().getContent().equals(text))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static List<String> history(GrpcPerson reader, long group) {
    return messages(reader, group)
        .map(each -> each.getSeq() + " " + each.getSenderId() + " " + each.getText().getContent())
        .toList();
  }

  private static Stream<Message> messages(GrpcPerson reader, long group) {
    return reader
        .conversations()
        .history(HistoryRequest.newBuilder().setConversationId(group).setLimit(100).build())
        .getMessageList()
        .stream();
  }
}
