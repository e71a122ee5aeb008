package io.numa.avatar.git.internal.remote;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Finds the commit of an attempt on its remote, after the answer to the push was lost. */
public final class PushLookup {
  /**
   * How many commits to search. More commits on top of the avatar's commit during one outage are
   * not expected.
   */
  private static final int DEPTH = 50;

  private final Attempt attempt;
  private final PendingPush push;
  private final Remote remote;

  public PushLookup(Attempt attempt, PendingPush push, Remote remote) {
    this.attempt = attempt;
    this.push = push;
    this.remote = remote;
  }

  /** Checks the branch's tip first, which is cheap, and then the commits below it. */
  public Optional<CommitId> find() throws IOException {
    Optional<CommitId> tip = remote.refs().tip(push.branch()).map(id -> new CommitId(id.name()));
    return tip.isEmpty() || tip.get().equals(push.commit()) ? tip : findBelow();
  }

  private Optional<CommitId> findBelow() throws IOException {
    Path folder = Files.createTempDirectory("avatar-pushed-");
    Path git = folder.resolve("git");
    try (var repository = GitDirectory.create(git)) {
      var monitor = TransferMonitor.of(git, progress -> {});
      Optional<ObjectId> tip =
          remote.fetcher().fetchLatest(repository, push.branch(), DEPTH, monitor);
      return tip.isEmpty()
          ? Optional.empty()
          : new UpstreamSearch(repository, Optional.empty(), tip.get())
              .ofAttempt(attempt, push.commit(), DEPTH);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Whether a commit's trailers name the attempt. */
  static boolean isOf(Attempt attempt, String message) {
    List<String> lines = lastLines(message);
    return isOf(attempt.task(), lines) && lines.contains("Numa-Attempt: " + attempt.id());
  }

  /** Whether a commit's trailers name the task. */
  static boolean isOf(TaskId task, String message) {
    return isOf(task, lastLines(message));
  }

  private static boolean isOf(TaskId task, List<String> lines) {
    return lines.contains(("Numa-Task: " + task).strip());
  }

  /** All lines of the last paragraph. Git's own rule for trailers depends on the other lines. */
  private static List<String> lastLines(String message) {
    String[] paragraphs = message.strip().split("\n\\s*\n", -1);
    return paragraphs[paragraphs.length - 1].lines().map(String::strip).toList();
  }
}
