package io.numa.avatar.benchmarks.agents;

import io.numa.avatar.agent.ProgramCodingAgents;
import io.numa.avatar.agent.gateway.LoopbackModelGateway;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.testkit.model.ModelServer;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The avatar's own way: the process and all that it starts are contained, requests to the model go
 * through the gateway, and what the agent says and does goes into a log, without secrets.
 */
final class ByAvatar implements Contender {
  private static final String NAME = "tester";
  private static final long QUOTA = 256L << 20;
  private static final int MANY = 256;

  private final Site site;
  private final CodingAgents agents;
  private final Redactor redactor = Redactor.of(List.of(new Secret(Site.KEY)));

  ByAvatar(Site site, List<String> command) {
    this.site = site;
    var agent =
        new AgentDefinition(
            NAME,
            Optional.of("qwen"),
            Optional.empty(),
            command,
            Optional.of(ModelServer.MODEL),
            Optional.of(new ModelApi(site.baseUrl(), () -> new Secret(Site.KEY))),
            List.of(),
            Map.of(),
            Map.of(),
            Set.of(),
            false,
            MANY,
            AgentLimits.DEFAULTS);
    this.agents =
        new ProgramCodingAgents(
            new AgentsSettings(List.of(agent), Map.of(), false),
            new LocalCommandRunner(ProcessSettings.defaults(System.getenv())).processes(),
            new LoopbackModelGateway(redactor, TimeSource.SYSTEM),
            TimeSource.SYSTEM);
  }

  @Override
  public Lived live() throws IOException, InterruptedException {
    Path tree = site.tree();
    Path log = tree.resolveSibling(tree.getFileName() + ".log");
    try (var lines = RunLog.open(log, 0, QUOTA, redactor, Clock.systemUTC(), echo -> {})) {
      var request =
          new AgentRequest(
              NAME,
              Optional.empty(),
              tree,
              tree.resolveSibling(tree.getFileName() + ".home"),
              AttemptId.random());
      long begin = System.nanoTime();
      try (AgentSession session = agents.open(request, new Logged(lines))) {
        long ready = System.nanoTime();
        AgentTurn turn = session.prompt("Go", AgentLimits.DEFAULTS);
        long done = System.nanoTime();
        if (!(turn instanceof AgentTurn.Completed)) {
          throw new IOException("the turn did not end well: " + turn);
        }
        session.close();
        return new Lived(ready - begin, done - ready, System.nanoTime() - done);
      }
    }
  }

  private record Logged(RunLog log) implements AgentEvents {
    @Override
    public void said(String text) {
      log.say(Stage.DEVELOP, text);
    }

    @Override
    public void tool(AgentTool tool) {
      log.say(Stage.DEVELOP, tool.title() + tool.result().map(result -> "\n" + result).orElse(""));
    }
  }
}
