package io.numa.avatar.run.agent;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.SpendingJournal;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the agents of an attempt work, and who hears of it.
 *
 * @param copy the working copy whose tree they change
 * @param sandboxes tells where that is
 * @param largestFile how many bytes a changed file may have
 * @param home an absolute path below which agents have their HOMEs; outside of the tree
 * @param record the file for what agents ask their models and get back
 * @param told hears of the agents that change the tree
 * @param reviews hears of the agents that review a change
 * @param inbox what people tell the agents that change the tree
 */
public record AgentSite(
    CodingAgents agents,
    Attempt attempt,
    WorkingCopy copy,
    AttemptSandboxes sandboxes,
    long largestFile,
    Path home,
    Path record,
    RunLog log,
    SpendingJournal journal,
    TimeSource time,
    AgentTold told,
    AgentTold reviews,
    AgentInbox inbox) {

  /** Stages the tree; empty if it holds what must not be committed. */
  Optional<StagedChange> staged() {
    try {
      return Optional.of(copy.stage(ChangedPaths.ANYWHERE, largestFile));
    } catch (PortException e) {
      if (e.kind() != FailureKind.DENIED) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
