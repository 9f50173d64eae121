package io.parley.blob;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import io.parley.base.Bulkhead;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Calls of S3 within bounds: of time, of tries, of reads at once. What becomes of a call is
/// counted, and logged where it differs from what became of the last one.
final class S3Calls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(S3Calls.class);
  private static final Duration RETRY = Duration.ofSeconds(10);
  private static final Duration TURN = Duration.ofSeconds(2);
  static final int NOT_FOUND = 404;

  private final S3Settings settings;
  private final Semaphore reads;
  private final LongAdder all = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicBoolean failing = new AtomicBoolean();

  // Made when they are needed: a command that touches no upload does not wait for them.
  private final Supplier<AwsCredentialsProvider> credentials =
      Suppliers.memoize(this::findCredentials);
  private final Supplier<S3Presigner> presigner = Suppliers.memoize(this::presigning);
  private @Nullable S3Client client;

  S3Calls(S3Settings settings) {
    this.settings = settings;
    reads = new Semaphore(settings.readsMax(), true);
  }

  private AwsCredentialsProvider findCredentials() {
    return settings.accessKey().isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
  }

  private S3Client connect() {
    S3Address address = settings.address();
    Duration answer = settings.answer();
    return S3Client.builder()
        .region(Region.of(address.region()))
        .endpointOverride(address.endpoint())
        .credentialsProvider(credentials.get())
        // Content-MD5 is sent with all that is stored, which every server of the protocol checks.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
        .forcePathStyle(address.pathStyle())
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(answer)
                .socketTimeout(answer)
                .build())
        .overrideConfiguration(
            override ->
                override
                    .apiCallAttemptTimeout(answer)
                    .apiCallTimeout(answer.multipliedBy(settings.tries()).plus(answer))
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(settings.tries())
                            .build()))
        .build();
  }

  private S3Presigner presigning() {
    S3Address address = settings.address();
    return S3Presigner.builder()
        .region(Region.of(address.region()))
        .endpointOverride(address.endpoint())
        .credentialsProvider(credentials.get())
        .serviceConfiguration(
            S3Configuration.builder().pathStyleAccessEnabled(address.pathStyle()).build())
        .build();
  }

  S3Settings settings() {
    return settings;
  }

  /// Whether credentials can be had.
  ///
  /// @throws SdkException if not
  void requireCredentials() {
    credentials.get().resolveCredentials();
  }

  /// The client itself, for whom wants to see what it throws.
  synchronized S3Client client() {
    S3Client known = client;
    if (known == null) {
      known = connect();
      client = known;
    }
    return known;
  }

  /// @throws Fault UNAVAILABLE if no credentials can be had to sign with
  String presigned(Function<S3Presigner, String> sign) {
    try {
      return sign.apply(presigner.get());
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /// What `call` gives; null if S3 says that it is not there.
  ///
  /// @throws Fault UNAVAILABLE if S3 fails, or whoever asked has gone
  <T> @Nullable T find(Function<S3Client, T> call) {
    all.increment();
    try {
      T found = call.apply(client());
      works();
      return found;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        works();
        return null;
      }
      throw failed(e);
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /// What `call` gives.
  ///
  /// @throws Fault UNAVAILABLE if S3 fails, or says that it is not there, or whoever asked has gone
  <T> T run(Function<S3Client, T> call) {
    all.increment();
    try {
      T result = call.apply(client());
      works();
      return result;
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /// Takes one of the places of those who read.
  ///
  /// @throws Fault BUSY if there is none in time; UNAVAILABLE if whoever asked has gone
  void beginReading() {
    try {
      if (!reads.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        refused.increment();
        throw Bulkhead.busy("media.s3_reads_max = " + settings.readsMax() + " are being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
  }

  void endReading() {
    reads.release();
  }

  private void works() {
    if (failing.get() && failing.compareAndSet(true, false)) {
      log.info("{} answers again", settings.address());
    }
  }

  /// What a caller is told of it.
  Fault failed(Exception e) {
    if (Thread.currentThread().isInterrupted()) {
      return Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
    failures.increment();
    if (failing.compareAndSet(false, true)) {
      log.error(
          "{} fails; uploads are refused while it does: {}", settings.address(), e.getMessage());
    } else {
      log.debug("{} fails", settings.address(), e);
    }
    return Fault.retry(
        FaultCode.UNAVAILABLE, "uploads cannot be stored or given now; try again", RETRY);
  }

  Map<String, LongSupplier> gauges() {
    return Map.of(
        "parley_s3_calls_total", all::sum,
        "parley_s3_failures_total", failures::sum,
        "parley_s3_reads", () -> settings.readsMax() - reads.availablePermits(),
        "parley_s3_reads_refused_total", refused::sum,
        "parley_s3_answers", () -> failing.get() ? 0 : 1);
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
