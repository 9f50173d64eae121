package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlesTest {
  private static final AccountId ID = new AccountId(382_442_272_957_923_328L);

  @ParameterizedTest
  @ValueSource(strings = {"ann", "李雷", "ann-2", "1984", "agent 007", "Ann (Ghent)"})
  void handle_isTheLoginName(String name) {
    assertEquals(name, Handles.of(ID, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "+86 138 0013 8000",
        "(0)12-345-678",
        "ann@example.org",
        "@ann",
        "#2w4q",
        " 138.001.38000 "
      })
  void handle_phoneNumbersAddressesAndWhatLooksLikeAnId_areNotShown(String name) {
    assertEquals(Handles.of(ID, null), Handles.of(ID, name));
  }

  @Test
  void handle_withoutALoginName_isTheIdInShort() {
    String handle = Handles.of(ID, null);
    assertEquals(ID.value(), Long.parseLong(handle.substring(1), 36));
    assertEquals('#', handle.charAt(0));
  }
}
