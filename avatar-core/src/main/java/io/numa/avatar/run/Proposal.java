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
 * Has the people behind a repository asked to merge what was pushed, where that is wished for.
 *
 * <p>That it cannot be done fails no task: its commit is on the remote, and to run it again would
 * find nothing left to do. It is told in the task's log and with its last status.
 */
final class Proposal {
  private static final Logger log = LoggerFactory.getLogger(Proposal.class);

  private final RunEnvironment environment;
  private final Attempt attempt;
  private final Consumer<String> teller;

  /**
   * @param teller writes a line into the attempt's log
   */
  Proposal(RunEnvironment environment, Attempt attempt, Consumer<String> teller) {
    this.environment = environment;
    this.attempt = attempt;
    this.teller = teller;
  }

  /** Whether anybody wants change requests at all. */
  static boolean isWanted(RunEnvironment environment) {
    return wished(environment).mode() != Proposals.Mode.NONE;
  }

  private static Proposals wished(RunEnvironment environment) {
    return environment.settings().push().proposals();
  }

  /** What the commit's message has to hold for it to be proposed. */
  static List<Trailer> trailers(RunEnvironment environment, Task task, Application application) {
    return isWanted(environment)
        ? environment.ports().changeRequests().trailers(application.repository(), task.id())
        : List.of();
  }

  /**
   * Proposes what the course has come to, and notes there what became of that.
   *
   * @throws InterruptedException if the thread was interrupted; nothing is noted then
   */
  void make(Task task, Application application, AttemptProgress progress)
      throws InterruptedException {
    if (!isWanted(environment)) {
      return;
    }
    try {
      BranchName target = target(task, application);
      if (target.equals(task.branch())) {
        teller.accept("no change request, as '" + target + "' is the branch it would go to");
        return;
      }
      ProposedChange change =
          environment.ports().changeRequests().open(request(task, application, target, progress));
      change.notes().forEach(note -> teller.accept("change request: " + note));
      teller.accept(told(change) + ": " + change.url());
      progress.proposed(ChangeRequestReport.at(change.url()));
    } catch (PortException e) {
      giveUp(progress, e.getMessage());
    } catch (RuntimeException e) {
      log.error("Internal error after the push of task {}", attempt.task(), e);
      giveUp(progress, "the avatar has a defect: " + e);
    }
  }

  /** Notes that there is no change request. */
  void giveUp(AttemptProgress progress, String reason) {
    String problem = environment.settings().redactor().redact(reason);
    log.warn("Task {} is pushed, but not proposed: {}", attempt.task(), problem);
    progress.proposed(ChangeRequestReport.missing(problem));
    teller.accept("no change request: " + problem);
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

  private static String told(ProposedChange change) {
    return switch (change.standing()) {
      case OPENED -> "change request opened";
      case FOUND -> "change request brought up to date";
      case CLOSED -> "somebody has closed the change request of this branch, no other is opened";
      case MERGED -> "change request merged already";
    };
  }
}
