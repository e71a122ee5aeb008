package io.numa.avatar.git;

import static io.numa.avatar.testkit.Staging.stageAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.LockHolder;
import io.numa.avatar.git.fixture.TreeListing;
import io.numa.avatar.git.internal.cache.RepositoryKey;
import io.numa.avatar.git.internal.cache.WorktreePool;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.git.internal.support.Seal;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitFeatures;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a checkout finds of previous ones, and those that it must not find. */
class RepositoryCacheTest {
  private static final String[] FILES = {"README.md", "src/a.txt", "src/b.txt", "doc/c.txt"};

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository remote;
  private JGitRepository repository;
  private int tasks;

  @BeforeEach
  void start() throws IOException {
    server = GitServer.start(temp.resolve("server"));
    remote = server.createRepository("app");
    Map<String, String> files = new TreeMap<>();
    for (String file : FILES) {
      files.put(file, "first\n");
    }
    files.put(".gitignore", "target/\n*.log\n");
    remote.seed("main", files);
    repository = open(CacheSettings.in(reused()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path reused() {
    return temp.resolve("workspace");
  }

  private static JGitRepository open(CacheSettings reuse) {
    var settings = GitSettings.of(new GitIdentity("a", "a@example.com")).withReuse(reuse);
    return new JGitRepository(settings, Clock.systemUTC());
  }

  private WorkingCopy checkOut() throws InterruptedException {
    return checkOut("app");
  }

  private synchronized WorkingCopy checkOut(String name) throws InterruptedException {
    tasks++;
    var request =
        new CheckoutRequest(
            RepositoryUrl.parse(server.httpUrl(name)),
            new BranchName("dev-" + tasks),
            List.of(new BranchName("main")),
            temp.resolve("workspace/task/" + tasks));
    return repository.checkOut(request, progress -> {});
  }

  /** A command may open files to all users of the machine. */
  @Test
  void makesTheFoldersAboveItsFilesForTheirOwnerOnly() throws Exception {
    Path above = Files.createDirectory(reused());
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));

    try (WorkingCopy copy = checkOut()) {
      var open = new TreeMap<Path, String>();
      try (Stream<Path> folders = Files.list(above)) {
        for (Path folder : folders.filter(Files::isDirectory).toList()) {
          open.put(
              folder.getFileName(),
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
      }
      assertThat(open).isNotEmpty().allSatisfy((name, mode) -> assertThat(mode).endsWith("------"));
      assertThat(copy.directory()).startsWith(above);
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(above)))
        .isEqualTo("rwxr-xr-x");
  }

  private static Map<String, Object> inodes(Path tree) throws IOException {
    Map<String, Object> inodes = new TreeMap<>();
    for (String file : FILES) {
      inodes.put(file, Files.getAttribute(tree.resolve(file), "unix:ino", NOFOLLOW_LINKS));
    }
    return inodes;
  }

  /** Clears JGit's caches, as in another process; the caches in memory would hide the damage. */
  private static void forget(Path git) {
    RepositoryCache.unregister(FileKey.exact(git.toFile(), JGitIsolation.FILES));
  }

  private List<Path> find(String glob) throws IOException {
    var matcher = reused().getFileSystem().getPathMatcher("glob:" + reused() + "/" + glob);
    try (Stream<Path> all = Files.walk(reused())) {
      return all.filter(matcher::matches).sorted().toList();
    }
  }

  private String git(Path folder, String... arguments) throws Exception {
    var command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void indexesManyObjectsAsGitDoes() throws Exception {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 1200; i++) {
      files.put("many/" + i, "line\n".repeat(i % 40) + i);
    }
    SeededRepository many = server.createRepository("many");
    many.seed("main", files);

    checkOut("many").close();
    Path mirror = find("mirrors/*/git-1").get(0);
    git(mirror, "fsck", "--full", "--strict");
    many.commit("main", "more", Map.of("many/7", TreeFile.of("seven\n")));

    try (WorkingCopy copy = checkOut("many")) {
      assertThat(copy.directory().resolve("many/7")).hasContent("seven\n");
      assertThat(copy.directory().resolve("many/1199")).hasContent("line\n".repeat(39) + 1199);
      git(mirror, "fsck", "--full", "--strict");
    }
  }

  /**
   * Adds so many files that the clock ticks after the others were written. Then the snapshot can
   * prove that the others are unchanged.
   */
  private void addFilesThatAreWrittenLast() throws IOException {
    Map<String, TreeFile> files = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      files.put("z/" + i, TreeFile.of(i + "\n"));
    }
    remote.commit("main", "to be written last", files);
  }

  @Test
  void writesOnlyWhatTheLastTaskOrTheRemoteHasChanged() throws Exception {
    addFilesThatAreWrittenLast();
    Map<String, Object> before;
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("src/a.txt"), "task\n");
      before = inodes(copy.directory());
    }
    CommitId tip = remote.commit("main", "more", Map.of("doc/c.txt", TreeFile.of("second\n")));

    try (WorkingCopy copy = checkOut()) {
      Map<String, Object> now = inodes(copy.directory());
      assertThat(copy.base().id()).isEqualTo(tip);
      assertThat(copy.directory().resolve("src/a.txt")).hasContent("first\n");
      assertThat(copy.directory().resolve("doc/c.txt")).hasContent("second\n");
      assertThat(now)
          .containsEntry("README.md", before.get("README.md"))
          .containsEntry("src/b.txt", before.get("src/b.txt"));
      assertThat(stageAll(copy).changes()).isEmpty();
      assertThat(git(copy.directory(), "status", "--porcelain")).isEmpty();
      assertThat(git(copy.directory(), "fsck", "--connectivity-only")).doesNotContain("missing");
    }
  }

  @Test
  void findsTheFilesAgainAfterARestart() throws Exception {
    addFilesThatAreWrittenLast();
    Map<String, Object> before;
    try (WorkingCopy copy = checkOut()) {
      before = inodes(copy.directory());
    }
    repository = open(CacheSettings.in(reused()));

    try (WorkingCopy copy = checkOut()) {
      assertThat(inodes(copy.directory())).isEqualTo(before);
    }
  }

  @Test
  void writesAllAnewWhereTheNotesAreDamaged() throws Exception {
    checkOut().close();
    Path notes = find("trees/*/0/notes").get(0);
    byte[] damaged = Files.readAllBytes(notes);
    damaged[damaged.length / 2]++;
    Files.write(notes, damaged);
    repository = open(CacheSettings.in(reused()));

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("src/a.txt")).hasContent("first\n");
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  /** An earlier version converted files by other rules, and did not fill some LFS pointers. */
  @Test
  void writesAllAnewInATreeOfAnEarlierVersion() throws Exception {
    Object before;
    try (WorkingCopy copy = checkOut()) {
      before = lastChange(copy.directory());
    }
    Path notes = find("trees/*/0/notes").get(0);
    ByteBuffer earlier = ByteBuffer.wrap(Files.readAllBytes(notes)).putInt(0, 0x4e574e01);
    int end = earlier.capacity() - Long.BYTES;
    var sum = new CRC32();
    sum.update(earlier.array(), 0, end);
    Files.write(notes, earlier.putLong(end, sum.getValue()).array());
    repository = open(CacheSettings.in(reused()));

    try (WorkingCopy copy = checkOut()) {
      assertThat(lastChange(copy.directory())).isNotEqualTo(before);
      assertThat(stageAll(copy).changes()).isEmpty();
    }
  }

  private static Object lastChange(Path tree) throws IOException {
    return Files.getAttribute(tree.resolve("src/a.txt"), "unix:ctime", NOFOLLOW_LINKS);
  }

  @Test
  void leavesNothingOfAnEarlierTaskBehind() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.writeString(Files.createDirectories(tree.resolve("target/x")).resolve("y"), "built\n");
      Files.writeString(tree.resolve("run.log"), "log\n");
      Files.writeString(tree.resolve("new.txt"), "new\n");
      Folders.delete(tree.resolve("doc"));
      Files.createSymbolicLink(tree.resolve("doc"), temp);
      Files.setPosixFilePermissions(
          tree.resolve("src"), PosixFilePermissions.fromString("---------"));
      Files.writeString(tree.resolve(".git/config"), "[core]\n\tfsmonitor = \"touch x\"\n");
      Files.writeString(tree.resolve(".git/hooks"), "in the way");
    }

    try (WorkingCopy copy = checkOut()) {
      assertThat(TreeListing.of(copy.directory()).keySet())
          .containsExactly(
              "", ".gitignore", "README.md", "doc", "doc/c.txt", "src", "src/a.txt", "src/b.txt");
      assertThat(git(copy.directory(), "status", "--porcelain", "--ignored")).isEmpty();
      assertThat(copy.directory().resolve(".git/hooks")).doesNotExist();
    }
    assertThat(server.path("app").getParent()).exists();
  }

  @Test
  void keepsWhatIsIgnoredWhereThatIsWanted() throws Exception {
    repository = open(new CacheSettings(reused(), true, Long.MAX_VALUE));
    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      Files.writeString(Files.createDirectories(tree.resolve("target/x")).resolve("y"), "built\n");
      Files.writeString(tree.resolve("src/run.log"), "log\n");
      Files.writeString(tree.resolve("new.txt"), "new\n");
    }

    try (WorkingCopy copy = checkOut()) {
      Path tree = copy.directory();
      assertThat(tree.resolve("target/x/y")).hasContent("built\n");
      assertThat(tree.resolve("src/run.log")).hasContent("log\n");
      assertThat(tree.resolve("new.txt")).doesNotExist();
      assertThat(stageAll(copy).changes()).isEmpty();

      Files.writeString(tree.resolve(".gitignore"), "");
      assertThat(stageAll(copy).changes())
          .extracting(change -> change.path().value())
          .containsExactly(".gitignore", "src/run.log", "target/x/y");
    }
    remote.commit("main", "more", Map.of("target", TreeFile.of("a file\n")));

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("target")).hasContent("a file\n");
      assertThat(copy.directory().resolve("src/run.log")).hasContent("log\n");
    }
  }

  @Test
  void tasksAtTheSameTimeHaveATreeEachAndOneMirror() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<Boolean> task =
          () -> {
            try (WorkingCopy copy = checkOut()) {
              Files.writeString(copy.directory().resolve("src/a.txt"), copy.directory() + "\n");
              stageAll(copy).commit("work").push();
              return true;
            }
          };
      for (Future<Boolean> done : pool.invokeAll(List.of(task, task, task, task, task, task))) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(remote.branches()).hasSize(7);
    assertThat(find("mirrors/*/git-*")).hasSize(1);
    assertThat(find("trees/*/*").size()).isBetween(1, 4);
    assertThat(find("task/*")).isEmpty();
  }

  @Test
  void twoTreesAreInUseWhereTwoTasksAre() throws Exception {
    try (WorkingCopy one = checkOut();
        WorkingCopy other = checkOut()) {
      assertThat(one.directory()).isNotEqualTo(other.directory());
    }

    checkOut().close();

    assertThat(find("trees/*/*")).hasSize(2);
  }

  @Test
  void aTreeThatAnotherProcessHoldsIsNotTaken() throws Exception {
    checkOut().close();
    Path lock = find("trees/*/0/lock").get(0);

    try (var holder = LockHolder.start(lock);
        WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).endsWith(Path.of("1/tree"));
      holder.kill();
    }
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).endsWith(Path.of("0/tree"));
    }
  }

  @Test
  void aTreeInWhichADeadAvatarsCommandsMayBeAtWorkIsNotTakenBeforeItsHomeIsDiscarded()
      throws Exception {
    checkOut().close();
    Path home = Files.createDirectories(temp.resolve("workspace/task/dead"));
    Files.writeString(find("trees/*/0").get(0).resolve("user"), home.toString());

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).endsWith(Path.of("1/tree"));
    }
    repository.discard(home);
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).endsWith(Path.of("0/tree"));
    }
  }

  @Test
  void fetchesNoMoreHistoryThanIsWanted() throws Exception {
    for (int i = 0; i < 5; i++) {
      remote.commit("main", "commit " + i, Map.of("src/a.txt", TreeFile.of(i + "\n")));
    }
    var settings = GitSettings.of(new GitIdentity("a", "a@example.com"));
    repository =
        new JGitRepository(
            settings.withReuse(CacheSettings.in(reused())).withDepth(2), Clock.systemUTC());

    for (int i = 0; i < 2; i++) {
      try (WorkingCopy copy = checkOut()) {
        assertThat(git(copy.directory(), "log", "--format=%s").lines()).hasSize(2);
        Files.writeString(copy.directory().resolve("new.txt"), "new\n");
        stageAll(copy).commit("work").push();
      }
      assertThat(remote.log("dev-" + tasks)).hasSize(7 + i);
      remote.commit("main", "later", Map.of("src/b.txt", TreeFile.of("later\n")));
    }
  }

  @Test
  void putsThePacksOfManySmallFetchesTogether() throws Exception {
    String large =
        new Random(1)
            .ints(4 << 20, '!', '~')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    remote.commit("main", "large", Map.of("large", TreeFile.of(large)));
    try (WorkingCopy reader = checkOut()) {
      Path largePack = find("mirrors/*/git-1/objects/pack/*.pack").get(0);
      for (int i = 0; i < 45; i++) {
        remote.commit("main", "commit " + i, Map.of("src/a.txt", TreeFile.of(i + "\n")));
        checkOut().close();
      }

      List<Path> packs = find("mirrors/*/git-1/objects/pack/*.pack");
      assertThat(packs).hasSizeBetween(2, 20).contains(largePack);
      assertThat(find("mirrors/*/git-1/objects/pack/*.idx")).hasSameSizeAs(packs);
      assertThat(find("mirrors/*/git-1/objects/pack/incoming_*")).isEmpty();
      for (Path pack : packs) {
        assertThat(Files.size(pack)).isLessThan(pack.equals(largePack) ? 5 << 20 : 1 << 18);
      }
      assertThat(git(reader.directory(), "log", "--format=%s")).isEqualTo("large\nseed main\n");
      assertThat(git(find("mirrors/*/git-1").get(0), "fsck", "--full")).doesNotContain("missing");
    }
    try (WorkingCopy copy = checkOut()) {
      assertThat(git(copy.directory(), "log", "--format=%s").lines()).hasSize(47);
    }
  }

  @Test
  void fetchesAnewWhereTheMirrorIsBroken() throws Exception {
    checkOut().close();
    remote.commit("main", "more", Map.of("src/a.txt", TreeFile.of("second\n")));
    for (Path pack : find("mirrors/*/git-1/objects/pack/*.pack")) {
      Files.write(pack, new byte[(int) Files.size(pack)]);
    }
    Folders.delete(find("trees/*").get(0));
    forget(find("mirrors/*/git-1").get(0));
    repository = open(CacheSettings.in(reused()));

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("src/a.txt")).hasContent("second\n");
    }
    repository.tidy();

    assertThat(find("mirrors/*/git-*"))
        .extracting(git -> git.getFileName().toString())
        .containsExactly("git-2");
  }

  @Test
  void passesOverWhatADeadAvatarHasLeft() throws Exception {
    checkOut().close();
    Path git = find("mirrors/*/git-1").get(0);
    for (String left : new String[] {"config.lock", "packed-refs.lock", "shallow.lock"}) {
      Files.writeString(git.resolve(left), "");
    }
    Files.writeString(git.resolve("objects/incoming_1.pack"), "half of it");
    Files.writeString(git.resolve("objects/pack/pack-1.idx"), "without a pack");
    Files.writeString(git.resolve("objects/pack/pack-2.pack"), "without an index");
    Folders.delete(git.resolve("refs/tips"));
    remote.commit("main", "more", Map.of("src/a.txt", TreeFile.of("second\n")));

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("src/a.txt")).hasContent("second\n");
    }
    assertThat(find("mirrors/*/git-1/**{.lock,incoming*}")).isEmpty();
    assertThat(find("mirrors/*/git-1/objects/pack/pack-{1,2}.*")).isEmpty();
  }

  /**
   * The dead avatar's commands may run until the next process ends them and then discards the home.
   */
  @Test
  void leavesThePlaceOfADeadAvatarAloneAlsoWhereItsTreeWasRemoved() throws Exception {
    checkOut().close();
    Path place = find("trees/*/0").get(0);
    Path home = Files.createDirectories(temp.resolve("home of the dead"));
    Files.writeString(place.resolve("user"), home.toString());
    Files.createDirectory(place.resolve("hidden"));

    new WorktreePool(reused().resolve("trees"), false, GitFeatures.NONE, Seal.ofThisProcess())
        .remove(place);

    assertThat(place).isDirectoryNotContaining("glob:**{tree,notes,hidden}");
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).isEqualTo(place.resolveSibling("1/tree"));
    }
    Folders.delete(home);
    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).isEqualTo(place.resolve("tree"));
    }
  }

  @Test
  void takesAMirrorWhosePacksWereRemoved() throws Exception {
    checkOut().close();
    Path git = find("mirrors/*/git-1").get(0);
    Folders.delete(git.resolve("objects/pack"));
    Folders.delete(find("trees/*").get(0));
    forget(git);
    repository = open(CacheSettings.in(reused()));

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory().resolve("src/a.txt")).exists();
    }
  }

  @Test
  void removesWhatATaskHasPutBesideItsTree() throws Exception {
    try (WorkingCopy copy = checkOut()) {
      Files.createDirectories(copy.directory().resolve("../hidden/deep"));
      Files.writeString(copy.directory().resolve("../hidden/deep/file"), "later\n");
      Files.createSymbolicLink(copy.directory().resolve("../link"), temp);
    }

    assertThat(find("trees/*/*/{hidden,link}")).isEmpty();
    assertThat(find("trees/*/0/tree/src/a.txt")).hasSize(1);
    assertThat(temp).isNotEmptyDirectory();
  }

  @Test
  void givesTheTreeAwayWithAWorkingCopyThatIsKept() throws Exception {
    Path kept;
    try (WorkingCopy copy = checkOut()) {
      Files.writeString(copy.directory().resolve("new.txt"), "look at this\n");
      copy.keep();
      kept = copy.directory();
    }

    try (WorkingCopy copy = checkOut()) {
      assertThat(copy.directory()).isNotEqualTo(kept);
      assertThat(copy.directory().resolve("new.txt")).doesNotExist();
    }
    assertThat(kept).isEqualTo(temp.resolve("workspace/task/1/tree"));
    assertThat(kept.resolve("new.txt")).hasContent("look at this\n");
    assertThat(git(kept, "status", "--porcelain")).isEqualTo("?? new.txt\n");
  }

  @Test
  void removesWhatWasNotUsedForTheLongestTime() throws Exception {
    server.createRepository("other").seed("main", Map.of("big", "x".repeat(100_000)));
    repository = open(new CacheSettings(reused(), false, 100_000));
    checkOut("other").close();
    checkOut("app").close();
    String trees = RepositoryKey.of(RepositoryUrl.parse(server.httpUrl("app"))).brief();

    repository.tidy();

    assertThat(find("{mirrors,trees}/**/{tree,git-*}"))
        .extracting(Path::toString)
        .isNotEmpty()
        .allMatch(path -> path.contains("-app-") || path.contains("/" + trees + "/"));
    try (WorkingCopy copy = checkOut("other")) {
      assertThat(copy.directory().resolve("big")).isRegularFile();
    }
  }
}
