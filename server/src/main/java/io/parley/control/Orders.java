package io.parley.control;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Page;
import io.parley.base.Right;
import io.parley.cluster.Figures;
import io.parley.cluster.Nodes;
import io.parley.invite.Invite;
import io.parley.invite.Invites;
import io.parley.partner.Apps;
import io.parley.partner.PartnerApp;
import io.parley.session.LoginInterventions;
import io.parley.session.ServiceToken;
import io.parley.session.ServiceTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries out orders on a data folder that is open. Each act is in the audit log.
public final class Orders {
  /// Who the command line is: whoever may read the data folder may do everything.
  public static final Caller OPERATOR =
      Caller.anonymous("", "command line").as("command line", Set.of(Right.ADMIN));

  private static final int INVITES_SHOWN = 1000;

  private final Services services;

  /// Whom the orders are given to.
  ///
  /// @param publicUrl how browsers reach the server, for the links of invites
  /// @param nodes the servers that share the records; null where one server has them alone
  public record Services(
      Accounts accounts,
      LoginInterventions logins,
      ServiceTokens serviceTokens,
      Apps apps,
      Invites invites,
      String publicUrl,
      Audit audit,
      Supplier<@Nullable List<Nodes.Status>> nodes) {}

  public Orders(Services services) {
    this.services = services;
  }

  /// The answer is what to print, line by line.
  ///
  /// @throws Fault of whatever was ordered
  public List<String> carryOut(Order order) {
    return switch (order.kind()) {
      case ACCOUNT_CREATE -> createAccount(order);
      case ACCOUNT_PASSWD -> setPassword(order);
      case ACCOUNT_DISABLE -> disable(order);
      case ACCOUNT_ENABLE -> enable(order);
      case ACCOUNT_TOTP_OFF -> removeSecondFactor(order);
      case ACCOUNT_GRANT -> grant(order);
      case TOKEN_CREATE -> createToken(order);
      case TOKEN_LIST -> services.serviceTokens().list().stream().map(Orders::line).toList();
      case TOKEN_REVOKE -> revokeToken(order);
      case APP_ADD -> addApp(order);
      case APP_LIST -> services.apps().list().stream().map(Orders::line).toList();
      case APP_REMOVE -> removeApp(order);
      case INVITE_CREATE -> createInvite(order);
      case INVITE_LIST -> listInvites();
      case INVITE_REVOKE -> revokeInvite(order);
      case NODE_LIST -> listNodes();
    };
  }

  private List<String> listNodes() {
    List<Nodes.Status> all = services.nodes().get();
    if (all == null) {
      return List.of("the records are this server's alone: store.url is sqlite");
    }
    return all.stream().map(Orders::line).toList();
  }

  private static String line(Nodes.Status node) {
    return "%4d  %-32s  %-24s  since %s  %s  %s"
        .formatted(
            node.node().node().number(),
            node.node().address(),
            node.node().version(),
            Instant.ofEpochMilli(node.node().startedAt()).truncatedTo(ChronoUnit.SECONDS),
            figures(node.node().figures()),
            node.alive() ? "alive" : "silent for " + node.silentMs() / 1000 + " s");
  }

  /// What the server told, in the order of the console's page.
  private static String figures(Figures told) {
    return String.join(
            ", ",
            figure(told.sockets(), "sockets"),
            figure(told.accounts(), "accounts"),
            figure(told.messages(), "messages/s"),
            figure(told.writesWaiting(), "writes waiting"),
            figure(told.eventsWaiting(), "events waiting"))
        + (Boolean.FALSE.equals(told.current()) ? ", not current" : "");
  }

  private static String figure(@Nullable Number told, String of) {
    return (told == null ? "?" : String.format(Locale.ROOT, "%.0f", told.doubleValue())) + " " + of;
  }

  private List<String> createAccount(Order order) {
    Map<AliasKind, String> aliases = new EnumMap<>(AliasKind.class);
    for (AliasKind kind : List.of(AliasKind.USERNAME, AliasKind.PHONE, AliasKind.EMAIL)) {
      String option = kind.name().toLowerCase(Locale.ROOT);
      if (order.has(option)) {
        aliases.put(kind, order.one(option));
      }
    }
    String nickname = order.one("nickname");
    if (aliases.isEmpty()) {
      aliases.put(AliasKind.NICKNAME, nickname);
    }
    Account account =
        services
            .accounts()
            .register(
                new Accounts.Registration(
                    aliases, nickname, Gender.UNKNOWN, "", order.one("password")),
                Source.OPERATOR);
    services.audit().record(OPERATOR, "account.create", "account " + account.id(), "");
    return List.of("created account " + account.id());
  }

  private List<String> setPassword(Order order) {
    String name = order.one("name");
    boolean keep = order.has("keep");
    services.logins().setPassword(OPERATOR, account(name), order.one("password"), !keep, "");
    return List.of(
        "password of "
            + name
            + " set; its sessions are ended"
            + (keep ? "" : "; it must be changed at the next login"));
  }

  private List<String> disable(Order order) {
    String name = order.one("name");
    services.logins().setDisabled(OPERATOR, account(name), true, order.one("reason"));
    return List.of(name + " is disabled");
  }

  private List<String> enable(Order order) {
    String name = order.one("name");
    services.logins().setDisabled(OPERATOR, account(name), false, order.one("reason"));
    return List.of(name + " may log in again");
  }

  private List<String> removeSecondFactor(Order order) {
    String name = order.one("name");
    services.logins().removeSecondFactor(OPERATOR, account(name), order.one("reason"));
    return List.of(name + " logs in with the password alone");
  }

  private List<String> grant(Order order) {
    String name = order.one("name");
    Set<Right> rights = rights(order);
    services.logins().setRights(OPERATOR, account(name), rights);
    return List.of(name + " now has the rights " + Right.words(rights));
  }

  private List<String> createToken(Order order) {
    ServiceTokens.Created created =
        services.serviceTokens().create(OPERATOR, order.one("name"), rights(order));
    return List.of(created.secret(), "made token " + order.one("name") + "; it is not shown again");
  }

  private List<String> revokeToken(Order order) {
    services.serviceTokens().revoke(OPERATOR, 0, order.one("name"));
    return List.of("revoked token " + order.one("name"));
  }

  private List<String> addApp(Order order) {
    boolean unsigned = order.has("unsigned");
    boolean random = !order.has("code") && !unsigned;
    String code = random ? services.apps().freshCode() : order.one("code");
    String id = order.one("id");
    services
        .apps()
        .add(
            OPERATOR,
            new PartnerApp(
                id,
                code,
                order.one("salt"),
                order.all("service").isEmpty() ? List.of("*") : order.all("service"),
                PartnerApp.blocks("allow_ips", order.all("allow-ip")),
                PartnerApp.blocks("deny_ips", order.all("deny-ip")),
                unsigned));
    return List.of("added app " + id + (random ? " with the security code " + code : ""));
  }

  private List<String> removeApp(Order order) {
    services.apps().remove(OPERATOR, order.one("id"));
    return List.of("removed app " + order.one("id"));
  }

  private List<String> createInvite(Order order) {
    Invite made =
        services
            .invites()
            .create(
                OPERATOR,
                new Invite.Wish(
                    Invite.Kind.SERVER,
                    null,
                    count(order, "days") * 86_400L,
                    order.has("never"),
                    count(order, "uses")));
    return List.of(services.publicUrl() + "/#invite:" + made.token(), line(made));
  }

  private List<String> listInvites() {
    return services.invites().all(OPERATOR, new Page.Request(1, INVITES_SHOWN)).rows().stream()
        .map(Orders::line)
        .toList();
  }

  private List<String> revokeInvite(Order order) {
    long id = number(order, "id");
    services.invites().revoke(OPERATOR, id);
    return List.of("revoked invite " + id);
  }

  /// 0 where it is not there.
  private static int count(Order order, String option) {
    return Math.clamp(number(order, option), -1, 1_000_000);
  }

  private static long number(Order order, String option) {
    try {
      return order.has(option) ? Long.parseLong(order.one(option)) : 0;
    } catch (NumberFormatException e) {
      throw Fault.invalid(option, "must be a number");
    }
  }

  private static String line(Invite invite) {
    Account maker = invite.maker();
    return "%d  %s  by %s  %d of %d came  %s"
        .formatted(
            invite.id(),
            invite.kind().name().toLowerCase(Locale.ROOT),
            maker == null ? "the command line" : maker.nickname(),
            invite.uses(),
            invite.usesMax(),
            invite.expiresAt() == 0
                ? "for ever"
                : "until "
                    + Instant.ofEpochMilli(invite.expiresAt()).truncatedTo(ChronoUnit.SECONDS));
  }

  private AccountId account(String name) {
    return services.accounts().requireByAlias(name).id();
  }

  private static Set<Right> rights(Order order) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String name : order.all("right")) {
      try {
        rights.add(Right.of(name));
      } catch (IllegalArgumentException e) {
        throw Fault.invalid("rights", String.valueOf(e.getMessage()));
      }
    }
    return rights;
  }

  private static String line(ServiceToken token) {
    List<String> words = new ArrayList<>();
    words.add(token.name());
    words.add(token.rights().stream().sorted().map(Right::word).collect(Collectors.joining(",")));
    words.add(
        token.configured() ? "configured" : "made " + Instant.ofEpochMilli(token.createdAt()));
    Long used = token.lastUsedAt();
    words.add(used == null ? "not used" : "used " + Instant.ofEpochMilli(used));
    Long revoked = token.revokedAt();
    if (revoked != null) {
      words.add("revoked " + Instant.ofEpochMilli(revoked));
    }
    return String.join("  ", words);
  }

  private static String line(Apps.Listed listed) {
    PartnerApp app = listed.app();
    return "%s  %s  salt %s  services %s%s%s%s"
        .formatted(
            app.id(),
            listed.configured() ? "configured" : "stored",
            app.passwordSalt(),
            String.join(",", app.services()),
            app.unsigned() ? "  unsigned" : "",
            app.allow().isEmpty() && app.deny().isEmpty() ? "" : "  by address",
            listed.enabled() ? "" : "  switched off");
  }
}
