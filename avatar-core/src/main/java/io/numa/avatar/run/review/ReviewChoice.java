package io.numa.avatar.run.review;

import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.CodingAgents;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who reviews a change, and what follows from its findings.
 *
 * @param agent the operator's name for the agent
 */
public record ReviewChoice(String agent, Action action) {

  /**
   * Decides by three policies. The strictest action holds. The operator's agent holds; without one,
   * the plan's, then the repository's, then the first agent that is not the task's own.
   *
   * @param names the agents that there are
   * @param own the agent that works on the task where nothing names another
   * @return empty if none of the policies asks for a review
   * @throws PortException of kind {@code NO_AGENT} if there is no agent of the chosen name
   */
  public static Optional<ReviewChoice> of(Asked asked, List<String> names, Optional<String> own) {
    if (asked.all().noneMatch(ReviewPolicy::isSaid)) {
      return Optional.empty();
    }
    Action action =
        asked
            .all()
            .flatMap(policy -> policy.action().stream())
            .reduce(Action.REPORT, Action::raisedTo);
    String agent =
        asked
            .all()
            .flatMap(policy -> policy.agent().stream())
            .findFirst()
            .orElseGet(() -> other(names, own));
    if (!names.contains(agent)) {
      PortException unknown = CodingAgents.unknown(agent, names);
      throw new PortException(unknown.kind(), "review.agent: " + unknown.getMessage());
    }
    return Optional.of(new ReviewChoice(agent, action));
  }

  /** Another agent than the task's own; that one, in a session of its own, if there is no other. */
  private static String other(List<String> names, Optional<String> own) {
    String worker = own.orElse(names.isEmpty() ? "" : names.get(0));
    return names.stream().filter(name -> !name.equals(worker)).findFirst().orElse(worker);
  }

  /** The policies of the operator, of a task's plan and of its repository. */
  public record Asked(ReviewPolicy operators, ReviewPolicy plans, ReviewPolicy projects) {
    private Stream<ReviewPolicy> all() {
      return Stream.of(operators, plans, projects);
    }

    /** What plan and repository ask for that has no effect, a sentence each. */
    public List<String> ignored() {
      return Stream.of(
              IgnoredWishes.milder(
                  "the plan's review.action", plans.action(), operators.action(), Action::word),
              IgnoredWishes.milder(
                  "the repository's review.action",
                  projects.action(),
                  operators.action(),
                  Action::word),
              otherAgent("the plan's", plans),
              otherAgent("the repository's", projects))
          .flatMap(Optional::stream)
          .toList();
    }

    private Optional<String> otherAgent(String whose, ReviewPolicy policy) {
      return operators
          .agent()
          .filter(agent -> policy.agent().filter(other -> !other.equals(agent)).isPresent())
          .map(
              agent ->
                  String.format(
                      Locale.ROOT,
                      "%s review.agent '%s' has no effect: the configuration names '%s'",
                      whose,
                      policy.agent().orElseThrow(),
                      agent));
    }
  }
}
