package io.numa.avatar.testkit.agent;

import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.testkit.contract.CodingAgentsContract;
import java.util.List;

class ScriptedCodingAgentTest extends CodingAgentsContract {
  private final ScriptedCodingAgent agents =
      new ScriptedCodingAgent("scripted", "other").steerable();

  @Override
  protected CodingAgents agents() {
    return agents;
  }

  @Override
  protected String agent() {
    return "scripted";
  }

  @Override
  protected boolean takesMessages() {
    return true;
  }

  @Override
  protected void script(List<List<AgentAction>> turns) {
    turns.forEach(turn -> agents.turn(turn.toArray(AgentAction[]::new)));
  }
}
