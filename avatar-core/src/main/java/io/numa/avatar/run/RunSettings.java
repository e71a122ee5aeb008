package io.numa.avatar.run;

import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How every task of an avatar is carried out.
 *
 * @param workspace where working copies are made; disposable
 * @param logs where each attempt's log is kept, as {@code <task>/<attempt>.log}
 * @param delivery what to do with what a plan has made
 * @param testPolicy what failures of the tests mean where a plan does not say
 * @param attempts how often a task is tried, and what is kept of it
 * @param push where a push may go, and what follows it
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
    PushPolicy push) {

  /** The default settings: any failure of the tests counts, and nothing is proposed. */
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
        PushPolicy.DEFAULTS);
  }

  public RunSettings withLimits(Limits other) {
    return new RunSettings(
        avatar, workspace, logs, other, redactor, guard, delivery, testPolicy, attempts, push);
  }

  public RunSettings withGuard(Guard other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, other, delivery, testPolicy, attempts, push);
  }

  public RunSettings withDelivery(Delivery other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, guard, other, testPolicy, attempts, push);
  }

  public RunSettings withTestPolicy(TestPolicy other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, guard, delivery, other, attempts, push);
  }

  public RunSettings withAttempts(Attempts other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, guard, delivery, testPolicy, other, push);
  }

  public RunSettings withPush(PushPolicy other) {
    return new RunSettings(
        avatar, workspace, logs, limits, redactor, guard, delivery, testPolicy, attempts, other);
  }

  /**
   * Where commits are kept that no remote accepts, see {@link
   * io.numa.avatar.port.repository.LocalCommit}.
   */
  Path rescued() {
    return workspace.toAbsolutePath().resolve("parked.git");
  }

  /**
   * How long things may take where a task or plan does not say.
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

    /** Limits without any for a stage, and for silence, of their own. */
    public Limits(Duration step, Duration tests, Duration task) {
      this(step, tests, task, task, task, LOG);
    }
  }

  /**
   * How attempts are handled.
   *
   * @param max how many a task gets when the avatar is stopped in the midst of them, at least 1
   * @param cancellationInterval between two looks at whether a running task was cancelled
   * @param keepFailed how long the working copy of one that failed is kept
   */
  public record Attempts(int max, Duration cancellationInterval, Duration keepFailed) {
    public static final Attempts DEFAULTS = new Attempts(3, Duration.ofSeconds(10), Duration.ZERO);
  }

  /**
   * Where a push may go, and what follows it.
   *
   * @param defaultBranchAllowed whether tasks may push to the branch that a remote's HEAD points to
   * @param proposals whether and how people are asked to merge what was pushed
   */
  public record PushPolicy(boolean defaultBranchAllowed, Proposals proposals) {
    /** No task pushes to a default branch, and nothing is proposed. */
    public static final PushPolicy DEFAULTS = new PushPolicy(false, Proposals.NONE);
  }

  /**
   * Whether and how change requests are opened for what was pushed.
   *
   * @param labels that each gets
   * @param reviewers who are asked to look at each
   */
  public record Proposals(Mode mode, List<String> labels, List<String> reviewers) {
    public static final Proposals NONE = new Proposals(Mode.NONE, List.of(), List.of());

    public Proposals {
      labels = List.copyOf(labels);
      reviewers = List.copyOf(reviewers);
    }

    /** In what state they are opened. */
    public enum Mode {
      NONE,
      DRAFT,
      READY
    }
  }

  /** What becomes of what a plan has made. */
  public enum Delivery {
    /** It is tested, committed and pushed. */
    PUSH,
    /** It is tested and committed, and stays here. */
    KEEP,
    /** It is shown, and that is all. */
    SHOW
  }
}
