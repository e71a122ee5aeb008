package io.numa.avatar.agent.settings;

import java.util.List;
import java.util.Map;

/**
 * The coding agents of an avatar.
 *
 * @param available the default one first
 * @param prices by the model's name
 * @param record whether requests and answers are kept, redacted and bounded
 */
public record AgentsSettings(
    List<AgentDefinition> available, Map<String, ModelPrice> prices, boolean record) {
  public static final AgentsSettings NONE = new AgentsSettings(List.of(), Map.of(), false);

  public AgentsSettings {
    available = List.copyOf(available);
    prices = Map.copyOf(prices);
  }
}
