package io.parley.face.phone;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.parley.base.Fault;
import io.parley.face.edge.StrictJson;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The body of `save_file/`: a JSON object whose `content` is a file in Base64 (line breaks
/// allowed). Read piece by piece, because it may be larger than memory, and as strictly as [Json]
/// reads other bodies.
final class EncodedFile {
  private static final int TEXT_CHARS_MAX = 4096;
  private static final JsonFactory JSON = StrictJson.factory(TEXT_CHARS_MAX);

  private final Path file;
  private long decoded = -1;

  private EncodedFile(Path file) {
    this.file = file;
  }

  /// Leaves in `file`, which holds such a body, what its `content` stands for.
  ///
  /// Decoded where it stands: four characters become at most three bytes, and are read before those
  /// are written, so what is written never reaches what is still to be read.
  ///
  /// @throws Refusal if there is no such object, or no such text in it
  static void decode(Path file) {
    try {
      new EncodedFile(file).decode();
    } catch (StreamConstraintsException e) {
      throw Refusal.failure("the body is too deep, or has too long a number");
    } catch (JsonProcessingException e) {
      throw Refusal.malformed("not valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void decode() throws IOException {
    NulWatch reader = new NulWatch(reader());
    try (JsonParser parser = JSON.createParser(reader)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.malformed("a JSON object is wanted");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        requireSound(parser, "");
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "content" -> content(parser);
          case "name" -> name(parser);
          default -> other(parser, field);
        }
      }
      if (parser.nextToken() != null) {
        throw Refusal.malformed("not valid JSON");
      }
    }
    if (reader.found) {
      throw unsound("content"); // Every other text was looked at.
    }
    if (decoded <= 0) {
      throw new Refusal(Status.FORMAT_ERROR_FILE, "content is empty");
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.truncate(decoded);
    }
  }

  /// Half a pair stands for what is no UTF-8, so that both are found in the same way.
  private Reader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            Files.newInputStream(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith("\uDC00")));
  }

  private void content(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw Refusal.malformed("content: must be a text");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream bytes = Channels.newOutputStream(channel)) {
      decoded = parser.readBinaryValue(Base64Variants.MIME, bytes);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new Refusal(Status.FORMAT_ERROR_FILE, "content is not Base64");
    }
  }

  private static void name(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    boolean text =
        token == JsonToken.VALUE_STRING
            || token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_NULL;
    if (!text) {
      throw Refusal.malformed("name: must be a text");
    }
    requireSound(parser, "name");
  }

  /// A field that is not ours.
  private static void other(JsonParser parser, String field) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (token != null) {
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      requireSound(parser, field);
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static void requireSound(JsonParser parser, String field) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_STRING && token != JsonToken.FIELD_NAME) {
      return;
    }
    try {
      if (!StrictJson.isSound(parser.getText())) {
        throw field.isEmpty() ? Refusal.malformed("a name is no text in UTF-8") : unsound(field);
      }
    } catch (StreamConstraintsException e) {
      throw Refusal.failure(field + ": longer than " + TEXT_CHARS_MAX + " characters");
    }
  }

  private static Refusal unsound(String field) {
    return Refusal.of(Fault.invalid(field, "must be text in UTF-8 without U+0000"));
  }

  /// Notices an escaped U+0000, which a decoder of Base64 takes for one more blank.
  private static final class NulWatch extends FilterReader {
    private static final String NUL = "\\u0000";

    private boolean found;
    private int matched;

    NulWatch(Reader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      if (c >= 0) {
        look((char) c);
      }
      return c;
    }

    @Override
    public int read(char[] to, int from, int most) throws IOException {
      int count = super.read(to, from, most);
      for (int i = from; i < from + count; i++) {
        look(to[i]);
      }
      return count;
    }

    private void look(char c) {
      if (c == NUL.charAt(matched)) {
        matched++;
      } else {
        // A second backslash ends what the first began.
        matched = c == '\\' && matched != 1 ? 1 : 0;
      }
      if (matched == NUL.length()) {
        found = true;
        matched = 0;
      }
    }
  }
}
