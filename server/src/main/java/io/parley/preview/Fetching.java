package io.parley.preview;

import io.parley.base.Bulkhead;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// One link being looked up: its page, and the page's picture.
///
/// A name is resolved here, once for each connection, and what is connected to is an address that
/// was looked at, so that no second answer of a name server counts. No connection is used twice;
/// no cookie, referrer or proxy has a part in it.
final class Fetching implements Bulkhead.Job<Optional<Fetching.Found>> {
  /// Of a page; what is behind is not read.
  static final int PAGE_BYTES_MAX = 524_288;

  /// Of a picture as it comes; a larger one is left out.
  static final int PICTURE_BYTES_MAX = 2_097_152;

  static final int REDIRECTS_MAX = 3;
  private static final int CONNECT_MS = 3_000;
  private static final int SILENCE_MS = 3_000;
  private static final String AGENT = "ParleyLinkPreview/1.0";

  /// Finds the addresses of a name.
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /// What may be connected to. Others than [#PUBLIC] are for tests.
  record Rules(Set<Integer> ports, Predicate<InetAddress> addresses, Resolver resolver) {
    static final Rules PUBLIC =
        new Rules(Set.of(80, 443), Guard::isPublic, InetAddress::getAllByName);
  }

  /// @param at where the page was, after redirects
  /// @param picture as it came; null for none
  record Found(URI at, Page page, byte @Nullable [] picture) {}

  private record Got(URI at, Answer answer) {}

  private final Rules rules;
  private final URI link;
  private volatile boolean aborted;
  private volatile @Nullable Found soFar;
  private volatile @Nullable Socket open;

  Fetching(Rules rules, URI link) {
    this.rules = rules;
    this.link = link;
  }

  @Override
  public void abort() {
    aborted = true;
    close(open);
  }

  /// Empty for a page that has no title.
  ///
  /// @throws IOException for everything that is not to be had, whatever the reason
  @Override
  public Optional<Found> run() throws IOException {
    try {
      Got got = get(link, "text/html,application/xhtml+xml");
      String type = got.answer().type();
      if (!type.equals("text/html") && !type.equals("application/xhtml+xml")) {
        throw new IOException("no page");
      }
      byte[] html = got.answer().body(PAGE_BYTES_MAX);
      Page page = Page.read(html, known(got.answer().charset()), got.at());
      if (page == null) {
        return Optional.empty();
      }
      soFar = new Found(got.at(), page, null);
      return Optional.of(new Found(got.at(), page, picture(page)));
    } finally {
      close(open);
    }
  }

  /// What was found until it was aborted; null for nothing.
  @Nullable Found soFar() {
    return soFar;
  }

  private byte @Nullable [] picture(Page page) {
    URI image = page.image();
    if (image == null) {
      return null;
    }
    try {
      Got got = get(image, "image/jpeg,image/png,image/webp,image/gif");
      if (!got.answer().type().startsWith("image/")) {
        return null;
      }
      byte[] bytes = got.answer().body(PICTURE_BYTES_MAX + 1);
      return bytes.length > PICTURE_BYTES_MAX ? null : bytes;
    } catch (IOException e) {
      // The page has its preview without it.
      return null;
    }
  }

  private static @Nullable String known(@Nullable String charset) {
    try {
      return charset != null && Charset.isSupported(charset) ? charset : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The answer behind all redirects, each of which is looked at like the first address.
  private Got get(URI from, String accept) throws IOException {
    URI at = from;
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      Answer answer = ask(at, accept);
      String location = answer.location();
      if (location == null) {
        if (!answer.isOk()) {
          throw new IOException("no such page");
        }
        return new Got(at, answer);
      }
      URI next = Link.resolve(at, location);
      if (next == null) {
        throw new IOException("sent nowhere");
      }
      at = next;
    }
    throw new IOException("sent on more than " + REDIRECTS_MAX + " times");
  }

  private Answer ask(URI at, String accept) throws IOException {
    boolean tls = at.getScheme().equals("https");
    int port = at.getPort() >= 0 ? at.getPort() : tls ? 443 : 80;
    if (!rules.ports().contains(port)) {
      throw new IOException("a port that is not asked");
    }
    Socket line = connect(address(at.getHost()), port);
    if (tls) {
      line = secured(line, at.getHost(), port);
    }
    String path = at.getRawPath() == null || at.getRawPath().isEmpty() ? "/" : at.getRawPath();
    String query = at.getRawQuery() == null ? "" : "?" + at.getRawQuery();
    String host = at.getHost() + (at.getPort() >= 0 ? ":" + port : "");
    String request =
        "GET %s%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: %s\r\n"
                .formatted(path, query, host, AGENT, accept)
            + "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n";
    line.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    line.getOutputStream().flush();
    return Answer.read(new BufferedInputStream(line.getInputStream()));
  }

  private InetAddress address(String host) throws IOException {
    for (InetAddress address : rules.resolver().resolve(host)) {
      if (rules.addresses().test(address)) {
        return address;
      }
    }
    throw new IOException("no address that is asked");
  }

  private Socket connect(InetAddress address, int port) throws IOException {
    close(open);
    Socket line = new Socket(Proxy.NO_PROXY);
    hold(line);
    line.setSoTimeout(SILENCE_MS);
    line.connect(new InetSocketAddress(address, port), CONNECT_MS);
    return line;
  }

  private Socket secured(Socket line, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured = (SSLSocket) factory.createSocket(line, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /// What is open is closed by whoever aborts, whichever comes first.
  private void hold(Socket line) throws IOException {
    open = line;
    if (aborted) {
      close(line);
      throw new IOException("takes too long");
    }
  }

  private static void close(@Nullable Closeable line) {
    if (line != null) {
      try {
        line.close();
      } catch (IOException e) {
        // It is closed as far as it can be.
        return;
      }
    }
  }
}
