package io.numa.avatar.git.internal.remote;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.RemoteText;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps commits that could not be pushed to their branch, under refs that are not branches. */
public final class Rescue {
  private static final String PREFIX = "refs/numa/parked/";

  private static final Logger log = LoggerFactory.getLogger(Rescue.class);

  private final SparsePackRepository from;
  private final Remote remote;
  private final ProgressMonitor monitor;

  public Rescue(SparsePackRepository from, Remote remote, ProgressMonitor monitor) {
    this.from = from;
    this.remote = remote;
    this.monitor = monitor;
  }

  /** Stores a commit on its remote; if that fails, in a bare repository on this machine. */
  public RescuedCommit park(ObjectId commit, Attempt attempt, Path fallback)
      throws IOException, InterruptedException {
    String ref = ref(attempt);
    try {
      push(commit, remote, ref);
      return new RescuedCommit(new CommitId(commit.name()), remote.url().value(), ref);
    } catch (IOException | RuntimeException e) {
      Interrupts.check();
      log.debug("{} is not taken by '{}'", ref, remote.url(), e);
    }
    ensure(fallback);
    push(commit, remote.at(RepositoryUrl.parse(fallback.toString())), ref);
    return new RescuedCommit(new CommitId(commit.name()), fallback.toString(), ref);
  }

  /** The ref's name. File names may contain one character that refs must not contain. */
  private static String ref(Attempt attempt) {
    return PREFIX + attempt.task().fileName().replace('~', '.') + "/" + attempt.id();
  }

  private void push(ObjectId commit, Remote to, String ref) throws IOException {
    var order = new Pusher.Order(commit, ref, Optional.empty());
    Pusher.Answer answer = to.pusher().push(from, order, monitor);
    if (!answer.accepted()) {
      String reason = RemoteText.lines(to.redactor(), answer.reason().orElse(null));
      throw new IOException("'" + to.url() + "' refused " + ref + ": " + reason);
    }
  }

  /**
   * Creates the repository under a temporary name and renames it, as other processes may create it
   * at the same time.
   */
  private static void ensure(Path bare) throws IOException {
    if (Files.exists(bare.resolve(Constants.HEAD), NOFOLLOW_LINKS)) {
      return;
    }
    PrivateFolders.make(bare.resolveSibling(""));
    Path made = bare.resolveSibling(bare.getFileName() + "-" + UUID.randomUUID());
    try {
      GitDirectory.create(made).close();
      Files.move(made, bare, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(bare.resolve(Constants.HEAD), NOFOLLOW_LINKS)) {
        throw e;
      }
    } finally {
      Folders.delete(made);
    }
  }
}
