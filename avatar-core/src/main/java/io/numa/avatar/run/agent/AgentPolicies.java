package io.numa.avatar.run.agent;

import java.util.Optional;

/**
 * Who works on a task, and how often.
 *
 * @param agent the operator's name for the agent of steps that name none
 * @param repairAgent the agent that repairs what steps without an agent broke
 * @param repairs how often agents get failures back, in all
 * @param allowEmpty whether an agent may leave the tree as it was
 */
public record AgentPolicies(
    String agent, Optional<String> repairAgent, int repairs, boolean allowEmpty) {}
