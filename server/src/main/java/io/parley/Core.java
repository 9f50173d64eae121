package io.parley;

import io.parley.account.AccountSearch;
import io.parley.account.Accounts;
import io.parley.account.Editing;
import io.parley.account.Imports;
import io.parley.account.LocalTries;
import io.parley.account.Naming;
import io.parley.account.NewPasswords;
import io.parley.account.Passwords;
import io.parley.account.ProfileNews;
import io.parley.account.SecondFactors;
import io.parley.account.Throttle;
import io.parley.account.Tries;
import io.parley.audit.Audit;
import io.parley.base.Clock;
import io.parley.base.Disk;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.blob.BlobNames;
import io.parley.blob.Blobs;
import io.parley.blob.DiskBlobs;
import io.parley.blob.Incoming;
import io.parley.blob.S3Blobs;
import io.parley.bus.Bus;
import io.parley.bus.LocalBus;
import io.parley.cluster.Figures;
import io.parley.cluster.Nodes;
import io.parley.cluster.SharedBus;
import io.parley.config.Config;
import io.parley.config.MediaKeys;
import io.parley.control.Orders;
import io.parley.device.Devices;
import io.parley.face.rpc.MessageRpc;
import io.parley.feed.Feeds;
import io.parley.group.Doorway;
import io.parley.group.GroupInterventions;
import io.parley.group.Groups;
import io.parley.group.Invitations;
import io.parley.group.Roster;
import io.parley.invite.Invites;
import io.parley.invite.Policy;
import io.parley.mail.Mails;
import io.parley.media.Media;
import io.parley.media.Resuming;
import io.parley.messaging.Blocks;
import io.parley.messaging.Conversations;
import io.parley.messaging.Members;
import io.parley.messaging.MessageEncoder;
import io.parley.messaging.MessageInterventions;
import io.parley.messaging.Messaging;
import io.parley.messaging.Redelivering;
import io.parley.messaging.Requests;
import io.parley.messaging.Revisions;
import io.parley.messaging.Searching;
import io.parley.messaging.Syncing;
import io.parley.partner.Apps;
import io.parley.platform.Platform;
import io.parley.presence.Places;
import io.parley.report.Reports;
import io.parley.security.SecurityLog;
import io.parley.session.Confirming;
import io.parley.session.Jwt;
import io.parley.session.LoginInterventions;
import io.parley.session.OwnPassword;
import io.parley.session.OwnSecondFactor;
import io.parley.session.ServiceTokens;
import io.parley.session.SessionPolicy;
import io.parley.session.Sessions;
import io.parley.social.Follows;
import io.parley.social.Friends;
import io.parley.social.Strangers;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.valkey.ValkeyBus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program without its edges: the services over one data folder. The server puts faces around
/// it; the command line uses it alone.
public final class Core implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Core.class);

  public final Clock clock;
  public final Node node;
  public final Platform platform;
  public final DataDir data;

  /// Null where the records are this server's alone.
  public final @Nullable Nodes nodes;

  private final @Nullable SharedBus shared;
  private final boolean hasLiveWay;
  private final String publicUrl;
  private volatile boolean serves;
  public final Bus bus;
  public final Places places;
  public final Db db;
  public final Scans scans;
  public final SecurityLog security;
  public final Audit audit;
  public final Apps apps;
  public final Passwords passwords;
  public final Throttle throttle;
  public final Accounts accounts;
  public final AccountSearch accountSearch;
  public final Editing editing;
  public final Imports imports;
  public final ServiceTokens serviceTokens;
  public final Sessions sessions;
  public final Confirming confirming;
  public final OwnPassword ownPassword;
  public final OwnSecondFactor ownSecondFactor;
  public final LoginInterventions logins;
  public final Members members;
  public final Blocks blocks;
  public final Messaging.Guards guards;
  public final Messaging messaging;
  public final Conversations conversations;
  public final Revisions revisions;
  public final Syncing syncing;
  public final Redelivering redelivering;
  public final Searching searching;
  public final Groups groups;
  public final Invitations invitations;
  public final Roster roster;
  public final GroupInterventions groupInterventions;
  public final Reports reports;
  public final Follows follows;
  public final Friends friends;
  public final Invites invites;
  public final Devices devices;
  public final Mails mails;
  public final Disk disk;
  public final Incoming incoming;
  public final Blobs blobs;
  public final Media media;
  public final Resuming resuming;
  public final Feeds feeds;

  public Core(Config config, Clock clock, Entropy entropy) {
    this.clock = clock;
    publicUrl = config.publicUrl();
    data = DataDir.open(config.data().path());
    db = Db.open(config.store().settings(), data.path(), config.limits());
    nodes = db.isShared() ? new Nodes(db) : null;
    node = nodes == null ? Node.alone(clock) : join(nodes, config);
    ValkeyBus several = Neighbours.bus(config, node, clock);
    hasLiveWay = several != null;
    Bus within = several == null ? new LocalBus(config.limits().eventQueueMax()) : several;
    places = several == null ? Places.HERE_ONLY : several.places();
    scans = new Scans(db, config.limits(), clock);
    Ids ids = new Ids(clock, node.number());
    db.begin(ids, node);
    shared = nodes == null ? null : new SharedBus(within, db, ids, node);
    bus = shared == null ? within : shared;
    platform = new Platform(db, bus, ids, clock, entropy);
    security = new SecurityLog(clock);
    audit = new Audit(db, ids, clock, security);
    apps = new Apps(platform, audit, config.signed().partners(), data.secret("partners", entropy));
    passwords =
        new Passwords(
            new Passwords.Settings(
                config.security().argon2().memoryKib(),
                config.security().argon2().iterations(),
                () -> salts(config)),
            data.secret("pepper", entropy),
            config.limits(),
            entropy);
    imports = new Imports(platform, config.limits(), passwords);
    Tries tries = new LocalTries(clock);
    throttle =
        new Throttle(several == null ? tries : several.tries(tries), config.security().throttled());
    Naming naming = new Naming(config.security().reservedNames());
    NewPasswords newPasswords =
        new NewPasswords(config.limits(), config.security().refuseCommonPasswords());
    SecondFactors factors =
        new SecondFactors(db, clock, entropy, data.secret("second-factor", entropy));
    ProfileNews news = new ProfileNews(bus);
    accounts =
        new Accounts(
            platform,
            config.limits(),
            passwords,
            new Accounts.Guards(throttle, factors, security),
            new Accounts.Rules(naming, newPasswords, news));
    accountSearch = new AccountSearch(db, scans, config.limits());
    editing = new Editing(platform, accounts, naming, config.limits());
    serviceTokens = new ServiceTokens(platform, audit, config.security().trust());
    SessionPolicy policy = config.sessionPolicy();
    sessions =
        new Sessions(
            platform,
            accounts,
            new Jwt(jwtKey(config, entropy)),
            new Sessions.Programs(config.security().trust(), serviceTokens),
            policy);
    confirming = new Confirming(db, clock, accounts, sessions, policy, security);
    ownSecondFactor = new OwnSecondFactor(db, accounts, factors, sessions, security);
    ownPassword = new OwnPassword(db, clock, accounts, sessions, security);
    logins = new LoginInterventions(db, accounts, factors, sessions, audit, entropy);
    MessageEncoder encoder =
        message -> MessageRpc.encode(message, news.versionLately(message.sender()));
    members = new Members(platform, encoder, config.limits());
    Path uploads = data.path().resolve("media");
    disk = new Disk(uploads, config.limits().diskFloorBytes());
    incoming = Incoming.open(uploads.resolve("incoming"), disk);
    blobs = blobs(config.media(), config.media().url(), uploads, incoming);
    media =
        new Media(
            platform,
            incoming,
            blobs,
            new BlobNames(data.secret("uploads", entropy)),
            config.publicUrl(),
            config.limits());
    resuming = new Resuming(platform, media, config.limits());
    blocks = new Blocks(clock, config.limits());
    guards = new Messaging.Guards(blocks, media, new Requests(platform, config.limits()));
    messaging = new Messaging(platform, accounts, guards, encoder, config.limits());
    conversations = new Conversations(platform);
    revisions = new Revisions(platform, encoder, config.limits());
    syncing = new Syncing(db, scans, config.limits());
    redelivering = new Redelivering(platform, encoder);
    searching = new Searching(platform, scans);
    follows = new Follows(platform, accounts, blocks, config.limits());
    friends = new Friends(platform, accounts, guards, follows, config.limits());
    guards.requests().ask(new Strangers(friends), config.security().messageRequests());
    news.tellTo(friends::of);
    groups = new Groups(platform, scans, members, config.limits());
    invitations = new Invitations(platform, accounts, members, groups, config.limits());
    roster = new Roster(platform, accounts, members, friends, groups, invitations, config.limits());
    invites =
        new Invites(
            platform,
            new Invites.Guests(accounts, friends, blocks, new Doorway(groups, members)),
            throttle,
            audit,
            data.secret("invites", entropy),
            Policy.of(config.security().registration()),
            config.limits());
    groupInterventions =
        new GroupInterventions(
            new GroupInterventions.Reads(db, scans), members, groups, roster, audit);
    reports =
        new Reports(
            platform, audit, accounts, groups, new MessageInterventions(platform), config.limits());
    mails =
        new Mails(
            config.mail().smtpUrl(),
            config.mail().from(),
            data.path().resolve("outbox"),
            ids,
            clock);
    devices = new Devices(platform, config.limits());
    feeds =
        new Feeds(
            platform,
            audit,
            new Feeds.Settings(
                config.feed().reviewed(), data.secret("feed-cursors", entropy), config.limits()),
            blocks,
            media,
            scans);
    requireSecrets(config, entropy);
  }

  private static Node join(Nodes nodes, Config config) {
    try {
      return nodes.join(ServerFigures.address(config), Administration.version());
    } catch (Nodes.Refused e) {
      throw new Config.Invalid(String.valueOf(e.getMessage()));
    }
  }

  /// What one server seals or signs, the others must open.
  private void requireSecrets(Config config, Entropy entropy) {
    if (nodes != null) {
      data.secret("export", entropy); // Made when it is first needed, and then by one of them.
      Map<String, byte[]> all = new HashMap<>(data.secrets());
      all.put("jwt", jwtKey(config, entropy));
      try {
        nodes.requireSecrets(all);
      } catch (Nodes.Refused e) {
        close();
        throw new Config.Invalid("data.dir: " + e.getMessage());
      }
    }
  }

  /// Whether there may be other servers, with the same records.
  public boolean isShared() {
    return shared != null;
  }

  /// Whether events of other servers may come, on whichever way.
  public boolean hearsOthers() {
    return shared != null || hasLiveWay;
  }

  /// Whether what other servers post comes at once, rather than with the next look into the store.
  public boolean hasLiveWay() {
    return hasLiveWay;
  }

  /// Hears from now on what other servers do, where there may be others. Once everybody has
  /// subscribed to [#bus].
  ///
  /// @param figures what this server says of itself
  public void follow(Supplier<Figures> figures) {
    if (shared != null && nodes != null) {
      serves = true;
      if (!blobs.isShared() && nodes.list().stream().filter(Nodes.Status::alive).count() > 1) {
        log.warn(
            "uploads are on this server's disk, where the other servers do not find them, unless"
                + " data.dir/media is the same folder for all: see media.url");
      }
      shared.follow(nodes, hasLiveWay ? null : redelivering::read, figures);
    }
  }

  /// Where uploads are.
  ///
  /// @param url as `media.url` spells it
  /// @param dir where they are if that is the local disk
  public static Blobs blobs(MediaKeys keys, String url, Path dir, Incoming incoming) {
    return url.equals(MediaKeys.DISK) ? new DiskBlobs(dir, incoming) : new S3Blobs(keys.s3(url));
  }

  /// What the operator orders, carried out on this data folder.
  public Orders orders() {
    return new Orders(
        new Orders.Services(
            accounts, logins, serviceTokens, apps, invites, publicUrl, audit, this::servers));
  }

  /// Without this program where it only carries out an order.
  private @Nullable List<Nodes.Status> servers() {
    return nodes == null
        ? null
        : nodes.list().stream().filter(each -> serves || !each.node().node().equals(node)).toList();
  }

  /// Asked for each new password: apps come and go while the server runs.
  private Set<String> salts(Config config) {
    Set<String> salts = new LinkedHashSet<>(config.security().signedSalts());
    salts.addAll(apps.salts());
    return salts;
  }

  private byte[] jwtKey(Config config, Entropy entropy) {
    String configured = config.signed().jwtKey();
    return configured.isEmpty()
        ? data.secret("jwt", entropy)
        : configured.getBytes(StandardCharsets.UTF_8);
  }

  private void leave(Nodes all) {
    try {
      all.leave(node);
    } catch (Fault e) {
      // The others see in a few seconds that it is gone.
    }
  }

  /// Finishes writes, delivers what was announced, lets the data folder go.
  @Override
  public void close() {
    feeds.close();
    accounts.close();
    resuming.close();
    media.close();
    blobs.close();
    incoming.close();
    scans.close();
    if (shared != null) {
      shared.unfollow();
    }
    if (nodes != null) {
      leave(nodes);
    }
    db.close();
    bus.close();
    passwords.close();
    security.close();
    data.close();
  }
}
