package io.parley.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.harness.CoreWorld;
import io.parley.messaging.Content;
import io.parley.messaging.Draft;
import io.parley.messaging.Target;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who gets the preview of a link, what causes a fetch, and what is kept.
class PreviewsTest {
  private static final Map<String, String> LIMITS =
      Map.of("limits.previews_per_hour_max", "5", "limits.previews_kept_max", "3");

  @RegisterExtension private static final CoreWorld WORLD = new CoreWorld(LIMITS);

  private static int people;
  private final Caller ann = WORLD.somebody("reader" + people++);
  private final Caller bob = WORLD.somebody("reader" + people++);
  private TestSite site;
  private Previews previews;

  @BeforeEach
  void open() throws IOException {
    // What an earlier test left is older.
    WORLD.clock().advance(Duration.ofSeconds(1));
    site = new TestSite();
    previews = previews(true);
    site.html("/page", "<title>A page</title>");
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Previews previews(boolean enabled) {
    return new Previews(
            WORLD.core().platform,
            WORLD.core().messaging,
            WORLD.core().media,
            WORLD.limits(),
            new Fetching.Rules(
                Set.of(site.port()),
                InetAddress::isLoopbackAddress,
                host -> new InetAddress[] {InetAddress.getLoopbackAddress()}))
        .turnedOn(enabled);
  }

  private MessageId say(Caller from, Caller to, String text) {
    AccountId peer = to.requireAccount();
    Draft draft = new Draft(new Target.User(peer), List.of(), new Content.Text(text), "");
    return WORLD.core().messaging.sendAll(from, List.of(draft)).getFirst().id();
  }

  private @Nullable Preview of(Caller caller, MessageId id, String path) {
    return previews.of(caller, id, site.at(path));
  }

  @Test
  void theSenderCausesTheFetch_andTheReaderGetsWhatIsKept() {
    MessageId id = say(ann, bob, "look: " + site.at("/page") + " !");
    assertNull(of(bob, id, "/page"));
    assertEquals(List.of(), site.requests(), "nobody learns that he looked");
    assertEquals("A page", title(of(ann, id, "/page")));
    assertEquals("A page", title(of(bob, id, "/page")));
    assertEquals("A page", title(of(ann, id, "/page")));
    assertEquals(1, site.requests().size());
  }

  private static String title(@Nullable Preview preview) {
    return preview == null ? "" : preview.title();
  }

  @Test
  void whoMayNotReadTheMessage_andWhoNamesAnotherLink_getNothing() {
    MessageId id = say(ann, bob, "look: " + site.at("/page"));
    Caller eve = WORLD.somebody("reader" + people++);
    CoreWorld.refused(FaultCode.NOT_FOUND, () -> of(eve, id, "/page"));
    CoreWorld.refused(FaultCode.INVALID_FIELD, () -> of(ann, id, "/other"));
    CoreWorld.refused(FaultCode.INVALID_FIELD, () -> previews.of(ann, id, "look"));
    CoreWorld.refused(FaultCode.NOT_LOGGED_IN, () -> of(CoreWorld.NOBODY, id, "/page"));
    WORLD.core().messaging.recall(ann, id);
    CoreWorld.refused(FaultCode.INVALID_FIELD, () -> of(ann, id, "/page"));
    assertEquals(List.of(), site.requests());
  }

  @Test
  void offUnlessTurnedOn_nothingIsFetchedOrTold() {
    MessageId id = say(ann, bob, site.at("/page"));
    previews = previews(false);
    assertNull(of(ann, id, "/page"));
    assertEquals(List.of(), site.requests());
  }

  @Test
  void aFailure_isKeptForTenMinutes_andAPreviewForThirtyDays() {
    MessageId id = say(ann, bob, site.at("/later"));
    assertNull(of(ann, id, "/later"));
    site.html("/later", "<title>Now</title>");
    assertNull(of(ann, id, "/later"));
    assertEquals(1, site.requests().size());
    WORLD.clock().advance(Duration.ofMinutes(10).plusSeconds(1));
    assertEquals("Now", title(of(ann, id, "/later")));
    site.html("/later", "<title>Changed</title>");
    WORLD.clock().advance(Duration.ofDays(29));
    assertEquals("Now", title(of(ann, id, "/later")));
    WORLD.clock().advance(Duration.ofDays(2));
    assertEquals("", title(of(bob, id, "/later")));
    assertEquals("Changed", title(of(ann, id, "/later")));
  }

  @Test
  void thePicture_isSmall_andEncodedAnew() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1000, 500, BufferedImage.TYPE_INT_RGB), "png", png);
    site.put("/p", TestSite.answer("image/png", png.toByteArray()));
    site.put("/broken", TestSite.answer("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
    site.html("/page", "<title>t</title><meta property=og:image content=/p>");
    site.html("/bad", "<title>t</title><meta property=og:image content=/broken>");
    Preview preview = of(ann, say(ann, bob, site.at("/page")), "/page");
    Preview.Image image = preview == null ? null : preview.image();
    assertNotNull(image);
    assertEquals(320, image.width());
    assertEquals(160, image.height());
    assertTrue(image.bytes().length < png.size() + 40_960);
    Preview bad = of(ann, say(ann, bob, site.at("/bad")), "/bad");
    assertNotNull(bad);
    assertNull(bad.image());
  }

  @Test
  void whatDrips_isGivenUpAfterFiveSeconds_withWhatWasFoundByThen() {
    site.put(
        "/drip",
        out -> {
          while (true) {
            out.write('x');
            out.flush();
            LockSupport.parkNanos(100_000_000);
          }
        });
    assertNull(of(ann, say(ann, bob, site.at("/drip")), "/drip"));
    site.html("/page", "<title>t</title><meta property=og:image content=/drip>");
    Preview preview = of(ann, say(ann, bob, site.at("/page")), "/page");
    assertEquals("t", title(preview));
  }

  @Test
  void oneAccount_asksSoOftenAnHourOnly() {
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(say(ann, bob, site.at("/" + i)));
    }
    for (int i = 0; i < 5; i++) {
      assertNull(of(ann, ids.get(i), "/" + i));
    }
    String said = CoreWorld.refused(FaultCode.THROTTLED, () -> of(ann, ids.get(5), "/5"));
    assertTrue(said.contains("limits.previews_per_hour_max = 5"), said);
  }

  @Test
  void noMoreAreKept_thanTheLimit() {
    for (int i = 0; i < 4; i++) {
      String path = "/kept" + i;
      site.html(path, "<title>" + i + "</title>");
      assertEquals("" + i, title(of(ann, say(ann, bob, site.at(path)), path)));
      WORLD.clock().advance(Duration.ofSeconds(1));
    }
    assertEquals(
        3L, WORLD.core().db.read(tx -> tx.number("SELECT count(*) FROM link_preview")).longValue());
  }

  @Test
  void oneAccount_hasTwoFetchesAtATime() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    site.put(
        "/slow",
        out -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          TestSite.answer("text/html", new byte[0]).write(out);
        });
    MessageId id = say(ann, bob, site.at("/slow"));
    AtomicInteger done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                if (of(ann, id, "/slow") == null) {
                  done.incrementAndGet();
                }
              }));
    }
    while (site.requests().size() < 2) {
      Thread.onSpinWait();
    }
    CoreWorld.refused(FaultCode.BUSY, () -> of(ann, id, "/slow"));
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(2, done.get());
  }
}
