package io.numa.avatar.git.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.answer.GitService;
import io.numa.avatar.git.internal.answer.NetworkWords;
import io.numa.avatar.git.internal.answer.ServerWords;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.support.GitFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Sends the pack of a push. If this machine cannot make the whole pack, hangs up: JGit would wait
 * for the remote's answer, while the remote waits for the rest of the pack.
 */
final class PackSending implements SparsePackRepository.PackerEnd, ProgressMonitor {
  private final PushConnection connection;
  private final ProgressMonitor monitor;
  private String task = "";

  PackSending(PushConnection connection, ProgressMonitor monitor) {
    this.connection = connection;
    this.monitor = monitor;
  }

  /**
   * Sends an update. If the remote refuses it inside Git's protocol, but not by the status of a
   * ref, the failure contains everything that the remote has said.
   */
  void send(RemoteRefUpdate update) throws IOException {
    var said = new ByteArrayOutputStream();
    try {
      connection.push(this, Map.of(update.getRemoteName(), update), said);
    } catch (IOException e) {
      IOException failure = first(e);
      throw ServerWords.refusal(GitService.PUSH, failure, said.toString(UTF_8))
          .orElseThrow(() -> failure);
    }
  }

  /**
   * The failure that ended a push. If JGit cannot send everything, it nevertheless reads the
   * answer, and reports only that there is none. The answer matters if the remote hung up early.
   */
  private static IOException first(IOException last) {
    return Stream.of(last.getSuppressed())
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .filter(sending -> NetworkWords.of(sending, 0).isEmpty())
        .findFirst()
        .orElse(last);
  }

  @Override
  public void ended(@Nullable Exception failure) {
    boolean prepared = task.equals(JGitText.get().writingObjects);
    if (!prepared || (failure != null && isOwn(failure))) {
      connection.close();
    }
  }

  /** Whether the remote cannot have caused the failure, or does not read. */
  private static boolean isOwn(Exception failure) {
    return failure instanceof RuntimeException
        || failure instanceof FileSystemException
        || failure instanceof InterruptedIOException
        || GitFailures.isDamage(failure);
  }

  /** Hangs up if the push is cancelled. JGit asks until it has sent everything. */
  @Override
  public boolean isCancelled() {
    boolean cancelled = monitor.isCancelled();
    if (cancelled) {
      connection.close();
    }
    return cancelled;
  }

  @Override
  public void start(int totalTasks) {
    monitor.start(totalTasks);
  }

  @Override
  public void beginTask(String title, int totalWork) {
    task = title;
    monitor.beginTask(title, totalWork);
  }

  @Override
  public void update(int completed) {
    monitor.update(completed);
  }

  @Override
  public void endTask() {
    monitor.endTask();
  }

  @Override
  public void showDuration(boolean enabled) {
    monitor.showDuration(enabled);
  }
}
