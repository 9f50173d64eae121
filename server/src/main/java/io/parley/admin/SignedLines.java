package io.parley.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// JSON lines on their way out, compressed; the last line holds the SHA-256 of all before it, and
/// the signature of that.
///
/// `{"parley_export":1,"kind":"accounts",…}` · rows · `{"rows":12,"sha256":"…","signature":"…",
/// "public_key":"…"}`
public final class SignedLines {
  /// What a file says of itself; all of it holds.
  public record Verified(String kind, String exportedAt, long rows, String publicKey) {}

  /// A file that is not what it says.
  public static final class Forged extends Exception {
    private static final long serialVersionUID = 1;

    Forged(String why) {
      super(why);
    }
  }

  static final JsonMapper JSON = new JsonMapper();
  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final OutputStream out;
  private final ExportKey key;
  private final MessageDigest digest = sha256();
  private long rows = -1; // The first line is no row.

  SignedLines(OutputStream raw, ExportKey key) throws IOException {
    out = new GZIPOutputStream(raw, 1 << 13);
    this.key = key;
  }

  void write(ObjectNode line) throws IOException {
    byte[] bytes = bytes(line);
    digest.update(bytes);
    out.write(bytes);
    rows++;
  }

  /// Writes the last line and closes.
  void finish() throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    ObjectNode last = JSON.createObjectNode();
    last.put("rows", rows);
    last.put("sha256", sha256);
    last.put("signature", key.sign(sha256));
    last.put("public_key", key.publicKey());
    out.write(bytes(last));
    out.close();
  }

  private static byte[] bytes(ObjectNode line) throws JsonProcessingException {
    return (JSON.writeValueAsString(line) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /// Checks a whole file, compressed or not.
  ///
  /// @throws Forged if anything in it is not as it was written
  public static Verified verify(InputStream file) throws IOException, Forged {
    InputStream in = plain(new BufferedInputStream(file, 1 << 16));
    MessageDigest digest = sha256();
    byte[] first = line(in);
    byte[] held = first;
    long lines = 0;
    for (byte[] next = line(in); next.length > 0; next = line(in)) {
      digest.update(held);
      held = next;
      lines++;
    }
    JsonNode head = JSON.readTree(first);
    JsonNode last = JSON.readTree(held);
    if (lines == 0 || head.path("parley_export").asInt() != 1) {
      throw new Forged("not an export of Parley");
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    if (!sha256.equals(last.path("sha256").asText()) || last.path("rows").asLong() != lines - 1) {
      throw new Forged("what it holds is not what was signed");
    }
    String publicKey = last.path("public_key").asText();
    if (!ExportKey.verify(publicKey, sha256, last.path("signature").asText())) {
      throw new Forged("the signature is not that of the key");
    }
    return new Verified(
        head.path("kind").asText(), head.path("exported_at").asText(), lines - 1, publicKey);
  }

  private static InputStream plain(BufferedInputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  /// The next line with its end; empty at the end of the file.
  private static byte[] line(InputStream in) throws IOException, Forged {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each >= 0; each = in.read()) {
      line.write(each);
      if (each == '\n') {
        break;
      }
      if (line.size() > LINE_BYTES_MAX) {
        throw new Forged("a line of more than " + LINE_BYTES_MAX + " bytes");
      }
    }
    return line.toByteArray();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
