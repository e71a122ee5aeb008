package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.numa.avatar.git.fixture.FaultyRelay;
import io.numa.avatar.git.fixture.FaultyRelay.Fault;
import io.numa.avatar.git.fixture.LocalGit;
import io.numa.avatar.git.fixture.NginxGit;
import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Pusher;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.git.settings.CertificateAuthorities;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * jenkins git-plugin#3988: calls to a remote that end in bounded time, also if the remote does not
 * answer, does not read, or hangs up, or if this machine fails amid a push.
 */
@Timeout(180)
class StalledTransportTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Many times the timeout, for a busy machine; without one, a call never ends. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** More than the sockets of both sides hold. */
  private static final int LARGE = 7 << 20;

  private static final List<Row> SENDING =
      Stream.of(Way.HTTP, Way.SSH, Way.FILE)
          .map(way -> new Row(Call.PUSH, way, Fault.NONE, 0))
          .toList();

  @TempDir Path temp;
  private GitServer server;
  private @Nullable NginxGit nginx;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    server = GitServer.start(temp.resolve("server"));
    server.createRepository("app").seed("main", Map.of("a.txt", random(1 << 20)));
    key = temp.resolve("id");
    server.authorizeNewKey(key);
  }

  @AfterEach
  void stop() {
    server.close();
    if (nginx != null) {
      nginx.close();
    }
  }

  /** Text that cannot be made smaller. */
  private static String random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private enum Call {
    REFS,
    FETCH,
    PUSH
  }

  private enum Way {
    HTTP,
    HTTPS,
    SSH,
    FILE
  }

  /**
   * @param after how many bytes pass before the fault
   */
  private record Row(Call call, Way way, Fault fault, long after) {
    String name() {
      return call + "-" + way + "-" + fault + "-" + after;
    }
  }

  private record Ended(Row row, @Nullable Throwable failure, Duration time) {}

  @Test
  void callsEndInBoundedTimeAndNameTheHost() throws Exception {
    nginx = NginxGit.start(temp.resolve("nginx"));
    nginx.requirePassword("s3cret");
    List<Row> rows = new ArrayList<>();
    for (Way way : List.of(Way.HTTP, Way.HTTPS, Way.SSH)) {
      for (Call call : Call.values()) {
        rows.add(new Row(call, way, Fault.CUT, 0));
        if (way != Way.SSH) { // the SSH library waits two minutes for a login
          rows.add(new Row(call, way, Fault.SILENT, 0));
        }
      }
      rows.add(new Row(Call.FETCH, way, Fault.SILENT, 300_000));
      rows.add(new Row(Call.FETCH, way, Fault.CUT, 300_000));
      rows.add(new Row(Call.PUSH, way, Fault.DEAF, 300_000));
    }
    Set<Thread> before = Thread.getAllStackTraces().keySet();

    List<Ended> all = run(rows, this::stalled);

    var softly = new SoftAssertions();
    for (Ended one : all) {
      softly.assertThat(one.time()).as(one.row().name()).isLessThan(SOON);
      softly
          .assertThat(one.failure())
          .as(one.row().name())
          .isInstanceOfSatisfying(
              PortException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE))
          .hasMessageContaining("'127.0.0.1'");
    }
    softly.assertAll();
    assertThat(left(before)).isEmpty();
  }

  /** The names of threads that still talk to a remote. */
  private static List<String> left(Set<Thread> before) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (true) {
      List<String> left =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(one -> !before.contains(one.getKey()))
              .filter(one -> Stream.of(one.getValue()).anyMatch(StalledTransportTest::isClient))
              .map(one -> one.getKey().getName())
              .toList();
      if (left.isEmpty() || System.nanoTime() > end) {
        return left;
      }
      Thread.sleep(20);
    }
  }

  private static boolean isClient(StackTraceElement frame) {
    return frame.getClassName().startsWith("org.eclipse.jgit.transport.")
        && !frame.getClassName().endsWith("Pack");
  }

  /** Prepares one after the other, then runs all at the same time. */
  private List<Ended> run(List<Row> rows, Preparation preparation) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(rows.size());
    try (var closing = new Closing()) {
      List<Callable<Ended>> calls = new ArrayList<>();
      for (Row row : rows) {
        Action action = preparation.of(row, closing);
        calls.add(() -> ended(row, action));
      }
      List<Future<Ended>> ends = threads.invokeAll(calls, LIMIT.toSeconds(), TimeUnit.SECONDS);
      List<Ended> all = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        Future<Ended> end = ends.get(i);
        all.add(end.isCancelled() ? new Ended(rows.get(i), null, LIMIT) : end.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private interface Preparation {
    Action of(Row row, Closing closing) throws Exception;
  }

  /** What the rows leave open. */
  private static final class Closing implements AutoCloseable {
    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T one) {
      all.push(one);
      return one;
    }

    @Override
    public void close() throws Exception {
      for (AutoCloseable one : all) {
        one.close();
      }
    }
  }

  private Action stalled(Row row, Closing closing) throws Exception {
    var relay = closing.add(new FaultyRelay(URI.create(direct(row.way())).getPort()));
    String url = direct(row.way()).replaceFirst(":[0-9]+/", ":" + relay.port() + "/");
    if (row.call() != Call.PUSH) {
      relay.fail(row.fault(), row.after());
      return () -> call(row, url);
    }
    LocalCommit commit =
        commit(closing.add(checkOut(row, url)), row.fault() == Fault.DEAF ? LARGE : 10);
    relay.fail(row.fault(), row.after());
    return commit::push;
  }

  private static LocalCommit commit(WorkingCopy copy, int size) throws Exception {
    Files.writeString(copy.directory().resolve("mine.txt"), random(size), ISO_8859_1);
    return stageAll(copy).commit("work");
  }

  private static Ended ended(Row row, Action action) {
    long start = System.nanoTime();
    Throwable failure = catchThrowable(action::run);
    return new Ended(row, failure, Duration.ofNanos(System.nanoTime() - start));
  }

  private String direct(Way way) {
    return switch (way) {
      case HTTP -> server.httpUrl("app");
      case HTTPS -> nginx.secureUrl(server.path("app"));
      case SSH -> server.sshUrl("app");
      case FILE -> server.path("app").toUri().toString();
    };
  }

  private void call(Row row, String url) throws Exception {
    if (row.call() == Call.FETCH) {
      checkOut(row, url).close();
      return;
    }
    RepositoryUrl parsed = RepositoryUrl.parse(url);
    try {
      new Remote(parsed, settings(row, url), new ServerCapabilities()).refs().all();
    } catch (IOException e) {
      throw GitFailures.translate("ask", parsed, e);
    }
  }

  private GitSettings settings(Row row, String url) throws IOException {
    return settings(row, url, TIMEOUT);
  }

  private GitSettings settings(Row row, String url, Duration timeout) throws IOException {
    GitSettings settings = GitSettings.of(JGitContract.IDENTITY).withTimeout(timeout);
    if (row.way() == Way.HTTPS) {
      var network =
          HttpNetwork.DIRECT.withAuthorities(CertificateAuthorities.read(nginx.certificate()));
      return settings
          .withAccess(GitAccess.open().withNetwork(network))
          .withCredentials(
              HostCredential.password("127.0.0.1:*", NginxGit.USER, new Secret("s3cret")));
    }
    Path knownHosts = temp.resolve("known_hosts-" + row.name());
    Files.writeString(
        knownHosts,
        server
            .knownHostsLine()
            .replaceFirst("]:[0-9]+", "]:" + Math.max(1, URI.create(url).getPort())));
    return settings.withCredentials(HostCredential.sshKey("127.0.0.1", key, knownHosts));
  }

  private WorkingCopy checkOut(Row row, String url) throws Exception {
    return checkOut(row, url, TIMEOUT);
  }

  /** Of a remote that works; a busy machine may need longer than the timeout for that. */
  private WorkingCopy checkOutPatiently(Row row) throws Exception {
    return checkOut(row, direct(row.way()), SOON);
  }

  private WorkingCopy checkOut(Row row, String url, Duration timeout) throws Exception {
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(url),
            new BranchName("work-" + row.name()),
            List.of(new BranchName("main")),
            home(row));
    return new JGitRepository(settings(row, url, timeout), Clock.systemUTC())
        .checkOut(request, progress -> {});
  }

  private Path home(Row row) {
    return temp.resolve("home-" + row.name());
  }

  /** A push whose commit has lost a file's content on this machine. */
  @Test
  void anIncompletePackEndsAPushAtOnce() throws Exception {
    List<Ended> all = run(SENDING, this::incomplete);

    var softly = new SoftAssertions();
    for (Ended one : all) {
      softly.assertThat(one.time()).as(one.row().name()).isLessThan(SOON);
      softly.assertThat(one.failure()).as(one.row().name()).hasMessageContaining("issing");
    }
    softly.assertAll();
  }

  private Action incomplete(Row row, Closing closing) throws Exception {
    LocalCommit commit = commit(closing.add(checkOutPatiently(row)), 10);
    removeContent(home(row).resolve("git"));
    return commit::push;
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledPushEndsAtOnce(Moment moment) throws Exception {
    List<Ended> all = run(SENDING, (row, closing) -> cancelled(row, closing, moment));

    var softly = new SoftAssertions();
    for (Ended one : all) {
      softly.assertThat(one.time()).as(one.row().name()).isLessThan(SOON);
      softly.assertThat(one.failure()).as(one.row().name()).isInstanceOf(IOException.class);
    }
    softly.assertAll();
  }

  private enum Moment {
    BEFORE_THE_COMMANDS_ARE_WHOLE,
    BEFORE_THE_PACK
  }

  private Action cancelled(Row row, Closing closing, Moment moment) throws Exception {
    LocalCommit commit = commit(closing.add(checkOutPatiently(row)), 1_500_000);
    Path git = home(row).resolve("git");
    SparsePackRepository from =
        closing.add(GitDirectory.create(home(row).resolve("borrowed"), git));
    var monitor = new AtomicReference<TransferMonitor>();
    monitor.set(TransferMonitor.of(git, progress -> monitor.get().stop()));
    if (moment == Moment.BEFORE_THE_COMMANDS_ARE_WHOLE) {
      monitor.get().stop();
    }
    var order =
        new Pusher.Order(
            ObjectId.fromString(commit.id().value()),
            "refs/heads/new-" + row.name(),
            Optional.empty());
    String url = direct(row.way());
    var remote = new Remote(RepositoryUrl.parse(url), settings(row, url), new ServerCapabilities());
    return () -> remote.pusher().push(from, order, monitor.get());
  }

  private static void removeContent(Path git) throws Exception {
    String blob = new LocalGit(git).run("hash-object", "../tree/mine.txt");
    Path packs = git.resolve("objects/pack");
    for (Path pack : Folders.children(packs)) {
      Path aside = git.resolve(pack.getFileName());
      Files.move(pack, aside);
      if (aside.toString().endsWith(".pack")) {
        Process unpacking =
            new ProcessBuilder("git", "unpack-objects", "-q")
                .directory(git.toFile())
                .redirectInput(aside.toFile())
                .start();
        assertThat(unpacking.waitFor()).isZero();
      }
    }
    Files.delete(git.resolve("objects").resolve(blob.substring(0, 2)).resolve(blob.substring(2)));
    new WindowCacheConfig().install(); // forgets what was read of the packs
  }
}
