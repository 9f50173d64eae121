package io.parley.blob;

import io.parley.base.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Bytes under names that are made from them ([BlobNames]): on disk or on S3. Every method may
/// wait, for a bounded time; all may be called by many at once.
public interface Blobs extends AutoCloseable {
  /// An entry of [#list].
  ///
  /// @param size bytes
  record Listed(String name, long size) {}

  /// How a browser is to take what [#link] leads to.
  ///
  /// @param type media type
  /// @param disposition `inline` or `attachment`
  record Shown(String type, String disposition) {}

  /// It can be told from the start that nothing can be stored there; the text says why and is for
  /// operators.
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String text) {
      super(text);
    }
  }

  /// Stores `content` under `name`: when this returns it is there for good. Storing a name again
  /// changes nothing. After a failure it may be there or not, and never in part.
  ///
  /// @throws Fault UNAVAILABLE if it could not be stored now
  void put(String name, Content content);

  /// The same of a file that was received and is not needed any more; it may be gone afterwards.
  ///
  /// @throws Fault UNAVAILABLE if it could not be stored now
  default void take(String name, Path received) {
    try {
      put(name, Content.of(received));
    } catch (IOException e) {
      throw Incoming.failed(e);
    }
  }

  /// What was stored under `name`; null for any other text, whatever it looks like.
  ///
  /// @throws Fault UNAVAILABLE or BUSY if that cannot be told now
  @Nullable Content find(String name);

  /// An address of a short life at which anybody gets what was stored under `name`; null where this
  /// server is to give it.
  ///
  /// @throws Fault UNAVAILABLE if none can be made now
  default @Nullable String link(String name, Shown shown) {
    return null;
  }

  /// The origin of addresses that [#link] makes, for the policies of pages; empty where it makes
  /// none.
  default String linkOrigin() {
    return "";
  }

  /// A page of what is stored, by name. Other files in the same place are passed over.
  ///
  /// @param after the name that the last page ended with; empty for the first page
  /// @return empty at the end
  /// @throws Fault UNAVAILABLE if that cannot be told now
  List<Listed> list(String after);

  /// Takes `name` out, durably; it need not be there.
  ///
  /// @throws Fault UNAVAILABLE if it could not be done now
  void delete(String name);

  /// Looks whether things can be stored and found there. One that does not answer is logged, since
  /// it may come back.
  ///
  /// @throws Refused if it answers and will not do
  void check();

  /// Whether other servers find what is stored here.
  default boolean isShared() {
    return true;
  }

  /// Numbers for `/metrics`, by name.
  default Map<String, LongSupplier> gauges() {
    return Map.of();
  }

  @Override
  void close();
}
