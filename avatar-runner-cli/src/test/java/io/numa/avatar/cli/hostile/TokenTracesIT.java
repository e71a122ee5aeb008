package io.numa.avatar.cli.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests a whole avatar, as a process, with a Git host that requires a token: the token must be
 * nowhere except in the requests to that host. Issue 5, second point to show.
 */
class TokenTracesIT {
  private static final String USER = "x-access-token";
  private static final String TOKEN = "t0k/en+7f3a91=x9";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Traces traces = new Traces(USER, TOKEN);
  private final Set<String> seenAtWork = new ConcurrentSkipListSet<>();
  private final AtomicInteger looks = new AtomicInteger();

  @TempDir Path temp;
  private Path outside = Path.of("");
  private Path home = Path.of("");
  private Path tokenFile = Path.of("");
  private GitServer git;
  private NumaBackend backend;
  private AvatarProcess avatar;

  @BeforeEach
  void makeWorld() throws IOException {
    outside = Files.createDirectory(temp.resolve("outside"));
    home = temp.resolve("avatar");
    tokenFile = Files.writeString(temp.resolve("token"), TOKEN + "\n");
    git = GitServer.start(temp.resolve("git"));
    git.createRepository("app").seed("main", Map.of("a.txt", "a\n"));
    git.requirePassword(USER, TOKEN);
    backend = NumaBackend.start();
    backend.addApplication(1, Map.of("name", "app", "git_repo_url", git.httpUrl("app")));
    backend.addApplication(
        2, Map.of("name", "down", "git_repo_url", "http://127.0.0.1:1/down.git"));
  }

  @AfterEach
  void endWorld() {
    if (avatar != null) {
      avatar.close();
    }
    backend.close();
    git.close();
  }

  private void startAvatar(String source) throws IOException {
    avatar =
        AvatarHome.make(home, backend.url())
            .set(
                "git.credentials",
                "[{\"host\": \"127.0.0.1:*\", \"service\": \"github\", " + source + "}]")
            .set("logs.file", home.resolve("avatar.log"))
            .set("workspace.keep_failed", "1h")
            .set("sandbox.profile", "off") // even there, no step finds a token
            .start();
  }

  private void announce(int task, int application, String command) {
    backend.addTask(
        task,
        Map.of(
            "title",
            "Look around " + task,
            "application_id",
            application,
            "development_plan",
            Map.of(
                "version",
                1,
                "steps",
                List.of(
                    Map.of("write", Map.of("path", task + ".txt", "content", "done\n")),
                    Map.of("run", Map.of("command", command))),
                "test",
                Map.of("command", ""))));
    backend.announce(task);
  }

  /** Prints everything that a step can see of processes, and waits for a signal to continue. */
  private String lookAround() {
    return """
        { env; for p in /proc/[0-9]*; do tr '\\0' '\\n' < $p/cmdline; tr '\\0' '\\n' < $p/environ; \
        done; } > '%1$s/dump' 2> /dev/null; touch '%1$s/waiting'; \
        while [ ! -e '%1$s/go' ]; do sleep 0.05; done"""
        .formatted(outside);
  }

  private void await(Path file) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as(avatar.console()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /** Looks through the workspace all the time, until the thread is interrupted. */
  private Thread watch() {
    var watch =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                traces.find(home).forEach(file -> seenAtWork.add(file.toString()));
                looks.incrementAndGet();
              }
            },
            "traces");
    watch.start();
    return watch;
  }

  private String processes() throws IOException {
    var all = new StringBuilder();
    List<ProcessHandle> family = new ArrayList<>();
    ProcessHandle.of(avatar.pid())
        .ifPresent(
            process -> {
              family.add(process);
              process.descendants().forEach(family::add);
            });
    for (ProcessHandle process : family) {
      for (String file : List.of("cmdline", "environ")) {
        try {
          all.append(
              new String(Files.readAllBytes(Path.of("/proc/" + process.pid(), file)), ISO_8859_1));
        } catch (IOException gone) {
          all.append('\n');
        }
      }
    }
    return all.toString();
  }

  private void assertNoTraces() {
    assertThat(seenAtWork).as("files while it worked").isEmpty();
    assertThat(traces.find(home)).as("files that are left").isEmpty();
    assertThat(traces.isIn(avatar.console())).as("console").isFalse();
    assertThat(backend.requests())
        .as("what the backend received")
        .isNotEmpty()
        .noneMatch(
            request ->
                traces.isIn(request.path() + request.query() + request.headers() + request.body()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"token_file\": \"%s\"", "\"token_command\": [\"cat\", \"%s\"]"})
  void leavesNoTokenAnywhere(String source) throws Exception {
    startAvatar(source.formatted(tokenFile));
    Thread watch = watch();
    try {
      announce(1, 1, lookAround());
      await(outside.resolve("waiting"));
      int before = looks.get();
      assertThat(traces.isIn(processes())).as("processes").isFalse();
      while (looks.get() < before + 2) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      Files.createFile(outside.resolve("go"));
      backend.awaitStatus(1, "done", LIMIT);

      git.requirePassword(USER, "another");
      announce(2, 1, "true");
      backend.awaitStatus(2, "failed", LIMIT);

      announce(3, 2, "true");
      backend.awaitStatus(3, "failed", LIMIT);
    } finally {
      watch.interrupt();
      watch.join();
    }

    avatar.terminate();
    avatar.await();
    assertThat(outside.resolve("dump")).content().contains("PATH=");
    assertThat(traces.find(outside)).as("what a step saw of processes").isEmpty();
    assertThat(backend.log(2)).contains("refused the credentials");
    assertNoTraces();
  }

  /** Proves that the searches above can fail: they find a token that a step steals. */
  @Test
  void seesATokenThatAStepBringsIntoTheTree() throws Exception {
    startAvatar("\"token_command\": [\"cat\", \"" + tokenFile + "\"]");
    Thread watch = watch();
    try {
      announce(1, 1, "cat '" + tokenFile + "' | tee stolen; " + lookAround());
      await(outside.resolve("waiting"));
      int before = looks.get();
      while (looks.get() < before + 2) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      Files.createFile(outside.resolve("go"));
      backend.awaitStatus(1, "failed", LIMIT);
    } finally {
      watch.interrupt();
      watch.join();
    }

    assertThat(seenAtWork).anyMatch(file -> file.endsWith("/stolen"));
    assertThat(backend.log(1))
        .contains("***")
        .satisfies(log -> assertThat(traces.isIn(log)).isFalse());
    assertThat(git.path("app").resolve("refs/heads/dev-1")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "workspace/1/x/git/config",
        "workspace/1/x/git/logs/HEAD",
        "workspace/1/x/git/packed-refs",
        "workspace/1/x/tree/.git/config",
        "logs/1/x.log",
        "state/journal.db-wal",
        "avatar.log"
      })
  void wouldSeeATokenInAFile(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    String login = Base64.getEncoder().encodeToString((USER + ":" + TOKEN).getBytes(UTF_8));

    for (String form : List.of(TOKEN, "t0k%2Fen%2B7f3a91%3Dx9", login)) {
      Files.writeString(file, "url = http://x:" + form + "@host\n");
      assertThat(traces.find(home)).containsExactly(file);
    }
  }

  @Test
  void wouldSeeATokenInAnObject() throws IOException {
    Path file = home.resolve("workspace/1/x/git/objects/12/3456");
    Files.createDirectories(file.getParent());
    try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
      out.write(("blob 30\0token " + TOKEN).getBytes(UTF_8));
    }

    assertThat(traces.find(home)).containsExactly(file);
  }
}
