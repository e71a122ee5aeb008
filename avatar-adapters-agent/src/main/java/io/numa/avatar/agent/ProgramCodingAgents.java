package io.numa.avatar.agent;

import static java.util.stream.Collectors.toMap;

import io.numa.avatar.agent.acp.AcpAgent;
import io.numa.avatar.agent.command.CommandSession;
import io.numa.avatar.agent.gateway.GatewayRequest;
import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.agent.gateway.ModelGateway;
import io.numa.avatar.agent.launch.Launch;
import io.numa.avatar.agent.launch.Launcher;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.time.TimeSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Coding agents that are programs of this machine. */
public final class ProgramCodingAgents implements CodingAgents {
  private final AgentsSettings settings;
  private final Processes processes;
  private final ModelGateway gateway;
  private final ModelBudget budget;
  private final TimeSource time;
  private final Map<String, AgentPlace> places;

  /** Agents whose spending no budget bounds, beside the limits of each. */
  public ProgramCodingAgents(
      AgentsSettings settings, Processes processes, ModelGateway gateway, TimeSource time) {
    this(settings, processes, gateway, ModelBudget.NONE, time);
  }

  /**
   * @param budget bounds what all of them spend
   */
  public ProgramCodingAgents(
      AgentsSettings settings,
      Processes processes,
      ModelGateway gateway,
      ModelBudget budget,
      TimeSource time) {
    this.settings = settings;
    this.processes = processes;
    this.gateway = gateway;
    this.budget = budget;
    this.time = time;
    this.places =
        settings.available().stream()
            .collect(
                toMap(
                    AgentDefinition::name,
                    definition -> new AgentPlace(definition, time),
                    (first, second) -> first,
                    LinkedHashMap::new));
  }

  @Override
  public List<String> names() {
    return List.copyOf(places.keySet());
  }

  @Override
  public AgentLimits limits(String agent) {
    return place(agent).definition().limits();
  }

  @Override
  public Optional<Instant> outUntil(String agent) {
    return place(agent).outages().until();
  }

  @Override
  public boolean isFree(String agent) {
    return place(agent).isFree();
  }

  @Override
  public Optional<UsedBudget> usedBudget() {
    return budget.usedUp();
  }

  @Override
  public AgentSession open(AgentRequest request, AgentEvents events) throws InterruptedException {
    AgentPlace place = place(request.agent());
    place.take();
    AgentSession session = null;
    try {
      session = open(place, request, events);
    } catch (PortException e) {
      place.failed(e.kind(), e.getMessage());
      throw e;
    } finally {
      if (session == null) {
        place.free();
      }
    }
    return session;
  }

  private AgentSession open(AgentPlace place, AgentRequest request, AgentEvents events)
      throws InterruptedException {
    AgentDefinition agent = place.definition();
    Launcher.checkModel(agent, request);
    var conversation = new Conversation(events, time);
    Optional<GatewaySession> way = openGateway(agent, request, conversation);
    AgentSession session = null;
    try {
      Launch launch = new Launcher(processes).prepare(agent, request, way);
      session = start(launch, conversation);
    } finally {
      if (session == null) {
        way.ifPresent(GatewaySession::close);
      }
    }
    return new PlacedSession(session, place, way);
  }

  private Optional<GatewaySession> openGateway(
      AgentDefinition agent, AgentRequest request, Conversation conversation) {
    return agent
        .api()
        .map(
            api -> {
              var session =
                  gateway.open(
                      new GatewayRequest(
                          api,
                          Launcher.models(agent),
                          settings.prices(),
                          request.record().filter(file -> settings.record()),
                          budget,
                          payer(request)),
                      conversation);
              conversation.use(session);
              return session;
            });
  }

  private static Payer payer(AgentRequest request) {
    return new Payer(
        request.agent(), request.site().map(site -> site.repository().value()).orElse(""));
  }

  private AgentSession start(Launch launch, Conversation conversation) throws InterruptedException {
    return switch (launch.agent().protocol().orElse(launch.preset().protocol())) {
      case ACP -> AcpAgent.open(launch, conversation, processes, time);
      case COMMAND -> new CommandSession(launch, conversation, processes);
    };
  }

  private AgentPlace place(String agent) {
    return Optional.ofNullable(places.get(agent))
        .orElseThrow(() -> CodingAgents.unknown(agent, names()));
  }
}
