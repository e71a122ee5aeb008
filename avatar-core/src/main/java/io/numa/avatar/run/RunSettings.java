package io.numa.avatar.run;

import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.history.HistoryLimits;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings for all tasks of an avatar.
 *
 * @param workspace the folder of the working copies; disposable
 * @param logs the folder of the attempts' logs, stored as {@code <task>/<attempt>.log}
 * @param delivery what to do with the change that a plan made
 * @param testPolicy which test failures fail a task if its plan does not say
 * @param attempts how often a task is tried, and what is kept of it
 * @param push which branches accept a push, and what follows a push
 * @param agents how coding agents are told of their work
 */
public record RunSettings(
    AvatarId avatar,
    Path workspace,
    Path logs,
    Limits limits,
    Redactor redactor,
    Guard guard,
    Delivery delivery,
    TestPolicy testPolicy,
    Attempts attempts,
    PushPolicy push,
    AgentPolicy agents) {

  /** The default settings: every test failure fails a task, and no change request is opened. */
  public static RunSettings of(AvatarId avatar, Path workspace, Path logs, Redactor redactor) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        Limits.DEFAULTS,
        redactor,
        Guard.DEFAULTS,
        Delivery.PUSH,
        TestPolicy.UNSAID,
        Attempts.DEFAULTS,
        PushPolicy.DEFAULTS,
        AgentPolicy.DEFAULTS);
  }

  public RunSettings withLimits(Limits other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        other,
        redactor,
        guard,
        delivery,
        testPolicy,
        attempts,
        push,
        agents);
  }

  public RunSettings withGuard(Guard other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        limits,
        redactor,
        other,
        delivery,
        testPolicy,
        attempts,
        push,
        agents);
  }

  public RunSettings withDelivery(Delivery other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        limits,
        redactor,
        guard,
        other,
        testPolicy,
        attempts,
        push,
        agents);
  }

  public RunSettings withTestPolicy(TestPolicy other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, guard, delivery, other, attempts, push, agents);
  }

  public RunSettings withAttempts(Attempts other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        limits,
        redactor,
        guard,
        delivery,
        testPolicy,
        other,
        push,
        agents);
  }

  public RunSettings withPush(PushPolicy other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        limits,
        redactor,
        guard,
        delivery,
        testPolicy,
        attempts,
        other,
        agents);
  }

  public RunSettings withAgents(AgentPolicy other) {
    return new RunSettings(
        avatar,
        workspace,
        logs,
        limits,
        redactor,
        guard,
        delivery,
        testPolicy,
        attempts,
        push,
        other);
  }

  /**
   * The repository for commits that no remote accepts, see {@link
   * io.numa.avatar.port.repository.LocalCommit}.
   */
  Path rescued() {
    return workspace.toAbsolutePath().resolve("parked.git");
  }

  /**
   * The limits that apply if a task or plan sets none.
   *
   * @param step one command of a plan
   * @param tests the project's tests
   * @param stage one stage of a task, however many commands it has
   * @param task a task from its claim to its push
   * @param stall how long a command may print nothing
   * @param log how many bytes of disk an attempt's log may take
   */
  public record Limits(
      Duration step, Duration tests, Duration stage, Duration task, Duration stall, long log) {
    public static final Limits DEFAULTS =
        new Limits(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(2));

    private static final long LOG = 256L << 20;

    /** Limits in which a stage, or silence, may last as long as the task. */
    public Limits(Duration step, Duration tests, Duration task) {
      this(step, tests, task, task, task, LOG);
    }
  }

  /**
   * How attempts are handled.
   *
   * @param max how many attempts a task gets if the avatar is stopped during them, at least 1
   * @param cancellationInterval the time between two checks whether a running task was cancelled
   * @param keepFailed how long the working copy of a failed attempt is kept
   * @param history how long ended tasks are kept, with their logs
   */
  public record Attempts(
      int max, Duration cancellationInterval, Duration keepFailed, HistoryLimits history) {
    public static final Attempts DEFAULTS = new Attempts(3, Duration.ofSeconds(10), Duration.ZERO);

    /** Attempts with the default history. */
    public Attempts(int max, Duration cancellationInterval, Duration keepFailed) {
      this(max, cancellationInterval, keepFailed, HistoryLimits.DEFAULTS);
    }
  }

  /**
   * Which branches accept a push, and what follows a push.
   *
   * @param defaultBranchAllowed whether tasks may push to the branch that a remote's HEAD points to
   * @param proposals whether and how change requests are opened after a push
   */
  public record PushPolicy(boolean defaultBranchAllowed, Proposals proposals) {
    /** No task may push to a default branch, and no change request is opened. */
    public static final PushPolicy DEFAULTS = new PushPolicy(false, Proposals.NONE);
  }

  /**
   * Whether and how change requests are opened after a push.
   *
   * @param labels the labels of each change request
   * @param reviewers the people who are asked to review each change request
   */
  public record Proposals(Mode mode, List<String> labels, List<String> reviewers) {
    public static final Proposals NONE = new Proposals(Mode.NONE, List.of(), List.of());

    public Proposals {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
    }

    /** The state in which change requests are opened. */
    public enum Mode {
      NONE,
      DRAFT,
      READY
    }
  }

  /**
   * How coding agents are told of their work.
   *
   * @param repairs how often an agent gets failures back, if the plan does not say
   * @param promptFrame the text around a task's words, with the places {@code {task}}, {@code
   *     {rules}}, {@code {tests}} and {@code {earlier}}; the built-in one if empty
   * @param review whether another agent reviews changes; plans and projects may be stricter
   */
  public record AgentPolicy(int repairs, Optional<String> promptFrame, ReviewPolicy review) {
    public static final AgentPolicy DEFAULTS = new AgentPolicy(2, Optional.empty());

    /** A policy without reviews. */
    public AgentPolicy(int repairs, Optional<String> promptFrame) {
      this(repairs, promptFrame, ReviewPolicy.UNSAID);
    }
  }

  /** What to do with the change that a plan made. */
  public enum Delivery {
    /** Test, commit and push it. */
    PUSH,
    /** Test and commit it; do not push. The commit ends with the working copy. */
    KEEP,
    /** Only show it. */
    SHOW
  }
}
