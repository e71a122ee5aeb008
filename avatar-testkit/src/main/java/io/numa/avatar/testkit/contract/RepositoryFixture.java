package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The repositories under test, and steps that the contracts share. */
public interface RepositoryFixture {
  /** The committer's name. */
  String NAME = "Numa Avatar";

  /** The committer's e-mail address. */
  String EMAIL = "avatar@example.com";

  BranchName MAIN = new BranchName("main");
  BranchName WORK = new BranchName("dev-1-work");
  TaskId TASK = new TaskId("1");

  /** The repositories under test. */
  Repository repository() throws IOException;

  /** Creates a remote repository without commits, whose HEAD is {@code main}. */
  SeededRepository createRemote(String name) throws IOException;

  /** The address of a remote made by {@link #createRemote}. */
  RepositoryUrl url(String name);

  /** A folder that belongs to one test. */
  Path temp();

  default SeededRepository remote() throws IOException {
    SeededRepository remote = createRemote("app");
    remote.seed("main", Map.of("README.md", "one\ntwo\nthree\n", "src/App.java", "class App {}\n"));
    return remote;
  }

  /** A new folder for a working copy at each call. */
  Path newHome();

  default WorkingCopy checkOut(BranchName branch, BranchName... bases)
      throws IOException, InterruptedException {
    return checkOut(newHome(), branch, bases);
  }

  default WorkingCopy checkOut(Path home, BranchName branch, BranchName... bases)
      throws IOException, InterruptedException {
    var request =
        new CheckoutRequest(url("app"), branch, List.of(bases), home, CheckoutRequest.Pushes.ALL);
    return repository().checkOut(request, progress -> {});
  }

  default void write(WorkingCopy copy, String path, String text) throws IOException {
    Path file = copy.directory().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  default LocalCommit commit(WorkingCopy copy) {
    return stageAll(copy).commit("work\n");
  }

  default FailureKind kindOf(PortException failure) {
    assertThat(failure).isNotNull();
    return failure.kind();
  }

  default Map<String, TreeFile> with(Map<String, TreeFile> files, Map<String, TreeFile> more) {
    Map<String, TreeFile> all = new TreeMap<>(files);
    all.putAll(more);
    return all;
  }

  default Map<String, TreeFile> without(Map<String, TreeFile> files, String... paths) {
    Map<String, TreeFile> rest = new TreeMap<>(files);
    List.of(paths).forEach(rest::remove);
    return rest;
  }

  default LocalCommit commitTooLate(WorkingCopy copy) {
    LocalCommit commit = commit(copy);
    assertThatThrownBy(commit::push).isInstanceOf(BranchMovedException.class);
    return commit;
  }

  /** Checks out a working copy, and then moves its branch as another person's push does. */
  default WorkingCopy checkOutThenMove(SeededRepository remote, Map<String, TreeFile> others)
      throws IOException, InterruptedException {
    WorkingCopy copy = checkOut(WORK);
    remote.commit(WORK.value(), "others' work", others);
    return copy;
  }

  default StagedChange replay(LocalCommit commit) throws InterruptedException {
    Replayed replayed = commit.replay(Attempt.of(TASK));
    assertThat(replayed).isInstanceOf(Replayed.Staged.class);
    return ((Replayed.Staged) replayed).change();
  }

  default String trailers(Attempt attempt) {
    return "Numa-Task: " + attempt.task() + "\nNuma-Attempt: " + attempt.id() + "\n";
  }

  default byte[] diff(WorkingCopy copy) throws IOException {
    StagedChange change = stageAll(copy);
    byte[] diff = diff(change);
    assertThat(change.changes().isEmpty()).isEqualTo(diff.length == 0);
    return diff;
  }

  default byte[] diff(StagedChange change) throws IOException {
    var out = new ByteArrayOutputStream();
    change.diff(out);
    return out.toByteArray();
  }

  /** Restores the tree; then staging it again must give the same change. */
  default void restoreAndCompare(StagedChange change, WorkingCopy copy) throws IOException {
    change.restoreTree();
    assertThat(diff(stageAll(copy))).isEqualTo(diff(change));
  }
}
