package io.parley.command;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.parley.account.Imports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The file of rows that could not be imported. It has the form of the imported one, with the line
/// and the reason added, so that it can be corrected and imported in turn. It is its owner's alone:
/// it holds passwords.
final class RejectedRows implements Imports.Rejections, AutoCloseable {
  private static final int SHOWN_MAX = 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final UserFile source;
  private final FileChannel out;
  private final StringBuilder pending = new StringBuilder();
  private final Map<Long, String> texts = new HashMap<>();
  private long count;

  /// Goes on after `from`.
  RejectedRows(Path file, UserFile source, Imports.Progress from) throws IOException {
    this.file = file;
    this.source = source;
    count = from.rejected();
    if (from.rejectedBytes() == 0) {
      Files.deleteIfExists(file);
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
    }
    out = FileChannel.open(file, StandardOpenOption.WRITE);
    out.truncate(from.rejectedBytes()).position(from.rejectedBytes());
  }

  /// Remembers what a row looks like until its batch is done.
  synchronized void remember(long line, String text) {
    texts.put(line, text);
  }

  @Override
  public synchronized void reject(long line, String why) {
    String text = texts.getOrDefault(line, "");
    if (count++ < SHOWN_MAX) {
      System.err.println("parley: line " + line + ": " + why);
    }
    if (source.csv()) {
      if (pending.isEmpty() && position() == 0) {
        pending.append(source.header()).append(",line,reason\n");
      }
      pending.append(text);
      pending.append(',').append(line).append(",\"");
      pending.append(why.replace("\"", "\"\"")).append("\"\n");
    } else {
      json(line, text.strip(), why);
    }
  }

  private void json(long line, String text, String why) {
    JsonStringEncoder encoder = JsonStringEncoder.getInstance();
    String added =
        "\"line\":" + line + ",\"reason\":\"" + new String(encoder.quoteAsString(why)) + "\"}";
    boolean object = text.startsWith("{") && text.endsWith("}") && text.length() > 2;
    pending.append(
        object
            ? text.substring(0, text.length() - 1) + "," + added
            : "{\"text\":\"" + new String(encoder.quoteAsString(text)) + "\"," + added);
    pending.append('\n');
  }

  /// Also forgets the rows that were remembered up to `line`.
  synchronized void forget(long line) {
    texts.keySet().removeIf(known -> known <= line);
  }

  @Override
  public synchronized long flush() {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(pending.toString());
      pending.setLength(0);
      if (bytes.hasRemaining()) {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      return position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long position() {
    try {
      return out.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized long count() {
    return count;
  }

  /// Removes the file if nothing was rejected.
  @Override
  public void close() {
    try {
      long size = out.size();
      out.close();
      if (size == 0) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
