package io.parley.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.parley.account.Imports;
import io.parley.base.Fault;
import io.parley.config.Config;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of accounts, read row by row: CSV (RFC 4180, UTF-8) with a line of column names, or one
/// JSON object a line. A row is one line in both, so that what is wrong with one never touches the
/// next, and at most 64 Ki characters.
final class UserFile implements AutoCloseable {
  /// A row as it stands.
  ///
  /// @param line from 1
  /// @param text without the line's end
  /// @param fields by column; empty if it cannot be read
  /// @param wrong why it cannot be read; null if it can
  record Row(long line, String text, Map<String, String> fields, @Nullable String wrong) {}

  private static final int ROW_CHARS_MAX = 65_536;
  private static final List<String> IGNORED = List.of("line", "reason");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Counting bytes;
  private final BufferedReader reader;
  private final @Nullable List<String> columns;
  private final String header;
  private @Nullable String ahead;
  private long line;
  private boolean tooLong;
  private boolean ended;

  /// @throws Config.Invalid if it cannot be read or its columns are not known
  UserFile(Path file) {
    try {
      bytes = new Counting(Files.newInputStream(file));
      reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
      String first = read();
      first = first != null && first.startsWith("\uFEFF") ? first.substring(1) : first;
      if (first == null || first.stripLeading().startsWith("{")) {
        columns = null;
        header = "";
        ahead = first;
      } else {
        header = first;
        columns = columns(first);
      }
    } catch (IOException e) {
      throw new Config.Invalid("cannot read " + file + ": " + e);
    }
  }

  private static List<String> columns(String header) {
    List<String> names;
    try {
      names = CsvLine.fields(header);
    } catch (Fault e) {
      throw new Config.Invalid(
          "the first line must name columns, or be a JSON object: " + e.text());
    }
    List<String> known = names.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    if (known.stream().distinct().count() < known.size()) {
      throw new Config.Invalid("the first line names a column twice: " + known);
    }
    for (String name : known) {
      if (!Imports.COLUMNS.contains(name) && !IGNORED.contains(name)) {
        throw new Config.Invalid(
            "unknown column \"" + name + "\"; there are " + new ArrayList<>(Imports.COLUMNS));
      }
    }
    return known;
  }

  boolean csv() {
    return columns != null;
  }

  /// The line of column names; empty where there is none.
  String header() {
    return header;
  }

  /// Lines read so far.
  long line() {
    return ahead == null ? line : line - 1;
  }

  /// Whether [#next] has answered null.
  boolean ended() {
    return ended;
  }

  /// Bytes read so far, at most a buffer ahead of the rows.
  long position() {
    return bytes.count;
  }

  /// The next row; null at the end. Blank lines are no rows.
  @Nullable Row next() throws IOException {
    while (true) {
      long first = line + (ahead == null ? 1 : 0);
      String text = ahead == null ? read() : ahead;
      ahead = null;
      if (text == null) {
        ended = true;
        return null;
      }
      if (!text.isBlank()) {
        return columns == null ? json(first, text) : csv(first, text, columns);
      }
    }
  }

  private Row json(long number, String text) {
    if (unreadable(text)) {
      return new Row(number, text, Map.of(), reason(text));
    }
    try {
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        return new Row(number, text, Map.of(), "not a JSON object");
      }
      Map<String, String> fields = new HashMap<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (Imports.COLUMNS.contains(field.getKey()) && field.getValue().isValueNode()) {
          fields.put(field.getKey(), field.getValue().isNull() ? "" : field.getValue().asText());
        } else if (!IGNORED.contains(field.getKey())) {
          return new Row(number, text, Map.of(), "unknown or no simple value: " + field.getKey());
        }
      }
      return new Row(number, text, fields, null);
    } catch (JsonProcessingException e) {
      return new Row(number, text, Map.of(), "not one JSON object");
    }
  }

  private Row csv(long number, String text, List<String> names) {
    if (unreadable(text)) {
      return new Row(number, text, Map.of(), reason(text));
    }
    List<String> values;
    try {
      values = CsvLine.fields(text);
    } catch (Fault e) {
      return new Row(number, text, Map.of(), e.text());
    }
    if (values.size() != names.size()) {
      return new Row(
          number, text, Map.of(), values.size() + " fields under " + names.size() + " columns");
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), values.get(i));
    }
    return new Row(number, text, fields, null);
  }

  private boolean unreadable(String text) {
    return tooLong || text.length() > ROW_CHARS_MAX || text.indexOf('\uFFFD') >= 0;
  }

  private String reason(String text) {
    boolean broken = !tooLong && text.length() <= ROW_CHARS_MAX;
    return broken ? "not UTF-8" : "longer than " + ROW_CHARS_MAX + " characters";
  }

  /// One line without its end; what is over the limit of it is dropped.
  private @Nullable String read() throws IOException {
    StringBuilder out = new StringBuilder();
    tooLong = false;
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    line++;
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (out.length() <= ROW_CHARS_MAX) {
        out.append((char) c);
      } else {
        tooLong = true;
      }
    }
    int end = out.length() - 1;
    if (end >= 0 && out.charAt(end) == '\r') {
      out.setLength(end);
    }
    return out.toString();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        count += read;
      }
      return read;
    }
  }
}
