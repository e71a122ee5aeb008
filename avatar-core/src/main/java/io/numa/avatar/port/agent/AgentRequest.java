package io.numa.avatar.port.agent;

import io.numa.avatar.task.AttemptId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a session is opened for.
 *
 * @param agent the operator's name for the agent
 * @param model the model to use instead of the configured one
 * @param directory the working tree, an absolute path
 * @param home an absolute path for the agent's HOME: created if it is missing, private to the
 *     attempt, outside of the tree. The session leaves it in place when it is closed.
 * @param owner the attempt; it identifies the processes that the agent starts
 */
public record AgentRequest(
    String agent, Optional<String> model, Path directory, Path home, AttemptId owner) {}
