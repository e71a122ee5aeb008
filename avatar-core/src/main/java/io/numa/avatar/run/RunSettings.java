package io.numa.avatar.run;

import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.task.AvatarId;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What holds for every task of an avatar.
 *
 * @param workspace where working copies are made; disposable
 * @param logs where each attempt's log is kept, as {@code <task>/<attempt>.log}
 * @param delivery what to do with what a plan has made
 * @param testPolicy what failures of the tests mean where a plan does not say
 */
public record RunSettings(
    AvatarId avatar,
    Path workspace,
    Path logs,
    Limits limits,
    Redactor redactor,
    Guard guard,
    Delivery delivery,
    TestPolicy testPolicy) {

  /** Settings by which any failure of the tests counts. */
  public RunSettings(
      AvatarId avatar,
      Path workspace,
      Path logs,
      Limits limits,
      Redactor redactor,
      Guard guard,
      Delivery delivery) {
    this(avatar, workspace, logs, limits, redactor, guard, delivery, TestPolicy.UNSAID);
  }

  /**
   * How long things may take where a task or plan does not say.
   *
   * @param step one command of a plan
   * @param tests the project's tests
   * @param task a task from its claim to its push
   */
  public record Limits(Duration step, Duration tests, Duration task) {
    public static final Limits DEFAULTS =
        new Limits(Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofHours(2));
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
