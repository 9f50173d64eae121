package io.parley.face.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A certificate that nobody vouches for.
public final class Certificate {
  private static final char[] PASSWORD = "password".toCharArray();

  private Certificate() {}

  /// The settings of a server that has one; its files are made beside `dir`.
  public static Map<String, String> keys(Path dir) throws Exception {
    Path store = dir.resolveSibling(dir.getFileName() + ".p12");
    Path cert = dir.resolveSibling(dir.getFileName() + ".crt");
    Path key = dir.resolveSibling(dir.getFileName() + ".key");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IOException("no certificate was made");
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    pem(cert, "CERTIFICATE", keys.getCertificate("test").getEncoded());
    pem(key, "PRIVATE KEY", ((PrivateKey) keys.getKey("test", PASSWORD)).getEncoded());
    return Map.of("server.tls.cert", cert.toString(), "server.tls.key", key.toString());
  }

  private static void pem(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}
