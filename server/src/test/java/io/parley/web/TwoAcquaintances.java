package io.parley.web;

import org.junit.jupiter.api.BeforeEach;

/// The two, with the steps of whoever gets to know people.
abstract class TwoAcquaintances extends TwoPeople {
  SocialSteps miras;
  SocialSteps leis;

  @BeforeEach
  void takeSteps() {
    miras = new SocialSteps(mira);
    leis = new SocialSteps(lei);
  }
}
