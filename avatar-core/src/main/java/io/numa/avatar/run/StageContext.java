package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.run.agent.AgentInbox;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.command.CommandLimits;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.command.Deadline;
import io.numa.avatar.run.command.WorkPlace;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.run.report.LeaseKeeper;
import io.numa.avatar.run.report.ReportSender;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Interrupts;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The log, progress, time limit and commands of an attempt, which all its stages use. Single use;
 * used by the attempt's thread only.
 */
final class StageContext {
  private static final Logger log = LoggerFactory.getLogger(StageContext.class);

  /**
   * The extra time of a stage, so that a command's own limit, with its own message, applies first.
   */
  private static final Duration COMMANDS_FIRST = Duration.ofSeconds(1);

  private final RunEnvironment environment;
  private final LeaseKeeper lease;
  private final AttemptProgress progress;
  private final RunLog text;
  private final ReportSender reports;
  private Deadline deadline;

  StageContext(
      RunEnvironment environment,
      LeaseKeeper lease,
      AttemptProgress progress,
      RunLog text,
      ReportSender reports) {
    this.environment = environment;
    this.lease = lease;
    this.progress = progress;
    this.text = text;
    this.reports = reports;
    this.deadline = new Deadline(environment.clock(), limits().task());
  }

  /** Begins a task, which may set its own time limit. */
  void begin(Task task) {
    environment.listener().began(task, lease.attempt());
    task.options()
        .timeout()
        .ifPresent(allowed -> deadline = new Deadline(environment.clock(), allowed));
  }

  /** Enters a stage, limits its time, and reports it; the log's lines name it. */
  void enter(Stage stage) {
    MDC.put("stage", stage.word());
    limit(stage);
    reports.announce(progress.enter(stage));
    environment.listener().entered(lease.attempt().task(), stage);
  }

  private void limit(Stage stage) {
    Duration allowed = limits().stage();
    Duration left = deadline.left();
    if (allowed.compareTo(left) < 0) {
      String reason = "stage '" + stage.word() + "' took longer than " + Durations.text(allowed);
      cancellation().limit(allowed.plus(COMMANDS_FIRST), reason);
    } else {
      cancellation().limit(left.plus(COMMANDS_FIRST), deadline.passed());
    }
  }

  /** Reports what an agent does, also on the threads of its session while its turn runs. */
  void announce(AgentReport report, String newest) {
    reports.announce(progress.worked(report, newest));
  }

  /** Reports what a reviewer does, also on the threads of its session. */
  void announceReview(AgentReport report, String newest) {
    reports.announce(progress.reviewing(report, newest));
  }

  /** Tells, in the log and in the statuses, what has no effect. */
  void ignore(String sentence) {
    say(sentence);
    progress.ignored(sentence);
  }

  /** Writes a line into the attempt's log. */
  void say(String line) {
    text.say(progress.stage(), line);
  }

  /** Writes a line; only warns if that fails, for example on a full disk. */
  void trySay(String line) {
    try {
      say(line);
    } catch (PortException e) {
      log.warn("{} (not in the task's log: {})", line, e.getMessage());
    }
  }

  /**
   * Checks that the task has time left.
   *
   * @throws StageFailedException of kind {@code TIMEOUT} if it has none
   */
  void checkTime() throws StageFailedException {
    deadline.check();
  }

  /**
   * Checks that the task is still ours, before an action that cannot be undone.
   *
   * @throws InterruptedException if it is not, or if the attempt has to stop
   */
  void checkOwnership() throws InterruptedException {
    if (lease.attempt().lease().isPresent()) {
      // A backend that grants leases says in each answer whether the task is still ours. If
      // it is not, this thread is interrupted.
      reports.awaitSent();
    }
    confirm();
    lease.check();
  }

  /** Asks again within the lease if it gets no answer. */
  private void confirm() throws InterruptedException {
    var backoff = Backoff.ofBackend();
    boolean confirmed = false;
    while (!confirmed) {
      lease.check();
      try {
        ports().reporter().confirm(attempt());
        confirmed = true;
      } catch (TaskTakenException e) {
        lease.taken();
        Interrupts.check();
      } catch (PortException e) {
        if (!e.retryable()) {
          throw e;
        }
        Background.pause(backoff.next());
      }
    }
  }

  /** The runner of the attempt's commands, within the task's time. */
  Commands commands(AttemptSandboxes sandboxes) {
    return new Commands(
        environment.ports().commands(),
        text,
        new CommandLimits(deadline, limits().stall()),
        lease.attempt().id(),
        sandboxes);
  }

  /** Takes what people tell the task's agents, if a step of its plan is for one. */
  AgentInbox openInbox(Assignment assignment) {
    AgentInbox inbox =
        environment
            .steering()
            .open(attempt(), environment.journal(), settings().redactor(), this::trySay);
    if (!assignment.hasAgentStep()) {
      inbox.takesNone("no step of its plan is for a coding agent");
    }
    inbox.offer(assignment.task().options().messages());
    return inbox;
  }

  /** The sandboxes of the attempt's commands and agents. */
  AttemptSandboxes sandboxes(WorkPlace place) {
    return new AttemptSandboxes(
        ports().sandboxes(), place, lease.attempt().id(), this::say, progress::held);
  }

  RunEnvironment environment() {
    return environment;
  }

  Ports ports() {
    return environment.ports();
  }

  RunSettings settings() {
    return environment.settings();
  }

  RunSettings.Limits limits() {
    return settings().limits();
  }

  /** The attempt with its current lease. */
  Attempt attempt() {
    return lease.attempt();
  }

  /** The attempt's private folder. */
  Path home() {
    return environment.home(attempt());
  }

  Cancellation cancellation() {
    return lease.cancellation();
  }

  AttemptProgress progress() {
    return progress;
  }

  RunLog log() {
    return text;
  }
}
