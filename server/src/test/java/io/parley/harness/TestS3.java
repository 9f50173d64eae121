package io.parley.harness;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/// A server of the S3 protocol in this process, which keeps its objects in memory, with one bucket.
public final class TestS3 implements AutoCloseable {
  public static final String BUCKET = "uploads";
  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "test-secret-that-nobody-guesses";

  private final BlobStoreContext store;
  private final S3Proxy server;

  public TestS3() {
    store =
        ContextBuilder.newBuilder(new TransientApiMetadata())
            .credentials(ACCESS_KEY, SECRET_KEY)
            .overrides(new Properties())
            .build(BlobStoreContext.class);
    store.getBlobStore().createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new AssertionError("the S3 server does not start", e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /// What it keeps, to look behind the protocol.
  public BlobStore objects() {
    return store.getBlobStore();
  }

  /// As `media.url` names the bucket.
  public String url() {
    return url(port(), "p");
  }

  /// The same with another prefix of all keys.
  public String url(String prefix) {
    return url(port(), prefix);
  }

  /// The same through whatever listens on another port.
  public static String url(int port) {
    return url(port, "p");
  }

  private static String url(int port, String prefix) {
    return "s3://%s?endpoint=http://127.0.0.1:%d&prefix=%s/&path_style=true"
        .formatted(BUCKET, port, prefix);
  }

  /// The keys of a server whose uploads are here.
  public static Map<String, String> keys(String url) {
    Map<String, String> keys = new HashMap<>();
    keys.put("media.url", url);
    keys.put("media.s3_access_key", ACCESS_KEY);
    keys.put("media.s3_secret_key", SECRET_KEY);
    return keys;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      store.close();
    }
  }
}
