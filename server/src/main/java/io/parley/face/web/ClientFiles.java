package io.parley.face.web;

import com.linecorp.armeria.common.ServerCacheControl;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.file.FileService;
import com.linecorp.armeria.server.file.FileServiceBuilder;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.file.HttpFileBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The files that a browser loads: the client's, as they are packed or as they lie in a folder, and
/// those of its libraries, which the modules in a folder import. Paths are those of the server,
/// such as `/app/main.js` and `/webjars/lit/index.js`.
final class ClientFiles {
  static final List<String> LIBRARIES =
      List.of("lit", "lit-html", "lit-element", "lit__reactive-element", "lit-labs__ssr-dom-shim");
  /// Where the files are that Maven has made of the modules and styles of a page.
  static final String PACKED = "/packed/";

  private static final String CLIENT = "io/parley/web/client";
  private static final String WEBJARS = "META-INF/resources/webjars/";
  private static final ServerCacheControl REVALIDATE =
      ServerCacheControl.builder().noCache().build();
  private static final ServerCacheControl HOUR =
      ServerCacheControl.builder().cachePublic().maxAgeSeconds(3600).build();
  private static final ServerCacheControl FOR_GOOD =
      ServerCacheControl.builder().cachePublic().maxAgeSeconds(31_536_000).immutable().build();

  private final ClassLoader loader = ClientFiles.class.getClassLoader();
  private final @Nullable Path folder;
  private final Map<String, String> versions = new HashMap<>();

  /// @param folder the client's, or null for the packed one
  ClientFiles(@Nullable Path folder) {
    this.folder = folder;
    LIBRARIES.forEach(library -> versions.put(library, version(library)));
  }

  /// Whether a file may be another one with each request.
  boolean live() {
    return folder != null;
  }

  /// How browsers may keep what the client is made of.
  ServerCacheControl cacheControl() {
    return live() ? ServerCacheControl.DISABLED : REVALIDATE;
  }

  /// @throws IOException if there is no such file
  InputStream open(String path) throws IOException {
    if (folder != null && !path.startsWith("/webjars/")) {
      return Files.newInputStream(folder.resolve(path.substring(1)));
    }
    InputStream in = loader.getResourceAsStream(resource(path));
    if (in == null) {
      throw new IOException(path + " is not packed");
    }
    return in;
  }

  HttpService file(String path) {
    HttpFileBuilder file =
        folder == null
            ? HttpFile.builder(loader, CLIENT + path)
            : HttpFile.builder(folder.resolve(path.substring(1)));
    return file.cacheControl(cacheControl()).build().asService();
  }

  /// Everything of the client below a path.
  HttpService under(String path) {
    FileServiceBuilder files =
        folder == null
            ? FileService.builder(loader, CLIENT + path)
            : FileService.builder(folder.resolve(path.substring(1))).maxCacheEntries(0);
    return files.cacheControl(cacheControl()).build();
  }

  /// What was packed for the pages, each as it was compressed then. An address below has one
  /// content for ever, so browsers keep it.
  HttpService packed() {
    return FileService.builder(loader, CLIENT + PACKED)
        .serveCompressedFiles(true)
        .cacheControl(FOR_GOOD)
        .build();
  }

  HttpService library(String name) {
    return FileService.builder(loader, WEBJARS + name + "/" + versions.get(name))
        .cacheControl(HOUR)
        .build();
  }

  /// Where a packed file is on the class path.
  private String resource(String path) {
    if (!path.startsWith("/webjars/")) {
      return CLIENT + path;
    }
    int end = path.indexOf('/', "/webjars/".length());
    String library = path.substring("/webjars/".length(), end);
    return WEBJARS + library + "/" + versions.get(library) + path.substring(end);
  }

  private String version(String library) {
    Properties properties = new Properties();
    String path = "META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    }
    String version = properties.getProperty("version");
    if (version == null) {
      throw new IllegalStateException(path + " is not packed or has no version");
    }
    return version;
  }
}
