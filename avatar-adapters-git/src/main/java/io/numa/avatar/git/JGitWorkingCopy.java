package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.ChangedFile;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.FolderListing;
import io.numa.avatar.port.Parked;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Replayed;
import io.numa.avatar.port.Touched;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TreeId;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;

/** A working tree beside the Git directory that commits and pushes it. */
final class JGitWorkingCopy implements WorkingCopy {
  private final Checkout checkout;
  private final Remote remote;
  private final Premises premises;
  private final PushingRepository repository;
  private final GitIdentity identity;
  private final Clock clock;
  private Remote.Fetched fetched;
  private ObjectId base;
  private Contents contents;
  private ObjectId staged;
  private List<ChangedFile> changes = List.of();
  private @Nullable ObjectId committed;
  private @Nullable ObjectId latest;
  private @Nullable ComingPush comingPush;
  private boolean pushed;

  /**
   * @param premises belong to the working copy from now on
   * @param contents what was checked out
   */
  JGitWorkingCopy(
      Checkout checkout,
      Remote remote,
      Remote.Fetched fetched,
      Premises premises,
      Contents contents,
      GitIdentity identity,
      Clock clock) {
    this.checkout = checkout;
    this.remote = remote;
    this.fetched = fetched;
    this.premises = premises;
    this.repository = premises.repository();
    this.base = contents.base().root().tree();
    this.contents = contents;
    this.staged = base;
    this.identity = identity;
    this.clock = clock;
  }

  @Override
  public Path directory() {
    return premises.directory();
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
      GitFolder.reset(premises.git());
      premises.writeInto(folder, contents.lfs(), checkout, remote, fetched);
      return folder;
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("write the files of the base commit", e);
    }
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
  public boolean stage(Touched touched, long largestFile) {
    try {
      GitFolder.reset(premises.git());
      staged = readTree(touched, largestFile);
      changes = new TreeChanges(repository, contents.lfs()).between(base, staged);
      return !staged.equals(base);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("read the working tree of '" + checkout.branch() + "'", e);
    }
  }

  @Override
  public Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return new NotedFolders(directory(), contents.base()).find(folder, wanted);
  }

  @Override
  public List<ChangedFile> changes() {
    return changes;
  }

  @Override
  public void diff(OutputStream out) throws IOException {
    GitFolder.reset(premises.git());
    new DiffWriter(repository).write(base, staged, out);
  }

  @Override
  public void readAdded(Function<WorkspacePath, OutputSink> files) {
    try {
      GitFolder.reset(premises.git());
      new AddedReader(repository, contents.lfs(), files).read(base, staged);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("read the change of '" + checkout.branch() + "'", e);
    }
  }

  @Override
  public void expectPush() {
    hangUp();
    if (remote.isOverHttp()) {
      comingPush = askForRefs();
    }
  }

  private ComingPush askForRefs() {
    ObjectId have = fetched.commit();
    TransferMonitor monitor = monitor();
    return ComingPush.ask(
        remote, repository, () -> remote.catchUp(repository, checkout, have, monitor), monitor);
  }

  private void hangUp() {
    if (comingPush != null) {
      comingPush.close();
      comingPush = null;
    }
  }

  @Override
  public CommitId commit(String message) {
    try {
      GitFolder.reset(premises.git());
      ObjectId commit = commitTree(staged, message);
      committed = commit;
      latest = commit;
      pushed = false;
      return new CommitId(commit.name());
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("commit to '" + checkout.branch() + "'", e);
    }
  }

  private ObjectId readTree(Touched touched, long largestFile) throws IOException {
    try (ObjectInserter inserter = Packs.inserter(repository)) {
      return TreeReader.read(directory(), contents, touched, inserter, largestFile);
    }
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
    ObjectId commit = requireCommit();
    if (pushed) {
      return;
    }
    Interruptions.check();
    try {
      GitFolder.reset(premises.git());
      contents.lfs().upload();
      send(commit, new PushVerdict(action(), remote, branch(), fetched.tip()));
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      if (e instanceof PortException || !arrived(commit, e)) {
        throw GitFailures.translate(action(), checkout.repository(), e);
      }
    }
    pushed = true;
  }

  private void send(ObjectId commit, PushVerdict verdict) throws IOException {
    String ref = branch().ref();
    Optional<ComingPush.Answer> answer = sendAsExpected(commit, ref);
    if (answer.isPresent()) {
      verdict.judge(answer.get().update(), answer.get().messages());
    } else {
      verdict.judge(remote.push(repository, commit, ref, fetched.tip(), monitor()));
    }
  }

  private Optional<ComingPush.Answer> sendAsExpected(ObjectId commit, String ref)
      throws IOException {
    if (comingPush == null) {
      comingPush = askForRefs();
    }
    try {
      return comingPush.push(new ComingPush.Order(commit, ref, fetched.tip()));
    } finally {
      hangUp();
    }
  }

  @Override
  public Replayed replay(Attempt attempt) throws InterruptedException {
    ObjectId commit = requireCommit();
    Interruptions.check();
    String action = "replay the change on '" + branch() + "' of '" + checkout.repository() + "'";
    try {
      GitFolder.reset(premises.git());
      ObjectId tip = fetchTip(action);
      var landed = new Landed(repository, fetched.commit(), tip);
      Optional<CommitId> ours = landed.ofAttempt(attempt, commit);
      String shown = Merge.line(repository, tip);
      if (ours.isPresent()) {
        return new Replayed(shown, ours, false);
      }
      ObjectId merged = new Merge(repository, action).of(base, commit, tip);
      Interruptions.check();
      boolean differs = moveTo(tip, merged);
      return new Replayed(shown, differs ? Optional.empty() : landed.ofTask(attempt), differs);
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      throw GitFailures.translate(action, checkout.repository(), e);
    }
  }

  private ObjectId fetchTip(String action) throws IOException {
    return remote
        .fetchSince(repository, branch(), fetched.commit(), monitor())
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.PUSH_REJECTED,
                    "could not " + action + ": the branch was deleted meanwhile"));
  }

  /** Makes {@code tip} the base, and {@code tree} what is staged; says whether they differ. */
  private boolean moveTo(ObjectId tip, ObjectId tree) throws IOException {
    ObjectId tipTree;
    Contents next;
    try (ObjectReader objects = repository.newObjectReader()) {
      tipTree = TreeObjects.treeOf(objects, tip);
      next = contents.on(BaseTree.unknown(TreeObjects.read(objects, tipTree, contents.cone())));
      var files = Workspace.of(directory(), checkout.home().resolve("switch"));
      new TreeSwitch(files, objects, next, staged).switchTo(tree);
    }
    contents = next;
    fetched = new Remote.Fetched(tip, Optional.of(tip), fetched.tags());
    base = tipTree;
    staged = tree;
    changes = new TreeChanges(repository, contents.lfs()).between(base, staged);
    committed = null;
    return !staged.equals(base);
  }

  @Override
  public Parked park(Attempt attempt, Path fallback) throws InterruptedException {
    ObjectId commit = latest;
    if (commit == null) {
      throw new IllegalStateException("there is nothing to park: commit first");
    }
    Interruptions.check();
    try {
      GitFolder.reset(premises.git());
      return new Parking(repository, remote, monitor()).park(commit, attempt, fallback);
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      throw GitFailures.translate("park the commit " + commit.name(), e);
    }
  }

  private ObjectId requireCommit() {
    ObjectId commit = committed;
    if (commit == null) {
      throw new IllegalStateException("there is nothing to push: commit first");
    }
    return commit;
  }

  private BranchName branch() {
    return checkout.branch();
  }

  private TransferMonitor monitor() {
    return TransferMonitor.of(premises.git(), progress -> {});
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

  @Override
  public void keep() {
    premises.keep();
  }

  @Override
  public void close() {
    hangUp();
    premises.close();
  }
}
