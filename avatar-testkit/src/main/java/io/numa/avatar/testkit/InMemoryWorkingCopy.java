package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.BranchMovedException;
import io.numa.avatar.port.ChangedFile;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.Parked;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Replayed;
import io.numa.avatar.port.Touched;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TreeId;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.NameConflictTreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.WorkingTreeOptions;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** A real folder, committed straight into a repository in memory. */
final class InMemoryWorkingCopy implements WorkingCopy {
  private static final Set<String> AGENT_STATE =
      Set.of(".claude", ".codex", ".gemini", ".opencode", ".qwen");

  private final Checkout checkout;
  private final Repository repository;
  private final String name;
  private final String email;
  private final Clock clock;
  private final Supplier<Optional<String>> refusal;
  private CommitId base;
  private Optional<CommitId> tip;
  private @Nullable ObjectId staged;
  private @Nullable ObjectId committed;
  private @Nullable ObjectId latest;
  private boolean pushed;
  private boolean kept;

  InMemoryWorkingCopy(
      Checkout checkout,
      Repository repository,
      CommitId base,
      Optional<CommitId> tip,
      String name,
      String email,
      Clock clock,
      Supplier<Optional<String>> refusal) {
    this.refusal = refusal;
    this.checkout = checkout;
    this.repository = repository;
    this.base = base;
    this.tip = tip;
    this.name = name;
    this.email = email;
    this.clock = clock;
  }

  @Override
  public Path directory() {
    return checkout.home().resolve("tree").toAbsolutePath();
  }

  @Override
  public CommitId base() {
    return base;
  }

  @Override
  public TreeId baseTree() {
    try {
      return new TreeId(readBaseTree().name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path checkOutBase() {
    Path folder = checkout.home().resolve("base").toAbsolutePath();
    try {
      delete(folder);
      writeBase(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the base commit's files. */
  void write() throws IOException {
    writeBase(directory());
  }

  private void writeBase(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    Workspace workspace = Workspace.of(folder, checkout.home().resolve("scratch"));
    try (Change change = workspace.begin()) {
      change(DirCache.newInCore(), entries(readBaseTree()), change);
      change.keep();
    }
  }

  /** Turns the files of one index into those of another. */
  private void change(DirCache from, DirCache to, Change change) throws IOException {
    for (int i = 0; i < from.getEntryCount(); i++) {
      DirCacheEntry old = from.getEntry(i);
      if (to.getEntry(old.getPathString()) == null) {
        var path = WorkspacePath.ofGit(old.getRawPath());
        change.remove(path);
        if (path.parent().isPresent()) {
          change.removeEmpty(path.parent().get());
        }
      }
    }
    for (int i = 0; i < to.getEntryCount(); i++) {
      DirCacheEntry now = to.getEntry(i);
      DirCacheEntry old = from.getEntry(now.getPathString());
      if (old == null || !same(old, now)) {
        write(now, change);
      }
    }
  }

  private static boolean same(DirCacheEntry one, DirCacheEntry other) {
    return one.getObjectId().equals(other.getObjectId()) && one.getRawMode() == other.getRawMode();
  }

  private void write(DirCacheEntry entry, Change change) throws IOException {
    var path = WorkspacePath.ofGit(entry.getRawPath());
    if (entry.getFileMode().equals(FileMode.GITLINK)) {
      change.makeFolder(path);
      return;
    }
    byte[] bytes = repository.open(entry.getObjectId()).getBytes();
    if (entry.getFileMode().equals(FileMode.SYMLINK)) {
      change.link(path, bytes);
    } else {
      change.put(path, change.draft(bytes), entry.getFileMode().equals(FileMode.EXECUTABLE_FILE));
    }
  }

  @Override
  public void apply(PatchText patch, Change change) {
    var parsed = new Patch();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      parsed.parse(new ByteArrayInputStream(patch.diff()));
      if (parsed.getFiles().isEmpty() || !parsed.getErrors().isEmpty()) {
        throw new PortException(
            FailureKind.INVALID_PLAN, "could not apply the patch: it is no Git diff");
      }
      parsed.getFiles().forEach(InMemoryWorkingCopy::requireInside);
      DirCache before = read(inserter);
      ObjectId tree = before.writeTree(inserter);
      inserter.flush();
      try (var walk = new RevWalk(repository)) {
        PatchApplier.Result result =
            new PatchApplier(repository, walk.parseTree(tree), inserter).applyPatch(parsed);
        if (!result.getErrors().isEmpty()) {
          throw new PortException(
              FailureKind.CONFLICT, "could not apply the patch: " + result.getErrors());
        }
        inserter.flush();
        change(before, entries(result.getTreeId()), change);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireInside(FileHeader file) {
    for (String path : new String[] {file.getOldPath(), file.getNewPath()}) {
      try {
        if (!path.equals(DiffEntry.DEV_NULL)) {
          new WorkspacePath(path);
        }
      } catch (IllegalArgumentException e) {
        throw new PortException(
            FailureKind.DENIED, "could not apply the patch: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public boolean stage(Touched touched, long largestFile) {
    try {
      ObjectId tree = writeTree();
      staged = tree;
      return !tree.equals(readBaseTree());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ChangedFile> changes() {
    List<ChangedFile> changes = new ArrayList<>();
    try (var walk = new TreeWalk(repository)) {
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      walk.addTree(readBaseTree());
      walk.addTree(stagedTree());
      while (walk.next()) {
        boolean blob = walk.getFileMode(1).getObjectType() == Constants.OBJ_BLOB;
        long size = blob ? repository.open(walk.getObjectId(1)).getSize() : 0;
        changes.add(new ChangedFile(WorkspacePath.ofGit(walk.getRawPath()), size));
      }
      return changes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void diff(OutputStream out) throws IOException {
    try (var formatter = new DiffFormatter(out)) {
      formatter.setRepository(repository);
      formatter.format(readBaseTree(), stagedTree());
      formatter.flush();
    }
  }

  @Override
  public void readAdded(Function<WorkspacePath, OutputSink> files) {
    try (var formatter = new DiffFormatter(OutputStream.nullOutputStream())) {
      formatter.setRepository(repository);
      List<DiffEntry> entries = formatter.scan(readBaseTree(), stagedTree());
      var gone = entries.stream().map(entry -> entry.getOldId().toObjectId()).toList();
      for (DiffEntry entry : entries) {
        if (entry.getChangeType() != DiffEntry.ChangeType.DELETE) {
          byte[] added = added(formatter.toFileHeader(entry), entry, gone);
          files.apply(new WorkspacePath(entry.getNewPath())).write(added, 0, added.length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] added(FileHeader header, DiffEntry entry, List<ObjectId> gone) throws IOException {
    var added = new ByteArrayOutputStream();
    if (entry.getChangeType() == DiffEntry.ChangeType.ADD) {
      added.writeBytes((entry.getNewPath() + "\n").getBytes(UTF_8));
    }
    ObjectId id = entry.getNewId().toObjectId();
    if (entry.getNewMode().getObjectType() != Constants.OBJ_BLOB || gone.contains(id)) {
      return added.toByteArray();
    }
    byte[] content = repository.open(id).getBytes();
    boolean lines =
        header.getPatchType() == FileHeader.PatchType.UNIFIED
            && entry.getChangeType() == DiffEntry.ChangeType.MODIFY
            && !entry.getNewMode().equals(FileMode.SYMLINK);
    if (lines) {
      var text = new RawText(content);
      for (Edit edit : header.toEditList()) {
        String part = text.getString(edit.getBeginB(), edit.getEndB(), true);
        added.writeBytes((part.isEmpty() ? "" : part + "\n").getBytes(UTF_8));
      }
    } else {
      added.writeBytes(content);
    }
    return added.toByteArray();
  }

  private ObjectId stagedTree() throws IOException {
    return staged == null ? readBaseTree() : staged;
  }

  @Override
  public CommitId commit(String message) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = stagedTree();
      var person = new PersonIdent(name, email, clock.instant(), clock.getZone());
      var commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setParentId(ObjectId.fromString(base.value()));
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setMessage(message.endsWith("\n") ? message : message + "\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      committed = id;
      latest = id;
      pushed = false;
      return new CommitId(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void push() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (committed == null) {
      throw new IllegalStateException("there is nothing to push: commit first");
    }
    if (pushed) {
      return;
    }
    if (refusal.get().isPresent()) {
      throw new PortException(
          FailureKind.PUSH_REJECTED,
          "could not push '" + checkout.branch() + "': " + refusal.get().get());
    }
    try {
      if (!move(checkout.branch().ref(), tip, committed)) {
        throw new BranchMovedException(
            "could not push '" + checkout.branch() + "': the branch has moved");
      }
      pushed = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves a ref from where it has to be; says whether it was there. */
  private boolean move(String ref, Optional<CommitId> from, ObjectId to) throws IOException {
    RefUpdate update = repository.updateRef(ref);
    update.setNewObjectId(to);
    update.setExpectedOldObjectId(from.map(InMemoryWorkingCopy::id).orElse(ObjectId.zeroId()));
    RefUpdate.Result result = update.update();
    return result == RefUpdate.Result.NEW
        || result == RefUpdate.Result.FAST_FORWARD
        || result == RefUpdate.Result.NO_CHANGE;
  }

  private static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.value());
  }

  @Override
  public Replayed replay(Attempt attempt) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (committed == null) {
      throw new IllegalStateException("there is nothing to replay: commit first");
    }
    var remote = new SeededRepository(repository);
    String branch = checkout.branch().value();
    CommitId now =
        remote
            .headOf(branch)
            .orElseThrow(
                () ->
                    new PortException(
                        FailureKind.PUSH_REJECTED,
                        "could not replay on '" + branch + "': the branch was deleted"));
    List<SeededRepository.LogEntry> others =
        remote.log(branch).stream().takeWhile(one -> !one.id().equals(base)).toList();
    Optional<CommitId> ours =
        others.stream()
            .filter(
                one ->
                    id(one.id()).equals(committed)
                        || InMemoryRepository.isOf(attempt, one.message()))
            .map(SeededRepository.LogEntry::id)
            .findFirst();
    String shown = shown(now);
    if (ours.isPresent()) {
      return new Replayed(shown, ours, false);
    }
    try {
      boolean differs = moveTo(now, merged(committed, now));
      Optional<CommitId> landed =
          others.stream()
              .filter(one -> !differs && InMemoryRepository.isOf(attempt.task(), one.message()))
              .map(SeededRepository.LogEntry::id)
              .findFirst();
      return new Replayed(shown, landed, differs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectId merged(ObjectId ours, CommitId theirs) throws IOException {
    var merger = (ResolveMerger) MergeStrategy.RESOLVE.newMerger(repository, true);
    try (ObjectInserter inserter = merger.getObjectInserter()) {
      merger.setBase(readBaseTree());
      if (!merger.merge(id(theirs), ours)) {
        throw new PortException(
            FailureKind.CONFLICT,
            ("could not replay on '" + checkout.branch() + "': both changed ")
                + merger.getUnmergedPaths()
                + ("\nours: " + shown(new CommitId(ours.name())))
                + ("\ntheirs: " + shown(theirs)));
      }
      inserter.flush();
      return merger.getResultTreeId();
    }
  }

  private String shown(CommitId id) {
    try (var walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id(id));
      String author = commit.getAuthorIdent().getName();
      return id.abbreviated() + " \"" + commit.getShortMessage() + "\" by " + author;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was staged may have been changed since; what was not is left alone. */
  private boolean moveTo(CommitId now, ObjectId tree) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache before = entries(stagedTree());
      DirCache there = DirCache.newInCore();
      var builder = there.builder();
      DirCache all = read(inserter);
      for (int i = 0; i < all.getEntryCount(); i++) {
        if (before.getEntry(all.getEntry(i).getPathString()) != null) {
          builder.add(all.getEntry(i));
        }
      }
      builder.finish();
      Workspace workspace = Workspace.of(directory(), checkout.home().resolve("scratch"));
      try (Change change = workspace.begin()) {
        change(there, entries(tree), change);
        change.keep();
      }
    }
    base = now;
    tip = Optional.of(now);
    staged = tree;
    committed = null;
    return !tree.equals(readBaseTree());
  }

  @Override
  public Parked park(Attempt attempt, Path fallback) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (latest == null) {
      throw new IllegalStateException("there is nothing to park: commit first");
    }
    String ref = "refs/numa/parked/" + attempt.task().fileName() + "/" + attempt.id();
    try {
      move(ref, Optional.empty(), latest);
      return new Parked(new CommitId(latest.name()), checkout.repository().value(), ref);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      delete(checkout.home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      try (var children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          delete(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private ObjectId readBaseTree() throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.parseCommit(ObjectId.fromString(base.value())).getTree().getId();
    }
  }

  private DirCache entries(ObjectId tree) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      return DirCache.read(reader, tree);
    }
  }

  private ObjectId writeTree() throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId tree = read(inserter).writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  /** Reads the folder as an index: what the base has, and what is neither ignored nor state. */
  private DirCache read(ObjectInserter inserter) throws IOException {
    DirCache now = DirCache.newInCore();
    var builder = now.builder();
    try (var walk = new NameConflictTreeWalk(repository)) {
      walk.addTree(new DirCacheIterator(entries(readBaseTree())));
      var options = new Config().get(WorkingTreeOptions.KEY);
      walk.addTree(new FileTreeIterator(directory().toFile(), FS.DETECTED, options));
      walk.getTree(1, WorkingTreeIterator.class).setDirCacheIterator(walk, 0);
      while (walk.next()) {
        DirCacheIterator old = walk.getTree(0, DirCacheIterator.class);
        WorkingTreeIterator file = walk.getTree(1, WorkingTreeIterator.class);
        if (file == null || (old == null && (file.isEntryIgnored() || isState(walk)))) {
          continue;
        }
        if (old != null && old.getEntryFileMode().equals(FileMode.GITLINK)) {
          builder.add(old.getDirCacheEntry());
        } else if (file.getEntryFileMode().equals(FileMode.GITLINK)) {
          throw new PortException(
              FailureKind.DENIED,
              "could not commit '" + walk.getPathString() + "': it is a repository of its own");
        } else if (file.getEntryFileMode().equals(FileMode.TREE)) {
          walk.enterSubtree();
        } else {
          builder.add(insert(walk.getPathString(), file, inserter));
        }
      }
    }
    builder.finish();
    inserter.flush();
    return now;
  }

  private static boolean isState(TreeWalk walk) {
    return AGENT_STATE.contains(walk.getNameString()) || walk.getNameString().startsWith(".aider");
  }

  private static DirCacheEntry insert(
      String path, WorkingTreeIterator file, ObjectInserter inserter) throws IOException {
    var entry = new DirCacheEntry(path);
    entry.setFileMode(file.getEntryFileMode());
    try (var in = file.openEntryStream()) {
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, in.readAllBytes()));
    }
    return entry;
  }
}
