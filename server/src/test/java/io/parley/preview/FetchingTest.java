package io.parley.preview;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import com.linecorp.armeria.common.TlsKeyPair;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pages of a real server on this machine, which the rules of a test allow, and whatever hostile
/// ones do.
class FetchingTest {
  private static final String TITLED = "<html><head><title>A page</title></head></html>";
  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n".getBytes(StandardCharsets.US_ASCII);

  private final List<String> resolved = new CopyOnWriteArrayList<>();
  private TestSite site;

  @BeforeEach
  void openSite() throws IOException {
    site = new TestSite();
  }

  @AfterEach
  void closeSite() {
    site.close();
  }

  /// This machine's loopback passes under the name of the site only.
  private Fetching.Rules rules() {
    return new Fetching.Rules(Set.of(site.port()), InetAddress::isLoopbackAddress, this::resolve);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    resolved.add(host);
    return new InetAddress[] {
      host.equals("site.example")
          ? InetAddress.ofLiteral("127.0.0.1")
          : InetAddress.ofLiteral("10.1.2.3")
    };
  }

  private Fetching.Found fetch(String path) throws IOException {
    return new Fetching(rules(), URI.create(site.at(path))).run().orElseThrow();
  }

  private void refused(String path) {
    assertThrows(IOException.class, () -> fetch(path));
  }

  private static OutputStream head(OutputStream out, String more) throws IOException {
    out.write(HEAD);
    out.write((more + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return out;
  }

  @Test
  void whatAPageSaysOfItself_isFound_withItsPicture() throws IOException {
    site.html(
        "/page",
        "<meta property=og:title content='The  title\n"
            + " of it'><title>other</title><meta property=og:description content=Words><meta"
            + " property=og:site_name content=Site><meta property=og:image content='/picture'>");
    site.put("/picture", TestSite.answer("image/png", new byte[] {1, 2, 3}));
    Fetching.Found found = fetch("/page");
    assertEquals("The title of it", found.page().title());
    assertEquals("Words", found.page().description());
    assertEquals("Site", found.page().site());
    assertArrayEquals(new byte[] {1, 2, 3}, found.picture());
  }

  @Test
  void theRequest_saysNothingOfAnybody() throws IOException {
    site.html("/page?q=1", TITLED);
    fetch("/page?q=1");
    String head = site.requests().getFirst();
    assertTrue(head.startsWith("GET /page?q=1 HTTP/1.1\r\nHost: site.example:"), head);
    assertTrue(head.contains("User-Agent: ParleyLinkPreview/1.0\r\n"), head);
    assertFalse(head.toLowerCase(Locale.ROOT).contains("cookie"), head);
    assertFalse(head.toLowerCase(Locale.ROOT).contains("referer"), head);
  }

  @Test
  void privateAddresses_areNotConnectedTo_underWhateverName() {
    for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::1]", "0.0.0.0")) {
      Fetching fetching =
          new Fetching(
              new Fetching.Rules(Set.of(site.port()), Guard::isPublic, InetAddress::getAllByName),
              URI.create("http://" + host + ":" + site.port() + "/page"));
      assertThrows(IOException.class, fetching::run, host);
    }
    assertEquals(List.of(), site.requests());
  }

  @Test
  void aNameThatIsAnsweredOtherwiseTheSecondTime_isNotAskedTwice() throws IOException {
    site.html("/page", TITLED);
    List<String> answers = new CopyOnWriteArrayList<>();
    Fetching.Resolver rebinding =
        host -> {
          answers.add(host);
          return new InetAddress[] {
            InetAddress.ofLiteral(answers.size() == 1 ? "127.0.0.1" : "10.0.0.1")
          };
        };
    Fetching.Rules rules =
        new Fetching.Rules(Set.of(site.port()), InetAddress::isLoopbackAddress, rebinding);
    assertEquals(
        "A page",
        new Fetching(rules, URI.create(site.at("/page"))).run().orElseThrow().page().title());
    assertEquals(List.of("site.example"), answers);
  }

  @Test
  void aCertificateThatNobodyVouchesFor_isRefused_andNothingIsAsked() throws Exception {
    TlsKeyPair pair = TlsKeyPair.ofSelfSigned("site.example");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "site",
        pair.privateKey(),
        new char[0],
        pair.certificateChain().toArray(new X509Certificate[0]));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    try (TestSite secured = new TestSite(context.getServerSocketFactory().createServerSocket(0))) {
      secured.html("/page", TITLED);
      Fetching fetching =
          new Fetching(
              new Fetching.Rules(
                  Set.of(secured.port()), InetAddress::isLoopbackAddress, this::resolve),
              URI.create("https://site.example:" + secured.port() + "/page"));
      assertThrows(SSLHandshakeException.class, fetching::run);
      assertEquals(List.of(), secured.requests());
    }
  }

  @Test
  void otherPorts_areNotAsked() {
    Fetching.Rules rules =
        new Fetching.Rules(Set.of(80, 443), InetAddress::isLoopbackAddress, this::resolve);
    Fetching fetching = new Fetching(rules, URI.create(site.at("/page")));
    assertThrows(IOException.class, fetching::run);
    assertEquals(List.of(), resolved);
  }

  @Test
  void redirects_areFollowedThreeTimes_andNoFurther() throws IOException {
    site.html("/0", TITLED);
    for (int i = 1; i <= 4; i++) {
      site.redirect("/" + i, "/" + (i - 1));
    }
    assertEquals(URI.create(site.at("/0")), fetch("/3").at());
    refused("/4");
    site.redirect("/loop", "/loop");
    refused("/loop");
  }

  @Test
  void aRedirectToAPrivateAddressOrPortOrScheme_isRefused() {
    site.redirect("/inside", "http://inside.example:" + site.port() + "/0");
    site.redirect("/port", "http://site.example:1/");
    site.redirect("/file", "file:///etc/passwd");
    refused("/inside");
    refused("/port");
    refused("/file");
    assertTrue(resolved.contains("inside.example"));
    assertEquals(3, site.requests().size());
  }

  @Test
  void thePictureOfAPrivateAddress_isLeftOut() throws IOException {
    site.html(
        "/page",
        "<title>t</title><meta property=og:image content='http://inside.example:"
            + site.port()
            + "/p'>");
    assertNull(fetch("/page").picture());
    assertEquals(1, site.requests().size());
  }

  @Test
  void whatIsNoPage_isRefused() {
    site.put("/json", TestSite.answer("application/json", "{}".getBytes(StandardCharsets.UTF_8)));
    refused("/json");
    refused("/missing");
    site.put("/noise", out -> out.write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII)));
    refused("/noise");
    site.put("/br", out -> head(out, "Content-Encoding: br\r\n").write(1));
    refused("/br");
  }

  @Test
  void aBodyWithoutEnd_isReadToTheLimit() throws IOException {
    site.put(
        "/endless",
        out -> {
          head(out, "").write(TITLED.getBytes(StandardCharsets.UTF_8));
          byte[] part = "<p>on and on</p>".repeat(500).getBytes(StandardCharsets.UTF_8);
          while (true) {
            out.write(part);
          }
        });
    assertEquals("A page", fetch("/endless").page().title());
  }

  @Test
  void aHeadWithoutEnd_isRefused() {
    site.put(
        "/head",
        out -> {
          out.write(HEAD);
          byte[] field = ("X: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
          while (true) {
            out.write(field);
          }
        });
    refused("/head");
  }

  @Test
  void whatUnfoldsToFarMore_isReadToTheLimit() throws IOException {
    byte[] bomb =
        TestSite.gzip((TITLED + "<p>" + " ".repeat(200_000_000)).getBytes(StandardCharsets.UTF_8));
    site.put(
        "/bomb",
        out ->
            head(out, "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n")
                .write(bomb));
    assertEquals("A page", fetch("/bomb").page().title());
  }

  @Test
  void aConnectionThatStaysOpen_isNotWaitedFor() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    site.put(
        "/open",
        out -> {
          TestSite.answer("text/html", TITLED.getBytes(StandardCharsets.UTF_8)).write(out);
          out.flush();
          Uninterruptibles.awaitUninterruptibly(read);
        });
    assertEquals("A page", fetch("/open").page().title());
    read.countDown();
    site.put("/long", out -> head(out, "Content-Length: 1x\r\n").write(1));
    refused("/long");
  }

  @Test
  void chunks_arePutTogether_andHalfAPageIsOne() throws IOException {
    site.put(
        "/chunks",
        out ->
            head(out, "Transfer-Encoding: chunked\r\n")
                .write(
                    "7\r\n<title>\r\n4;x=y\r\nPart\r\n0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
    assertEquals("Part", fetch("/chunks").page().title());
    site.put(
        "/cut",
        out ->
            head(out, "Transfer-Encoding: chunked\r\n")
                .write("ff\r\n<title>Half</title>".getBytes(StandardCharsets.US_ASCII)));
    assertEquals("Half", fetch("/cut").page().title());
    site.put(
        "/bad",
        out ->
            head(out, "Transfer-Encoding: chunked\r\n")
                .write("-1\r\n<title>".getBytes(StandardCharsets.US_ASCII)));
    refused("/bad");
  }

  @Test
  void titles_areOneLineOfPlainText_ofABoundedLength() throws IOException {
    site.html("/script", "<title>&lt;script>alert(1)&lt;/script> \u202Eevil\u0007 x</title>");
    assertEquals("<script>alert(1)</script> evil x", fetch("/script").page().title());
    site.html("/huge", "<title>" + "长".repeat(100_000) + "</title>");
    assertEquals(200, fetch("/huge").page().title().codePointCount(0, 200));
    site.html("/none", "<p>no title</p>");
    assertTrue(new Fetching(rules(), URI.create(site.at("/none"))).run().isEmpty());
  }

  @Test
  void deepNesting_isRead() throws IOException {
    site.html("/deep", TITLED + "<div>".repeat(80_000));
    assertEquals("A page", fetch("/deep").page().title());
  }

  @Test
  void charsets_areThoseOfTheAnswer_orOfThePage() throws IOException {
    byte[] gbk = "<meta charset=gbk><title>你好</title>".getBytes(Charset.forName("GBK"));
    site.put("/meta", TestSite.answer("text/html", gbk));
    assertEquals("你好", fetch("/meta").page().title());
    site.put("/field", TestSite.answer("text/html; charset=\"GBK\"", gbk));
    assertEquals("你好", fetch("/field").page().title());
    site.put("/odd", TestSite.answer("text/html; charset=nonsense", gbk));
    assertEquals("你好", fetch("/odd").page().title());
  }

  @Test
  void aborting_endsWhatDrips() throws Exception {
    site.put(
        "/drip",
        out -> {
          head(out, "");
          while (true) {
            out.write(' ');
            out.flush();
            LockSupport.parkNanos(20_000_000);
          }
        });
    Fetching fetching = new Fetching(rules(), URI.create(site.at("/drip")));
    Thread thread = Thread.startVirtualThread(() -> assertThrows(IOException.class, fetching::run));
    while (site.requests().isEmpty()) {
      Thread.onSpinWait();
    }
    fetching.abort();
    thread.join();
    Fetching early = new Fetching(rules(), URI.create(site.at("/drip")));
    early.abort();
    assertThrows(IOException.class, early::run);
    assertEquals(1, site.requests().size());
  }
}
