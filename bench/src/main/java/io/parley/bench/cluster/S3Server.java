package io.parley.bench.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/// The S3 server of a cluster, as a process of its own: one bucket, whose objects are files.
final class S3Server {
  static final String BUCKET = "uploads";
  static final String ACCESS_KEY = "parley";

  private S3Server() {}

  /// Serves until the process is ended.
  static void serve(Path dir, Layout layout) throws Exception {
    Path objects = dir.resolve(Layout.S3);
    Folders.make(objects);
    Properties where = new Properties();
    where.setProperty("jclouds.filesystem.basedir", objects.toString());
    BlobStoreContext store =
        // By its class: looking for it by name would need the clouds that are left out.
        ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
            .credentials(ACCESS_KEY, layout.secret())
            .overrides(where)
            .build(BlobStoreContext.class);
    store.getBlobStore().createContainerInLocation(null, BUCKET);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:" + layout.port(Layout.S3)))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, layout.secret())
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    Thread.currentThread().join();
  }
}
