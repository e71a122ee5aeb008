package io.numa.avatar.agent.gateway;

import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.agent.settings.ModelPrice;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a session may ask of its model.
 *
 * @param models the models that are let through; every one if empty
 * @param prices by the model's name
 * @param record the file that keeps requests and answers, if they are kept
 */
public record GatewayRequest(
    ModelApi api, Set<String> models, Map<String, ModelPrice> prices, Optional<Path> record) {
  public GatewayRequest {
    models = Set.copyOf(models);
    prices = Map.copyOf(prices);
  }
}
