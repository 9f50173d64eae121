package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Secrets are compared in a time that tells nothing of where they differ. Time is not measured: a
/// comparison that stops at the first difference is found by the method it calls.
class SecretsTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.parley");

  /// Where something that only its owner knows is compared with what a caller showed.
  private static final Set<String> COMPARE =
      Set.of(
          "io.parley.account.Emails.isSame",
          "io.parley.account.FastHash.verify",
          "io.parley.account.Passwords.verify",
          "io.parley.account.SlowHash.verify",
          "io.parley.account.Totp.match",
          "io.parley.base.SignedCursors$Of.open",
          "io.parley.invite.InviteTokens.idOf",
          "io.parley.partner.Signature.matches",
          "io.parley.session.Jwt.same",
          "io.parley.session.Trust.service");

  @Test
  void secrets_areComparedInConstantTime() {
    Set<String> constant = new TreeSet<>();
    for (JavaMethodCall call : calls()) {
      if (call.getTargetOwner().isEquivalentTo(MessageDigest.class)
          && call.getName().equals("isEqual")) {
        constant.add(owner(call));
      }
    }
    assertEquals(new TreeSet<>(COMPARE), constant);
  }

  /// These methods do not also compare in the ordinary way, which would tell what the other hides.
  @Test
  void whereSecretsAreCompared_nothingComparesBytesOrTextsOtherwise() {
    List<String> wrong =
        calls().stream()
            .filter(call -> COMPARE.contains(owner(call)))
            .filter(SecretsTest::stopsEarly)
            .map(JavaAccess::getDescription)
            .toList();
    assertEquals(List.of(), wrong);
  }

  /// Arrays of bytes are keys, hashes and signatures first; the beginning of a file is no secret.
  @Test
  void arraysOfBytes_areNowhereComparedWithArraysEquals() {
    List<String> wrong =
        calls().stream()
            .filter(call -> call.getTargetOwner().isEquivalentTo(Arrays.class))
            .filter(call -> Set.of("equals", "compare", "mismatch").contains(call.getName()))
            .filter(
                call ->
                    call.getTarget().getRawParameterTypes().stream()
                        .anyMatch(type -> type.getName().equals("[B")))
            .map(SecretsTest::owner)
            .filter(owner -> !owner.equals("io.parley.media.Formats.startsWith"))
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static boolean stopsEarly(JavaMethodCall call) {
    JavaClass on = call.getTargetOwner();
    boolean text = on.isEquivalentTo(String.class) && call.getName().startsWith("equals");
    boolean objects = on.isEquivalentTo(java.util.Objects.class) && call.getName().equals("equals");
    boolean arrays = on.isEquivalentTo(Arrays.class) && call.getName().equals("equals");
    return text || objects || arrays;
  }

  private static List<JavaMethodCall> calls() {
    return PROGRAM.stream().flatMap(each -> each.getMethodCallsFromSelf().stream()).toList();
  }

  private static String owner(JavaMethodCall call) {
    return call.getOriginOwner().getName() + "." + call.getOrigin().getName();
  }
}
