import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.ChunkOutputType;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.DependencyOptions;
import com.google.javascript.jscomp.JSChunk;
import com.google.javascript.jscomp.PropertyRenamingPolicy;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.VariableRenamingPolicy;
import com.google.javascript.jscomp.WarningLevel;
import com.google.javascript.jscomp.deps.ModuleLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The modules of one page as few files, minified: one that the page starts with, one for what each
/// late `import()` needs besides, if that is worth a request. Late parts that are not worth one are
/// together in two files: those that are small with all that they need, and those that are small
/// beside the larger ones.
///
/// A module that several late parts need lies in the first file that needs it, and the others import
/// that: the small ones, then from the largest down.
/// Names
/// of files stand in for what their contents are known by: all of a page lie in one folder.
final class Bundle {
  private static final int WORTH_A_REQUEST_CHARS = 64_000;
  private static final String MAIN = "main";
  private static final String SMALL = "small";
  private static final String REST = "rest";
  private static final String WEBJARS = "/webjars/";
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)((?:^|[;}]\\s*)(?:import|export)\\b(?:[^'\"()]*?from)?\\s*[\"'])([^\"']+)([\"'])");
  private static final Pattern LATE_IMPORT = Pattern.compile("(\\bimport\\(')([^']+)('\\))");
  // What Closure makes of the names of modules and of what they declare.
  private static final Pattern LONG_NAME =
      Pattern.compile("[\\w$]+\\$\\$module\\$[\\w$]+|\\bmodule\\$(?:app|admin|webjars)\\$[\\w$]+");

  private final Pack.Sources files;
  private final Map<String, String> mapped;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<String>> imports = new HashMap<>();
  private final Set<String> late = new LinkedHashSet<>();

  private Bundle(Pack.Sources files, Map<String, String> mapped) {
    this.files = files;
    this.mapped = mapped;
  }

  /// @param entry the page's first module, such as `/app/main.js`
  /// @param mapped the page's import map
  /// @return by file name: what the page starts with first
  static Map<String, String> of(Pack.Sources files, String entry, Map<String, String> mapped)
      throws IOException {
    Bundle bundle = new Bundle(files, mapped);
    bundle.read(entry);
    List<String> parts = new ArrayList<>();
    // Reading a late part may find more of them.
    for (String next = entry; next != null; next = bundle.unread(parts)) {
      bundle.read(next);
      parts.add(next);
    }
    return bundle.compile(bundle.chunks(entry, parts));
  }

  private String unread(List<String> parts) {
    return late.stream().filter(each -> !parts.contains(each)).findFirst().orElse(null);
  }

  private void read(String first) throws IOException {
    Deque<String> todo = new ArrayDeque<>(List.of(first));
    while (!todo.isEmpty()) {
      String module = todo.remove();
      if (texts.containsKey(module)) {
        continue;
      }
      List<String> needed = new ArrayList<>();
      String text = module.startsWith(WEBJARS) ? library(module) : files.text(module);
      text = text.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
      text = IMPORT.matcher(text).replaceAll(found -> addressed(module, found, needed));
      text = LATE_IMPORT.matcher(text).replaceAll(found -> addressed(module, found, late));
      texts.put(module, text);
      imports.put(module, needed);
      todo.addAll(needed);
    }
  }

  private String addressed(String module, MatchResult found, Collection<String> into) {
    String address = resolved(module, found.group(2));
    into.add(address);
    return Matcher.quoteReplacement(found.group(1) + address + found.group(3));
  }

  /// As a browser does: by the import map, else relative to the importing module.
  private String resolved(String module, String name) {
    if (name.startsWith("/") || name.startsWith(".")) {
      return URI.create(module).resolve(name).toString();
    }
    if (mapped.containsKey(name)) {
      return mapped.get(name);
    }
    for (Map.Entry<String, String> each : mapped.entrySet()) {
      if (each.getKey().endsWith("/") && name.startsWith(each.getKey())) {
        return each.getValue() + name.substring(each.getKey().length());
      }
    }
    throw new IllegalStateException(module + " imports " + name + ", which the page does not map");
  }

  private static String library(String module) throws IOException {
    String[] parts = module.substring(WEBJARS.length()).split("/", 2);
    Properties jar = new Properties();
    try (InputStream in =
        resource("META-INF/maven/org.webjars.npm/" + parts[0] + "/pom.properties")) {
      jar.load(in);
    }
    String version = jar.getProperty("version");
    try (InputStream in =
        resource("META-INF/resources/webjars/" + parts[0] + "/" + version + "/" + parts[1])) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = ClassLoader.getSystemResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }

  private List<JSChunk> chunks(String entry, List<String> parts) {
    Map<String, Set<String>> reached = new HashMap<>();
    parts.forEach(part -> reached.put(part, reach(part, new LinkedHashSet<>())));
    Set<String> first = reached.get(entry);
    Map<String, Set<String>> chunks = new LinkedHashMap<>();
    chunks.put(MAIN, first);
    List<String> larger = new ArrayList<>(parts);
    larger.removeIf(first::contains);
    larger.sort(Comparator.comparing(part -> -chars(reached.get(part), first)));
    Set<String> small = new LinkedHashSet<>();
    larger.removeIf(
        part ->
            chars(reached.get(part), first) < WORTH_A_REQUEST_CHARS
                && small.addAll(reached.get(part)));
    chunks.put(SMALL, small);
    Set<String> there = new LinkedHashSet<>(first);
    there.addAll(small);
    Set<String> rest = new LinkedHashSet<>();
    for (String part : larger) {
      if (chars(reached.get(part), there) < WORTH_A_REQUEST_CHARS) {
        rest.addAll(reached.get(part));
      } else {
        chunks.put(part.replaceAll(".*/|\\.js$", ""), reached.get(part));
        there.addAll(reached.get(part));
      }
    }
    chunks.put(REST, rest);
    chunks.values().removeIf(Set::isEmpty);
    return chunks(chunks);
  }

  /// @param modules by the name of the chunk: what it needs, of which it holds what none before it
  ///     does
  private List<JSChunk> chunks(Map<String, Set<String>> modules) {
    Map<String, JSChunk> home = new HashMap<>();
    List<JSChunk> chunks = new ArrayList<>();
    modules.forEach(
        (name, all) -> {
          JSChunk chunk = new JSChunk(name);
          Set<JSChunk> needed =
              new LinkedHashSet<>(chunks.isEmpty() ? List.of() : chunks.subList(0, 1));
          for (String module : all) {
            JSChunk other = home.putIfAbsent(module, chunk);
            if (other == null) {
              chunk.add(SourceFile.fromCode(module, texts.get(module)));
            } else {
              needed.add(other);
            }
          }
          needed.remove(chunk);
          needed.forEach(chunk::addDependency);
          chunks.add(chunk);
        });
    return chunks;
  }

  private int chars(Set<String> modules, Set<String> without) {
    return modules.stream()
        .filter(module -> !without.contains(module))
        .mapToInt(module -> texts.get(module).length())
        .sum();
  }

  /// What a module needs comes before it.
  private Set<String> reach(String module, Set<String> seen) {
    Set<String> ordered = new LinkedHashSet<>();
    if (seen.add(module)) {
      imports.get(module).forEach(needed -> ordered.addAll(reach(needed, seen)));
      ordered.add(module);
    }
    return ordered;
  }

  private Map<String, String> compile(List<JSChunk> chunks) {
    CompilerOptions options = new CompilerOptions();
    // Private members are parsed and printed, but not understood well enough to reason about them:
    // only names of locals are touched, and modules joined.
    options.setLanguageIn(LanguageMode.UNSUPPORTED);
    options.setLanguageOut(LanguageMode.NO_TRANSPILE);
    options.setRenamingPolicy(VariableRenamingPolicy.LOCAL, PropertyRenamingPolicy.OFF);
    options.setModuleResolutionMode(ModuleLoader.ResolutionMode.BROWSER);
    options.setDependencyOptions(DependencyOptions.none());
    options.setChunkOutputType(ChunkOutputType.ES_MODULES);
    options.setAllowDynamicImport(true);
    options.setEmitUseStrict(false);
    options.setOutputCharset(StandardCharsets.UTF_8);
    WarningLevel.QUIET.setOptionsForWarningLevel(options);
    Compiler compiler = new Compiler(System.err);
    if (!compiler.compileChunks(List.of(), chunks, options).success) {
      throw new IllegalStateException("the modules cannot be joined; the compiler says above why");
    }
    Map<String, String> shortNames = new HashMap<>();
    Map<String, String> made = new LinkedHashMap<>();
    for (JSChunk chunk : chunks) {
      made.put(
          chunk.getName() + ".js",
          LONG_NAME
              .matcher(compiler.toSource(chunk))
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          shortNames.computeIfAbsent(
                              found.group(),
                              any -> "$" + Integer.toString(shortNames.size(), 36)))));
    }
    return made;
  }
}
