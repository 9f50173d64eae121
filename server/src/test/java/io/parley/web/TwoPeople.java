package io.parley.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One server for all tests of a class, and two people at browsers of their own, each test's with
/// new accounts: Mira reads English, 李雷 Chinese.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoPeople {
  @TempDir static Path folder;
  private static final AtomicInteger COUNT = new AtomicInteger();

  TestServer server;
  Person mira;
  Person lei;

  @BeforeAll
  void startServer() throws IOException {
    server = serve(data());
  }

  @AfterAll
  void stopServer() throws IOException {
    server.close();
  }

  TestServer serve(Path data) throws IOException {
    return TestServer.start(data);
  }

  /// Where 李雷's browser finds the server.
  String leisUrl() {
    return server.url();
  }

  @BeforeEach
  void sitDown() {
    int test = COUNT.incrementAndGet();
    mira = Person.arrive("Mira-" + test + "x", server, server.url(), "en");
    lei = Person.arrive("李雷-" + test + "x", server, leisUrl(), "zh-CN");
  }

  @AfterEach
  void standUp() {
    mira.close();
    lei.close();
  }

  static Path data() {
    return folder.resolve("data");
  }

  void assertNoComplaints() {
    assertEquals(List.of(), mira.complaints());
    assertEquals(List.of(), lei.complaints());
  }
}
