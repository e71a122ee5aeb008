package io.numa.avatar.agent.turn;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a turn: its time, its silence, which counts only while no tool is open, and the
 * silence of each open tool. A tool that says nothing lives as long as its processes compute.
 */
final class TurnClock {
  /** How often in a tool's limit its processes are looked at. */
  private static final int SAMPLES = 4;

  /** An agent that only waits for its tool uses less than this part of a processor. */
  private static final int BUSY_PERCENT = 1;

  /** Or less than this in a short time, in which a few moments are a large part. */
  private static final Duration BUSY = Duration.ofMillis(50);

  private static final int PERCENT = 100;
  private static final int WARNING_PERCENT = 80;

  private final AgentLimits limits;
  private final TimeSource time;
  private final Supplier<Duration> processorTime;
  private final Map<String, OpenTool> open = new LinkedHashMap<>();
  private final long start;
  private long lastSign;

  /** The processor time at the first look after the tools showed a sign of life. */
  private @Nullable Sample sample;

  private long lastLook;
  private boolean warned;

  /** An open tool, and when it showed a sign of life. */
  private record OpenTool(String title, long lastSign) {}

  /** The processor time at a moment. */
  private record Sample(long at, Duration processorTime) {}

  TurnClock(AgentLimits limits, TimeSource time, Supplier<Duration> processorTime) {
    this.limits = limits;
    this.time = time;
    this.processorTime = processorTime;
    this.start = time.nanoTime();
    this.lastSign = start;
    this.lastLook = start;
  }

  /** The agent sent something. */
  void sign() {
    lastSign = time.nanoTime();
  }

  /** The agent sent something about a tool. */
  void sign(AgentTool tool) {
    sign();
    if (tool.state() != AgentTool.State.RUNNING) {
      open.remove(tool.id());
      return;
    }
    if (open.isEmpty()) {
      // Most tools end before the first look, which is not for free.
      sample = null;
      lastLook = lastSign;
    }
    open.put(tool.id(), new OpenTool(tool.title(), lastSign));
  }

  /** Whether most of the time is used up; true once. */
  boolean warns() {
    boolean now = !warned && past(start, part(limits.time(), WARNING_PERCENT));
    warned |= now;
    return now;
  }

  /** The limit that has been reached. */
  Optional<Ending> reached() {
    if (past(start, limits.time())) {
      return Optional.of(
          Ending.limit(AgentLimit.TIME, "it did not end within " + Durations.text(limits.time())));
    }
    return open.isEmpty() ? silent() : hanging();
  }

  /** How long until a limit can be reached, if nothing happens. */
  Duration untilNext() {
    Stream<Duration> others =
        open.isEmpty()
            ? Stream.of(left(lastSign, limits.silence()))
            : Stream.concat(
                open.values().stream().map(tool -> left(tool.lastSign(), limits.tool())),
                Stream.of(left(lastLook, limits.tool().dividedBy(SAMPLES))));
    return Stream.concat(
            others,
            Stream.of(
                left(start, limits.time()),
                left(start, warned ? limits.time() : part(limits.time(), WARNING_PERCENT))))
        .min(naturalOrder())
        .map(next -> next.plusMillis(1))
        .orElseThrow();
  }

  private Optional<Ending> silent() {
    return past(lastSign, limits.silence())
        ? Optional.of(
            Ending.limit(
                AgentLimit.SILENCE, "it sent nothing for " + Durations.text(limits.silence())))
        : Optional.empty();
  }

  private Optional<Ending> hanging() {
    if (past(lastLook, limits.tool().dividedBy(SAMPLES))) {
      look();
    }
    return open.values().stream()
        .min(comparing(OpenTool::lastSign))
        .filter(oldest -> past(oldest.lastSign(), limits.tool()))
        .map(
            oldest ->
                Ending.limit(
                    AgentLimit.TOOL,
                    String.format(
                        Locale.ROOT,
                        "its tool '%s' showed no sign of life for %s",
                        oldest.title(),
                        Durations.text(limits.tool()))));
  }

  /** Looks at the processes: they live if they computed since an earlier look. */
  private void look() {
    lastLook = time.nanoTime();
    var now = new Sample(lastLook, processorTime.get());
    Sample before = sample;
    if (before == null) {
      sample = now;
    } else if (computed(before, now)) {
      sample = now;
      open.replaceAll((id, tool) -> new OpenTool(tool.title(), now.at()));
    }
  }

  private static boolean computed(Sample before, Sample now) {
    Duration used = now.processorTime().minus(before.processorTime());
    Duration idle = part(Duration.ofNanos(now.at() - before.at()), BUSY_PERCENT);
    return used.compareTo(idle) > 0 && used.compareTo(BUSY) > 0;
  }

  private static Duration part(Duration whole, int percent) {
    return whole.multipliedBy(percent).dividedBy(PERCENT);
  }

  private boolean past(long moment, Duration limit) {
    return time.since(moment).compareTo(limit) >= 0;
  }

  private Duration left(long moment, Duration limit) {
    Duration left = limit.minus(time.since(moment));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
