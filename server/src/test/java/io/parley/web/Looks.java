package io.parley.web;

import java.io.IOException;
import java.util.List;

/// Pictures of what a person sees, for people to look at.
final class Looks {
  private Looks() {}

  /// As it looks on a desk and on a phone, by day and by night; afterwards as it was.
  static void shoot(Person person, String file) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      person.prefer(scheme);
      person.look(1280, 800);
      person.screenshot(file + "-desk-" + scheme);
      person.look(390, 844);
      person.screenshot(file + "-phone-" + scheme);
    }
    person.prefer("light");
    person.look(1180, 760);
  }
}
