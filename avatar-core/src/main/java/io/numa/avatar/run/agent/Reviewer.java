package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.agent.AgentUsage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Has an agent look at a change in a folder that it can only read, within the task's budget. Its
 * session is another one than that of the agent that made the change, even of the same agent. Used
 * by the attempt's thread only.
 */
public final class Reviewer {
  private final AgentTurns turns;
  private AgentUsage usage = AgentUsage.NONE;

  /**
   * @param agents the agents of the attempt, whose sessions end before a review begins: one attempt
   *     never has places of two agents
   */
  public Reviewer(AgentWork agents) {
    this.turns = agents.turns();
  }

  /**
   * Asks the agent, and returns its answer.
   *
   * @param folder what it reviews, an absolute path
   * @param why why it is asked, for people
   * @throws StageFailedException with the kind for the end of its turn, if it did not end normally,
   *     or of kind {@code AGENT_BUDGET} if it may not work any more
   */
  public AgentTurn ask(String agent, Path folder, String text, String why)
      throws StageFailedException, InterruptedException {
    AgentTurns.Ready ready = turns.ready(assignee(agent, folder), why);
    AgentTurn turn = turns.run(ready, new AgentTurns.Brief(text, why, Optional.empty(), 0));
    usage = usage.plus(turn.usage());
    turns.requireEnd(turn);
    return turn;
  }

  /** What its turns have used. */
  public AgentUsage usage() {
    return usage;
  }

  /** Whether the agent, asked again, still knows what it was asked before. */
  public boolean remembers(String agent, Path folder) {
    return turns.remembers(assignee(agent, folder));
  }

  /** Ends the session, so that others can have the agent's place. */
  public void end() {
    turns.close();
  }

  private static AgentTurns.Assignee assignee(String agent, Path folder) {
    return new AgentTurns.Assignee(
        agent, Optional.empty(), AgentSpending.REVIEW, AgentBounds.NONE, Optional.of(folder));
  }
}
