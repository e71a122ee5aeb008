package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.run.RunSettings.Proposals;
import io.numa.avatar.run.text.ProposalText;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a change request for the pushed commit, if one is configured.
 *
 * <p>A failure to open it does not fail the task: the commit is on the remote, and another run
 * would have nothing to do. The task's log and its last status report the failure.
 */
final class Proposal {
  private static final Logger log = LoggerFactory.getLogger(Proposal.class);

  private final RunEnvironment environment;
  private final Attempt attempt;
  private final Consumer<String> attemptLog;

  /**
   * @param attemptLog writes a line into the attempt's log
   */
  Proposal(RunEnvironment environment, Attempt attempt, Consumer<String> attemptLog) {
    this.environment = environment;
    this.attempt = attempt;
    this.attemptLog = attemptLog;
  }

  /** Whether change requests are configured. */
  static boolean isWanted(RunEnvironment environment) {
    return wished(environment).mode() != Proposals.Mode.NONE;
  }

  private static Proposals wished(RunEnvironment environment) {
    return environment.settings().push().proposals();
  }

  /** The trailers that the service needs in the commit's message. */
  static List<Trailer> trailers(RunEnvironment environment, Task task, Application application) {
    return isWanted(environment)
        ? environment.ports().changeRequests().trailers(application.repository(), task.id())
        : List.of();
  }

  /**
   * Proposes the pushed commit, and records the result in {@code progress}.
   *
   * @throws InterruptedException if the thread was interrupted; nothing is recorded then
   */
  void make(Task task, Application application, AttemptProgress progress)
      throws InterruptedException {
    if (!isWanted(environment)) {
      return;
    }
    try {
      BranchName target = target(task, application);
      if (target.equals(task.branch())) {
        attemptLog.accept("no change request, as '" + target + "' is the branch it would go to");
        return;
      }
      ProposedChange change =
          environment.ports().changeRequests().open(request(task, application, target, progress));
      change.notes().forEach(note -> attemptLog.accept("change request: " + note));
      attemptLog.accept(text(change) + ": " + change.url());
      progress.proposed(ChangeRequestReport.at(change.url()));
    } catch (PortException e) {
      giveUp(progress, e.getMessage());
    } catch (RuntimeException e) {
      log.error("Internal error after the push of task {}", attempt.task(), e);
      giveUp(progress, "internal error of the avatar: " + e);
    }
  }

  /** Records that there is no change request. */
  void giveUp(AttemptProgress progress, String reason) {
    String problem = environment.settings().redactor().redact(reason);
    log.warn("Task {} is pushed, but not proposed: {}", attempt.task(), problem);
    progress.proposed(ChangeRequestReport.missing(problem));
    attemptLog.accept("no change request: " + problem);
  }

  private BranchName target(Task task, Application application) throws InterruptedException {
    Optional<BranchName> named = task.base().or(application::defaultBranch);
    return named.isPresent() ? named.get() : defaultBranch(application);
  }

  private BranchName defaultBranch(Application application) throws InterruptedException {
    return environment
        .ports()
        .repository()
        .defaultBranch(application.repository())
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.NOT_FOUND,
                    "could not tell where '"
                        + application.repository()
                        + "' merges to: its HEAD names no branch; give the task a base_branch,"
                        + " or the application a default_branch"));
  }

  private ChangeRequest request(
      Task task, Application application, BranchName target, AttemptProgress progress) {
    RunSettings settings = environment.settings();
    Proposals wished = wished(environment);
    var text = new ProposalText(settings.redactor());
    return new ChangeRequest(
        new PendingPush(
            application.repository(), task.branch(), progress.work().commit().orElseThrow()),
        target,
        text.title(task),
        text.body(task, attempt, settings.avatar(), progress.work()),
        wished.mode() == Proposals.Mode.DRAFT,
        wished.labels(),
        wished.reviewers());
  }

  private static String text(ProposedChange change) {
    return switch (change.standing()) {
      case OPENED -> "change request opened";
      case FOUND -> "change request brought up to date";
      case CLOSED -> "the change request of this branch was closed, no other is opened";
      case MERGED -> "change request merged already";
    };
  }
}
