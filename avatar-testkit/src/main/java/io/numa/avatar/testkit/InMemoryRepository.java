package io.numa.avatar.testkit;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Repositories with remotes in memory. Their working trees are real folders, because commands need
 * some. Safe for use by several threads.
 *
 * <p>JGit applies patches. It is less exact than a real adapter must be for CRLF and for renamed
 * executables.
 */
public final class InMemoryRepository implements Repository {
  private final Map<RepositoryUrl, org.eclipse.jgit.lib.Repository> remotes =
      new ConcurrentHashMap<>();
  private final Map<RepositoryUrl, Map<String, Map<String, byte[]>>> saved =
      new ConcurrentHashMap<>();

  /** The working copies that were checked out, by their homes. */
  private final Map<Path, InMemoryWorkingCopy> copies = new ConcurrentHashMap<>();

  private final String name;
  private final String email;
  private final Clock clock;
  private volatile Optional<String> refusal = Optional.empty();

  /** Creates repositories whose working copies commit under this name, at the clock's time. */
  public InMemoryRepository(String name, String email, Clock clock) {
    this.name = name;
    this.email = email;
    this.clock = clock;
  }

  /** Creates an empty remote whose HEAD is {@code main}. */
  public SeededRepository create(RepositoryUrl url) {
    var remote =
        new org.eclipse.jgit.internal.storage.dfs.InMemoryRepository(
            new DfsRepositoryDescription(url.value()));
    remotes.put(url, remote);
    return new SeededRepository(remote);
  }

  /** Makes it refuse all further pushes to branches, with this message. */
  public void rejectPushes(String message) {
    refusal = Optional.of(message);
  }

  @Override
  public WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws InterruptedException {
    Interrupts.check();
    org.eclipse.jgit.lib.Repository remote = remotes.get(request.repository());
    if (remote == null) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not check out '" + request.repository() + "': there is no such repository");
    }
    if (request.pushes() == CheckoutRequest.Pushes.ALL_BUT_DEFAULT
        && request.branch().value().equals("main")) {
      throw new PortException(
          FailureKind.DENIED,
          "could not check out 'main' of '"
              + request.repository()
              + "': it is the default branch; set git.allow_default_branch: true");
    }
    var seeded = new SeededRepository(remote);
    Optional<CommitId> tip = seeded.headOf(request.branch().value());
    CommitId base = tip.orElseGet(() -> base(request, seeded));
    progress.accept(new TransferProgress("Receiving objects", 1, OptionalLong.of(1), 0));
    var context =
        new InMemoryContext(request, remote, savedOf(request), this::author, () -> refusal);
    var copy = new InMemoryWorkingCopy(context, base, tip);
    copies.put(request.home(), copy);
    try {
      copy.write();
      return copy;
    } catch (IOException e) {
      copy.close();
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Map<String, byte[]>> savedOf(CheckoutRequest request) {
    return saved.computeIfAbsent(request.repository(), url -> new ConcurrentHashMap<>());
  }

  private PersonIdent author() {
    return new PersonIdent(name, email, clock.instant(), clock.getZone());
  }

  @Override
  public void writeLeftChange(Path home, long largestFile, OutputStream out) throws IOException {
    InMemoryWorkingCopy copy = copies.get(home);
    if (copy != null && Files.isDirectory(copy.directory())) {
      copy.stage(ChangedPaths.ANYWHERE, largestFile).diff(out);
    }
  }

  @Override
  public void discard(Path home) {
    copies.remove(home);
    try {
      if (Files.exists(home)) {
        FolderFiles.delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<CommitId> findPushed(Attempt attempt, PendingPush push) {
    org.eclipse.jgit.lib.Repository remote = remotes.get(push.repository());
    if (remote == null) {
      throw new PortException(
          FailureKind.NOT_FOUND,
          "could not look at '" + push.repository() + "': there is no such repository");
    }
    var seeded = new SeededRepository(remote);
    String branch = push.branch().value();
    return seeded.headOf(branch).isEmpty()
        ? Optional.empty()
        : seeded.log(branch).stream()
            .filter(commit -> isOf(attempt, commit.message()) || commit.id().equals(push.commit()))
            .map(SeededRepository.LogEntry::id)
            .findFirst();
  }

  @Override
  public Optional<BranchName> defaultBranch(RepositoryUrl repository) {
    return Optional.of(new BranchName("main"));
  }

  static boolean isOf(Attempt attempt, String message) {
    return isOf(attempt.task(), message)
        && lastLines(message).contains("Numa-Attempt: " + attempt.id());
  }

  static boolean isOf(TaskId task, String message) {
    return lastLines(message).contains("Numa-Task: " + task);
  }

  private static List<String> lastLines(String message) {
    String[] paragraphs = message.strip().split("\n\\s*\n", -1);
    return paragraphs[paragraphs.length - 1].lines().toList();
  }

  private static CommitId base(CheckoutRequest request, SeededRepository remote) {
    String branch = request.bases().stream().findFirst().map(BranchName::value).orElse("main");
    return remote
        .headOf(branch)
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.NOT_FOUND,
                    "could not check out '"
                        + request.repository()
                        + (request.bases().isEmpty()
                            ? "': its HEAD has no commit"
                            : "': there is no branch '" + branch + "'")));
  }
}
