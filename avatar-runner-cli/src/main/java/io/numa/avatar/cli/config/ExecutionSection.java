package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Limits of tasks, steps and tests. */
public record ExecutionSection(
    @Key("Time limit of one step, unless the plan sets one.")
        @Default("10m")
        @Range(least = "100ms", most = "7d")
        Duration stepTimeout,
    @Key("Time limit of the tests, unless the plan sets one.")
        @Default("30m")
        @Range(least = "100ms", most = "7d")
        Duration testTimeout,
    @Key("Whether the tests also run on the base commit, unless the plan sets this.")
        @Default("false")
        Boolean testBaseline,
    @Key(
            "Which failing tests fail a task, unless the plan sets this: `any`, or only"
                + " `new` ones; `new` needs a baseline.")
        @Default("any")
        @Form(value = "any|new", expected = "any or new")
        String testFailOn,
    @Key("Time limit of a whole task, unless the task sets one.")
        @Default("2h")
        @Range(least = "100ms", most = "7d")
        Duration taskTimeout,
    @Key("Time limit of one stage of a task, such as the clone, with all its parts.")
        @Default("2h")
        @Range(least = "100ms", most = "7d")
        Duration stageTimeout,
    @Key("How long a command may print nothing before the avatar ends it.")
        @Default("20m")
        @Range(least = "100ms", most = "7d")
        Duration stallTimeout,
    @Key(
            "How many attempts a task gets if the avatar stops or crashes while it works"
                + " on the task.")
        @Default("3")
        @Range(least = "1", most = "100")
        Integer maxAttempts,
    @Key(
            "Disk space for the log of one attempt. The avatar leaves out the middle of a"
                + " longer log.")
        @Default("256MiB")
        Long logQuota,
    @Key(
            "How often a coding agent gets failures of tests and guards back, unless the plan"
                + " sets this.")
        @Default("2")
        @Range(least = "0", most = "20")
        Integer repairs,
    @Key(
            "What follows if a change weakens the project's tests: `report` tells it, `repair` also"
                + " gives it back to the agent, `fail` then fails the task. Plans and"
                + " repositories may be stricter.")
        @Default("report")
        @Form(value = "report|repair|fail", expected = "report, repair or fail")
        String testDilution,
    @Key(
            "Variables of the avatar's environment that commands may see, in addition to"
                + " the usual ones.")
        @Default("")
        @Form(value = "[A-Za-z_][A-Za-z0-9_]*", expected = "the name of an environment variable")
        List<String> environment,
    @Key("More values, such as `\"${DEPLOY_KEY}\"`, that logs must not show.")
        @Default("")
        @Accepts(Special.SECRET_TEXT)
        List<Secret> secrets) {

  /** The meaning of test failures, unless the plan sets it. */
  public TestPolicy testPolicy() {
    return new TestPolicy(
        Optional.of(testBaseline).filter(wanted -> wanted),
        Optional.of(FailOn.of(testFailOn)),
        RepairPolicy.UNSAID,
        Optional.of(Dilution.of(testDilution)));
  }
}
