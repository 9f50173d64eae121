package io.parley.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Lays the sources of configuration over one another and binds the result to the records of
/// [Config].
///
/// The packed `parley.yaml` is the lowest layer and defines which keys exist. A layer is a tree:
/// records are mappings, leaves are a text or a list, each with the place it came from, so that
/// every complaint can name it.
public final class ConfigLayers {
  /// A leaf and where it was set.
  private record Leaf(Object value, String place) {}

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private ConfigLayers() {}

  static Config read(
      @Nullable Path file, Map<String, String> environment, Map<String, String> flags) {
    Map<String, Object> tree = parse(packed(), "the packed parley.yaml");
    Path here = Path.of("parley.yaml");
    if (file != null) {
      overlay(tree, parse(text(file), file.toString()), "");
    } else if (Files.isRegularFile(here)) {
      overlay(tree, parse(text(here), here.toString()), "");
    }
    environment.forEach((name, value) -> environment(tree, name, value));
    flags.forEach((key, value) -> set(tree, key, new Leaf(value, "--set " + key)));
    return (Config) record(Config.class, tree, "");
  }

  /// @throws Config.Invalid if a number in `record` is below 1
  public static void requirePositive(String path, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = component(record, component);
      if (value instanceof Number number && number.longValue() < 1) {
        throw new Config.Invalid(path + "." + key(component) + " must be at least 1");
      }
    }
  }

  public static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The text of the packed `parley.yaml`.
  public static String packed() {
    try (InputStream in = ConfigLayers.class.getResourceAsStream("/io/parley/parley.yaml")) {
      if (in == null) {
        throw new IllegalStateException("parley.yaml is not packed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Config.Invalid("cannot read " + file + ": " + e.getMessage());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parse(String yaml, String source) {
    Object root = node(yaml, source);
    if (isNull(root)) {
      return new LinkedHashMap<>();
    }
    if (!(root instanceof Map<?, ?> tree)) {
      throw new Config.Invalid(source + ": must be a mapping of keys");
    }
    return (Map<String, Object>) tree;
  }

  private static Object node(String yaml, String source) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(source).build();
      Node root = new Compose(settings).composeString(yaml).orElse(null);
      return root == null ? new Leaf("", source) : value(root, source);
    } catch (YamlEngineException e) {
      throw new Config.Invalid(source + ": " + e.getMessage());
    }
  }

  private static Map<String, Object> tree(MappingNode node, String source) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      String key = ((ScalarNode) tuple.getKeyNode()).getValue();
      tree.put(key, value(tuple.getValueNode(), source));
    }
    return tree;
  }

  private static Object value(Node node, String source) {
    String place = source + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    return switch (node) {
      case MappingNode mapping -> tree(mapping, source);
      case ScalarNode scalar -> new Leaf(scalar.getValue(), place);
      case SequenceNode sequence ->
          new Leaf(sequence.getValue().stream().map(item -> value(item, source)).toList(), place);
      default -> throw new Config.Invalid(place + ": anchors and aliases are not supported");
    };
  }

  @SuppressWarnings("unchecked")
  private static void overlay(Map<String, Object> base, Map<String, Object> layer, String path) {
    layer.forEach(
        (key, value) -> {
          String full = path.isEmpty() ? key : path + "." + key;
          Object known = base.get(key);
          if (known == null) {
            throw new Config.Invalid(place(value) + "unknown key " + full);
          }
          if (known instanceof Map<?, ?> section) {
            if (value instanceof Map<?, ?> inner) {
              overlay((Map<String, Object>) section, (Map<String, Object>) inner, full);
            } else if (!isNull(value)) {
              throw new Config.Invalid(place(value) + full + " must be a mapping of keys");
            }
          } else {
            base.put(key, value);
          }
        });
  }

  private static boolean isNull(Object value) {
    return value instanceof Leaf leaf && (leaf.value().equals("") || leaf.value().equals("null"));
  }

  private static String place(Object value) {
    return switch (value) {
      case Leaf leaf -> leaf.place() + ": ";
      case Map<?, ?> map when !map.isEmpty() -> place(map.values().iterator().next());
      default -> "";
    };
  }

  /// `PARLEY_SERVER_PORT` sets `server.port`. Other variables that begin with PARLEY_ are not ours
  /// to judge unless they begin with a section's name.
  private static void environment(Map<String, Object> tree, String name, String value) {
    if (!name.startsWith("PARLEY_")) {
      return;
    }
    String wanted = name.substring("PARLEY_".length()).toLowerCase(Locale.ROOT);
    for (String path : leaves(tree, "")) {
      if (path.replace('.', '_').equals(wanted)) {
        set(tree, path, new Leaf(value, "environment " + name));
        return;
      }
    }
    if (tree.keySet().stream().anyMatch(section -> wanted.startsWith(section + "_"))) {
      throw new Config.Invalid("environment " + name + ": unknown key");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> leaves(Map<String, Object> tree, String path) {
    List<String> paths = new ArrayList<>();
    tree.forEach(
        (key, value) -> {
          String full = path.isEmpty() ? key : path + "." + key;
          if (value instanceof Map<?, ?> inner) {
            paths.addAll(leaves((Map<String, Object>) inner, full));
          } else {
            paths.add(full);
          }
        });
    return paths;
  }

  @SuppressWarnings("unchecked")
  private static void set(Map<String, Object> tree, String path, Leaf leaf) {
    Map<String, Object> at = tree;
    String[] keys = path.split("\\.");
    for (int i = 0; i < keys.length - 1; i++) {
      Object next = at.get(keys[i]);
      if (!(next instanceof Map<?, ?> section)) {
        throw new Config.Invalid(leaf.place() + ": unknown key " + path);
      }
      at = (Map<String, Object>) section;
    }
    String last = keys[keys.length - 1];
    if (!at.containsKey(last) || at.get(last) instanceof Map<?, ?>) {
      throw new Config.Invalid(leaf.place() + ": unknown key " + path);
    }
    at.put(last, leaf);
  }

  private static Object record(Class<?> type, Map<?, ?> tree, String path) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = Arrays.stream(components).map(ConfigLayers::key).toList();
    Set<String> known = Set.copyOf(keys);
    for (Object given : tree.keySet()) {
      if (!known.contains(given)) {
        throw new Config.Invalid("unknown key " + (path.isEmpty() ? given : path + "." + given));
      }
    }
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String full = path.isEmpty() ? keys.get(i) : path + "." + keys.get(i);
      Object value = tree.get(keys.get(i));
      Config.Default otherwise = components[i].getAnnotation(Config.Default.class);
      if (value == null && otherwise != null) {
        value = new Leaf(otherwise.value(), "the default of " + full);
      }
      if (value == null) {
        throw new Config.Invalid(full + " is missing");
      }
      types[i] = components[i].getType();
      values[i] = bind(components[i].getGenericType(), value, full);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private static Object bind(Type type, Object value, String path) {
    if (type instanceof Class<?> record && record.isRecord()) {
      if (!(value instanceof Map<?, ?> tree)) {
        throw new Config.Invalid(place(value) + path + " must be a mapping of keys");
      }
      return record(record, tree, path);
    }
    if (!(value instanceof Leaf(Object leaf, String place))) {
      throw new Config.Invalid(place(value) + path + " must be a single value");
    }
    if (type instanceof ParameterizedType list) {
      return list(list.getActualTypeArguments()[0], leaf, place, path);
    }
    if (!(leaf instanceof String text)) {
      throw new Config.Invalid(place + ": " + path + " must be a single value, not a list");
    }
    if (type == boolean.class) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new Config.Invalid(place + ": " + path + " must be true or false");
      }
      return text.equals("true");
    }
    try {
      return type == int.class
          ? Integer.valueOf(text)
          : type == long.class ? Long.valueOf(text) : text;
    } catch (NumberFormatException e) {
      throw new Config.Invalid(
          place + ": " + path + " must be a whole number, not \"" + text + "\"");
    }
  }

  private static List<?> list(Type item, Object leaf, String place, String path) {
    if (leaf instanceof String text && text.startsWith("[")) {
      // From a flag or the environment, as in the file.
      return list(item, ((Leaf) node(text, place)).value(), place, path);
    }
    if (leaf instanceof String text) {
      if (item != String.class && !text.isBlank()) {
        throw new Config.Invalid(place + ": " + path + " can be set in a file only");
      }
      // From a flag or the environment: comma-separated texts.
      return text.isBlank()
          ? List.of()
          : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
    if (!(leaf instanceof List<?> items)) {
      throw new Config.Invalid(place + ": " + path + " must be a list");
    }
    return items.stream().map(each -> bind(item, each, path)).toList();
  }

  /// `publicUrl` → `public_url`; `argon2` stays.
  public static String key(RecordComponent component) {
    return CAPITAL.matcher(component.getName()).replaceAll("_$0").toLowerCase(Locale.ROOT);
  }
}
