package io.parley.config;

import io.parley.base.Cidr;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.partner.PartnerApp;
import io.parley.session.SessionPolicy;
import io.parley.session.Trust;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can be set, as one tree of records. What each key means, its default and its
/// unit stand in `parley.yaml`, which is also the layer of defaults; key `server.public_url` is
/// component `server().publicUrl()`.
public record Config(
    Server server,
    Data data,
    StoreKeys store,
    BusKeys bus,
    MediaKeys media,
    Mail mail,
    Web web,
    Security security,
    Signed signed,
    Phone phone,
    Feed feed,
    Previews previews,
    Limits limits) {

  public record Server(
      String host,
      int port,
      String managementHost,
      int managementPort,
      String publicUrl,
      List<String> allowedOrigins,
      List<String> trustedProxies,
      boolean explorerOnMainPort,
      Tls tls,
      int drainS) {
    /// @throws Invalid naming the block that is none
    public List<Cidr> proxies() {
      try {
        return trustedProxies.stream().map(Cidr::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new Invalid("server.trusted_proxies: " + e.getMessage());
      }
    }
  }

  public record Tls(String cert, String key) {
    public boolean on() {
      return !cert.isEmpty();
    }
  }

  public record Data(String dir) {
    public Path path() {
      return Path.of(dir).toAbsolutePath().normalize();
    }
  }

  public record BusKeys(String url, String prefix, int timeoutMs) {
    /// Whether there is only this node.
    public boolean isLocal() {
      return url.equals("local");
    }

    /// Without the URL: it may hold a password.
    @Override
    public String toString() {
      return "BusKeys[prefix=" + prefix + ", timeoutMs=" + timeoutMs + "]";
    }
  }

  public record Web(String dir) {
    /// The folder that the client is read from at each request, or null for the packed one.
    ///
    /// @throws Invalid if no client is there
    public @Nullable Path folder() {
      if (dir.isEmpty()) {
        return null;
      }
      Path folder = Path.of(dir).toAbsolutePath().normalize();
      require(
          Files.isRegularFile(folder.resolve("index.html")), "web.dir: no index.html in " + dir);
      return folder;
    }
  }

  public record Mail(String smtpUrl, String from) {
    /// Without the address: it may hold a password.
    @Override
    public String toString() {
      return "Mail[from=" + from + "]";
    }
  }

  /// @param modifyAt `iso` or `slash`
  public record Phone(
      boolean singleLogin, int heartbeatS, String zone, boolean infoObject, String modifyAt) {
    public boolean slashDays() {
      return modifyAt.equals("slash");
    }
  }

  public record Feed(String review) {
    public boolean reviewed() {
      return review.equals("manual");
    }
  }

  public record Previews(boolean enabled) {}

  public record Security(
      String throttle,
      Argon2 argon2,
      List<String> signedSalts,
      String registration,
      List<String> reservedNames,
      boolean refuseCommonPasswords,
      int adminSessionHours,
      int freshMinutes,
      boolean totpForAdmins,
      boolean messageRequests,
      List<ServiceToken> serviceTokens,
      List<TrustedPeer> trustedPeers) {
    public boolean throttled() {
      return throttle.equals("on");
    }

    /// Whom the operator trusts.
    ///
    /// @throws Invalid naming the key and the entry that cannot be
    public Trust trust() {
      return new Trust(
          serviceTokens.stream().map(ServiceToken::trusted).toList(),
          trustedPeers.stream().map(TrustedPeer::trusted).toList());
    }
  }

  public record Argon2(int memoryKib, int iterations) {}

  public record ServiceToken(String name, String token, List<String> rights) {
    private Trust.Service trusted() {
      String place = "security.service_tokens: " + name;
      require(token.length() >= 32, place + ": the token must have at least 32 characters");
      require(token.length() <= 1024, place + ": the token must have at most 1024 characters");
      return Trust.Service.of(name, token, rightsOf(place, rights));
    }

    /// Without the token: it may end up in a log.
    @Override
    public String toString() {
      return "ServiceToken[name=" + name + ", rights=" + rights + "]";
    }
  }

  public record TrustedPeer(String cidr, List<String> rights) {
    private Trust.Peer trusted() {
      String place = "security.trusted_peers: " + cidr;
      try {
        return new Trust.Peer(Cidr.parse(cidr), rightsOf(place, rights));
      } catch (IllegalArgumentException e) {
        throw new Invalid("security.trusted_peers: " + e.getMessage());
      }
    }
  }

  private static Set<Right> rightsOf(String place, List<String> names) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String name : names) {
      try {
        rights.add(Right.of(name));
      } catch (IllegalArgumentException e) {
        throw new Invalid(place + ": " + e.getMessage());
      }
    }
    require(!rights.isEmpty(), place + ": needs at least one right");
    return Set.copyOf(rights);
  }

  public record Signed(List<App> apps, int clockSkewS, String zone, String jwtKey) {
    /// The apps as what they are to the program.
    ///
    /// @throws Invalid for an app that cannot be
    public List<PartnerApp> partners() {
      try {
        return apps.stream().map(App::partner).toList();
      } catch (Fault e) {
        throw new Invalid("signed.apps: " + e.text());
      }
    }

    /// Without the key: it may end up in a log.
    @Override
    public String toString() {
      return "Signed[apps=" + apps + ", clockSkewS=" + clockSkewS + ", zone=" + zone + "]";
    }
  }

  public record App(
      String id,
      @Default("") String securityCode,
      @Default("@java110.com") String passwordSalt,
      @Default("*") List<String> services,
      @Default("") List<String> allowIps,
      @Default("") List<String> denyIps,
      @Default("false") boolean unsigned) {
    private PartnerApp partner() {
      return new PartnerApp(
          id,
          securityCode,
          passwordSalt,
          services,
          PartnerApp.blocks("allow_ips", allowIps),
          PartnerApp.blocks("deny_ips", denyIps),
          unsigned);
    }

    /// Without the security code: it may end up in a log.
    @Override
    public String toString() {
      return "App[id=" + id + ", services=" + services + ", unsigned=" + unsigned + "]";
    }
  }

  /// What a key of a list's item is where the item does not have it. All other defaults stand in
  /// `parley.yaml`, which cannot give one for an item.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    String value();
  }

  /// A setting that stops the start; the text names the key and where it was set.
  public static class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Invalid(String text) {
      super(text);
    }
  }

  /// Reads the configuration: `flags` over `environment` over `file` over the defaults.
  ///
  /// @param file null: `parley.yaml` in the working directory if it is there
  /// @param flags dotted key → value
  /// @throws Invalid for an unknown key, a value of the wrong type, or one that cannot be
  public static Config load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    Config config = ConfigLayers.read(file, environment, flags);
    config.validate();
    return config;
  }

  /// How browsers reach this server, without a trailing slash.
  public String publicUrl() {
    if (!server.publicUrl().isEmpty()) {
      return server.publicUrl().replaceAll("/+$", "");
    }
    String host = server.host().equals("0.0.0.0") ? "127.0.0.1" : server.host();
    return (server.tls().on() ? "https://" : "http://") + host + ":" + server.port();
  }

  /// How far sessions are trusted.
  public SessionPolicy sessionPolicy() {
    return new SessionPolicy(
        limits,
        Duration.ofHours(security.adminSessionHours()),
        Duration.ofMinutes(security.freshMinutes()),
        security.totpForAdmins());
  }

  /// The origin part of [#publicUrl].
  public String publicOrigin() {
    URI uri = URI.create(publicUrl());
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private void validate() {
    require(server.port() >= 0 && server.port() <= 65535, "server.port must be 0 … 65535");
    require(
        server.managementPort() >= 0 && server.managementPort() <= 65535,
        "server.management_port must be 0 … 65535");
    require(
        server.tls().cert().isEmpty() == server.tls().key().isEmpty(),
        "server.tls needs both cert and key, or neither");
    require(
        server.publicUrl().isEmpty() || server.publicUrl().matches("https?://[^/\\s]+.*"),
        "server.public_url must be an http or https URL");
    store.validate();
    require(
        bus.isLocal() || bus.url().matches("rediss?(-sentinel)?://[^/\\s]+\\S*"),
        "bus.url must be local, redis://…, rediss://… or redis-sentinel://…");
    require(
        bus.prefix().matches("[A-Za-z0-9_.:-]{1,64}"),
        "bus.prefix must be 1–64 letters, digits, _ . : -");
    require(
        bus.timeoutMs() >= 100 && bus.timeoutMs() <= 60_000, "bus.timeout_ms must be 100 … 60000");
    media.validate();
    require(
        security.throttle().equals("on") || security.throttle().equals("off"),
        "security.throttle must be on or off");
    require(
        security.registration().matches("open|invite|closed"),
        "security.registration must be open, invite or closed");
    require(
        security.argon2().memoryKib() >= 8 && security.argon2().memoryKib() <= 1_048_576,
        "security.argon2.memory_kib must be 8 … 1048576");
    require(
        security.argon2().iterations() >= 1 && security.argon2().iterations() <= 100,
        "security.argon2.iterations must be 1 … 100");
    require(
        security.adminSessionHours() >= 1 && security.adminSessionHours() <= 720,
        "security.admin_session_hours must be 1 … 720");
    require(
        security.freshMinutes() >= 1 && security.freshMinutes() <= 1440,
        "security.fresh_minutes must be 1 … 1440");
    security.trust();
    server.proxies();
    require(
        signed.clockSkewS() >= 0 && signed.clockSkewS() <= 86_400,
        "signed.clock_skew_s must be 0 … 86400");
    require(
        signed.partners().stream().map(PartnerApp::id).distinct().count() == signed.apps().size(),
        "signed.apps: two apps have one id");
    require(
        mail.smtpUrl().isEmpty() || mail.smtpUrl().matches("smtps?://[^/\\s]+/?"),
        "mail.smtp_url must be smtp://… or smtps://…");
    require(
        mail.from().isEmpty() || mail.from().matches("[^\\s@,;]+@[^\\s@,;]+"),
        "mail.from must be a mail address");
    require(isZone(phone.zone()), "phone.zone must be an offset such as +08:00, or a region");
    require(
        phone.heartbeatS() >= 1 && phone.heartbeatS() <= 3600,
        "phone.heartbeat_s must be 1 … 3600");
    require(
        phone.modifyAt().equals("iso") || phone.modifyAt().equals("slash"),
        "phone.modify_at must be iso or slash");
    require(isZone(signed.zone()), "signed.zone must be an offset such as +08:00, or a region");
    require(
        feed.review().equals("auto") || feed.review().equals("manual"),
        "feed.review must be auto or manual");
    ConfigLayers.requirePositive("limits", limits);
  }

  private static boolean isZone(String text) {
    try {
      ZoneId.of(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static void require(boolean holds, String text) {
    if (!holds) {
      throw new Invalid(text);
    }
  }
}
