package io.numa.avatar.port.agent;

import io.numa.avatar.port.sandbox.SandboxSite;
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
 * @param record the file to keep what the agent asks its model and gets back, if the operator wants
 *     that; several sessions of an attempt may append to it
 * @param site where the agent works; without a site, no sandbox holds it
 */
public record AgentRequest(
    String agent,
    Optional<String> model,
    Path directory,
    Path home,
    AttemptId owner,
    Optional<Path> record,
    Optional<SandboxSite> site) {

  /** A request without a file for the record, of an agent that no sandbox holds. */
  public AgentRequest(
      String agent, Optional<String> model, Path directory, Path home, AttemptId owner) {
    this(agent, model, directory, home, owner, Optional.empty(), Optional.empty());
  }
}
