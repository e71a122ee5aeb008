package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The copies of ignored files that outlive a working copy. */
class SavedFilesTest {
  private static final String KEY = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private JGitRepository repository;
  private int tasks;

  @BeforeEach
  void start() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    remote.seed("main", Map.of(".gitignore", "/modules\n/.venv/\n", "README.md", "app\n"));
    repository = open(false, Long.MAX_VALUE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JGitRepository open(boolean keepCaches, long maxSize) {
    var cache = new CacheSettings(temp.resolve("workspace"), keepCaches, maxSize);
    var settings = GitSettings.of(new GitIdentity("a", "a@example.com")).withReuse(cache);
    return new JGitRepository(settings, Clock.systemUTC());
  }

  private synchronized WorkingCopy checkOut() throws InterruptedException {
    tasks++;
    return repository.checkOut(
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl("app")),
            new BranchName("dev-" + tasks),
            List.of(new BranchName("main")),
            temp.resolve("workspace/task/" + tasks)),
        progress -> {});
  }

  private static void write(WorkingCopy copy, String path, String text) throws IOException {
    Path file = copy.directory().resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private static boolean restore(WorkingCopy copy) throws InterruptedException {
    return copy.ignored().restore(KEY, copy.directory());
  }

  private List<Path> saved() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("workspace/saved"), 2)) {
      return all.filter(path -> path.getNameCount() == temp.getNameCount() + 4).toList();
    }
  }

  @Test
  void keepsModesTimesLinksAndNamesThatAreNoText() throws Exception {
    Path odd = FileNames.of(new byte[] {'o', (byte) 0xff, 'd'});
    var old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      write(copy, "modules/bin/tool.sh", "#!/bin/sh\n");
      Files.setPosixFilePermissions(
          tree.resolve("modules/bin/tool.sh"), PosixFilePermissions.fromString("rwxr-x---"));
      Files.setLastModifiedTime(tree.resolve("modules/bin/tool.sh"), old);
      Files.createSymbolicLink(tree.resolve("modules/tool"), Path.of("bin/tool.sh"));
      Files.createSymbolicLink(tree.resolve("modules/outside"), temp.resolve("elsewhere"));
      Files.createDirectory(tree.resolve("modules/locked"));
      Files.writeString(tree.resolve("modules/locked").resolve(odd), "odd\n");
      Files.setPosixFilePermissions(
          tree.resolve("modules/locked"), PosixFilePermissions.fromString("r-xr-xr-x"));
      copy.ignored().save(KEY);
    }

    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      assertThat(tree.resolve("modules")).doesNotExist();
      assertThat(restore(copy)).isTrue();

      Path tool = tree.resolve("modules/bin/tool.sh");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tool)))
          .isEqualTo("rwxr-x---");
      assertThat(Files.getLastModifiedTime(tool)).isEqualTo(old);
      assertThat(Files.readSymbolicLink(tree.resolve("modules/tool")))
          .isEqualTo(Path.of("bin/tool.sh"));
      assertThat(Files.readSymbolicLink(tree.resolve("modules/outside")))
          .isEqualTo(temp.resolve("elsewhere"));
      assertThat(tree.resolve("modules/locked").resolve(odd)).hasContent("odd\n");
      assertThat(Files.isWritable(tree.resolve("modules/locked")) && !isRoot()).isFalse();
    }
  }

  /** What a command that is not confined does to a saved copy. */
  interface Tampering {
    void with(Path copy) throws Exception;
  }

  static List<Named<Tampering>> tamperings() {
    return List.of(
        named("a content", copy -> Files.writeString(copy.resolve("0/a.js"), "poisoned\n")),
        named(
            "a content of the same size and time",
            copy -> {
              Path file = copy.resolve("0/a.js");
              FileTime time = Files.getLastModifiedTime(file);
              Files.writeString(file, "CLEAN\n");
              Files.setLastModifiedTime(file, time);
            }),
        named(
            "another file",
            copy -> {
              Files.delete(copy.resolve("0/a.js"));
              Files.writeString(copy.resolve("0/a.js"), "clean\n");
            }),
        named("a new file", copy -> Files.writeString(copy.resolve("0/b.js"), "poisoned\n")),
        named("a missing file", copy -> Files.delete(copy.resolve("0/a.js"))),
        named(
            "a mode",
            copy ->
                Files.setPosixFilePermissions(
                    copy.resolve("0/a.js"), PosixFilePermissions.fromString("rwxrwxrwx"))),
        named(
            "a link",
            copy -> {
              Files.delete(copy.resolve("0/a.js"));
              Files.createSymbolicLink(copy.resolve("0/a.js"), Path.of("/etc/passwd"));
            }),
        named("paths", copy -> Files.writeString(copy.resolve("paths"), "../escaped\0")),
        named("no seal", copy -> Files.delete(copy.resolve("seal"))),
        named("a short seal", copy -> Files.writeString(copy.resolve("seal"), "x")),
        named(
            "the copy of another key",
            copy -> {
              Path other = copy.resolveSibling(OTHER);
              Path aside = copy.resolveSibling("aside");
              Files.move(copy, aside);
              Files.move(other, copy);
            }));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void noCopyIsRestoredThatWasChangedAfterItWasSaved(Tampering tampering) throws Exception {
    try (WorkingCopy copy = checkOut()) {
      write(copy, "modules/a.js", "clean\n");
      copy.ignored().save(KEY);
      write(copy, "modules/a.js", "other\n");
      copy.ignored().save(OTHER);
    }
    Path saved = saved().stream().filter(path -> path.endsWith(KEY)).findFirst().orElseThrow();
    tampering.with(saved);

    try (WorkingCopy copy = checkOut()) {
      assertThat(restore(copy)).isFalse();
      assertThat(copy.directory().resolve("modules")).doesNotExist();
      assertThat(copy.directory().resolve("../escaped")).doesNotExist();
      assertThat(saved).doesNotExist();

      write(copy, "modules/a.js", "clean\n");
      copy.ignored().save(KEY);
      write(copy, "modules/a.js", "task\n");
      assertThat(restore(copy)).isTrue();
      assertThat(copy.directory().resolve("modules/a.js")).hasContent("clean\n");
    }
  }

  /** As after the workspace was removed but for its copies, or by another avatar's hand. */
  @Test
  void noCopyIsRestoredThatAnotherKeyHasSealed() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      write(copy, "modules/a.js", "clean\n");
      copy.ignored().save(KEY);
    }
    repository = open(false, Long.MAX_VALUE);
    try (WorkingCopy copy = checkOut()) {
      assertThat(restore(copy)).as("after a restart").isTrue();
    }
    Path key = temp.resolve("workspace/seal");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    Files.delete(key);
    repository = open(false, Long.MAX_VALUE);

    try (WorkingCopy copy = checkOut()) {
      assertThat(restore(copy)).isFalse();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Also not through a hard link, nor where the operator keeps ignored files from task to task. */
  @Test
  void noTaskChangesWhatTheNextOneGets() throws Exception {
    repository = open(true, Long.MAX_VALUE);
    try (WorkingCopy copy = checkOut()) {
      write(copy, "modules/a.js", "clean\n");
      Files.createLink(
          copy.directory().resolve("modules/b.js"), copy.directory().resolve("modules/a.js"));
      copy.ignored().save(KEY);
      write(copy, "modules/a.js", "poisoned\n");
    }
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("modules/a.js")).hasContent("poisoned\n");
      assertThat(restore(copy)).isTrue();
      assertThat(copy.directory().resolve("modules/a.js")).hasContent("clean\n");
      write(copy, "modules/b.js", "poisoned\n");
      write(copy, "modules/new.js", "poisoned\n");
    }

    try (WorkingCopy copy = checkOut()) {
      assertThat(restore(copy)).isTrue();

      assertThat(copy.directory().resolve("modules/a.js")).hasContent("clean\n");
      assertThat(copy.directory().resolve("modules/b.js")).hasContent("clean\n");
      assertThat(copy.directory().resolve("modules/new.js")).doesNotExist();
    }
  }

  @Test
  void givesAPathOfATreeToThatTreeOnly() throws Exception {
    try (WorkingCopy first = checkOut();
        WorkingCopy second = checkOut()) {
      write(first, ".venv/bin/pytest", "#!" + first.directory() + "/.venv/bin/python\n");
      first.ignored().save(KEY);

      assertThat(restore(second)).isFalse();
      assertThat(restore(first)).isTrue();
      assertThat(first.directory().resolve(".venv/bin/pytest")).isRegularFile();
    }
  }

  @Test
  void doesNotWriteThroughALinkOfTheTree() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    try (WorkingCopy copy = checkOut()) {
      write(copy, "modules/a.js", "a\n");
      copy.ignored().save(KEY);
    }
    remote.commit("main", "link", Map.of("modules", TreeFile.link(outside.toString())));

    try (WorkingCopy copy = checkOut()) {
      assertThat(restore(copy)).isFalse();

      assertThat(outside).isEmptyDirectory();
      assertThat(copy.directory().resolve("modules")).isSymbolicLink();
    }
  }

  @Test
  void savesOneWholeCopyWhereTasksSaveAtTheSameTime() throws Exception {
    var pool = Executors.newFixedThreadPool(3);
    try {
      Callable<Boolean> task =
          () -> {
            try (WorkingCopy copy = checkOut()) {
              for (int i = 0; i < 200; i++) {
                write(copy, "modules/" + i % 7 + "/" + i + ".js", "same\n");
              }
              copy.ignored().save(KEY);
              return restore(copy)
                  && Files.isRegularFile(copy.directory().resolve("modules/3/199.js"));
            }
          };

      for (var each : pool.invokeAll(List.of(task, task, task))) {
        assertThat(each.get()).isTrue();
      }
      assertThat(saved()).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  /** A process that was killed leaves a folder that no task ever takes for a copy. */
  @Test
  void removesWhatAKilledProcessLeft() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      copy.ignored().save(KEY);
    }
    Path repositories = saved().get(0).resolveSibling("");
    for (String name : List.of(".unfinished-1", ".going-2", ".unfinished-3")) {
      Files.createDirectory(repositories.resolve(name));
      Files.write(repositories.resolve(name).resolve("0"), "half".getBytes(UTF_8));
    }
    var yesterday = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(repositories.resolve(".unfinished-1"), yesterday);
    Files.setLastModifiedTime(repositories.resolve(".going-2"), yesterday);

    repository.tidy();

    assertThat(saved())
        .extracting(path -> path.getFileName().toString())
        .containsExactlyInAnyOrder(KEY, ".unfinished-3");
  }

  @Test
  void removesCopiesThatWereNotUsedForTheLongestTimeToMakeRoom() throws Exception {
    repository = open(false, 400_000);
    try (WorkingCopy copy = checkOut()) {
      write(copy, "modules/a.js", "x".repeat(150_000));
      copy.ignored().save("old");
      write(copy, "modules/a.js", "y".repeat(150_000));
      copy.ignored().save(KEY);
      Path old = saved().stream().filter(path -> path.endsWith("old")).findFirst().orElseThrow();
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));

      repository.tidy();

      assertThat(copy.ignored().restore("old", copy.directory())).isFalse();
      assertThat(restore(copy)).isTrue();
      assertThat(Files.exists(copy.directory().resolve("modules"), NOFOLLOW_LINKS)).isTrue();
    }
  }
}
