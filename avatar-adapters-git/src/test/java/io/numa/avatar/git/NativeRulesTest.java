package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.git.fixture.Programs;
import io.numa.avatar.git.fixture.RandomChoices;
import io.numa.avatar.git.fixture.RandomRules;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.attributes.PatternBudget;
import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.IndexFile;
import io.numa.avatar.git.internal.worktree.SnapshotFolder;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.WorkingTree;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random {@code .gitattributes} and {@code .gitignore} files, contents and paths: checkout and
 * check-in give the same bytes as native Git. {@code -Psoak} tries 20,000 of each. {@code
 * -Drules.seed=N} repeats a run. Many cases share a repository, each in a folder with rules of its
 * own.
 */
class NativeRulesTest {
  private static final int CASES =
      Integer.getInteger("rules.cases", Boolean.getBoolean("soak") ? 20_000 : 500);
  private static final long SEED = Long.getLong("rules.seed", 20261129L);
  private static final int BATCH = 250;
  private static final String MARK = "\u00ef\u00bb\u00bf";

  @TempDir Path temp;
  private Repository repository;

  // How many cases had an effect.
  private int convertedFiles;
  private int convertedBlobs;
  private int refusedFiles;

  @BeforeEach
  void createRepository() throws IOException {
    repository = GitDirectory.create(temp.resolve("store"));
  }

  @AfterEach
  void closeRepository() {
    repository.close();
  }

  /** One file and the files with rules about it. The texts have a character for each byte. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Case(String path, byte[] content, Map<String, String> rules) {
    @Override
    public String toString() {
      var text = new StringBuilder();
      rules.forEach(
          (name, rule) ->
              text.append(name).append(": ").append(RandomRules.shown(latin(rule))).append('\n'));
      return text + path + ": " + RandomRules.shown(content);
    }
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String describe(long seed, Case one, String what) {
    return "-Drules.seed=" + SEED + ", batch " + seed + ", " + what + "\n" + one;
  }

  /**
   * libgit2#2319, libgit2#2436: checkout and check-in judge by one rule, as Git does. libgit2#5781:
   * also the rules of quoted patterns are heard.
   */
  @Test
  void convertsAsNativeGit() throws Exception {
    for (int i = 0; i < CASES; i += BATCH) {
      long seed = SEED + i;
      Path folder = Files.createDirectory(temp.resolve("batch"));
      new Batch(folder, seed).run();
      Folders.delete(folder);
    }
    assertThat(convertedFiles).isGreaterThan(CASES / 20);
    assertThat(convertedBlobs).isGreaterThan(CASES / 20);
    assertThat(refusedFiles).isPositive();
  }

  /** Cases of one repository. */
  private final class Batch {
    private final Path folder;
    private final long seed;
    private final RandomRules random;
    private final List<Case> cases = new ArrayList<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Path tree;

    Batch(Path folder, long seed) {
      this.folder = folder;
      this.seed = seed;
      this.tree = folder.resolve("tree");
      var choices = new RandomChoices(seed);
      this.random = new RandomRules(choices);
      String macros = random.macros();
      files.put(".gitattributes", latin(macros));
      for (int i = 0; i < BATCH; i++) {
        Map<String, String> rules = new TreeMap<>(Map.of(".gitattributes", macros));
        String path = "c" + i + "/" + random.path();
        rules.put("c" + i + "/.gitattributes", random.attributes());
        if (path.endsWith("/d/a.txt") && choices.once(2)) {
          rules.put("c" + i + "/d/.gitattributes", random.attributes());
        }
        byte[] content = random.content();
        cases.add(new Case(path, content, rules));
        files.put(path, content);
        rules.forEach((name, text) -> files.put(name, latin(text)));
      }
    }

    void run() throws Exception {
      ObjectId base = store(files);
      SnapshotFolder written;
      TreeSnapshot snapshot;
      try (ObjectReader objects = repository.newObjectReader()) {
        WorkingTree working = WorkingTree.fresh(tree);
        written =
            working.bring(objects, Lfs.off(), SparseCone.ALL, base, NullProgressMonitor.INSTANCE);
        snapshot = working.settle(written, Files.write(folder.resolve("last"), new byte[1]));
        IndexFile.write(written, objects, folder.resolve("written"));
      }
      compareCheckout();
      requireClean();
      compareCheckIn(base, snapshot);
    }

    /**
     * Native Git does not skip the byte order mark of a rule file that it reads from the index, as
     * it does at a checkout, so its tree has none.
     */
    private void compareCheckout() throws Exception {
      Map<String, byte[]> unmarked = new TreeMap<>(files);
      unmarked.replaceAll(
          (path, content) -> path.endsWith(".gitattributes") ? withoutMark(content) : content);
      Path other = Files.createDirectory(folder.resolve("native"));
      git(other, "checkout", "read-tree", "--reset", "-u", store(unmarked).name());
      for (Case one : cases) {
        convertedFiles +=
            Arrays.equals(Files.readAllBytes(file(tree, one.path())), one.content()) ? 0 : 1;
        assertThat(RandomRules.shown(Files.readAllBytes(file(tree, one.path()))))
            .as(() -> describe(seed, one, "checkout"))
            .isEqualTo(RandomRules.shown(Files.readAllBytes(file(other, one.path()))));
      }
    }

    private void requireClean() throws Exception {
      Path index = folder.resolve("written");
      Files.setLastModifiedTime(index, FileTime.from(Instant.now().plusSeconds(10)));
      assertThat(
              git(
                  tree,
                  "written",
                  "-c",
                  "core.checkStat=minimal",
                  "-c",
                  "core.trustctime=false",
                  "diff-files",
                  "--name-only"))
          .isEmpty();
    }

    private void compareCheckIn(ObjectId base, TreeSnapshot snapshot) throws Exception {
      var contents = new ContentIndex(repository, snapshot);
      git(tree, "checkin", "read-tree", base.name());
      List<Case> changed = new ArrayList<>();
      for (Case one : cases) {
        Path file = file(tree, one.path());
        byte[] before = Files.readAllBytes(file);
        byte[] after = random.changed(before);
        if (!Arrays.equals(before, after)) {
          Files.write(file, after);
          if (isRefused(one, contents)) {
            refusedFiles++;
            requireRefused(one, after);
            Files.write(file, before);
          } else {
            changed.add(new Case(one.path() + " (changed)", after, one.rules()));
          }
        }
      }
      var paths = new StringBuilder();
      changed.forEach(one -> paths.append(path(one)).append('\0'));
      Files.write(folder.resolve("paths"), latin(paths.toString()));
      git(
          tree,
          "checkin",
          "add",
          "--pathspec-file-nul",
          "--pathspec-from-file=" + folder.resolve("paths"));
      ObjectId expectedTree = lastId(git(tree, "checkin", "write-tree"));
      ObjectId ours;
      try (ObjectInserter inserter = repository.newObjectInserter()) {
        ours = TreeReader.read(tree, contents, ChangedPaths.ANYWHERE, inserter, Long.MAX_VALUE);
      }
      try (ObjectReader objects = repository.newObjectReader()) {
        DirCache expected = DirCache.read(objects, expectedTree);
        DirCache found = DirCache.read(objects, ours);
        DirCache old = DirCache.read(objects, base);
        Map<String, Case> byPath = new TreeMap<>();
        changed.forEach(one -> byPath.put(path(one), one));
        for (Case one : cases) {
          Case after = byPath.getOrDefault(one.path(), one);
          boolean asIs = blob(found, one, objects).equals(RandomRules.shown(after.content()));
          convertedBlobs += byPath.containsKey(one.path()) && !asIs ? 1 : 0;
          String wanted = blob(byPath.containsKey(one.path()) ? expected : old, one, objects);
          assertThat(blob(found, one, objects))
              .as(
                  () ->
                      describe(
                          seed, after, "check-in, before: " + RandomRules.shown(one.content())))
              .isEqualTo(wanted);
        }
      }
    }

    private String path(Case one) {
      return one.path().replace(" (changed)", "");
    }

    private boolean isRefused(Case one, ContentIndex contents) throws IOException {
      var path = WorkspacePath.ofGit(latin(one.path()));
      try (Change change = Workspace.of(tree, folder.resolve("scratch")).begin()) {
        FolderRules.of(change.tree(), path, new PatternBudget())
            .conversion(path.value())
            .checkIn(() -> change.tree().open(path), contents.inBase(path.value()));
        return false;
      } catch (PortException e) {
        return true;
      }
    }

    private void requireRefused(Case one, byte[] after) throws Exception {
      var result =
          Programs.tryOut(
              tree,
              environment(tree, "checkin"),
              "git",
              "add",
              "--",
              WorkspacePath.decode(latin(one.path())));
      assertThat(result.exitCode())
          .as(() -> describe(seed, new Case(one.path(), after, one.rules()), "is refused"))
          .isNotZero();
    }

    private String git(Path work, String index, String... arguments) throws Exception {
      List<String> command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      return Programs.run(work, environment(work, index), command.toArray(String[]::new));
    }

    private Map<String, String> environment(Path work, String index) {
      return NativeRulesTest.this.environment(work, folder.resolve(index));
    }
  }

  private Map<String, String> environment(Path work, Path index) {
    return Map.of(
        "GIT_DIR", temp.resolve("store").toString(),
        "GIT_WORK_TREE", work.toString(),
        "GIT_INDEX_FILE", index.toString(),
        "GIT_LITERAL_PATHSPECS", "1",
        "GIT_CONFIG_NOSYSTEM", "1",
        "GIT_CONFIG_GLOBAL", "/dev/null",
        "HOME", temp.toString());
  }

  private static byte[] withoutMark(byte[] text) {
    return latin(new String(text, ISO_8859_1).replaceFirst("^" + MARK, ""));
  }

  private static Path file(Path tree, String path) {
    return FileNames.resolve(tree, latin(path));
  }

  private static String blob(DirCache tree, Case one, ObjectReader objects) throws IOException {
    byte[] path = latin(one.path());
    int at = tree.findEntry(path, path.length);
    return at < 0
        ? "nothing"
        : RandomRules.shown(
            objects.open(tree.getEntry(at).getObjectId(), Constants.OBJ_BLOB).getBytes());
  }

  private ObjectId store(Map<String, byte[]> files) throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder builder = cache.builder();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      for (var file : files.entrySet()) {
        var entry = new DirCacheEntry(latin(file.getKey()));
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
        builder.add(entry);
      }
      builder.finish();
      ObjectId id = cache.writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  /** libgit2#5071, jj#9105: an ignored file is never committed, in any form of its rule. */
  @Test
  void ignoresAsNativeGit() throws Exception {
    for (int i = 0; i < CASES; i += BATCH) {
      long seed = SEED + i;
      Path tree = Files.createDirectory(temp.resolve("tree"));
      var choices = new RandomChoices(seed);
      var random = new RandomRules(choices);
      for (int j = 0; j < BATCH; j++) {
        Path folder = Files.createDirectory(tree.resolve("c" + j));
        Files.write(folder.resolve(".gitignore"), latin(random.ignored()));
        int count = 1 + choices.below(5);
        for (int k = 0; k < count; k++) {
          make(folder, random.ignorablePath(), choices.once(4) ? random.ignored() : "");
        }
      }
      compareStaged(tree, seed);
      Folders.delete(tree);
    }
  }

  /** Makes a file, unless a file is where a folder must be, or the other way round. */
  private static void make(Path folder, String path, String rules) throws IOException {
    Path file = FileNames.resolve(folder, latin(path));
    for (Path above = file.getParent(); !above.equals(folder); above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        return;
      }
    }
    Files.createDirectories(file.getParent());
    if (!Files.isDirectory(file)) {
      Files.write(file, new byte[0]);
    }
    if (!rules.isEmpty()) {
      Files.write(file.resolveSibling(".gitignore"), latin(rules));
    }
  }

  private void compareStaged(Path tree, long seed) throws Exception {
    Map<String, String> environment = environment(tree, temp.resolve("index"));
    Files.deleteIfExists(temp.resolve("index"));
    Programs.run(tree, environment, "git", "add", "-A");
    ObjectId expected = lastId(Programs.run(tree, environment, "git", "write-tree"));
    var contents = new ContentIndex(repository, TreeSnapshot.unknown(SnapshotFolder.empty()));
    ObjectId found;
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      found = TreeReader.read(tree, contents, ChangedPaths.ANYWHERE, inserter, Long.MAX_VALUE);
    }
    if (!found.equals(expected)) {
      Map<String, String> wanted = listing(expected, tree);
      Map<String, String> listed = listing(found, tree);
      for (int i = 0; i < BATCH; i++) {
        assertThat(listed.get("c" + i))
            .as("-Drules.seed=" + SEED + ", batch " + seed + ", c" + i)
            .isEqualTo(wanted.get("c" + i));
      }
    }
  }

  /** Programs print warnings before it. */
  private static ObjectId lastId(String output) {
    String text = output.strip();
    return ObjectId.fromString(text.substring(text.length() - Constants.OBJECT_ID_STRING_LENGTH));
  }

  /** The paths of a tree, by the folder of their case, and the rules among them. */
  private Map<String, String> listing(ObjectId staged, Path tree) throws IOException {
    Map<String, String> listing = new TreeMap<>();
    try (ObjectReader objects = repository.newObjectReader()) {
      DirCache cache = DirCache.read(objects, staged);
      for (int i = 0; i < cache.getEntryCount(); i++) {
        byte[] path = cache.getEntry(i).getRawPath();
        String shown = RandomRules.shown(path);
        byte[] rules = // all are staged, unless they ignore themselves
            shown.endsWith(".gitignore")
                ? Files.readAllBytes(FileNames.resolve(tree, path))
                : new byte[0];
        listing.merge(
            shown.replaceFirst("/.*", ""),
            shown + " " + RandomRules.shown(rules),
            (one, other) -> one + "\n" + other);
      }
    }
    return listing;
  }
}
