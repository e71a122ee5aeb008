package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.Duration;

/**
 * What a coding agent has spent in one step of an attempt so far.
 *
 * @param step the step's number; 0 for repairs of a plan that has no step for an agent
 * @param agent the operator's name for the agent
 * @param time how long its turns took together
 */
public record AgentSpending(
    AttemptId attempt, int step, String agent, AgentUsage usage, Duration time) {}
