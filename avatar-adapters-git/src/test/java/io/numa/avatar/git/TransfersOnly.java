package io.numa.avatar.git;

import io.numa.avatar.testkit.contract.CheckoutContract;
import io.numa.avatar.testkit.contract.PushContract;
import io.numa.avatar.testkit.contract.UpstreamCommitContract;
import java.lang.reflect.Method;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs the tests of the contract that are about fetching and pushing. The others, such as those of
 * replays, work on what has arrived, and {@link JGitRepositoryOverHttpTest} runs them. {@code
 * -Psoak} runs all.
 */
final class TransfersOnly implements ExecutionCondition {
  private static final Set<Class<?>> TRANSFERS =
      Set.of(CheckoutContract.class, PushContract.class, UpstreamCommitContract.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean runs =
        Boolean.getBoolean("soak")
            || context.getTestMethod().map(TransfersOnly::transfers).orElse(true);
    return runs
        ? ConditionEvaluationResult.enabled("is about a transfer, or all are to run")
        : ConditionEvaluationResult.disabled(
            "is shown over HTTP; -Psoak runs it over each way to a server");
  }

  private static boolean transfers(Method test) {
    Class<?> place = test.getDeclaringClass();
    return !place.isInterface() || TRANSFERS.contains(place);
  }
}
