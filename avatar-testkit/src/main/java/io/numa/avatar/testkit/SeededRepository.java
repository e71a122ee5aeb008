package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A remote repository as its own server sees it: to be filled before a test, and looked into after
 * it. Branches are named without {@code refs/heads/}.
 */
public final class SeededRepository {
  private static final PersonIdent SEEDER =
      new PersonIdent(
          "Seeder", "seeder@example.com", Instant.parse("2025-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final Repository repository;

  /** Reads a repository that the caller closes. */
  public SeededRepository(Repository repository) {
    this.repository = repository;
  }

  /** A commit as a log shows it. */
  public record LogEntry(CommitId id, String author, String email, Instant time, String message) {}

  /** Adds text files to a branch, which is made if need be, in one commit. */
  public CommitId seed(String branch, Map<String, String> files) {
    Map<String, TreeFile> entries = new TreeMap<>();
    files.forEach((path, text) -> entries.put(path, TreeFile.of(text)));
    return commit(branch, "seed " + branch, entries);
  }

  /** Adds entries to a branch, which is made if need be, in one commit. */
  public CommitId commit(String branch, String message, Map<String, TreeFile> entries) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      Optional<CommitId> parent = headOf(branch);
      Map<String, DirCacheEntry> tree = parent.isEmpty() ? new TreeMap<>() : treeOf(parent.get());
      for (var entry : entries.entrySet()) {
        tree.put(entry.getKey(), insert(entry.getKey(), entry.getValue(), inserter));
      }
      var commit = new CommitBuilder();
      commit.setTreeId(write(tree, inserter));
      parent.map(CommitId::value).map(ObjectId::fromString).ifPresent(commit::setParentId);
      commit.setAuthor(SEEDER);
      commit.setCommitter(SEEDER);
      commit.setMessage(message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      move(branch, id);
      return new CommitId(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a branch point at a commit, wherever it pointed before. */
  public void move(String branch, CommitId commit) {
    try {
      move(branch, ObjectId.fromString(commit.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a branch stands. */
  public Optional<CommitId> headOf(String branch) {
    try {
      return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch))
          .map(Ref::getObjectId)
          .map(id -> new CommitId(id.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Set<String> branches() {
    try {
      Set<String> names = new TreeSet<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
        names.add(ref.getName().substring(Constants.R_HEADS.length()));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The refs whose full names begin so, such as {@code refs/numa/}, by these names. */
  public Map<String, CommitId> refs(String prefix) {
    try {
      Map<String, CommitId> refs = new TreeMap<>();
      for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
        refs.put(ref.getName(), new CommitId(ref.getObjectId().name()));
      }
      return refs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a branch away. */
  public void delete(String branch) {
    try {
      RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
      update.setForceUpdate(true);
      update.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All entries at a branch's tip, by path. */
  public Map<String, TreeFile> files(String branch) {
    return files(requireHead(branch));
  }

  /** All entries of a commit, by path. */
  public Map<String, TreeFile> files(CommitId commit) {
    try {
      Map<String, TreeFile> files = new TreeMap<>();
      for (var entry : treeOf(commit).entrySet()) {
        files.put(entry.getKey(), read(entry.getValue()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file at a branch's tip. */
  public String read(String branch, String path) {
    TreeFile file = files(branch).get(path);
    if (file == null) {
      throw new NoSuchElementException("no '" + path + "' in branch '" + branch + "'");
    }
    return file.content();
  }

  /** The commits of a branch, newest first. */
  public List<LogEntry> log(String branch) {
    try (var walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(ObjectId.fromString(requireHead(branch).value())));
      List<LogEntry> log = new ArrayList<>();
      for (RevCommit commit : walk) {
        PersonIdent author = commit.getAuthorIdent();
        log.add(
            new LogEntry(
                new CommitId(commit.name()),
                author.getName(),
                author.getEmailAddress(),
                author.getWhenAsInstant(),
                commit.getFullMessage()));
      }
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommitId requireHead(String branch) {
    return headOf(branch)
        .orElseThrow(() -> new NoSuchElementException("no branch '" + branch + "'"));
  }

  private Map<String, DirCacheEntry> treeOf(CommitId commit) throws IOException {
    Map<String, DirCacheEntry> entries = new TreeMap<>();
    try (var walk = new RevWalk(repository);
        var tree = new TreeWalk(repository)) {
      tree.addTree(walk.parseCommit(ObjectId.fromString(commit.value())).getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        var entry = new DirCacheEntry(tree.getRawPath());
        entry.setFileMode(tree.getFileMode());
        entry.setObjectId(tree.getObjectId(0));
        entries.put(tree.getPathString(), entry);
      }
    }
    return entries;
  }

  private static DirCacheEntry insert(String path, TreeFile file, ObjectInserter inserter)
      throws IOException {
    var entry = new DirCacheEntry(path);
    entry.setFileMode(
        switch (file.kind()) {
          case FILE -> FileMode.REGULAR_FILE;
          case EXECUTABLE -> FileMode.EXECUTABLE_FILE;
          case LINK -> FileMode.SYMLINK;
          case SUBMODULE -> FileMode.GITLINK;
        });
    entry.setObjectId(
        file.kind() == TreeFile.Kind.SUBMODULE
            ? ObjectId.fromString(file.content())
            : inserter.insert(Constants.OBJ_BLOB, file.content().getBytes(UTF_8)));
    return entry;
  }

  private static ObjectId write(Map<String, DirCacheEntry> tree, ObjectInserter inserter)
      throws IOException {
    DirCache index = DirCache.newInCore();
    var builder = index.builder();
    tree.values().forEach(builder::add);
    builder.finish();
    return index.writeTree(inserter);
  }

  private TreeFile read(DirCacheEntry entry) throws IOException {
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      return TreeFile.submodule(entry.getObjectId().name());
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      String text = new String(reader.open(entry.getObjectId()).getBytes(), UTF_8);
      if (entry.getFileMode().equals(FileMode.SYMLINK)) {
        return TreeFile.link(text);
      }
      boolean executable = entry.getFileMode().equals(FileMode.EXECUTABLE_FILE);
      return executable ? TreeFile.executable(text) : TreeFile.of(text);
    }
  }

  private void move(String branch, ObjectId commit) throws IOException {
    RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
    update.setNewObjectId(commit);
    RefUpdate.Result result = update.forceUpdate();
    if (!Set.of(
            RefUpdate.Result.NEW,
            RefUpdate.Result.FAST_FORWARD,
            RefUpdate.Result.FORCED,
            RefUpdate.Result.NO_CHANGE)
        .contains(result)) {
      throw new IOException("could not move branch '" + branch + "': " + result);
    }
  }
}
