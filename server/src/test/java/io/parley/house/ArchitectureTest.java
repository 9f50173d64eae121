package io.parley.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/// The shape of the program. A failure names the class that bends it; to change the shape, change
/// this table and say why in an ADR.
class ArchitectureTest {
  private static final String ROOT = "io.parley";

  /// Package → the packages of ours that it may use.
  private static final Map<String, Set<String>> EDGES =
      Map.ofEntries(
          Map.entry("base", Set.of()),
          Map.entry("blob", Set.of("base")),
          Map.entry("config", Set.of("base", "blob", "partner", "session", "store")),
          Map.entry("log", Set.of("security")),
          Map.entry(
              "control",
              Set.of("base", "account", "session", "invite", "partner", "audit", "cluster")),
          Map.entry(
              "command",
              Set.of(
                  "", "base", "blob", "config", "log", "control", "store", "account", "session",
                  "partner", "admin", "feed")),
          Map.entry("bus", Set.of("base", "store")),
          Map.entry("cluster", Set.of("base", "bus", "store")),
          Map.entry("valkey", Set.of("base", "bus", "account", "presence")),
          Map.entry("store", Set.of("base")),
          Map.entry("security", Set.of("base")),
          Map.entry("platform", Set.of("base", "bus", "store")),
          Map.entry("account", Set.of("base", "platform", "bus", "store", "security")),
          Map.entry("audit", Set.of("base", "store", "security")),
          Map.entry(
              "session",
              Set.of("base", "platform", "bus", "store", "account", "mail", "audit", "security")),
          Map.entry("activity", Set.of("base", "platform", "bus", "store")),
          Map.entry("messaging", Set.of("base", "platform", "bus", "store", "account", "media")),
          Map.entry(
              "group",
              Set.of(
                  "base",
                  "platform",
                  "bus",
                  "store",
                  "account",
                  "activity",
                  "messaging",
                  "social",
                  "audit")),
          Map.entry(
              "social",
              Set.of("base", "platform", "bus", "store", "account", "activity", "messaging")),
          Map.entry("media", Set.of("base", "blob", "platform", "store")),
          Map.entry("preview", Set.of("base", "platform", "store", "media", "messaging")),
          Map.entry("partner", Set.of("base", "platform", "bus", "store", "audit")),
          Map.entry(
              "feed.post",
              Set.of(
                  "base", "platform", "bus", "store", "activity", "media", "messaging", "audit")),
          Map.entry("feed.timeline", Set.of("base", "bus", "store", "feed.post")),
          Map.entry(
              "feed.ranking", Set.of("base", "platform", "store", "feed.post", "feed.timeline")),
          Map.entry(
              "feed",
              Set.of(
                  "base",
                  "platform",
                  "store",
                  "media",
                  "messaging",
                  "audit",
                  "feed.post",
                  "feed.timeline",
                  "feed.ranking")),
          Map.entry(
              "report",
              Set.of(
                  "base",
                  "platform",
                  "store",
                  "account",
                  "activity",
                  "messaging",
                  "group",
                  "audit")),
          Map.entry(
              "admin",
              Set.of(
                  "base",
                  "store",
                  "account",
                  "session",
                  "media",
                  "messaging",
                  "group",
                  "feed.post",
                  "report",
                  "audit")),
          Map.entry("device", Set.of("base", "platform", "store")),
          Map.entry(
              "invite",
              Set.of(
                  "base", "platform", "store", "account", "messaging", "group", "social", "audit")),
          Map.entry(
              "leaving",
              Set.of(
                  "base",
                  "store",
                  "account",
                  "session",
                  "messaging",
                  "group",
                  "social",
                  "feed",
                  "feed.post")),
          Map.entry("mail", Set.of("base")),
          Map.entry("presence", Set.of("base", "platform", "bus", "store", "messaging", "social")),
          Map.entry("realtime", Set.of("base", "bus")),
          Map.entry("face", Set.of()),
          Map.entry("face.edge", Set.of("base")),
          Map.entry(
              "face.rpc",
              Set.of(
                  "base",
                  "cluster",
                  "store",
                  "account",
                  "activity",
                  "session",
                  "messaging",
                  "group",
                  "social",
                  "invite",
                  "feed",
                  "feed.post",
                  "feed.timeline",
                  "feed.ranking",
                  "presence",
                  "preview",
                  "leaving",
                  "mail",
                  "partner",
                  "report",
                  "audit",
                  "admin")),
          Map.entry("face.grpc", Set.of("base", "media", "realtime", "face.rpc", "face.edge")),
          Map.entry("face.socket", Set.of("base", "bus", "realtime", "face.rpc", "face.edge")),
          Map.entry("face.web", Set.of("base", "blob", "media", "admin", "face.rpc", "face.edge")),
          Map.entry(
              "face.gateway",
              Set.of(
                  "base",
                  "bus",
                  "cluster",
                  "account",
                  "session",
                  "realtime",
                  "face.rpc",
                  "face.edge")),
          Map.entry(
              "face.signed",
              Set.of("base", "account", "session", "partner", "security", "face.edge")),
          Map.entry(
              "face.entry", Set.of("base", "account", "session", "media", "face.rpc", "face.edge")),
          Map.entry(
              "face.phone",
              Set.of(
                  "base",
                  "bus",
                  "account",
                  "session",
                  "social",
                  "invite",
                  "group",
                  "media",
                  "messaging",
                  "device",
                  "realtime",
                  "face.rpc",
                  "face.edge")),
          Map.entry("face.manage", Set.of("base", "store", "face.edge")));

  /// Methods that wait and never run on an event loop: a virtual thread each, see there.
  private static final Set<String> ON_THREADS_OF_THEIR_OWN =
      Set.of("GatewayFace.on", "PhoneSocket.bind");

  private static final Set<String> WAITS =
      Set.of(
          "join",
          "get",
          "resultNow",
          "await",
          "take",
          "put",
          "acquire",
          "sync",
          "syncUninterruptibly");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/api/"))
          .importPackages(ROOT);

  @Test
  void allClasses_wereRead() {
    assertTrue(CLASSES.size() > 150, () -> "only " + CLASSES.size() + " classes were read");
    assertTrue(CLASSES.contain("io.parley.face.socket.SocketFace"));
  }

  @Test
  void packages_useOnlyWhatTheTableAllows() {
    Set<String> bent = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      String from = packageOf(each);
      if (from.startsWith("api.")) {
        continue;
      }
      Set<String> allowed = from.isEmpty() ? withoutTheCommands() : EDGES.get(from);
      if (allowed == null) {
        bent.add("the package " + from + " is not in the table");
        continue;
      }
      for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        String to = packageOf(target);
        boolean ours = target.getPackageName().startsWith(ROOT) && !to.startsWith("api.");
        if (ours && !to.equals(from) && !allowed.contains(to)) {
          bent.add(from + " → " + (to.isEmpty() ? "the root" : to) + " by " + each.getName());
        }
      }
    }
    assertEquals(Set.of(), bent);
  }

  @Test
  void packages_formNoCycle() {
    slices().matching("io.parley.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void generatedStubsAndServerFramework_areKnownToFacesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.parley", "io.parley.face..", "io.parley.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.parley.api..", "com.linecorp.armeria..", "io.grpc..", "com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void netty_isKnownToFacesAndRealtimeOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.parley.face..", "io.parley.realtime..", "io.parley.api..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void clientOfValkey_isKnownToItsPackageOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.parley.valkey..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lettuce..")
        .check(CLASSES);
  }

  @Test
  void jdbc_isKnownToTheStoreAndStoresOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.parley.store..")
        .and()
        .haveSimpleNameNotEndingWith("Store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..")
        .check(CLASSES);
  }

  @Test
  void clientOfS3_isKnownToBlobsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.parley.blob..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(CLASSES);
  }

  @Test
  void storesAndWires_areSeenInTheirPackageOnly() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Store")
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackage("io.parley.api..")
        .and()
        .doNotHaveSimpleName("Store")
        .should()
        .bePackagePrivate()
        .check(CLASSES);
    classes()
        .that()
        .haveSimpleNameEndingWith("Wire")
        .and()
        .resideInAPackage("io.parley.face..")
        .should()
        .notBePublic()
        .check(CLASSES);
  }

  @Test
  void timeRandomnessAndSleeping_goThroughBase() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.parley.base..", "io.parley.api..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.util.Random.class,
            java.security.SecureRandom.class,
            java.util.concurrent.ThreadLocalRandom.class)
        .check(CLASSES);
  }

  /// An event loop that waits for something may wait for itself.
  @Test
  void facesAndRealtime_neverWaitForAFuture() {
    DescribedPredicate<JavaMethodCall> waits =
        DescribedPredicate.describe(
            "wait",
            call ->
                WAITS.contains(call.getName())
                    && !ON_THREADS_OF_THEIR_OWN.contains(
                        call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName())
                    && (call.getTargetOwner().isAssignableTo(Future.class)
                        || call.getTargetOwner().isAssignableTo(CountDownLatch.class)
                        || call.getTargetOwner().isAssignableTo(Condition.class)
                        || call.getTargetOwner().isAssignableTo(BlockingQueue.class)
                        || call.getTargetOwner().isAssignableTo(Semaphore.class)));
    noClasses()
        .that()
        .resideInAnyPackage("io.parley.face..", "io.parley.realtime..")
        .should()
        .callMethodWhere(waits)
        .check(CLASSES);
  }

  @Test
  void names_sayWhatAClassIs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.parley.api..")
        .and()
        .haveModifier(JavaModifier.PUBLIC)
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("DTO")
        .check(CLASSES);
  }

  /// The composition root joins everything; only the command line stands on it.
  private static Set<String> withoutTheCommands() {
    Set<String> all = new TreeSet<>(EDGES.keySet());
    all.remove("command");
    return all;
  }

  /// The part of the package name after `io.parley.`, empty for the root.
  private static String packageOf(JavaClass each) {
    String name = each.getPackageName();
    if (!name.startsWith(ROOT + ".")) {
      return "";
    }
    return name.substring(ROOT.length() + 1);
  }
}
