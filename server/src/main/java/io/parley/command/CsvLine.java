package io.parley.command;

import io.parley.base.Fault;
import java.util.ArrayList;
import java.util.List;

/// A row of CSV after RFC 4180, strictly, with one rule more: a row is one line.
///
/// A stray quote must never cost anything but its own row. RFC 4180 lets a quoted field hold line
/// ends, so a quote that was never closed would take in every row up to the next quote; no column
/// of ours may hold a line end, so nothing is lost by refusing them. Common readers keep a quote
/// inside an unquoted field, or drop it: both may alter a password in silence.
final class CsvLine {
  private final String text;
  private final List<String> fields = new ArrayList<>();
  private int at;

  private CsvLine(String text) {
    this.text = text;
  }

  /// The fields of `text`, which has no line end; at least one.
  ///
  /// @throws Fault INVALID_FIELD naming the field by its place, from 1
  static List<String> fields(String text) {
    CsvLine line = new CsvLine(text);
    line.field();
    while (line.at < text.length()) {
      line.at++; // the comma
      line.field();
    }
    return line.fields;
  }

  /// Reads up to the next comma or the end.
  private void field() {
    if (at < text.length() && text.charAt(at) == '"') {
      quoted();
      return;
    }
    int end = text.indexOf(',', at);
    end = end < 0 ? text.length() : end;
    String field = text.substring(at, end);
    if (field.indexOf('"') >= 0) {
      throw wrong("has a quote inside; put the field in quotes and double each quote in it");
    }
    fields.add(field);
    at = end;
  }

  private void quoted() {
    StringBuilder field = new StringBuilder();
    at++;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw wrong("opens a quote that is not closed on the same line");
      }
      field.append(text, at, quote);
      at = quote + 1;
      if (at == text.length() || text.charAt(at) == ',') {
        fields.add(field.toString());
        return;
      }
      if (text.charAt(at) != '"') {
        throw wrong("goes on after its closing quote");
      }
      field.append('"');
      at++;
    }
  }

  private Fault wrong(String what) {
    return Fault.invalid("field " + (fields.size() + 1), what);
  }
}
