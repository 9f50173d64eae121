package io.parley;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.parley.activity.Activities;
import io.parley.admin.Gauges;
import io.parley.admin.Vitals;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Tally;
import io.parley.blob.Blobs;
import io.parley.bus.Event;
import io.parley.config.Config;
import io.parley.control.ControlSocket;
import io.parley.face.entry.EntryHttpFace;
import io.parley.face.entry.EntryRpcFace;
import io.parley.face.entry.EntryUsers;
import io.parley.face.gateway.GatewayFace;
import io.parley.face.gateway.GatewayPushes;
import io.parley.face.grpc.GrpcFace;
import io.parley.face.grpc.StandardServices;
import io.parley.face.manage.ManageFace;
import io.parley.face.phone.Envelope;
import io.parley.face.phone.PhoneCore;
import io.parley.face.phone.PhoneEndpoint;
import io.parley.face.phone.PhoneFace;
import io.parley.face.phone.PhonePushes;
import io.parley.face.rpc.NativeMethods;
import io.parley.face.rpc.RpcMethod;
import io.parley.face.rpc.RpcTable;
import io.parley.face.signed.SignedFace;
import io.parley.face.socket.SocketFace;
import io.parley.face.socket.SocketPushes;
import io.parley.face.socket.SocketSettings;
import io.parley.face.web.ExportFace;
import io.parley.face.web.MediaFace;
import io.parley.face.web.ResumeFace;
import io.parley.face.web.WebFace;
import io.parley.partner.Admissions;
import io.parley.presence.Presences;
import io.parley.preview.Previews;
import io.parley.realtime.Delivery;
import io.parley.realtime.InOrder;
import io.parley.realtime.PushEncoder;
import io.parley.realtime.PushEncoders;
import io.parley.realtime.Registry;
import io.parley.realtime.Repair;
import io.parley.store.Scans;
import java.io.File;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The composition root: the one place where the server's parts are made and joined, and the order
/// in which they start and stop.
public final class App implements AutoCloseable {
  private final Config config;
  private final Clock clock;
  private final Core core;
  private final ExecutorService calls;
  private final PhoneCore phone;
  private final Presences presences;
  private final GatewayFace gateways;
  private final SocketFace sockets;
  private final Tally traffic = new Tally();
  private final Listening listening;
  private final InOrder order;
  private final Repair repair;
  private final Vitals vitals;
  private final Watch watch;
  private final Administration administration;
  private final Ownership ownership;
  private final Server server;
  private @Nullable ControlSocket control;

  /// Opens the data folder and listens. It accepts traffic when this returns.
  public static App start(Config config) {
    return start(config, Clock.SYSTEM);
  }

  /// The same with a time of its own.
  public static App start(Config config, Clock clock) {
    App app = new App(config, clock, Entropy.SYSTEM);
    app.server.start().join();
    app.core.security.start();
    app.vitals.start();
    app.control = ControlSocket.open(app.core.data.path(), app.core.orders());
    app.watch.start();
    return app;
  }

  private App(Config config, Clock clock, Entropy entropy) {
    this.config = config;
    this.clock = clock;
    Framework.load();
    core = new Core(config, clock, entropy);
    requireUploads();
    Framework.await();
    listening = new Listening(config, core.sessions, traffic, clock);
    calls = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());
    phone = phone();
    GatewayPushes gatewayPushes = new GatewayPushes(core.accounts);
    PushEncoder pushes = new PushEncoders(new SocketPushes(), gatewayPushes, new PhonePushes());
    Registry registry =
        new Registry(
            core.node, config.limits(), config.security().throttled(), pushes, entropy, calls);
    presences = new Presences(core.platform, core.places, core.friends, core.guards);
    registry.watch(presences::changed);
    Delivery delivery = new Delivery(registry, core.members::of, pushes, config.limits());
    order = InOrder.before(delivery, core.hasLiveWay(), core.bus::isCurrent);
    core.bus.subscribe(core.hearsOthers() ? order::accept : delivery::accept);
    repair = Neighbours.repair(core, registry, delivery, order);
    Neighbours.replacing(core, registry);
    vitals = vitals(delivery);
    watch = Watch.over(core, order);
    ServerFigures figures = new ServerFigures(core, config, vitals, registry);
    administration = new Administration(core, config, vitals, registry, figures::all);
    ownership = new Ownership(core, config);
    List<RpcMethod<?, ?>> methods = methods();
    gateways =
        new GatewayFace(
            new GatewayFace.Engines(
                core.accounts,
                core.sessions,
                registry,
                new RpcTable(methods, core.confirming),
                Neighbours.gateways(core)),
            gatewayPushes,
            config.limits(),
            calls);
    core.bus.subscribe(gateways::hear);
    core.bus.onLoss(loss -> gateways.lookAgain());
    methods.addAll(gateways.methods());
    RpcTable table = new RpcTable(methods, core.confirming);
    SocketSettings settings =
        new SocketSettings(config.limits(), listening.origins(), clock, traffic);
    sockets =
        SocketFace.of(
            List.of(
                SocketFace.nativeEndpoint(
                    table, core.sessions::authenticate, registry, settings, calls),
                new PhoneEndpoint(
                    phone,
                    core.sessions::authenticate,
                    registry,
                    new PhoneEndpoint.Settings(
                        config.phone().heartbeatS(), config.phone().infoObject()),
                    config.limits(),
                    calls)),
            registry,
            settings,
            calls);
    core.follow(figures::now);
    server = listen(table, registry);
    watch.loops(ManageFace.loops(server));
  }

  /// @throws Config.Invalid if uploads cannot be stored where they are to be
  private void requireUploads() {
    try {
      core.blobs.check();
    } catch (Blobs.Refused e) {
      core.close();
      throw new Config.Invalid("media.url: " + e.getMessage());
    }
  }

  private List<RpcMethod<?, ?>> methods() {
    NativeMethods everybodys =
        new NativeMethods(
            core.accounts,
            core.accountSearch,
            core.editing,
            core.sessions,
            core.ownPassword,
            core.ownSecondFactor,
            core.confirming,
            core.messaging,
            core.syncing,
            core.conversations,
            core.guards.requests(),
            core.revisions,
            core.searching,
            presences,
            new Previews(core.platform, core.messaging, core.media, config.limits())
                .turnedOn(config.previews().enabled()),
            core.groups,
            core.roster,
            core.invitations,
            core.invites,
            config.publicUrl(),
            core.friends,
            core.follows,
            core.feeds,
            core.reports,
            new Activities(core.platform, config.limits()),
            core.mails,
            config.limits());
    List<RpcMethod<?, ?>> methods = new ArrayList<>(everybodys.all());
    methods.addAll(administration.methods());
    methods.addAll(ownership.methods());
    return methods;
  }

  private Server listen(RpcTable table, Registry registry) {
    ServerBuilder builder = Server.builder();
    Config.Server keys = config.server();
    InetSocketAddress main = new InetSocketAddress(keys.host(), keys.port());
    if (keys.tls().on()) {
      builder.port(main, SessionProtocol.HTTPS);
      builder.tls(TlsKeyPair.of(new File(keys.tls().key()), new File(keys.tls().cert())));
    } else {
      builder.port(main, SessionProtocol.HTTP);
    }
    builder.maxRequestLength(config.limits().bodyBytesMax());
    builder.requestTimeout(Duration.ofSeconds(30));
    builder.idleTimeout(Duration.ofMinutes(2));
    builder.gracefulShutdownTimeout(Duration.ofMillis(100), Duration.ofSeconds(keys.drainS()));
    builder.disableServerHeader();
    GrpcFace grpc =
        new GrpcFace(
            table,
            listening.callers(),
            new GrpcFace.Engines(registry, core.media, gateways.streams()),
            config.limits(),
            calls);
    listening.edge(builder);
    grpc.install(builder, config.publicUrl());
    new MediaFace(
            core.media, core.blobs, context -> grpc.caller(context, false), config.limits(), calls)
        .install(builder);
    new ResumeFace(core.resuming, context -> grpc.caller(context, false), config.limits(), calls)
        .install(builder);
    new ExportFace(administration.exports(), context -> grpc.caller(context, false), calls)
        .install(builder);
    ownership.install(builder, table, context -> grpc.caller(context, false), calls);
    signed().install(builder);
    new WebFace(
            config.web().folder(),
            listening.ownOrigins(),
            core.blobs::linkOrigin,
            keys.explorerOnMainPort(),
            config.limits(),
            clock)
        .install(builder);
    EntryUsers entry = new EntryUsers(core.accounts, core.sessions, config.publicUrl());
    new EntryRpcFace(entry, config.limits(), calls).install(builder);
    Set<String> services = grpc.serviceNames();
    services.add(EntryRpcFace.SERVICE);
    StandardServices.install(builder, services, () -> watch.unready().isEmpty());
    new EntryHttpFace(entry, core.media, config.limits(), calls).install(builder);
    new PhoneFace(phone, listening.callers(), phoneSettings(), config.limits(), calls)
        .install(builder);
    sockets.install(builder, listening::isManagement);
    listening.connections(builder); // Last, so that it stands in front of the sockets.
    manage(builder, registry);
    return builder.build();
  }

  private Vitals vitals(Delivery delivery) {
    LongAdder messages = new LongAdder();
    core.bus.subscribe(
        event -> {
          if (event instanceof Event.MessagePosted) {
            messages.increment();
          }
        });
    return new Vitals(
        new Gauges(
            traffic::requests,
            messages::sum,
            delivery::pushes,
            core.sessions::opened,
            traffic::faults,
            delivery::cuts,
            () -> sockets.openSockets(),
            () -> gateways.size(),
            core.db::writesWaiting,
            core.bus::waiting,
            core.db.writeLatency()),
        clock);
  }

  private PhoneCore phone() {
    return new PhoneCore(
        core.accounts,
        core.editing,
        core.accountSearch,
        core.sessions,
        core.friends,
        core.invites,
        core.groups,
        core.media,
        core.messaging,
        core.devices,
        new Envelope(clock, ZoneId.of(config.phone().zone()), config.phone().slashDays()));
  }

  private PhoneFace.Settings phoneSettings() {
    return new PhoneFace.Settings(
        config.phone().singleLogin(), config.publicUrl().startsWith("https:"));
  }

  private SignedFace signed() {
    Config.Signed keys = config.signed();
    ZoneId zone = ZoneId.of(keys.zone());
    Admissions.Time time = new Admissions.Time(clock, Duration.ofSeconds(keys.clockSkewS()), zone);
    Admissions admissions = new Admissions(core.apps, core.db, time, config.limits());
    return new SignedFace(
        new SignedFace.Core(admissions, core.accounts, core.sessions, core.security, clock, zone),
        config.limits(),
        calls);
  }

  private void manage(ServerBuilder builder, Registry registry) {
    Config.Server keys = config.server();
    builder.port(
        new InetSocketAddress(keys.managementHost(), keys.managementPort()), SessionProtocol.HTTP);
    ManageFace manage = new ManageFace(core.db, new ManageFace.Health(watch::dead, watch::unready));
    manage.gauge("parley_disk_free_bytes", core.disk::free);
    manage.gauge("parley_sockets_open", sockets::openSockets);
    manage.gauge("parley_connections_live", registry::size);
    manage.gauge("parley_gateways", gateways::size);
    vitals.gauges().forEach(manage::gauge);
    core.bus.gauges().forEach(manage::gauge);
    core.security.gauges().forEach(manage::gauge);
    core.blobs.gauges().forEach(manage::gauge);
    manage.gauge("parley_bodies_bytes", listening.bodies()::taken);
    manage.install(builder, listening::isManagement, keys.explorerOnMainPort());
  }

  /// Whether any account that may log in has the admin right.
  public boolean hasAdmin() {
    return core.db.read(core.accounts::hasAdmin);
  }

  /// Where searches take turns.
  public Scans scans() {
    return core.scans;
  }

  /// Where operators ask how it is.
  public String managementUrl() {
    return server.activePorts().values().stream()
        .map(ServerPort::localAddress)
        .filter(address -> listening.isManagement(address.getPort()))
        .map(address -> "http://" + config.server().managementHost() + ":" + address.getPort())
        .findFirst()
        .orElse("");
  }

  /// How browsers reach it.
  public String publicUrl() {
    return config.publicUrl();
  }

  /// The framework's acceptor threads linger for two seconds after the last connection has ended;
  /// nothing of ours depends on them, so they are not waited for. The wait is for the machine,
  /// whatever clock the server was given.
  private void stopServer() {
    CompletableFuture<Void> stopped = server.stop();
    while (!stopped.isDone() && !(server.activePorts().isEmpty() && server.numConnections() == 0)) {
      Clock.SYSTEM.sleep(Duration.ofMillis(5));
    }
  }

  /// Stops taking traffic, lets running calls end, tells sockets to come back later, closes the
  /// data folder.
  @Override
  public void close() {
    watch.close();
    if (control != null) {
      control.close();
    }
    vitals.close();
    gateways.drain();
    sockets.drain(Duration.ofSeconds(config.server().drainS()));
    stopServer();
    repair.close();
    order.close();
    presences.close();
    calls.close();
    ownership.close();
    core.close();
  }
}
