package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.ClientTools;
import io.parley.harness.Program;
import io.parley.harness.TestServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others make of `/openapi.json`: a linter finds nothing, and clients that generators make
/// register, log in, send and read on a server.
class OpenApiClientsTest {
  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final String JAVAC = System.getProperty("java.home") + "/bin/javac";

  @TempDir private static Path dir;
  private static TestServer server;
  private static Path work;
  private static Path document;

  @BeforeAll
  static void fetch() throws Exception {
    server = TestServer.start(dir.resolve("data"));
    // Below the packages, so that what is compiled finds them.
    work = Files.createDirectories(ClientTools.FOLDER.resolve("work"));
    document = work.resolve("openapi.json");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/openapi.json")).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> got = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, got.statusCode());
      Files.writeString(document, got.body());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void linter_findsNothing() throws Exception {
    String said =
        ClientTools.npm(
            work, "redocly", "lint", "--extends=recommended", "--format=json", "openapi.json");
    JsonNode found = new ObjectMapper().readTree(said.substring(said.indexOf("{\n")));
    assertEquals(0, found.at("/totals/errors").asInt(-1), said);
    assertEquals(0, found.at("/totals/warnings").asInt(-1), said);
  }

  @Test
  void typescriptClients_makeARoundTrip() throws Exception {
    Path typed = ClientTools.client(work, "openapi-fetch");
    ClientTools.npm(
        work, "openapi-typescript", "openapi.json", "-o", typed.resolve("schema.d.ts").toString());
    Path generated = ClientTools.client(work, "typescript-fetch");
    generate(
        "typescript-fetch",
        generated.resolve("generated"),
        List.of("--additional-properties=importFileExtension=.js"));
    ClientTools.npm(work, "tsc", "-p", ".");
    for (String client : List.of("openapi-fetch", "typescript-fetch")) {
      String script = "out/" + client + "/round-trip.js";
      assertEquals("done\n", Program.run(work, List.of("node", script, server.url())), client);
    }
  }

  @Test
  void javaClient_makesARoundTrip() throws Exception {
    Path client = ClientTools.client(work, "java");
    generate(
        "java",
        client.resolve("generated"),
        List.of(
            "--library=native",
            "--additional-properties=openApiNullable=false,useJakartaEe=true",
            "--global-property=apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
    Path annotations =
        ClientTools.jar(
            "jakarta.annotation", "jakarta.annotation-api", "jakarta-annotation.version");
    // The generator's jar has in it what its clients need, this apart.
    String libraries = generator() + File.pathSeparator + annotations;
    Path classes = client.resolve("classes");
    List<String> compile =
        new ArrayList<>(
            List.of(JAVAC, "-J-XX:TieredStopAtLevel=1", "-proc:none", "-nowarn", "-cp", libraries));
    compile.addAll(List.of("-d", classes.toString()));
    try (Stream<Path> files = Files.walk(client.resolve("generated/src/main/java"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compile::add);
    }
    compile.add(client.resolve("RoundTrip.java").toString());
    Program.run(client, compile);
    assertEquals(
        "done\n",
        Program.run(
            client,
            List.of(
                JAVA, "-cp", classes + File.pathSeparator + libraries, "RoundTrip", server.url())));
  }

  private static Path generator() throws IOException {
    return ClientTools.jar(
        "org.openapitools", "openapi-generator-cli", "openapi-generator.version");
  }

  private static void generate(String language, Path to, List<String> options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
    command.addAll(List.of(generator().toString(), "generate", "-g", language));
    command.addAll(List.of("-i", document.toString(), "-o", to.toString()));
    command.addAll(options);
    Program.run(work, command);
  }
}
