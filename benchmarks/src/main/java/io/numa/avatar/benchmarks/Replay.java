package io.numa.avatar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Replays changes of a bare repository: turns each diff into a plan, carries the plan out on the
 * parent's tree, and compares the resulting tree; then does the same with native Git. Not
 * thread-safe.
 */
final class Replay implements AutoCloseable {
  private static final int SHOWN = 5;

  private final Path work;
  private final NativeGit git;
  private final KeptTree kept;
  private final StandingTree standing;
  private final Consumer<String> progress;

  private Replay(Path work, NativeGit git, StandingTree standing, Consumer<String> progress) {
    this.work = work;
    this.git = git;
    this.kept = new KeptTree(git);
    this.standing = standing;
    this.progress = progress;
  }

  /**
   * Prepares to replay a repository, which is only read.
   *
   * @param work an empty or missing folder for all files
   * @param progress receives each miss, and progress from time to time
   */
  static Replay of(Path repository, Path work, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work).toRealPath();
    Path objects = repository.resolve("objects");
    var standing = StandingTree.create(folder.resolve("home"), repository);
    Path gitDirectory = folder.resolve("native");
    Path tree = folder.resolve("tree");
    var git = NativeGit.create(gitDirectory, tree, List.of(objects, standing.objects()));
    return new Replay(folder, git, standing, progress);
  }

  History history() {
    return new History(git);
  }

  /** The folder for temporary files. */
  Path scratch() {
    return work;
  }

  /**
   * Replays changes; the oldest first is fastest. Leaves out those whose parent cannot be checked
   * out.
   */
  List<Replayed> run(List<Change> changes) throws IOException, InterruptedException {
    List<Replayed> replayed = new ArrayList<>();
    for (Change change : changes) {
      if (kept.moveTo(change.parent())) {
        Replayed result = replay(change);
        replayed.add(result);
        if (!result.identical()) {
          progress.accept("missed " + result.miss() + difference(result));
        }
      } else {
        progress.accept("left out " + change.commit() + ": its parent cannot be checked out");
      }
      if (replayed.size() % 100 == 0) {
        progress.accept(replayed.size() + " of " + changes.size());
      }
    }
    return replayed;
  }

  /** The files that differ. */
  private String difference(Replayed result) throws IOException, InterruptedException {
    return result.avatar().refused()
        ? ""
        : git.ask("diff-tree", "-r", "--raw", result.change().tree(), result.avatar().tree())
            .output()
            .lines()
            .limit(SHOWN)
            .collect(Collectors.joining("\n  ", "\n  ", ""));
  }

  private Replayed replay(Change change) throws IOException, InterruptedException {
    Path diff = work.resolve("patch");
    writeDiff(change, diff);
    Attempt byAvatar = new PlanRun(standing).carryOut(change.parent(), diff);
    if (!byAvatar.tree().equals(change.tree())) {
      kept.distrust(); // a failure must not affect the next change
    }
    if (!kept.moveTo(change.parent())) {
      throw new IOException("could not put the tree back to " + change.parent());
    }
    Attempt byGit = new GitApply(git).carryOut(diff);
    if (!byGit.tree().equals(change.tree()) || change.shows(Trait.ATTRIBUTES)) {
      kept.distrust(); // Git does not rewrite files whose line ends would differ now
    }
    return new Replayed(change, Files.size(diff), byAvatar, byGit);
  }

  private void writeDiff(Change change, Path file) throws IOException, InterruptedException {
    git.write(
        file,
        "diff",
        "--binary",
        "--full-index",
        "-M",
        "-C",
        "--ignore-submodules=none",
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        change.parent().value(),
        change.commit().value());
  }

  @Override
  public void close() {
    standing.close();
  }
}
