package io.numa.avatar.git.internal.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pushes into a second repository, which computes every object's id itself. If a push ends within
 * its pack, JGit waits for ever.
 */
@Timeout(60)
class SparsePackRepositoryTest {
  private static final PersonIdent ADA =
      new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, ZoneOffset.UTC);

  @TempDir Path temp;
  private SparsePackRepository repository;
  private Repository remote;
  private int pushes;

  @BeforeEach
  void makeBoth() throws IOException {
    repository = GitDirectory.create(temp.resolve("here"));
    remote = GitDirectory.create(temp.resolve("there"));
    // After fifty packs, JGit would collect garbage on a thread of its own, beyond the test's end.
    StoredConfig config = remote.getConfig();
    config.setBoolean("receive", null, "autogc", false);
    config.save();
  }

  @AfterEach
  void closeBoth() {
    repository.close();
    remote.close();
  }

  private static ObjectId commit(Repository into, ObjectId tree, ObjectId... parents)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(ADA);
    commit.setCommitter(ADA);
    commit.setMessage("work\n");
    try (ObjectInserter inserter = into.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private static ObjectId tree(Repository into, Map<String, String> files) throws IOException {
    try (ObjectInserter inserter = into.newObjectInserter()) {
      DirCache index = DirCache.newInCore();
      DirCacheBuilder entries = index.builder();
      for (Map.Entry<String, String> file : files.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
        entries.add(entry);
      }
      entries.finish();
      ObjectId id = index.writeTree(inserter);
      inserter.flush();
      return id;
    }
  }

  /** Stores a commit in both repositories, and sets the remote's branch to it. */
  private ObjectId base(Map<String, String> files) throws IOException {
    ObjectId commit = commit(repository, tree(repository, files));
    assertThat(commit(remote, tree(remote, files))).isEqualTo(commit);
    point("main", commit);
    return commit;
  }

  private void point(String branch, ObjectId commit) throws IOException {
    var update = remote.updateRef("refs/heads/" + branch);
    update.setNewObjectId(commit);
    update.forceUpdate();
  }

  private void push(ObjectId commit) throws Exception {
    try (var transport = Transport.open(repository, new URIish(temp.resolve("there").toString()));
        PushConnection connection = transport.openPush()) {
      String ref = "refs/heads/work-" + pushes++;
      var update =
          new RemoteRefUpdate(
              repository, commit.name(), commit, ref, false, null, ObjectId.zeroId());
      SparsePackRepository.Push push =
          () -> connection.push(NullProgressMonitor.INSTANCE, Map.of(ref, update));
      if (repository.startsAt(connection.getRefs(), commit)) {
        repository.push(commit, push, failure -> {});
      } else {
        push.run();
      }
      assertThat(update.getStatus()).as(update.toString()).isEqualTo(RemoteRefUpdate.Status.OK);
    }
  }

  private Map<String, String> arrived(ObjectId commit) throws IOException {
    remote.getObjectDatabase().close(); // as another process would see it
    try (var walk = new ObjectWalk(remote)) {
      walk.markStart(walk.parseCommit(commit));
      while (walk.next() != null) {
        // all commits
      }
      walk.checkConnectivity();
    }
    assertThat(remote.getObjectDatabase().has(Constants.EMPTY_TREE_ID))
        .as("a folder that counts as empty was sent")
        .isFalse();
    Map<String, String> files = new HashMap<>();
    try (var commits = new RevWalk(remote);
        var walk = new TreeWalk(remote)) {
      RevCommit parsed = commits.parseCommit(commit);
      walk.addTree(parsed.getTree());
      walk.setRecursive(true);
      while (walk.next()) {
        byte[] content = remote.open(walk.getObjectId(0)).getBytes();
        files.put(walk.getPathString(), new String(content, UTF_8));
      }
    }
    return files;
  }

  /** Only the remote has the folder's contents, so reading them here fails. */
  @Test
  void readsNoFolderThatTheCommitLeavesAsItIs() throws Exception {
    ObjectId folder = tree(remote, Map.of("deep/file", "1"));
    ObjectId before = commit(repository, root(repository, folder, "old"));
    assertThat(commit(remote, root(remote, folder, "old"))).isEqualTo(before);
    point("main", before);
    ObjectId commit = commit(repository, root(repository, folder, "new"), before);

    push(commit);

    assertThat(arrived(commit)).isEqualTo(Map.of("folder/deep/file", "1", "top", "new"));
  }

  private static ObjectId root(Repository into, ObjectId folder, String top) throws IOException {
    try (ObjectInserter inserter = into.newObjectInserter()) {
      var root = new TreeFormatter();
      root.append("folder", FileMode.TREE, folder);
      root.append(
          "top", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, top.getBytes(UTF_8)));
      ObjectId id = inserter.insert(root);
      inserter.flush();
      return id;
    }
  }

  @Test
  void sendsAllWhereTheRemoteHasNothing() throws Exception {
    ObjectId before = commit(repository, tree(repository, Map.of("a/b", "1")));
    Map<String, String> files = Map.of("a/b", "1", "c", "2");
    ObjectId commit = commit(repository, tree(repository, files), before);

    push(commit);

    assertThat(arrived(commit)).isEqualTo(files);
  }

  /** The same folder is unchanged in one place, and changed in another. */
  @Test
  void marksWhatIsInAFolderThatHasATwinWithAChange() throws Exception {
    ObjectId before =
        base(Map.of("a/in/x", "1", "a/y", "2", "b/in/x", "1", "b/y", "2", "c/b", "3"));
    Map<String, String> files =
        Map.of("a/in/x", "1", "a/y", "2", "b/in/x", "1", "b/y", "other", "c/b", "3");
    ObjectId commit = commit(repository, tree(repository, files), before);

    push(commit);

    assertThat(arrived(commit)).isEqualTo(files);
  }

  /** Uses few names and contents, so that equal folders occur, and files become folders. */
  @Test
  void everyRandomChangeArrives() throws Exception {
    var random = new Random(20261129);
    for (int round = 0; round < 60; round++) {
      Map<String, String> files = some(random, new TreeMap<>(), 20);
      ObjectId before = base(files);
      Map<String, String> changed = some(random, new TreeMap<>(files), 1 + random.nextInt(3));
      copyFolder(random, changed);
      ObjectId commit = commit(repository, tree(repository, changed), before);

      push(commit);

      assertThat(arrived(commit)).as("round " + round).isEqualTo(changed);
    }
  }

  private static Map<String, String> some(Random random, Map<String, String> files, int count) {
    for (int i = 0; i < count; i++) {
      List<String> names =
          IntStream.range(0, 1 + random.nextInt(4)).mapToObj(j -> name(random)).toList();
      put(files, String.join("/", names), "content " + random.nextInt(4));
    }
    return files;
  }

  private static String name(Random random) {
    return String.valueOf((char) ('a' + random.nextInt(3)));
  }

  private static void put(Map<String, String> files, String path, String content) {
    files.keySet().removeIf(other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
    files.put(path, content);
  }

  private static void copyFolder(Random random, Map<String, String> files) {
    String from = name(random) + "/";
    String into = name(random) + "/" + name(random) + "/";
    for (Map.Entry<String, String> file : new ArrayList<>(files.entrySet())) {
      if (file.getKey().startsWith(from)) {
        put(files, into + file.getKey().substring(from.length()), file.getValue());
      }
    }
  }
}
