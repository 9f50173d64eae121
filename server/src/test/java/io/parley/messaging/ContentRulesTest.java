package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import org.junit.jupiter.api.Test;

class ContentRulesTest {
  private final ContentRules rules = new ContentRules(TestLimits.defaults());

  @Test
  void whatNobodyCanSee_isEmpty() {
    refused(new Content.Text("\u3164\u200b"));
    refused(new Content.Text(" \u2800\n"));
    refused(new Content.Face("\ufe0f"));
    refused(new Content.File(1, "\u2060", "/media/a"));
    rules.check(new Content.Text("\u200b👋"));
  }

  @Test
  void fileName_doesNotTurnItsEndRound() {
    refused(new Content.File(1, "invoice\u202egnp.exe", "/media/a"));
    rules.check(new Content.File(1, "חשבון\u200f.pdf", "/media/a"));
  }

  @Test
  void eachField_isRefusedByItsName_justOverItsLimit() {
    String long2049 = "/" + "a".repeat(2048);
    rules.check(new Content.Text("a".repeat(8000)));
    named("text.content", FaultCode.TOO_LARGE, new Content.Text("a".repeat(8001)));
    named("text.content", FaultCode.TOO_LARGE, new Content.Text("👋".repeat(8001)));
    rules.check(new Content.Text("👋".repeat(8000)));
    named("text.content", FaultCode.INVALID_FIELD, new Content.Text("a\0"));
    rules.check(new Content.Location("", 90, -180, "", "x".repeat(1000)));
    named("location.lat", FaultCode.INVALID_FIELD, location(90.1, 0));
    named("location.lat", FaultCode.INVALID_FIELD, location(Double.NaN, 0));
    named("location.lng", FaultCode.INVALID_FIELD, location(0, -180.1));
    named(
        "location.cover_image",
        FaultCode.INVALID_FIELD,
        new Content.Location("javascript:x", 0, 0, "", ""));
    named("location.map_link", FaultCode.TOO_LARGE, new Content.Location("", 0, 0, long2049, ""));
    named("location.desc", FaultCode.INVALID_FIELD, new Content.Location("", 0, 0, "", "\n"));
    named("face.symbol", FaultCode.INVALID_FIELD, new Content.Face("\u007f"));
    rules.check(new Content.Face("a b"));
  }

  @Test
  void eachFieldOfAnUpload_isRefusedByItsName_justOverItsLimit() {
    String url = "/media/a";
    String long2049 = "/" + "a".repeat(2048);
    rules.check(new Content.Sound(url, 0, 0));
    named("sound.url", FaultCode.INVALID_FIELD, new Content.Sound(" ", 0, 0));
    named("sound.size", FaultCode.INVALID_FIELD, new Content.Sound(url, -1, 0));
    named("sound.seconds", FaultCode.INVALID_FIELD, new Content.Sound(url, 0, -1));
    rules.check(new Content.Image(0, 0, 0, 0, 0, url));
    named("image.url", FaultCode.INVALID_FIELD, new Content.Image(0, 0, 0, 0, 0, ""));
    named("image.size", FaultCode.INVALID_FIELD, new Content.Image(0, 0, -1, 0, 0, url));
    named("image.width", FaultCode.INVALID_FIELD, new Content.Image(0, 0, 0, -1, 0, url));
    named("image.height", FaultCode.INVALID_FIELD, new Content.Image(0, 0, 0, 0, -1, url));
    named("file.url", FaultCode.INVALID_FIELD, new Content.File(0, "a", "javascript:x"));
    named("file.size", FaultCode.INVALID_FIELD, new Content.File(-1, "a", url));
    rules.check(new Content.Video(0, 0, url, "mp4", "", 0, 0, 1e6, 0));
    named("video.url", FaultCode.INVALID_FIELD, new Content.Video(0, 0, "", "", "", 0, 0, 0, 0));
    named(
        "video.thumb_url",
        FaultCode.TOO_LARGE,
        new Content.Video(0, 0, url, "", long2049, 0, 0, 0, 0));
    named(
        "video.format",
        FaultCode.TOO_LARGE,
        new Content.Video(0, 0, url, "x".repeat(33), "", 0, 0, 0, 0));
    named("video.size", FaultCode.INVALID_FIELD, new Content.Video(-1, 0, url, "", "", 0, 0, 0, 0));
    named(
        "video.seconds",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, -1, url, "", "", 0, 0, 0, 0));
    named(
        "video.thumb_size",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, 0, url, "", "", -1, 0, 0, 0));
    named(
        "video.thumb_width",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, 0, url, "", "", 0, -1, 0, 0));
    named(
        "video.thumb_width",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, 0, url, "", "", 0, 1e7, 0, 0));
    named(
        "video.thumb_height",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, 0, url, "", "", 0, 0, -1, 0));
    named(
        "video.thumb_height",
        FaultCode.INVALID_FIELD,
        new Content.Video(0, 0, url, "", "", 0, 0, 1e7, 0));
  }

  private static Content location(double lat, double lng) {
    return new Content.Location("", lat, lng, "", "");
  }

  private void named(String field, FaultCode code, Content content) {
    Fault fault = assertThrows(Fault.class, () -> rules.check(content), field);
    assertEquals(code, fault.code(), field);
    assertTrue(fault.text().startsWith(field + ":"), fault.text());
  }

  private void refused(Content content) {
    Fault fault = assertThrows(Fault.class, () -> rules.check(content));
    assertEquals(FaultCode.INVALID_FIELD, fault.code());
  }
}
