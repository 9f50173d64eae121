package io.parley.partner;

import io.parley.base.Cidr;
import io.parley.base.Fault;
import java.util.List;
import java.util.regex.Pattern;

/// A partner's back end.
///
/// @param id `app_id`: 1–30 printable ASCII characters without blanks
/// @param securityCode signs its requests, at most 256 characters; empty if it signs none
/// @param passwordSalt salt of the scheme in which it sends passwords, at most 64 characters
/// @param services codes of what it may call, e.g. `user.service.login`; `*` is everything
/// @param allow where it may call from; empty: anywhere
/// @param deny where it may not call from, whatever `allow` says
/// @param unsigned said explicitly of an app that has no security code
public record PartnerApp(
    String id,
    String securityCode,
    String passwordSalt,
    List<String> services,
    List<Cidr> allow,
    List<Cidr> deny,
    boolean unsigned) {
  /// The salt of the contract's own example.
  public static final String SALT_DEFAULT = "@java110.com";

  private static final Pattern ID = Pattern.compile("[!-~]{1,30}");
  private static final Pattern SERVICE = Pattern.compile("\\*|[\\w.-]{1,64}");
  private static final int CODE_CHARS_MAX = 256;
  private static final int SALT_CHARS_MAX = 64;
  private static final int LIST_MAX = 100;

  /// @throws Fault INVALID_FIELD
  public PartnerApp {
    require(ID.matcher(id).matches(), "id", "must be 1–30 printable characters without blanks");
    require(
        securityCode.isEmpty() == unsigned,
        "security_code",
        "the app " + id + " needs either a security code or unsigned: true");
    require(
        securityCode.length() <= CODE_CHARS_MAX,
        "security_code",
        "longer than " + CODE_CHARS_MAX + " characters");
    require(
        passwordSalt.length() <= SALT_CHARS_MAX
            && passwordSalt.chars().noneMatch(Character::isISOControl),
        "password_salt",
        "must be at most " + SALT_CHARS_MAX + " printable characters");
    require(
        !services.isEmpty() && services.size() <= LIST_MAX,
        "services",
        "must be 1–" + LIST_MAX + " service codes, or *");
    services.forEach(
        each ->
            require(
                SERVICE.matcher(each).matches(),
                "services",
                "\"" + each + "\" is not a service code"));
    require(allow.size() <= LIST_MAX, "allow_ips", "more than " + LIST_MAX);
    require(deny.size() <= LIST_MAX, "deny_ips", "more than " + LIST_MAX);
    services = List.copyOf(services);
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /// Address blocks from their texts.
  ///
  /// @throws Fault INVALID_FIELD naming `field`
  public static List<Cidr> blocks(String field, List<String> texts) {
    try {
      return texts.stream().map(Cidr::parse).toList();
    } catch (IllegalArgumentException e) {
      throw Fault.invalid(field, String.valueOf(e.getMessage()));
    }
  }

  boolean mayCall(String service) {
    return services.contains("*") || services.contains(service);
  }

  boolean mayCallFrom(String address) {
    return !Cidr.anyContains(deny, address)
        && (allow.isEmpty() || Cidr.anyContains(allow, address));
  }

  /// Without the security code: it may end up in a log.
  @Override
  public String toString() {
    return "PartnerApp[id=" + id + ", services=" + services + ", unsigned=" + unsigned + "]";
  }

  private static void require(boolean holds, String field, String why) {
    if (!holds) {
      throw Fault.invalid(field, why);
    }
  }
}
