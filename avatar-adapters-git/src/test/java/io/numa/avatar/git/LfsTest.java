package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.internal.lfs.HttpLfsServer;
import io.numa.avatar.git.internal.lfs.LfsPointer;
import io.numa.avatar.git.internal.lfs.LfsStore;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitAccess;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LFS files between a test server, real git-lfs, and an avatar. */
class LfsTest {
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Numa Avatar", "avatar@example.com"))
          .withFeatures(GitFeatures.NONE.withLfs());
  private static final BranchName WORK = new BranchName("dev-1-work");
  private static final String ATTRIBUTES = "*.bin filter=lfs diff=lfs merge=lfs -text\n";
  private static final String OLD = "old content\n";

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;

  @BeforeEach
  void startServer() throws Exception {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    keep(OLD);
    remote.seed(
        "main", Map.of(".gitattributes", ATTRIBUTES, "a.txt", "a\n", "data/old.bin", pointer(OLD)));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private static LfsPointer object(String content) throws Exception {
    byte[] bytes = content.getBytes(UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    return new LfsPointer(HexFormat.of().formatHex(hash), bytes.length);
  }

  private static String pointer(String content) throws Exception {
    return new String(object(content).blob(), UTF_8);
  }

  /** Stores an object at the server. */
  private void keep(String content) throws Exception {
    Path file = stored(content);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Path stored(String content) throws Exception {
    return server.lfsObject("app", object(content).oid());
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut(SETTINGS, server.httpUrl("app"));
  }

  private WorkingCopy checkOut(GitSettings settings, String url) throws InterruptedException {
    var request =
        new CheckoutRequest(RepositoryUrl.parse(url), WORK, List.of(), temp.resolve("home"));
    return new JGitRepository(settings, Clock.systemUTC()).checkOut(request, progress -> {});
  }

  private PortException refusal(GitSettings settings, String url) {
    var failure = catchThrowableOfType(PortException.class, () -> checkOut(settings, url).close());
    assertThat(failure).isNotNull();
    assertThat(temp.resolve("home")).doesNotExist();
    return failure;
  }

  /** A command that is not confined changes what the avatar has kept for the upload. */
  @Test
  void uploadsNoContentThatWasChangedAfterItWasCommitted() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.bin"), "our content\n");
      LocalCommit commit = commitAll(copy);
      String oid = object("our content\n").oid();
      try (var files = Files.walk(temp.resolve("home/git/lfs"))) {
        Path kept = files.filter(file -> file.endsWith(oid)).findFirst().orElseThrow();
        Files.writeString(kept, "foreign one\n");
      }

      PortException failure = catchThrowableOfType(PortException.class, commit::push);

      assertThat(failure).hasMessageContaining("its content was changed on this machine");
      assertThat(server.lfsObject("app", oid)).doesNotExist();
      assertThat(remote.branches()).doesNotContain(WORK.value());
    }
  }

  private static void pushAll(WorkingCopy copy) throws InterruptedException {
    commitAll(copy).push();
  }

  private static LocalCommit commitAll(WorkingCopy copy) {
    StagedChange change = stageAll(copy);
    assertThat(change.changes()).isNotEmpty();
    return change.commit("work");
  }

  @Test
  void filesAreRealInTheTreeAndPointersInGit() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      assertThat(tree.resolve("data/old.bin")).hasContent(OLD);
      assertThat(copy.base().checkOut().resolve("data/old.bin")).hasContent(OLD);
      assertThat(stageAll(copy).changes()).isEmpty();

      Files.writeString(tree.resolve("data/new.bin"), "new content\n");
      Files.writeString(tree.resolve("empty.bin"), "");
      Files.writeString(tree.resolve("a.txt"), "b\n");
      pushAll(copy);
    }

    assertThat(remote.files(WORK.value()))
        .containsEntry("data/old.bin", TreeFile.of(pointer(OLD)))
        .containsEntry("data/new.bin", TreeFile.of(pointer("new content\n")))
        .containsEntry("empty.bin", TreeFile.of(""))
        .containsEntry("a.txt", TreeFile.of("b\n"));
    assertThat(stored("new content\n")).hasContent("new content\n");
  }

  @Test
  void theBytesOfFilesAreCounted() throws Exception {
    var metrics = new RecordedMetrics();
    keep("x".repeat(50_000));
    remote.seed("main", Map.of("data/old.bin", pointer("x".repeat(50_000))));
    GitSettings settings = SETTINGS.withAccess(GitAccess.open().withMetrics(metrics));

    try (WorkingCopy copy = checkOut(settings, server.httpUrl("app"))) {
      Files.writeString(copy.directory().resolve("new.bin"), "y".repeat(40_000));
      pushAll(copy);
    }

    assertThat(metrics.value(Metric.GIT_BYTES, List.of("received"))).isBetween(50e3, 60e3);
    assertThat(metrics.value(Metric.GIT_BYTES, List.of("sent"))).isBetween(40e3, 50e3);
  }

  @Test
  void lookedAtByNativeGitTheTreeIsClean() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      assertThat(Programs.run(copy.directory(), "git", "status", "--porcelain")).isEmpty();
    }
  }

  @Test
  void aChangedFileBecomesAPointerEvenIfItWasNone() throws Exception {
    remote.seed("main", Map.of("raw.bin", "never a pointer\n", "raw2.bin", "nor this\n"));

    try (WorkingCopy copy = checkOut()) {
      assertThat(stageAll(copy).changes()).isEmpty();
      Files.writeString(copy.directory().resolve("raw.bin"), "changed\n");
      Files.writeString(copy.directory().resolve("data/old.bin"), "changed, too\n");
      pushAll(copy);
    }

    assertThat(remote.files(WORK.value()))
        .containsEntry("raw.bin", TreeFile.of(pointer("changed\n")))
        .containsEntry("raw2.bin", TreeFile.of("nor this\n"))
        .containsEntry("data/old.bin", TreeFile.of(pointer("changed, too\n")));
  }

  @Test
  void whatIsCountedAndSearchedIsTheContent() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.bin"), "x".repeat(5000));
      StagedChange change = stageAll(copy);
      var read = new ByteArrayOutputStream();
      change.added(path -> read::write);

      assertThat(change.changes())
          .containsExactly(
              new ChangedFile(new WorkspacePath("new.bin"), 5000, ChangedFile.Kind.ADDED));
      assertThat(read.toString(UTF_8)).isEqualTo("new.bin\n" + "x".repeat(5000));
      var failure =
          catchThrowableOfType(PortException.class, () -> copy.stage(ChangedPaths.ANYWHERE, 4999));
      assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
      Files.delete(copy.directory().resolve("new.bin"));
      Files.writeString(copy.directory().resolve("data/old.bin"), "y".repeat(5000));
      failure =
          catchThrowableOfType(PortException.class, () -> copy.stage(ChangedPaths.ANYWHERE, 4999));
      assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
      assertThat(failure).hasMessageContaining("guard.max_file_size");
    }
  }

  @Test
  void aMissingObjectFailsTheCheckout() throws Exception {
    remote.seed("main", Map.of("data/lost.bin", pointer("lost")));

    PortException failure = refusal(SETTINGS, server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(failure).hasMessageContaining("'data/lost.bin'").hasMessageContaining("git.lfs");
  }

  /** git-lfs#3865, git-lfs#1544: pointers with CR LF, without a last newline, of former names. */
  @Test
  void fillsPointersInEveryFormThatGitLfsReads() throws Exception {
    String hawser = pointer(OLD).replace("git-lfs.github", "hawser.github");
    remote.seed(
        "main",
        Map.of(
            "crlf.bin", pointer(OLD).replace("\n", "\r\n"),
            "open.bin", pointer(OLD).strip(),
            "hawser.bin", hawser));
    try (WorkingCopy copy = checkOut()) {
      for (String name : List.of("crlf.bin", "open.bin", "hawser.bin")) {
        assertThat(copy.directory().resolve(name)).hasContent(OLD);
      }
      assertThat(copy.base().notes()).isEmpty();
      assertThat(stageAll(copy).changes()).isEmpty();

      Files.writeString(copy.directory().resolve("crlf.bin"), "new content\n");
      pushAll(copy);
    }

    assertThat(remote.files(WORK.value()))
        .containsEntry("crlf.bin", TreeFile.of(pointer("new content\n")))
        .containsEntry("open.bin", TreeFile.of(pointer(OLD).strip()))
        .containsEntry("hawser.bin", TreeFile.of(hawser));
  }

  /** git-lfs#3865: a file that looks like a pointer was left as it is, and nothing was said. */
  @Test
  void namesFilesThatLookLikePointersAndAreNone() throws Exception {
    String extended = pointer(OLD).replace("\noid", "\next-0-case sha256:00\noid");
    remote.seed(
        "main",
        Map.of(
            "broken.bin",
            pointer(OLD).replace("size", "length"),
            "cased.bin",
            extended,
            "text.bin",
            "git-lfs keeps me\n"));
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.base().notes())
          .containsExactlyInAnyOrder(
              "'broken.bin' looks like an LFS pointer and is taken for none, because of"
                  + " 'length 12'; it stays as it is",
              "'cased.bin' stays an LFS pointer: its extension 'ext-0-case' is a program, and the"
                  + " avatar runs no filter program");
      assertThat(copy.directory().resolve("cased.bin")).hasContent(extended);
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  /** git-lfs#1949: the object of a file that .lfsconfig excludes is gone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetchexclude = lost",
        "fetchexclude = \"x, lost/ ,y\"",
        "fetchexclude = *.gone.bin",
        "fetchinclude = data",
        "fetchinclude = data\n fetchexclude = nothing"
      })
  void filesThatAreNotFetchedStayPointers(String setting) throws Exception {
    remote.seed(
        "main",
        Map.of(
            ".lfsconfig",
            "[lfs]\n " + setting + "\n",
            "lost/a.gone.bin",
            pointer("nobody has it")));
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("lost/a.gone.bin")).hasContent(pointer("nobody has it"));
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(OLD);
      assertThat(copy.base().notes())
          .containsExactly("1 LFS file stays a pointer, by the repository's .lfsconfig");
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void aKeptTreeFollowsItsLfsConfig() throws Exception {
    Path cache = temp.resolve("cache");
    GitSettings keeping = SETTINGS.withReuse(CacheSettings.in(cache));
    remote.seed("main", Map.of(".lfsconfig", "[lfs]\n fetchexclude = data\n"));
    try (WorkingCopy copy = checkOut(keeping, server.httpUrl("app"))) {
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(pointer(OLD));
    }

    remote.seed("main", Map.of(".lfsconfig", "[lfs]\n fetchexclude = other\n"));
    try (WorkingCopy copy = checkOut(keeping, server.httpUrl("app"))) {
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(OLD);
    }
  }

  @Test
  void withoutLfsPointersStayPointers() throws Exception {
    GitSettings off = SETTINGS.withFeatures(GitFeatures.NONE);
    try (WorkingCopy copy = checkOut(off, server.httpUrl("app"))) {
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(pointer(OLD));
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void triesAgainWhereTheServerStumbles() throws Exception {
    server.failLfsObjects(2);

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(OLD);
    }
  }

  @Test
  void nothingIsPushedWhoseContentTheServerDoesNotTake() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.bin"), "new content\n");
      LocalCommit commit = commitAll(copy);
      server.failLfsObjects(100);

      var failure = catchThrowableOfType(PortException.class, commit::push);

      assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(remote.branches()).containsExactly("main");

      server.failLfsObjects(0);
      commit.push();
      assertThat(remote.branches()).containsExactly(WORK.value(), "main");
    }
  }

  @Test
  void nothingIsPushedThatPointsToNowhere() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.bin"), pointer("nobody has it"));

      var failure = catchThrowableOfType(PortException.class, () -> pushAll(copy));

      assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
      assertThat(failure).hasMessageContaining("'new.bin'");
      assertThat(remote.branches()).containsExactly("main");
    }
  }

  @Test
  void refusesWhatIsNotTheObject() throws Exception {
    Files.writeString(stored(OLD), "evil content");

    PortException failure = refusal(SETTINGS, server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("has another id");
  }

  @Test
  void logsInWithTheHostsCredential() throws Exception {
    server.requirePassword("bot", "s3cret");
    GitSettings known =
        SETTINGS.withCredentials(
            HostCredential.password("127.0.0.1:*", "bot", new Secret("s3cret")));

    try (WorkingCopy copy = checkOut(known, server.httpUrl("app"))) {
      Files.writeString(copy.directory().resolve("new.bin"), "new content\n");
      pushAll(copy);
    }

    assertThat(stored("new content\n")).exists();
  }

  @Test
  void worksWithARepositoryOfThisMachine() throws Exception {
    try (WorkingCopy copy = checkOut(SETTINGS, server.path("app").toString())) {
      assertThat(copy.directory().resolve("data/old.bin")).hasContent(OLD);
      Files.writeString(copy.directory().resolve("new.bin"), "new content\n");
      pushAll(copy);
    }

    assertThat(stored("new content\n")).hasContent("new content\n");
  }

  /** libgit2#5071: also behind a byte order mark, here in .lfsconfig. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\ufeff"})
  void lfsConfigMayNameAnotherPathOfTheSameServerOnly(String mark) throws Exception {
    remote.seed("main", Map.of(".lfsconfig", mark + "[lfs]\n  url = http://127.0.0.1:1/lfs\n"));

    PortException failure = refusal(SETTINGS, server.httpUrl("app"));

    assertThat(failure.kind()).isEqualTo(FailureKind.DENIED);
    assertThat(failure).hasMessageContaining(".lfsconfig");

    remote.seed(
        "main",
        Map.of(".lfsconfig", mark + "[lfs]\n  url = " + server.httpUrl("app") + "/info/lfs/\n"));
    checkOut().close();
  }

  private static void apply(WorkingCopy copy, String diff) throws IOException {
    Path tree = copy.directory();
    try (Change change = Workspace.of(tree, tree.resolveSibling("scratch")).begin()) {
      copy.apply(new PatchText(diff.getBytes(UTF_8), 1), change);
      change.keep();
    }
  }

  @Test
  void patchesAreAboutWhatGitHas() throws Exception {
    String add = "diff --git a/n.bin b/n.bin\nnew file mode 100644\n--- /dev/null\n+++ b/n.bin\n";
    String onPointer =
        "--- a/data/old.bin\n+++ b/data/old.bin\n@@ -1,3 +1,3 @@\n"
            + " version https://git-lfs.github.com/spec/v1\n"
            + ("-oid sha256:" + object(OLD).oid() + "\n-size 12\n")
            + ("+oid sha256:" + object("known\n").oid() + "\n+size 6\n");
    String onContent = "--- a/data/old.bin\n+++ b/data/old.bin\n@@ -1 +1 @@\n-old content\n+x\n";
    keep("known\n");
    try (WorkingCopy copy = checkOut()) {
      var failure = catchThrowableOfType(PortException.class, () -> apply(copy, onContent));
      assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);

      apply(copy, onPointer);
      apply(copy, add + "@@ -0,0 +1 @@\n+n\n");
      pushAll(copy);
    }

    assertThat(remote.read(WORK.value(), "data/old.bin")).isEqualTo(pointer("known\n"));
    assertThat(remote.read(WORK.value(), "n.bin")).isEqualTo(pointer("n\n"));
    assertThat(stored("n\n")).hasContent("n\n");
  }

  /** A minimal server with one handler. */
  private static HttpServer http(HttpHandler handler) throws IOException {
    var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", handler);
    http.start();
    return http;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void showsNoCredentialToWhereTheObjectsAreKept() throws Exception {
    LfsPointer object = object(OLD);
    List<String> shown = new CopyOnWriteArrayList<>();
    List<String> given = new CopyOnWriteArrayList<>();
    HttpServer storage =
        http(
            exchange -> {
              exchange
                  .getRequestHeaders()
                  .getOrDefault("X-Amz-Given", List.of())
                  .forEach(given::add);
              shown.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
              exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"y\"");
              send(exchange, 401, "");
            });
    String link = "http://127.0.0.1:" + storage.getAddress().getPort() + "/x";
    List<String> logins = new CopyOnWriteArrayList<>();
    HttpServer front =
        http(
            exchange -> {
              List<String> login =
                  exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
              logins.addAll(login);
              if (login.isEmpty()) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                send(exchange, 401, "");
              } else {
                send(
                    exchange,
                    200,
                    """
                    {"objects": [{"oid": "%s", "size": %d, "actions": {"download":
                      {"href": "%s", "header": {"X-Amz-Given": "key"}}}}]}
                    """
                        .formatted(object.oid(), object.size(), link));
              }
            });
    try {
      HttpUrl endpoint =
          HttpUrl.get("http://127.0.0.1:" + front.getAddress().getPort() + "/info/lfs");
      var settings =
          SETTINGS.withCredentials(
              HostCredential.password("127.0.0.1:*", "bot", new Secret("s3cret")));

      var failure =
          catchThrowableOfType(
              IOException.class,
              () ->
                  new HttpLfsServer(endpoint, settings)
                      .download(
                          List.of(object),
                          new LfsStore(temp.resolve("lfs")),
                          NullProgressMonitor.INSTANCE));

      assertThat(failure).hasMessageContaining("401");
      assertThat(logins).isNotEmpty();
      assertThat(given).isNotEmpty().containsOnly("key");
      assertThat(shown).isEmpty();
    } finally {
      front.stop(0);
      storage.stop(0);
    }
  }

  @Test
  void givesUpOnAServerThatStaysSilent() throws Exception {
    HttpServer silent = http(exchange -> {});
    try {
      HttpUrl endpoint =
          HttpUrl.get("http://127.0.0.1:" + silent.getAddress().getPort() + "/info/lfs");

      var failure =
          catchThrowableOfType(
              IOException.class,
              () ->
                  new HttpLfsServer(endpoint, SETTINGS.withTimeout(Duration.ofSeconds(1)))
                      .upload(List.of(object(OLD)), new LfsStore(temp.resolve("lfs"))));

      assertThat(failure).isInstanceOf(SocketTimeoutException.class);
    } finally {
      silent.stop(0);
    }
  }

  private Path nativeClone(String name) throws Exception {
    Programs.assumeInstalled("git-lfs");
    Path clone = temp.resolve(name);
    Programs.run(temp, "git", "init", "-q", clone.toString());
    Programs.run(clone, "git", "lfs", "install", "--local");
    Programs.run(clone, "git", "remote", "add", "origin", server.httpUrl("app"));
    return clone;
  }

  @Test
  void gitLfsReadsWhatWasPushed() throws Exception {
    Path clone = nativeClone("clone");
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.bin"), "new content\n");
      pushAll(copy);
    }

    Programs.run(clone, "git", "fetch", "-q", "origin", WORK.value());
    Programs.run(clone, "git", "checkout", "-q", "FETCH_HEAD");

    assertThat(clone.resolve("new.bin")).hasContent("new content\n");
    assertThat(clone.resolve("data/old.bin")).hasContent(OLD);
    assertThat(Programs.run(clone, "git", "lfs", "fsck")).contains("Git LFS fsck OK");
    assertThat(Programs.run(clone, "git", "status", "--porcelain")).isEmpty();
  }

  @Test
  void readsWhatGitLfsHasPushed() throws Exception {
    Path clone = nativeClone("clone");
    Programs.run(clone, "git", "fetch", "-q", "origin", "main");
    Programs.run(clone, "git", "checkout", "-q", "-b", "main", "FETCH_HEAD");
    Files.write(clone.resolve("big.bin"), new byte[3_000_000]);
    Programs.run(clone, "git", "add", "big.bin");
    Programs.run(
        clone, "git", "-c", "user.name=a", "-c", "user.email=b", "commit", "-q", "-m", "big");
    Programs.run(clone, "git", "push", "-q", "origin", "HEAD:main");

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("big.bin")).hasBinaryContent(new byte[3_000_000]);
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  @Test
  void contentsComeBackAndAreUploadedWhereTheyAreStagedAgain() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.writeString(tree.resolve("data/old.bin"), "changed\n");
      Files.writeString(tree.resolve("new.bin"), "new content\n");
      StagedChange change = stageAll(copy);
      Files.writeString(tree.resolve("data/old.bin"), "changed by tests\n");
      Files.delete(tree.resolve("new.bin"));

      change.restoreTree();

      assertThat(tree.resolve("data/old.bin")).hasContent("changed\n");
      assertThat(tree.resolve("new.bin")).hasContent("new content\n");
      StagedChange again = stageAll(copy);
      assertThat(again.changes()).isEqualTo(change.changes());
      again.commit("work").push();
    }

    assertThat(stored("changed\n")).exists();
    assertThat(stored("new content\n")).exists();
    assertThat(stored("changed by tests\n")).doesNotExist();
  }
}
