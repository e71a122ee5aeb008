package io.numa.avatar.run.review;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.time.Durations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sentences about what a plan or repository asks for that has no effect: a policy milder than the
 * operator's, or a limit over the operator's.
 */
public final class IgnoredWishes {
  private IgnoredWishes() {}

  /**
   * The sentence for a policy; empty if it is not milder.
   *
   * @param where whose policy it is, and its key
   */
  public static <P extends Enum<P>> Optional<String> milder(
      String where, Optional<P> asked, Optional<P> configured, Function<P, String> word) {
    boolean milder =
        asked.isPresent() && configured.isPresent() && asked.get().compareTo(configured.get()) < 0;
    return milder
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s '%s' has no effect: it is milder than the configured '%s'",
                where,
                word.apply(asked.get()),
                word.apply(configured.get())))
        : Optional.empty();
  }

  /**
   * The sentences for the bounds of a step that are over the operator's limits.
   *
   * @param step names the step
   */
  public static List<String> raised(String step, AgentBounds bounds, AgentLimits limits) {
    return Stream.of(
            bounds
                .time()
                .filter(asked -> asked.compareTo(limits.time()) > 0)
                .map(
                    asked ->
                        raised(
                            step, "timeout", Durations.text(asked), Durations.text(limits.time()))),
            raised(step, "turns", bounds.turns(), limits.turns()),
            raised(step, "tokens", bounds.tokens(), limits.tokens()),
            bounds
                .cost()
                .filter(
                    asked -> limits.cost().filter(most -> asked.compareTo(most) > 0).isPresent())
                .map(asked -> raised(step, "cost", asked, limits.cost().orElseThrow())))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> raised(
      String step, String key, OptionalLong asked, OptionalLong limit) {
    boolean over = asked.isPresent() && limit.isPresent() && asked.getAsLong() > limit.getAsLong();
    return over
        ? Optional.of(raised(step, key, asked.getAsLong(), limit.getAsLong()))
        : Optional.empty();
  }

  private static String raised(String step, String key, Object asked, Object limit) {
    return String.format(
        Locale.ROOT,
        "%s: '%s' of %s has no effect: the operator's limit is %s",
        step,
        key,
        asked,
        limit);
  }
}
