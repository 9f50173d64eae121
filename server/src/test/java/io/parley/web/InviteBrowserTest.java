package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.parley.api.invite.CreateInviteRequest;
import io.parley.api.invite.Invite;
import io.parley.api.invite.InviteKind;
import io.parley.api.invite.InviteServiceGrpc;
import io.parley.api.invite.RevokeInviteRequest;
import io.parley.harness.GrpcPerson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/// Links that bring people here: made, shown as a QR code, opened by somebody new, taken back.
class InviteBrowserTest extends TwoPeople {
  @Test
  void linkIntoGroup_isOpenedByNewcomer_whoRegistersAndIsIn() throws Exception {
    long group = mira.account().createGroup("Tea at five");
    mira.driver().get(server.url() + "/#people/group/" + group);
    mira.click("invite-by-link");
    mira.click("make-invite");
    String link = linkOf(mira);
    assertEquals(link, scanned(mira));
    assertEquals(List.of(), mira.barriers());
    Looks.shoot(mira, "invite-made");
    try (Person cat = Person.sitDown("Cat-" + group, server.url(), "zh-CN")) {
      cat.driver().get(link);
      cat.until("whose it is", () -> cat.textOf("invite-card").contains("Tea at five"));
      assertTrue(cat.textOf("invite-card").contains(mira.name()));
      assertEquals(List.of(), cat.barriers());
      Looks.shoot(cat, "invite-newcomer");
      cat.find("register-form");
      cat.find("nickname").sendKeys(cat.name());
      cat.find("password").sendKeys("a new secret");
      cat.click("submit");
      cat.until("the group", () -> cat.driver().getCurrentUrl().endsWith("#group:" + group));
      assertEquals(List.of(), cat.complaints());
    }
    assertEquals(2, mira.account().group(group).getMemberCount());
    assertNoComplaints();
  }

  @Test
  void linkToSomebody_isOpenedByWhoIsSignedIn_andTheyAreFriends() throws IOException {
    Invite invite = invite(mira.account());
    lei.driver().get(invite.getLink());
    lei.until("whose it is", () -> lei.textOf("invite-card").contains(mira.name()));
    Looks.shoot(lei, "invite-opened");
    lei.click("invite-accept");
    lei.until(
        "their chat", () -> lei.driver().getCurrentUrl().endsWith("#user:" + mira.account().id()));
    assertNoComplaints();
  }

  @Test
  void revokedLink_saysSo_inTheReadersLanguage() throws IOException {
    Invite invite = invite(mira.account());
    revoke(invite);
    lei.driver().get(invite.getLink());
    lei.until("why", () -> lei.textOf("invite-bad").contains("这个链接已被撤销。"));
    assertEquals(List.of(), lei.all("[data-testid=invite-accept]"));
    assertEquals(List.of(), lei.barriers());
    Looks.shoot(lei, "invite-revoked");
    assertNoComplaints();
  }

  @Test
  void linkThatEndsWhileTheFormIsOpen_isTold_andTheNextTryDoesWithout() {
    Invite invite = invite(mira.account());
    try (Person dan = Person.sitDown("Dan-" + invite.getId(), server.url(), "en")) {
      dan.driver().get(invite.getLink());
      dan.find("register-form");
      revoke(invite);
      dan.find("nickname").sendKeys(dan.name());
      dan.find("password").sendKeys("a new secret");
      dan.click("submit");
      dan.until("why", () -> dan.textOf("fault").equals("This link was taken back."));
      dan.click("submit");
      dan.until("the reason again", () -> dan.textOf("invite-bad").contains("taken back"));
      dan.click("invite-later");
      dan.find("new-chat");
    }
    assertNoComplaints();
  }

  @Test
  void emptyListOnAPhone_showsALinkToSend() throws Exception {
    lei.look(390, 844);
    lei.click("first-invite");
    String link = linkOf(lei);
    assertEquals(link, scanned(lei));
    assertEquals(List.of(), lei.barriers());
    Looks.shoot(lei, "invite-first");
    lei.reload();
    lei.click("first-invite");
    assertEquals(link, linkOf(lei));
    assertNoComplaints();
  }

  private static Invite invite(GrpcPerson maker) {
    return maker
        .with(InviteServiceGrpc.newBlockingStub(maker.channel()))
        .createInvite(CreateInviteRequest.newBuilder().setKind(InviteKind.INVITE_PERSON).build())
        .getInvite();
  }

  private void revoke(Invite invite) {
    mira.account()
        .with(InviteServiceGrpc.newBlockingStub(mira.account().channel()))
        .revokeInvite(RevokeInviteRequest.newBuilder().setId(invite.getId()).build());
  }

  private static String linkOf(Person person) {
    return Objects.requireNonNull(person.find("invite-link").getDomProperty("value"));
  }

  /// What a phone's camera would read off the screen.
  private static String scanned(Person person) throws IOException, ReaderException {
    byte[] png = person.find("invite-qr").getScreenshotAs(OutputType.BYTES);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
        .getText();
  }
}
