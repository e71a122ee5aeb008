package io.numa.avatar.cli.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.numa.avatar.agent.ProgramCodingAgents;
import io.numa.avatar.agent.gateway.LoopbackModelGateway;
import io.numa.avatar.agent.gateway.ModelGateway;
import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.agent.settings.AgentDefinition.Protocol;
import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.cli.config.AgentEntry;
import io.numa.avatar.cli.config.AgentsSection;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.metric.MeasuredProcesses;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.run.budget.AvatarBudget;
import io.numa.avatar.run.budget.BudgetLimits;
import io.numa.avatar.run.notice.NoticeOutbox;
import io.numa.avatar.run.notice.NoticeWriter;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds {@link CodingAgents} to the programs that the configuration names. */
final class AgentModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(Configuration.class);
    requireBinding(Redactor.class);
    requireBinding(Processes.class);
    requireBinding(Metrics.class);
    requireBinding(TimeSource.class);
    requireBinding(Journal.class);
    requireBinding(NoticeOutbox.class);
  }

  @Provides
  @Singleton
  AgentsSettings settings(Configuration configuration, Redactor redactor) {
    return settings(configuration.agents(), redactor);
  }

  @Provides
  @Singleton
  ModelGateway gateway(Redactor redactor, TimeSource time) {
    return new LoopbackModelGateway(redactor, time);
  }

  /** Days begin at midnight in the machine's time zone. */
  @Provides
  @Singleton
  AvatarBudget budget(
      Configuration configuration,
      Journal journal,
      Clock clock,
      NoticeWriter writer,
      NoticeOutbox outbox) {
    return new AvatarBudget(
        limits(configuration.agents().budget()),
        journal,
        clock.withZone(ZoneId.systemDefault()),
        used -> outbox.post(writer.budget(used, clock.instant())));
  }

  @Provides
  @Singleton
  ReplaceableAgents replaceable(
      AgentsSettings settings,
      MeasuredProcesses processes,
      ModelGateway gateway,
      AvatarBudget budget,
      TimeSource time) {
    return new ReplaceableAgents(
        settings, budget, now -> new ProgramCodingAgents(now, processes, gateway, budget, time));
  }

  @Provides
  MeasuredProcesses measured(Processes processes, Metrics metrics) {
    return new MeasuredProcesses(processes, metrics);
  }

  @Provides
  CodingAgents agents(ReplaceableAgents replaceable) {
    return replaceable;
  }

  /**
   * The settings of all agents, the default one first.
   *
   * @param redactor receives the models' keys as they are read
   */
  static AgentsSettings settings(AgentsSection agents, Redactor redactor) {
    return new AgentsSettings(
        agents.inOrder().stream().map(agent -> definition(agent, redactor)).toList(),
        agents.prices().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, price -> price(price.getValue()))),
        agents.record());
  }

  static BudgetLimits limits(AgentsSection.Budget budget) {
    return new BudgetLimits(budget.day(), budget.month());
  }

  private static AgentDefinition definition(AgentEntry agent, Redactor redactor) {
    return new AgentDefinition(
        agent.name(),
        agent.preset(),
        agent.protocol().map(word -> Protocol.valueOf(word.toUpperCase(Locale.ROOT))),
        agent.command(),
        agent.model(),
        Optional.ofNullable(agent.api())
            .flatMap(api -> api.keySource().map(source -> api(api, source, redactor))),
        agent.models(),
        revealed(agent.environment()),
        agent.secrets(),
        Set.copyOf(agent.permissions().deny()),
        agent.trustRepository(),
        agent.concurrency(),
        limits(agent.limits()));
  }

  private static ModelApi api(AgentEntry.Api api, TokenSource source, Redactor redactor) {
    return new ModelApi(api.baseUrl(), () -> read(source, redactor));
  }

  private static Secret read(TokenSource source, Redactor redactor) {
    try {
      Secret key = source.read();
      redactor.add(key);
      return key;
    } catch (PortException e) {
      throw new PortException(
          e.retryable() ? FailureKind.AGENT_UNAVAILABLE : FailureKind.AGENT_LOGIN,
          "could not get the key for the agent's model: " + e.getMessage(),
          e);
    }
  }

  private static Map<String, String> revealed(Map<String, Secret> variables) {
    var plain = new HashMap<String, String>();
    variables.forEach((name, value) -> plain.put(name, value.reveal()));
    return plain;
  }

  private static AgentLimits limits(AgentEntry.Limits limits) {
    return new AgentLimits(
        limits.startup(),
        limits.time(),
        limits.silence(),
        limits.tool(),
        OptionalLong.of(limits.turns()),
        limits.tokens().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        limits.cost());
  }

  private static ModelPrice price(AgentsSection.Price price) {
    return new ModelPrice(
        price.input(),
        price.cached().orElse(price.input()),
        price.cacheWrite().orElse(price.input()),
        price.output());
  }
}
