package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import io.numa.avatar.git.fixture.ForeignObjects;
import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A command that is not confined can write into the mirror of any repository. A later task has the
 * right files and pushes the right commit, or its mirror is made anew; it never builds on foreign
 * content.
 */
class TamperedMirrorTest {
  private static final String OURS = "int ours;\n";
  private static final String FOREIGN = "int foreign;\n";

  @TempDir static Path shared;
  private static GitServer server;
  private static int repositories;

  @TempDir Path temp;
  private String app = "";
  private SeededRepository remote;
  private JGitRepository repository;
  private int tasks;

  /** What a command does to a mirror. */
  interface Tampering {
    void with(Mirrored mirror) throws Exception;
  }

  /**
   * A mirror, and another repository with foreign content.
   *
   * @param remote the repository of the mirror, on its server
   */
  record Mirrored(Path git, Path remote, Path other) {
    ForeignObjects objects() {
      return new ForeignObjects(git);
    }

    private static ObjectId resolve(Path repository, String name) throws IOException {
      try (var opened = new FileRepository(repository.toFile())) {
        return opened.resolve(name);
      }
    }

    ObjectId id(String name) throws Exception {
      return resolve(remote, name);
    }

    String foreignCommit() throws Exception {
      return resolve(other, "main").name();
    }

    /** The tree of {@code src} with the contents of its two files exchanged. */
    byte[] exchanged() throws Exception {
      var tree = new TreeFormatter();
      tree.append("a.c", FileMode.REGULAR_FILE, id("main:src/b.c"));
      tree.append("b.c", FileMode.REGULAR_FILE, id("main:src/a.c"));
      return tree.toByteArray();
    }

    /** A commit whose root is the folder {@code src}. */
    byte[] ofFolder() throws Exception {
      var commit = new CommitBuilder();
      commit.setTreeId(id("main:src"));
      commit.setAuthor(new PersonIdent("a", "a@example.com"));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage("foreign");
      return commit.build();
    }

    void write(String file, String text) throws IOException {
      Path path = git.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    }
  }

  static List<Named<Tampering>> tamperings() {
    return List.of(
        named(
            "a pack whose index names a foreign blob",
            mirror ->
                mirror
                    .objects()
                    .pack(mirror.id("main:src/a.c"), Constants.OBJ_BLOB, FOREIGN.getBytes(UTF_8))),
        named(
            "a pack whose index names a foreign tree",
            mirror ->
                mirror
                    .objects()
                    .pack(mirror.id("main:src"), Constants.OBJ_TREE, mirror.exchanged())),
        named(
            "a pack whose index names a foreign commit",
            mirror ->
                mirror.objects().pack(mirror.id("main"), Constants.OBJ_COMMIT, mirror.ofFolder())),
        named(
            "a loose blob",
            mirror -> {
              mirror.objects().unpack();
              mirror
                  .objects()
                  .loose(mirror.id("main:src/a.c"), Constants.OBJ_BLOB, FOREIGN.getBytes(UTF_8));
            }),
        named(
            "a loose blob of another type",
            mirror -> {
              mirror.objects().unpack();
              mirror
                  .objects()
                  .loose(mirror.id("main:src/a.c"), Constants.OBJ_TREE, FOREIGN.getBytes(UTF_8));
            }),
        named(
            "a loose object that is no object",
            mirror -> {
              mirror.objects().unpack();
              String id = mirror.id("main:src/a.c").name();
              Path file =
                  mirror.git.resolve("objects/" + id.substring(0, 2)).resolve(id.substring(2));
              Files.delete(file);
              Files.writeString(file, "nothing");
            }),
        named(
            "foreign objects that are borrowed",
            mirror -> {
              new ForeignObjects(mirror.other)
                  .pack(mirror.id("main:src/a.c"), Constants.OBJ_BLOB, FOREIGN.getBytes(UTF_8));
              mirror.write("objects/info/alternates", mirror.other.resolve("objects") + "\n");
              Folders.delete(mirror.git.resolve("objects/pack"));
            }),
        named(
            "another common directory",
            mirror -> {
              new ForeignObjects(mirror.other)
                  .pack(mirror.id("main:src/a.c"), Constants.OBJ_BLOB, FOREIGN.getBytes(UTF_8));
              mirror.write("commondir", mirror.other + "\n");
            }),
        named("a configuration", mirror -> mirror.write("config", "[core\n")),
        named(
            "a configuration of another format",
            mirror ->
                mirror.write(
                    "config",
                    """
                    [core]
                      repositoryformatversion = 1
                      bare = true
                    [extensions]
                      refStorage = reftable
                    """)),
        named("a HEAD", mirror -> mirror.write("HEAD", "ref: refs/heads/main\n")),
        named("a damaged HEAD", mirror -> mirror.write("HEAD", "nothing")),
        named(
            "packed refs",
            mirror -> mirror.write("packed-refs", mirror.foreignCommit() + " refs/heads/main\n")),
        named("damaged packed refs", mirror -> mirror.write("packed-refs", "nothing")),
        named(
            "a note of a commit that is not complete",
            mirror -> {
              Folders.delete(mirror.git.resolve("refs/tips"));
              mirror.objects().pack(mirror.id("main"), Constants.OBJ_COMMIT, mirror.ofFolder());
              mirror.write(
                  "refs/tips/" + mirror.id("main").name(), mirror.id("main").name() + "\n");
            }),
        named(
            "a damaged note",
            mirror -> mirror.write("refs/tips/" + mirror.id("main").name(), "nothing")),
        named(
            "a history that ends early",
            mirror -> mirror.write("shallow", mirror.id("main").name() + "\n")),
        named("a damaged history", mirror -> mirror.write("shallow", "nothing\n")),
        named(
            "a graph of commits",
            mirror -> {
              Programs.run(mirror.other, "git", "commit-graph", "write", "--reachable");
              mirror.write("objects/info/x", "");
              Files.copy(
                  mirror.other.resolve("objects/info/commit-graph"),
                  mirror.git.resolve("objects/info/commit-graph"));
              mirror.write("config", "[core]\n\tbare = true\n\tcommitGraph = true\n");
            }));
  }

  @BeforeAll
  static void start() throws IOException {
    server = GitServer.start(shared.resolve("server"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void seed() {
    repositories++;
    app = "app-" + repositories;
    remote = server.createRepository(app);
    Map<String, String> files = new TreeMap<>();
    files.put("README.md", "read me\n");
    files.put("src/a.c", OURS);
    files.put("src/b.c", "int b;\n");
    remote.seed("main", files);
    server.createRepository("other-" + repositories).seed("main", Map.of("src/a.c", FOREIGN));
    restart();
  }

  private Path workspace() {
    return temp.resolve("workspace");
  }

  private void restart() {
    repository =
        new JGitRepository(
            GitSettings.of(JGitContract.IDENTITY).withReuse(CacheSettings.in(workspace())),
            Clock.systemUTC());
  }

  private WorkingCopy checkOut() throws InterruptedException {
    tasks++;
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl(app)),
            new BranchName("dev-" + tasks),
            List.of(new BranchName("main")),
            workspace().resolve("task/" + tasks));
    return repository.checkOut(request, progress -> {});
  }

  private Path mirror(int generation) throws IOException {
    try (Stream<Path> all = Files.walk(workspace().resolve("mirrors"), 2)) {
      return all.filter(path -> path.endsWith("git-" + generation)).findFirst().orElseThrow();
    }
  }

  private void tamper(Tampering tampering) throws Exception {
    var mirrored = new Mirrored(mirror(1), server.path(app), server.path("other-" + repositories));
    tampering.with(mirrored);
    mirrored.objects().forget();
    restart();
  }

  private void requireRightFiles(Path folder, String readme) {
    assertThat(folder.resolve("src/a.c")).hasContent(OURS);
    assertThat(folder.resolve("src/b.c")).hasContent("int b;\n");
    assertThat(folder.resolve("README.md")).hasContent(readme);
  }

  private void requireRightPush(WorkingCopy copy) throws Exception {
    Files.writeString(copy.directory().resolve("src/new.c"), "int more;\n");
    stageAll(copy).commit("work").push();

    assertThat(remote.read("dev-" + tasks, "src/a.c")).isEqualTo(OURS);
    assertThat(remote.read("dev-" + tasks, "src/new.c")).isEqualTo("int more;\n");
  }

  /** What a task does with a checked-out copy. */
  interface Work {
    void with(WorkingCopy copy) throws Exception;
  }

  /** Works in a copy; if its mirror is condemned meanwhile, works in the next one. */
  private void work(Work work) throws Exception {
    try (WorkingCopy copy = checkOut()) {
      work.with(copy);
    } catch (PortException e) {
      assertThat(e.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(e).hasMessageContaining("corrupt");
      try (WorkingCopy copy = checkOut()) {
        work.with(copy);
        assertThat(mirror(2)).exists();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void givesItsContentToNoNewTree(Tampering tampering) throws Exception {
    checkOut().close();
    Folders.delete(workspace().resolve("trees"));
    tamper(tampering);
    remote.commit("main", "more", Map.of("README.md", TreeFile.of("read more\n")));

    work(
        copy -> {
          requireRightFiles(copy.directory(), "read more\n");
          requireRightPush(copy);
        });
  }

  static List<Named<Tampering>> tamperingsWithObjects() {
    return tamperings().subList(0, 6);
  }

  /** Files that are in place are not read again; what reads their objects later must notice. */
  @ParameterizedTest
  @MethodSource("tamperingsWithObjects")
  void givesItsContentToNothingThatReadsTheBaseLater(Tampering tampering) throws Exception {
    checkOut().close();
    tamper(tampering);

    work(
        copy -> {
          requireRightFiles(copy.directory(), "read me\n");
          requireRightFiles(copy.base().checkOut(), "read me\n");
          requireRightPush(copy);
        });
  }
}
