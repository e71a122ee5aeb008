package io.numa.avatar.metric;

import java.util.List;
import java.util.Locale;

/**
 * What is counted and measured. The names are those of Prometheus without the prefix and without
 * the endings {@code _total} and {@code _seconds}, which come from the kind.
 */
public enum Metric {
  TASK_QUEUE(Kind.TIME, "From a task's message to its begin"),
  POLLS(
      Kind.COUNT,
      "Polls for messages: with new ones, without, refused, failed",
      Label.of("result", "messages", "none", "refused", "failed")),
  API_REQUESTS(
      Kind.COUNT,
      "Requests to the backend by route and status; 'none' without an answer",
      Label.open("route"),
      Label.open("code")),
  API_REQUEST(Kind.TIME, "How long the backend's answers took", Label.open("route")),
  API_RETRIES(
      Kind.COUNT,
      "Repeated requests to the backend by why the one before failed",
      Label.open("route"),
      Label.open("cause")),
  BREAKER_OPEN(
      Kind.LEVEL,
      "1 while a group of endpoints is not called, as calls failed one after the other",
      Label.open("group")),
  LOG_BYTES(
      Kind.COUNT,
      "Bytes of logs: written, delivered to the backend, refused by it",
      Label.of("state", "written", "delivered", "refused")),
  LEASE_RENEWALS(
      Kind.COUNT,
      "Renewals of leases by what the backend said",
      Label.of("result", "renewed", "taken", "refused", "failed")),
  LEASES_LOST(Kind.COUNT, "Attempts that were stopped, as the task was not theirs any more"),
  GIT_OPERATION(
      Kind.TIME,
      "How long operations on repositories took; a checkout has its fetch",
      Label.of(
          "op",
          "checkout",
          "fetch",
          "commit",
          "push",
          "replay",
          "rescue",
          "find_pushed",
          "default_branch")),
  GIT_BYTES(
      Kind.COUNT,
      "Bytes exchanged with Git servers, over HTTP and SSH, without headers",
      Label.of("direction", "received", "sent")),
  PUSH_CONFLICTS(
      Kind.COUNT,
      "Pushes to a branch that had moved, by what became of the commit",
      Label.of("result", "replayed", "landed", "conflict", "failed")),
  AGENT_TURNS(
      Kind.COUNT,
      "Turns of coding agents by how they ended",
      Label.open("agent"),
      Label.open("stop")),
  AGENT_TOKENS(
      Kind.COUNT,
      "Tokens of coding agents: of prompts, and of answers",
      Label.open("agent"),
      Label.of("direction", "input", "output")),
  AGENT_COST(
      Kind.COUNT,
      "What coding agents cost, in the currency of the configured prices",
      Label.open("agent")),
  PROCESSES_ENDED(
      Kind.COUNT,
      "Commands of steps and tests, and programs of coding agents, by how they ended",
      Label.of(
          "how",
          "succeeded",
          "failed",
          "timed_out",
          "stalled",
          "over_limit",
          "interrupted",
          "not_started",
          "ended")),
  REDACTIONS(Kind.COUNT, "Places in logs, statuses and messages where a secret was masked"),
  DISK_USED(
      Kind.LEVEL,
      "bytes",
      "Disk space as it was measured last: logs every hour, caches after tasks",
      Label.of("what", "logs", "repositories", "sandbox_homes", "journal")),
  RECLAIMED_BYTES(Kind.COUNT, "Bytes of old logs and caches that were removed to make room"),
  CLOCK_OFFSET(
      Kind.LEVEL,
      "seconds",
      "How far the backend's clock is ahead of this machine's, exact to about a second");

  /** What the values of a metric are. */
  public enum Kind {
    /** A number that only grows. */
    COUNT,
    /** How often something was done, and how long that took in all. */
    TIME,
    /** A number that goes up and down. */
    LEVEL
  }

  /**
   * A label.
   *
   * @param values all that it can have; empty for one whose values are known only when it is used,
   *     and are few all the same
   */
  public record Label(String name, List<String> values) {
    public Label {
      values = List.copyOf(values);
    }

    static Label of(String name, String... values) {
      return new Label(name, List.of(values));
    }

    static Label open(String name) {
      return new Label(name, List.of());
    }
  }

  private final Kind kind;
  private final String unit;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Label> labels;

  Metric(Kind kind, String help, Label... labels) {
    this(kind, "", help, labels);
  }

  Metric(Kind kind, String unit, String help, Label... labels) {
    this.kind = kind;
    this.unit = unit;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /** The name in lower case, with the unit of a level if it has one. */
  public String word() {
    String word = name().toLowerCase(Locale.ROOT);
    return unit.isEmpty() ? word : word + "_" + unit;
  }

  /** A sentence for people. */
  public String help() {
    return help;
  }

  public List<Label> labels() {
    return labels;
  }
}
