package io.parley.face.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of the web client as it is sent: its text, and where its modules are served as they lie a
/// `modulepreload` link for every one that the first one needs. Without these a browser would find
/// them one level of imports at a time, a round trip each.
final class Page {
  private static final Pattern ENTRY =
      Pattern.compile("<script type=\"module\" src=\"(/[^\"]+)\"></script>");
  private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\":\\s*\"(/webjars/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)(?:^|[;}]\\s*)(?:import|export)\\b(?:[^'\"()]*?from)?\\s*[\"']([^\"']+)[\"']");

  private final ClientFiles files;
  private final Map<String, String> mapped = new TreeMap<>();
  private final Set<String> needed = new LinkedHashSet<>();

  private Page(ClientFiles files) {
    this.files = files;
  }

  /// The page at `path`, such as `/index.html`.
  static String read(ClientFiles files, String path) throws IOException {
    Page page = new Page(files);
    String html = page.text(path);
    Matcher entry = ENTRY.matcher(html);
    if (!entry.find() || entry.group(1).startsWith(ClientFiles.PACKED)) {
      return html;
    }
    MAPPED.matcher(html).results().forEach(each -> page.mapped.put(each.group(1), each.group(2)));
    page.follow(entry.group(1));
    page.needed.remove(entry.group(1));
    StringBuilder links = new StringBuilder();
    page.needed.forEach(
        module ->
            links.append("<link rel=\"modulepreload\" href=\"").append(module).append("\">\n  "));
    return html.substring(0, entry.start()) + links + html.substring(entry.start());
  }

  private void follow(String module) throws IOException {
    if (!needed.add(module)) {
      return;
    }
    Set<String> found = new LinkedHashSet<>();
    IMPORT.matcher(text(module)).results().forEach(each -> found.add(each.group(1)));
    for (String name : found) {
      follow(resolved(module, name));
    }
  }

  /// As a browser does: by the import map, else relative to the importing module.
  private String resolved(String module, String name) {
    if (name.startsWith("/")) {
      return name;
    }
    if (name.startsWith(".")) {
      return java.net.URI.create(module).resolve(name).toString();
    }
    String exact = mapped.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, String> each : mapped.entrySet()) {
      if (each.getKey().endsWith("/") && name.startsWith(each.getKey())) {
        return each.getValue() + name.substring(each.getKey().length());
      }
    }
    throw new IllegalStateException(module + " imports " + name + ", which the page does not map");
  }

  private String text(String path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
