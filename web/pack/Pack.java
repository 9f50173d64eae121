import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Packs the web client: for each page one style sheet and one bundle of modules below
/// `/packed/<hash>/`, also compressed, and the page that asks for them. The hash is that of all
/// files of a page, so what lies under an address never changes, and a page gets the files that it
/// was made with or none. Pictures, the service worker and the modules as they lie are copied.
///
/// `java -cp … pack/Pack.java WEB`: the folder of the module, whose `client` is packed into
/// `target/classes`, emptied first. `target/packed` says of what it was made; while that is still
/// so,
/// nothing is done.
public final class Pack {
  private static final List<String> PAGES = List.of("/index.html", "/admin/index.html");
  private static final Pattern STYLE =
      Pattern.compile("\\s*<link rel=\"stylesheet\" href=\"([^\"]+)\">");
  private static final Pattern CLASSIC_SCRIPT =
      Pattern.compile("<script src=\"([^\"]+)\"></script>");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("\\s*<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\":\\s*\"([^\"]+)\"");
  private static final Pattern ENTRY =
      Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");

  private final Sources client;
  private final Path out;

  private Pack(Sources client, Path out) {
    this.client = client;
    this.out = out;
  }

  /// The sources, by the paths that browsers know them by.
  record Sources(Path folder) {
    String text(String path) throws IOException {
      return Files.readString(folder.resolve(path.substring(1)));
    }

    List<Path> all() throws IOException {
      try (Stream<Path> found = Files.walk(folder)) {
        return found.filter(Files::isRegularFile).sorted().toList();
      }
    }
  }

  /// See the class.
  public static void main(String[] args) throws Exception {
    Path web = Path.of(args[0]);
    Sources client = new Sources(web.resolve("client"));
    Path out = web.resolve("target/classes/io/parley/web/client");
    Path stamp = web.resolve("target/packed");
    String packed = sourcesDigest(client) + "\n" + toolDigest(web.resolve("pack")) + "\n";
    if (Files.exists(stamp) && Files.readString(stamp).equals(packed)) {
      return;
    }
    Files.deleteIfExists(stamp);
    clear(out);
    new Pack(client, out).pack();
    Files.writeString(stamp, packed);
  }

  private void pack() throws Exception {
    for (Path file : client.all()) {
      String path = client.folder().relativize(file).toString().replace('\\', '/');
      // No page loads the modules any more; whoever looks for what the client does finds them where they were.
      if (path.startsWith("asset/") || path.startsWith("app/") || path.equals("sw.js")) {
        write("/" + path, Files.readAllBytes(file));
      }
    }
    boolean brotli = Brotli4jLoader.isAvailable();
    if (!brotli) {
      System.out.println("no Brotli for this machine: what is packed is compressed by gzip only");
    }
    for (String page : PAGES) {
      page(page, brotli);
    }
  }

  private void page(String path, boolean brotli) throws Exception {
    String html = client.text(path);
    Map<String, String> mapped = new TreeMap<>();
    first(IMPORT_MAP, html, path)
        .results()
        .flatMap(map -> MAPPED.matcher(map.group(1)).results())
        .forEach(each -> mapped.put(each.group(1), each.group(2)));
    Matcher entry = first(ENTRY, html, path);
    entry.find();
    Map<String, String> files = Bundle.of(client, entry.group(1), mapped);
    StringBuilder css = new StringBuilder();
    for (var style : STYLE.matcher(html).results().toList()) {
      css.append(smallStyle(client.text(style.group(1))));
    }
    files.put("main.css", css.toString());
    String folder = "/packed/" + hash(files) + "/";
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      write(folder + file.getKey(), bytes);
      write(folder + file.getKey() + ".gz", gzip(bytes));
      if (brotli) {
        write(folder + file.getKey() + ".br", Encoder.compress(bytes, BROTLI));
      }
    }
    html =
        STYLE
            .matcher(html)
            .replaceFirst("\n  <link rel=\"stylesheet\" href=\"" + folder + "main.css\">");
    html = STYLE.matcher(html).replaceAll(found -> found.group(1).startsWith(folder) ? "$0" : "");
    html = IMPORT_MAP.matcher(html).replaceFirst("");
    for (var script : CLASSIC_SCRIPT.matcher(html).results().toList()) {
      String inline = "<script>" + smallScript(client.text(script.group(1))) + "</script>";
      html = html.replace(script.group(), inline);
    }
    html = ENTRY.matcher(html).replaceFirst(scripts(folder, files));
    write(path, html.getBytes(StandardCharsets.UTF_8));
  }

  /// The rest is fetched when the page has what it needs, so that it is there when the server has
  /// been
  /// updated meanwhile.
  private static String scripts(String folder, Map<String, String> files) {
    StringBuilder html = new StringBuilder();
    for (String file : files.keySet()) {
      if (file.equals("main.js")) {
        html.append("<script type=\"module\" src=\"" + folder + file + "\"></script>");
      } else if (file.endsWith(".js")) {
        html.append("\n  <link rel=\"prefetch\" as=\"script\" href=\"" + folder + file + "\">");
      }
    }
    return html.toString();
  }

  private static Matcher first(Pattern what, String html, String path) {
    Matcher found = what.matcher(html);
    if (!found.find()) {
      throw new IllegalStateException(path + " has no " + what);
    }
    return found.reset();
  }

  private static String smallStyle(String css) {
    return css.replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?([{};]) ?", "$1")
        .replaceAll("([:,]) ", "$1")
        .replace(";}", "}")
        .strip();
  }

  private static String smallScript(String js) {
    return js.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("//"))
        .reduce("", (all, line) -> all.isEmpty() ? line : all + "\n" + line);
  }

  private static final Encoder.Parameters BROTLI =
      new Encoder.Parameters().setQuality(11).setWindow(22).setMode(Encoder.Mode.TEXT);

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(small) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      gzip.write(bytes);
    }
    return small.toByteArray();
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = out.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String hash(Map<String, String> files) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Map.Entry<String, String> file : files.entrySet()) {
      digest.update(
          (file.getKey() + "\0" + file.getValue() + "\0").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 6);
  }

  /// Of the names and contents of all sources; `PackedClientTest` makes the same.
  private static String sourcesDigest(Sources client) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : client.all()) {
      digest.update(
          client
              .folder()
              .relativize(file)
              .toString()
              .replace('\\', '/')
              .getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Of this program and of the versions that it works with, which the class path names.
  private static String toolDigest(Path program) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : new Sources(program).all()) {
      digest.update(Files.readAllBytes(file));
    }
    digest.update(System.getProperty("java.class.path").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }
}
