package io.parley.face.signed;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.partner.PartnerApp;
import io.parley.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The four services of signed-http.
final class SignedServices {
  /// One service: the answer to a request of `app` from `caller`, who is nobody yet.
  @FunctionalInterface
  interface Service {
    AggregatedHttpResponse call(PartnerApp app, Caller caller, Fields fields);
  }

  private static final String CONTRACT = "signed-http";
  private static final Duration SESSION = Duration.ofHours(2);
  private static final int NAME_MAX = 50;
  private static final int LOGIN_NAME_MAX = 64;
  private static final int EMAIL_MAX = 30;
  private static final int PASSWORD_MAX = 128;
  private static final int TOKEN_MAX = 1024;
  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");
  private static final Pattern TEL = Pattern.compile("[0-9]{11}");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final Accounts accounts;
  private final Sessions sessions;
  private final Clock clock;
  private final ZoneId zone;
  private final Map<String, Service> byCode =
      Map.of(
          "user.service.register", this::register,
          "user.service.login", this::login,
          "user.service.logout", this::logout,
          "check.service.login", this::check);

  SignedServices(Accounts accounts, Sessions sessions, Clock clock, ZoneId zone) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.clock = clock;
    this.zone = zone;
  }

  @Nullable Service find(String code) {
    return byCode.get(code);
  }

  private AggregatedHttpResponse register(PartnerApp app, Caller caller, Fields fields) {
    String name = fields.require("name", NAME_MAX);
    String email = fields.require("email", EMAIL_MAX);
    if (!EMAIL.matcher(email).matches()) {
      throw Refusal.business("email格式不正确");
    }
    String password = fields.require("password", PASSWORD_MAX);
    String tel = fields.require("tel", LOGIN_NAME_MAX);
    if (!TEL.matcher(tel).matches()) {
      throw Refusal.business("tel必须是11位手机号");
    }
    Gender gender = SignedWire.gender(fields.find("sex", 1));
    Map<AliasKind, String> aliases = new EnumMap<>(AliasKind.class);
    aliases.put(AliasKind.USERNAME, name);
    aliases.put(AliasKind.EMAIL, email);
    aliases.put(AliasKind.PHONE, tel);
    Account account =
        accounts.register(
            new Accounts.Registration(aliases, name, gender, "", SignedWire.password(password)),
            new Scheme.Signed(app.passwordSalt()),
            Source.app(app.id()));
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("responseTime", TIME.format(Instant.ofEpochMilli(clock.millis()).atZone(zone)));
    answer.put("userId", SignedWire.userId(account.id()));
    return SignedWire.json(answer);
  }

  private AggregatedHttpResponse login(PartnerApp app, Caller caller, Fields fields) {
    String username = fields.require("username", LOGIN_NAME_MAX);
    String password = SignedWire.password(fields.require("passwd", PASSWORD_MAX));
    Source source = Source.app(app.id());
    Account account =
        accounts.verify(username, new Scheme.Signed(app.passwordSalt()), password, source);
    Sessions.Opened opened = sessions.openJwt(account, CONTRACT, SESSION, caller);
    String alias = accounts.alias(account.id(), AliasKind.USERNAME);
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("userName", alias == null ? account.nickname() : alias);
    answer.put("userId", SignedWire.userId(account.id()));
    answer.put("token", opened.token());
    return SignedWire.json(answer);
  }

  private AggregatedHttpResponse logout(PartnerApp app, Caller caller, Fields fields) {
    Caller owner = sessions.identify(fields.require("token", TOKEN_MAX), caller);
    try {
      sessions.end(owner.requireAccount(), owner.requireSession());
    } catch (Fault fault) {
      // Ended by somebody else meanwhile.
      throw fault.code() == FaultCode.NOT_FOUND ? SignedWire.deadToken() : fault;
    }
    return SignedWire.text(HttpStatus.OK, SignedWire.LOGGED_OUT);
  }

  private AggregatedHttpResponse check(PartnerApp app, Caller caller, Fields fields) {
    Caller owner = sessions.renew(fields.require("token", TOKEN_MAX), caller);
    return SignedWire.json(Map.of("userId", SignedWire.userId(owner.requireAccount())));
  }
}
