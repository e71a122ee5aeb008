package io.numa.avatar.task.agent;

import java.time.Duration;
import java.util.Optional;

/**
 * What a coding agent did for a task, over all sessions of an attempt.
 *
 * @param name the operator's name for the agent
 * @param version as the agent's program tells it
 * @param model the model that it was told to use
 * @param session the end of its session's id; a whole id works like a password
 * @param usage of this attempt and of earlier attempts at the task
 * @param time how long its turns took together, in this attempt and in earlier ones
 * @param repairs how often it got failures back
 * @param stop why its last turn ended, in a word; empty while it works
 * @param summary its last message, at most {@value #MAX_SUMMARY} characters
 * @param steering what people have told it, if they have
 */
public record AgentReport(
    String name,
    Optional<String> version,
    Optional<String> model,
    Optional<String> session,
    AgentUsage usage,
    Duration time,
    int repairs,
    Optional<String> stop,
    Optional<String> summary,
    Optional<SteeringReport> steering) {
  public static final int MAX_SUMMARY = 4_000;

  /** A report on an agent that people have told nothing. */
  public AgentReport(
      String name,
      Optional<String> version,
      Optional<String> model,
      Optional<String> session,
      AgentUsage usage,
      Duration time,
      int repairs,
      Optional<String> stop,
      Optional<String> summary) {
    this(name, version, model, session, usage, time, repairs, stop, summary, Optional.empty());
  }

  public AgentReport withUsage(AgentUsage newUsage) {
    return new AgentReport(
        name, version, model, session, newUsage, time, repairs, stop, summary, steering);
  }

  public AgentReport withTime(Duration newTime) {
    return new AgentReport(
        name, version, model, session, usage, newTime, repairs, stop, summary, steering);
  }

  public AgentReport withRepairs(int count) {
    return new AgentReport(
        name, version, model, session, usage, time, count, stop, summary, steering);
  }

  /** A copy that tells the end of a turn. */
  public AgentReport withEnd(String word, Optional<String> lastMessage) {
    return new AgentReport(
        name,
        version,
        model,
        session,
        usage,
        time,
        repairs,
        Optional.of(word),
        lastMessage,
        steering);
  }

  public AgentReport withSteering(Optional<SteeringReport> report) {
    return new AgentReport(
        name, version, model, session, usage, time, repairs, stop, summary, report);
  }
}
