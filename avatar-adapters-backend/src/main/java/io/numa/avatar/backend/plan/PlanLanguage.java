package io.numa.avatar.backend.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.TestCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The plan as a whole, as tables; its steps are in {@link Verbs}. */
final class PlanLanguage {
  private static final Key<Integer> VERSION =
      Key.required("version", ValueType.of("1", PlanLanguage::isOne, JsonNode::intValue));
  static final Key<List<PlannedStep>> STEPS = Key.required("steps", StepReader::readAll);

  private static final Key<String> MESSAGE = Key.optional("message", Values.WORDS);
  private static final Key<Mapping> COMMIT = Key.optional("commit", mapping("commit", MESSAGE));

  static final Key<TestCommand> TEST_COMMAND = Key.optional("command", Values.TEST_COMMAND);
  private static final Key<Duration> TEST_TIMEOUT = Key.optional("timeout", Values.TIMEOUT);
  private static final Key<Mapping> TEST =
      Key.optional("test", mapping("test", TEST_COMMAND, TEST_TIMEOUT));

  private static final Key<Boolean> ALLOW_EMPTY = Key.optional("allow_empty", Values.FLAG);

  private static final List<Key<?>> KEYS = List.of(VERSION, STEPS, COMMIT, TEST, ALLOW_EMPTY);

  private PlanLanguage() {}

  /** Reads a plan; empty if a rule is broken, which is noted at {@code place} then. */
  static Optional<DevelopmentPlan> read(JsonNode node, Place place) {
    Mapping plan = Mapping.read("plan", KEYS, node, place);
    return place.problems().isEmpty() ? Optional.of(build(plan)) : Optional.empty();
  }

  private static DevelopmentPlan build(Mapping plan) {
    Optional<Mapping> test = plan.find(TEST);
    return new DevelopmentPlan(
        plan.get(STEPS),
        plan.find(COMMIT).flatMap(commit -> commit.find(MESSAGE)),
        test.flatMap(settings -> settings.find(TEST_COMMAND)),
        test.flatMap(settings -> settings.find(TEST_TIMEOUT)),
        plan.is(ALLOW_EMPTY));
  }

  private static boolean isOne(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == 1;
  }

  private static ValueType<Mapping> mapping(String name, Key<?>... keys) {
    return (node, place) -> Optional.of(Mapping.read(name, List.of(keys), node, place));
  }
}
