package io.numa.avatar.agent;

import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.contract.CodingAgentsContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The test agent, as a program that speaks the protocol. */
@Execution(ExecutionMode.CONCURRENT)
final class ProgramCodingAgentsContractTest extends CodingAgentsContract {
  @TempDir private Path own;

  private Path script;
  private CodingAgents agents;

  @BeforeEach
  void setUpAgent() {
    script = own.resolve("agent.script");
    script(List.of());
    agents =
        new AgentWorld(own, new PlainProcesses())
            .agents(AgentWorld.definition(Protocol.ACP, TestAgent.command(script, "--steerable")));
  }

  @Override
  protected CodingAgents agents() {
    return agents;
  }

  @Override
  protected String agent() {
    return "tester";
  }

  @Override
  protected boolean takesMessages() {
    return true;
  }

  @Override
  protected void script(List<List<AgentAction>> turns) {
    try {
      Files.writeString(script, TestAgent.script(turns));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
