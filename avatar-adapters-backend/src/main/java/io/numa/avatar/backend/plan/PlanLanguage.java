package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The plan as a whole, as tables; its steps are in {@link Verbs}. */
final class PlanLanguage {
  private static final Key<Integer> VERSION =
      Key.required(
          "version",
          ValueType.of(
              "1",
              Schemas.type("integer").put("const", 1),
              PlanLanguage::isOne,
              JsonNode::intValue),
          "The version of the language of plans: 1.");
  static final Key<List<PlannedStep>> STEPS =
      Key.required(
          "steps", StepReader.STEPS, "What to do, in this order; all of it or nothing is pushed.");

  private static final Key<String> MESSAGE =
      Key.optional(
          "message",
          Values.WORDS,
          "The commit's message, without trailers. Default: the task's, or one made of its title.");
  static final List<Key<?>> COMMIT_KEYS = List.of(MESSAGE);
  private static final Key<Mapping> COMMIT =
      Key.optional("commit", mapping("commit", COMMIT_KEYS), "The commit that the steps become.");

  static final Key<TestCommand> TEST_COMMAND =
      Key.optional(
          "command",
          Commands.TEST_COMMAND,
          "A line for the shell, a list of a program and its arguments, or empty for no"
              + " tests. Default: the task's, the repository's, or found by its files.");
  private static final Key<Duration> TEST_TIMEOUT =
      Key.optional(
          "timeout",
          Values.TIMEOUT,
          "How long the tests may take: seconds, or text like 90s, 5m, 2h. Default:"
              + " the configuration's.");
  private static final Key<Boolean> TEST_BASELINE =
      Key.optional(
          "baseline",
          Values.FLAG,
          "Whether the tests also run on the base commit, to tell new failures from old ones."
              + " Default: the configuration's.");
  private static final Key<String> TEST_FAIL_ON =
      Key.optional(
          "fail_on",
          Values.oneOf("any", "new"),
          "Which failures fail the task: any, or only those that the base commit has not."
              + " Default: the configuration's.");
  static final List<Key<?>> TEST_KEYS =
      List.of(TEST_COMMAND, TEST_TIMEOUT, TEST_BASELINE, TEST_FAIL_ON);
  private static final Key<Mapping> TEST =
      Key.optional("test", mapping("test", TEST_KEYS), "How the changed tree is tested.");

  private static final Key<Boolean> ALLOW_EMPTY =
      Key.optional(
          "allow_empty",
          Values.FLAG,
          "Whether leaving the tree as it was is a success. Default: false.");

  static final List<Key<?>> KEYS = List.of(VERSION, STEPS, COMMIT, TEST, ALLOW_EMPTY);

  private PlanLanguage() {}

  /** Reads a plan; empty if a rule is broken, which is noted at {@code place} then. */
  static Optional<DevelopmentPlan> read(JsonNode node, Place place) {
    Mapping plan = Mapping.read("plan", KEYS, node, place);
    return place.problems().isEmpty() ? Optional.of(build(plan)) : Optional.empty();
  }

  /** What {@link #read} takes. */
  static ObjectNode schema() {
    return Schemas.mapping(KEYS);
  }

  private static DevelopmentPlan build(Mapping plan) {
    Optional<Mapping> test = plan.find(TEST);
    return new DevelopmentPlan(
        plan.get(STEPS),
        plan.find(COMMIT).flatMap(commit -> commit.find(MESSAGE)),
        test.flatMap(settings -> settings.find(TEST_COMMAND)),
        test.flatMap(settings -> settings.find(TEST_TIMEOUT)),
        plan.is(ALLOW_EMPTY),
        new TestPolicy(
            test.flatMap(settings -> settings.find(TEST_BASELINE)),
            test.flatMap(settings -> settings.find(TEST_FAIL_ON)).map(FailOn::of)));
  }

  private static boolean isOne(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == 1;
  }

  private static ValueType<Mapping> mapping(String name, List<Key<?>> keys) {
    return new ValueType<>(
        Schemas.mapping(keys), (node, place) -> Optional.of(Mapping.read(name, keys, node, place)));
  }
}
