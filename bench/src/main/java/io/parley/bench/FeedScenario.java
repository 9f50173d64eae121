package io.parley.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.parley.api.feed.FeedFollowRequest;
import io.parley.api.feed.FeedFollowResponse;
import io.parley.api.feed.FeedQueryRequest;
import io.parley.api.feed.FeedQueryResponse;
import io.parley.api.feed.FeedRecommendRequest;
import io.parley.api.feed.FeedRecommendResponse;
import io.parley.api.feed.FeedSort;
import io.parley.bench.pace.OpenLoop;
import io.parley.bench.report.Progress;
import io.parley.bench.report.Report;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.CpuShare;
import io.parley.bench.subject.Crowd;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.subject.ServerProcess;
import io.parley.bench.subject.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Pages of a large feed, read over live sockets at a fixed rate. Latency counts from when a
/// request was due.
@Command(
    name = "feed",
    mixinStandardHelpOptions = true,
    description = "Latency of feed pages: follow, recommend, newest, hottest, search.")
final class FeedScenario implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("pages", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
  private static final int DEEP = 5;
  private static final double RARE_RATE = 5;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(names = "--posts", defaultValue = "1000000", description = "Posts (${DEFAULT-VALUE}).")
  private int posts;

  @Option(
      names = "--accounts",
      defaultValue = "100000",
      description = "Accounts (${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--follows",
      defaultValue = "50",
      description = "Accounts that each follows (${DEFAULT-VALUE}).")
  private int follows;

  @Option(
      names = "--readers",
      defaultValue = "500",
      description = "Accounts that read, a socket each (${DEFAULT-VALUE}).")
  private int readers;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Pages a second (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Seconds for each kind of page (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the seeded data here, and use it if it is there already.")
  private @Nullable Path keep;

  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong empty = new AtomicLong();

  @Override
  public Integer call() {
    LoadOptions.require(
        posts > 0 && accounts > 0 && follows > 0 && readers > 0 && rate > 0 && seconds > 0,
        "all numbers must be above 0");
    if (keep != null) {
      return measure(keep, "kept folder");
    }
    try (WorkFolder folder = target.folder()) {
      return measure(folder.data(), folder.fileSystem());
    }
  }

  private int measure(Path data, String dataOn) {
    if (!Files.exists(data.resolve("parley.db"))) {
      seed(data);
    }
    try (ServerProcess server = ServerProcess.start(data, target.settings())) {
      var unused = server.awaitReady();
      try (Lanes lanes = new Lanes(server.url(), 1)) {
        Report report =
            new Report("feed", COLUMNS)
                .setting("posts", posts)
                .setting("accounts", accounts)
                .setting("follows each", follows)
                .setting("readers", readers)
                .setting("pages/s", rate)
                .setting("s each", seconds)
                .setting("rows a page", 20)
                .setting("data on", dataOn);
        List<ClientSocket> sockets = sockets(server, lanes);
        CpuShare share = new CpuShare(new ProcessFigures(server.pid()));
        measure(report, sockets);
        share.stop();
        report
            .figure("server cores", share.server())
            .figure("generator cores", share.generator())
            .figure("others' cores", share.others());
        report.check("failed", failed.get()).check("empty pages", empty.get());
        target.publish(report);
        return failed.get() + empty.get() == 0 ? 0 : 1;
      }
    }
  }

  private void seed(Path data) {
    ServerProcess.run(
        data,
        target.settings(),
        "seed",
        "--posts=" + posts,
        "--accounts=" + accounts,
        "--follows=" + follows,
        "--readers=" + readers,
        "--password=" + AccountApi.PASSWORD);
  }

  private List<ClientSocket> sockets(ServerProcess server, Lanes lanes) {
    List<String> tokens;
    try (AccountApi api = new AccountApi(server.url())) {
      tokens = Crowd.each("logins", readers, i -> api.login("reader-" + i));
    }
    try (Progress progress = new Progress("sockets", readers)) {
      return Opening.open(
          readers,
          1000,
          i -> lanes.connect(tokens.get(i), "bench", SocketListener.SILENT),
          progress::at);
    }
  }

  private void measure(Report report, List<ClientSocket> sockets) {
    Reading follow =
        new Reading(
            "feed.FeedService/FeedFollow",
            (cursor, n) -> FeedFollowRequest.newBuilder().setCursor(cursor).build(),
            bytes -> next(FeedFollowResponse.parseFrom(bytes)));
    Reading recommend =
        new Reading(
            "feed.FeedService/FeedRecommend",
            (cursor, n) -> FeedRecommendRequest.newBuilder().setCursor(cursor).build(),
            bytes -> next(FeedRecommendResponse.parseFrom(bytes)));
    // The virtual machine compiles meanwhile; its pages are not counted.
    var unused = run("warm-up", sockets, follow, DEEP);
    var unused2 = run("warm-up", sockets, recommend, DEEP);
    row(report, "follow, first page", run("follow", sockets, follow, 1));
    row(report, "follow, pages 1 to 5", run("follow, deep", sockets, follow, DEEP));
    row(report, "recommend, first page", run("recommend", sockets, recommend, 1));
    row(report, "recommend, pages 1 to 5", run("recommend, deep", sockets, recommend, DEEP));
    row(report, "newest, pages 1 to 5", run("newest", sockets, query("", FeedSort.Newest), DEEP));
    row(
        report,
        "hottest, pages 1 to 5",
        run("hottest", sockets, query("", FeedSort.Hottest), DEEP));
    row(
        report,
        "search \"garden photo\"",
        run("search", sockets, query("garden photo", FeedSort.Newest), DEEP));
    row(report, "search \"天气\"", run("search", sockets, query("天气", FeedSort.Newest), DEEP));
    // The dearest question: too short for the index, and nobody wrote it.
    double before = rate;
    rate = Math.min(rate, RARE_RATE);
    long found = empty.get();
    row(
        report,
        "search \"寂寞\", found nowhere",
        run("search", sockets, query("寂寞", FeedSort.Newest), 1));
    empty.set(found);
    rate = before;
  }

  private Reading query(String keyword, FeedSort sort) {
    return new Reading(
        "feed.FeedService/FeedQuery",
        (cursor, n) ->
            FeedQueryRequest.newBuilder()
                .setKeyword(keyword)
                .setCursor(cursor)
                .setSort(sort)
                .build(),
        bytes -> next(FeedQueryResponse.parseFrom(bytes)));
  }

  private String next(FeedFollowResponse page) {
    return next(page.getFeedCount(), page.getNextCursor());
  }

  private String next(FeedRecommendResponse page) {
    return next(page.getFeedCount(), page.getNextCursor());
  }

  private String next(FeedQueryResponse page) {
    return next(page.getFeedCount(), page.getNextCursor());
  }

  private String next(int rows, String cursor) {
    if (rows == 0) {
      empty.incrementAndGet();
    }
    return cursor;
  }

  /// One kind of page.
  private record Reading(String cmd, Request request, Answer answer) {}

  private interface Request {
    Message of(String cursor, int page);
  }

  private interface Answer {
    String next(byte[] bytes) throws InvalidProtocolBufferException;
  }

  /// Readers take turns; each reads pages one to `depth`, then the first again.
  private Histogram run(String what, List<ClientSocket> sockets, Reading reading, int depth) {
    Histogram latencies = new Histogram(3);
    int total = (int) (rate * seconds);
    String[] cursors = new String[sockets.size()];
    Arrays.fill(cursors, "");
    int[] pages = new int[sockets.size()];
    CompletableFuture<?>[] all = new CompletableFuture<?>[total];
    long start = System.nanoTime() + 50_000_000;
    OpenLoop due = new OpenLoop(start, rate);
    try (Progress progress = new Progress(what, total)) {
      for (int i = 0; i < total; i++) {
        long at = due.take();
        while (System.nanoTime() < at) {
          LockSupport.parkNanos(Math.min(at - System.nanoTime(), 1_000_000));
        }
        int reader = i % sockets.size();
        boolean first = cursors[reader].isEmpty() || pages[reader] == depth;
        pages[reader] = first ? 1 : pages[reader] + 1;
        String cursor = first ? "" : cursors[reader];
        all[i] =
            sockets
                .get(reader)
                .call(reading.cmd(), reading.request().of(cursor, pages[reader]))
                .handle(
                    (bytes, failure) -> {
                      long took = System.nanoTime() - at;
                      synchronized (latencies) {
                        latencies.recordValue(took / 1000);
                      }
                      cursors[reader] = failure == null ? parse(reading, bytes) : "";
                      if (failure != null && failed.getAndIncrement() == 0) {
                        System.err.println("bench: " + failure.getMessage());
                      }
                      return took;
                    });
        progress.at(i + 1);
      }
      var unused = CompletableFuture.allOf(all).join();
    }
    return latencies;
  }

  /// The cursor of the next page; empty for the first one again.
  private static String parse(Reading reading, byte[] bytes) {
    try {
      return reading.answer().next(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("unreadable answer", e);
    }
  }

  private static void row(Report report, String measure, Histogram latencies) {
    report.row(
        measure,
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50) / 1000.0,
        latencies.getValueAtPercentile(90) / 1000.0,
        latencies.getValueAtPercentile(99) / 1000.0,
        latencies.getValueAtPercentile(99.9) / 1000.0,
        latencies.getMaxValue() / 1000.0);
  }
}
