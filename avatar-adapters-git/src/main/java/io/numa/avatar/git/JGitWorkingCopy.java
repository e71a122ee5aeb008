package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.ChangedFile;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TreeId;
import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A working tree beside the Git directory that commits and pushes it. */
final class JGitWorkingCopy implements WorkingCopy {
  private static final Logger log = LoggerFactory.getLogger(JGitWorkingCopy.class);

  private final Checkout checkout;
  private final Remote remote;
  private final Remote.Fetched fetched;
  private final org.eclipse.jgit.lib.Repository repository;
  private final ObjectId base;
  private final Contents contents;
  private final GitIdentity identity;
  private final Clock clock;
  private ObjectId staged;
  private List<ChangedFile> changes = List.of();
  private @Nullable ObjectId committed;
  private boolean pushed;
  private boolean kept;

  /**
   * @param base the tree of the commit that was checked out
   */
  JGitWorkingCopy(
      Checkout checkout,
      Remote remote,
      Remote.Fetched fetched,
      org.eclipse.jgit.lib.Repository repository,
      ObjectId base,
      Contents contents,
      GitIdentity identity,
      Clock clock) {
    this.checkout = checkout;
    this.remote = remote;
    this.fetched = fetched;
    this.repository = repository;
    this.base = base;
    this.contents = contents;
    this.staged = base;
    this.identity = identity;
    this.clock = clock;
  }

  static Path tree(Path home) {
    return home.resolve("tree").toAbsolutePath();
  }

  static Path git(Path home) {
    return home.resolve("git").toAbsolutePath();
  }

  @Override
  public Path directory() {
    return tree(checkout.home());
  }

  @Override
  public CommitId base() {
    return new CommitId(fetched.commit().name());
  }

  @Override
  public TreeId baseTree() {
    return new TreeId(base.name());
  }

  @Override
  public Path checkOutBase() {
    Path folder = checkout.home().resolve("base").toAbsolutePath();
    try {
      GitFolder.reset(git(checkout.home()));
      Folders.delete(folder);
      // What is noted of these files says nothing of the working tree's.
      var notes = new Contents(repository, contents.base(), contents.lfs(), contents.cone());
      writeBase(folder, notes, NullProgressMonitor.INSTANCE);
      return folder;
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("write the files of the base commit", e);
    }
  }

  /** Makes the working tree, of the base commit's files. */
  void writeTree(ProgressMonitor monitor) throws IOException {
    writeBase(directory(), contents, monitor);
  }

  private void writeBase(Path folder, Contents notes, ProgressMonitor monitor) throws IOException {
    Files.createDirectory(folder);
    try (ObjectReader objects = repository.newObjectReader()) {
      new TreeWriter(objects, notes, monitor).write(base, folder);
    }
    new Submodules(remote.settings(), git(checkout.home()).resolve("modules"), monitor)
        .write(checkout.repository(), repository, contents.base(), folder, contents.cone());
    GitFolder.createDisposable(
        folder, checkout.branch(), fetched.commit(), fetched.tags(), identity, contents);
  }

  @Override
  public void apply(PatchText patch, Change change) {
    try {
      new PatchApplication(change, contents).apply(patch);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("apply the patch", e);
    }
  }

  @Override
  public boolean stage() {
    return stage(Long.MAX_VALUE);
  }

  @Override
  public boolean stage(long largestFile) {
    try {
      GitFolder.reset(git(checkout.home()));
      staged = readTree(largestFile);
      changes = new TreeChanges(repository, contents.lfs()).between(base, staged);
      return !staged.equals(base);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("read the working tree of '" + checkout.branch() + "'", e);
    }
  }

  @Override
  public List<ChangedFile> changes() {
    return changes;
  }

  @Override
  public void diff(OutputStream out) throws IOException {
    GitFolder.reset(git(checkout.home()));
    new DiffWriter(repository).write(base, staged, out);
  }

  @Override
  public void readAdded(Function<WorkspacePath, OutputSink> files) {
    try {
      GitFolder.reset(git(checkout.home()));
      new AddedReader(repository, contents.lfs(), files).read(base, staged);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("read the change of '" + checkout.branch() + "'", e);
    }
  }

  @Override
  public CommitId commit(String message) {
    try {
      GitFolder.reset(git(checkout.home()));
      committed = commitTree(staged, message);
      pushed = false;
      return new CommitId(committed.name());
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("commit to '" + checkout.branch() + "'", e);
    }
  }

  /** The tree's id is the base's unless an entry differs; odd modes of old trees do not. */
  private ObjectId readTree(long largestFile) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache now = new TreeReader(contents, inserter, largestFile).read(directory());
      if (sameEntries(now, contents.base())) {
        return base;
      }
      ObjectId tree = now.writeTree(inserter);
      inserter.flush();
      return tree;
    }
  }

  private static boolean sameEntries(DirCache one, DirCache other) {
    if (one.getEntryCount() != other.getEntryCount()) {
      return false;
    }
    for (int i = 0; i < one.getEntryCount(); i++) {
      var mine = one.getEntry(i);
      var theirs = other.getEntry(i);
      if (!mine.getObjectId().equals(theirs.getObjectId())
          || mine.getRawMode() != theirs.getRawMode()
          || !Arrays.equals(mine.getRawPath(), theirs.getRawPath())) {
        return false;
      }
    }
    return true;
  }

  private ObjectId commitTree(ObjectId tree, String message) throws IOException {
    var person =
        new PersonIdent(identity.name(), identity.email(), clock.instant(), clock.getZone());
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentId(fetched.commit());
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setEncoding(UTF_8);
    commit.setMessage(message.endsWith("\n") ? message : message + "\n");
    remote.settings().features().sign(commit, clock.instant());
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  @Override
  public void push() throws InterruptedException {
    ObjectId commit = committed;
    if (commit == null) {
      throw new IllegalStateException("there is nothing to push: commit first");
    }
    if (pushed) {
      return;
    }
    Interruptions.check();
    try {
      GitFolder.reset(git(checkout.home()));
      var monitor = new TransferMonitor(git(checkout.home()).resolve("objects"), progress -> {});
      contents.lfs().upload();
      judge(remote.push(repository, commit, checkout.branch(), fetched.tip(), monitor));
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      if (e instanceof PortException || !arrived(commit, e)) {
        throw GitFailures.translate(action(), checkout.repository(), e);
      }
    }
    pushed = true;
  }

  private void judge(PushResult result) throws IOException {
    RemoteRefUpdate update = result.getRemoteUpdate(checkout.branch().ref());
    Status status = update.getStatus();
    if (status == Status.OK || status == Status.UP_TO_DATE) {
      return;
    }
    if (status == Status.AWAITING_REPORT || status == Status.NOT_ATTEMPTED) {
      throw new IOException("the remote did not say whether it took the commit");
    }
    boolean moved =
        status == Status.REJECTED_REMOTE_CHANGED || status == Status.REJECTED_NONFASTFORWARD;
    String reason =
        moved
            ? "the branch has moved since it was checked out"
            : (text(update.getMessage()) + "\n" + text(result.getMessages())).strip();
    throw new PortException(
        FailureKind.PUSH_REJECTED,
        "could not " + action() + ": " + (reason.isEmpty() ? "the remote refused" : reason));
  }

  /** Whether a commit is where it belongs although the remote's answer was lost. */
  private boolean arrived(ObjectId commit, Exception lost) {
    try {
      return remote.tip(checkout.branch()).filter(commit::equals).isPresent();
    } catch (IOException | RuntimeException e) {
      lost.addSuppressed(e);
      return false;
    }
  }

  private String action() {
    return "push '" + checkout.branch() + "' to '" + checkout.repository() + "'";
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  @Override
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    repository.close();
    if (kept) {
      return;
    }
    try {
      Folders.delete(checkout.home());
    } catch (IOException e) {
      log.warn("could not remove the working copy '{}'", checkout.home(), e);
    }
  }
}
