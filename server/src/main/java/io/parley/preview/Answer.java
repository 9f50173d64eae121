package io.parley.preview;

import com.google.common.io.ByteStreams;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// The answer to one GET over HTTP/1.1, as it comes off a connection that is used for nothing
/// else.
final class Answer {
  private static final int HEAD_BYTES_MAX = 32_768;
  private static final int FIELDS_MAX = 200;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHARSET =
      Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([A-Za-z0-9_.:+-]{1,40})\"?");

  private final InputStream in;
  private final int status;
  private final Map<String, String> fields;

  private Answer(InputStream in, int status, Map<String, String> fields) {
    this.in = in;
    this.status = status;
    this.fields = fields;
  }

  /// Reads the head; answers that only announce another one are passed over.
  ///
  /// @throws IOException also for what is no HTTP, and for a head of more than 32 KiB
  static Answer read(InputStream in) throws IOException {
    int[] room = {HEAD_BYTES_MAX};
    while (true) {
      Matcher line = STATUS.matcher(line(in, room));
      if (!line.matches()) {
        throw new IOException("no HTTP");
      }
      Map<String, String> fields = fields(in, room);
      int status = Integer.parseInt(line.group(1));
      if (status >= 200) {
        return new Answer(in, status, fields);
      }
    }
  }

  private static Map<String, String> fields(InputStream in, int[] room) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (String line = line(in, room); !line.isEmpty(); line = line(in, room)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        fields.putIfAbsent(name, line.substring(colon + 1).strip());
      }
      if (fields.size() > FIELDS_MAX) {
        throw new IOException("too many header fields");
      }
    }
    return fields;
  }

  /// @param room bytes that may still come; what is read is taken off
  private static String line(InputStream in, int[] room) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the head ends early");
      }
      if (--room[0] < 0) {
        throw new IOException("a head of more than " + HEAD_BYTES_MAX + " bytes");
      }
      line.append((char) c);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  boolean isOk() {
    return status == 200;
  }

  /// Where it sends whoever asked; null if it does not.
  @Nullable String location() {
    boolean elsewhere = status >= 301 && status <= 308 && status != 304;
    return elsewhere ? fields.get("location") : null;
  }

  /// The media type in lower case, without parameters; empty where it says none.
  String type() {
    String type = fields.getOrDefault("content-type", "");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// What it says of the text's encoding; null for nothing.
  @Nullable String charset() {
    Matcher found = CHARSET.matcher(fields.getOrDefault("content-type", ""));
    return found.find() ? found.group(1) : null;
  }

  /// The first `max` bytes of the body, unfolded; fewer if it has fewer, or the connection ends.
  ///
  /// @throws IOException also for an encoding that was not asked for
  byte[] body(int max) throws IOException {
    InputStream plain =
        switch (fields.getOrDefault("content-encoding", "identity").toLowerCase(Locale.ROOT)) {
          case "identity", "" -> framed();
          case "gzip", "x-gzip" -> new GZIPInputStream(framed());
          default -> throw new IOException("an encoding that was not asked for");
        };
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      while (body.size() < max) {
        int count = plain.read(part, 0, Math.min(part.length, max - body.size()));
        if (count < 0) {
          break;
        }
        body.write(part, 0, count);
      }
    } catch (EOFException e) {
      // What came is a part of the page.
      return body.toByteArray();
    }
    return body.toByteArray();
  }

  private InputStream framed() throws IOException {
    String coding = fields.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("a framing that is not known");
      }
      return new Chunks(in);
    }
    String length = fields.get("content-length");
    if (length == null) {
      return in;
    }
    if (!LENGTH.matcher(length).matches()) {
      throw new IOException("no length");
    }
    return ByteStreams.limit(in, Long.parseLong(length));
  }

  /// The inside of a body that comes in chunks.
  private static final class Chunks extends InputStream {
    private static final int LINE_MAX = 1024;

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      if (left == 0 && !ended) {
        next();
      }
      if (ended) {
        return -1;
      }
      int count = in.read(into, at, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("a chunk ends early");
      }
      left -= count;
      return count;
    }

    private void next() throws IOException {
      int[] room = {LINE_MAX};
      if (begun) {
        line(in, room);
      }
      begun = true;
      String size = line(in, room).split(";", 2)[0].strip();
      try {
        left = Long.parseLong(size, 16);
      } catch (NumberFormatException e) {
        throw new IOException("no chunk", e);
      }
      if (left < 0) {
        throw new IOException("no chunk");
      }
      ended = left == 0;
    }
  }
}
