package io.numa.avatar.run.agent;

import io.numa.avatar.task.agent.AgentReport;

/**
 * Hears what a coding agent does. While a turn runs, threads of its session call it, one call at a
 * time; otherwise the attempt's thread does.
 */
public interface AgentTold {
  /**
   * Tells that a turn begins. The attempt's thread calls it.
   *
   * @param why why the agent works
   */
  void begins(AgentReport report, String why);

  /**
   * Puts the report into the attempt's statuses, and announces one.
   *
   * @param newest what the agent said or did last
   */
  void announce(AgentReport report, String newest);

  /** Puts the report into the attempt's further statuses. */
  void record(AgentReport report);

  /** Shows what the agent just said or did. Called often. */
  void show(AgentReport report, String newest);
}
