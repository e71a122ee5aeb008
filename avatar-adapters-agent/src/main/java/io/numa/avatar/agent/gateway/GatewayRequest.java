package io.numa.avatar.agent.gateway;

import io.numa.avatar.agent.settings.ModelApi;
import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.port.money.ModelBudget;
import io.numa.avatar.port.money.Payer;
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
 * @param budget keeps account of what all sessions spend, and bounds it
 * @param payer the session, to that budget
 */
public record GatewayRequest(
    ModelApi api,
    Set<String> models,
    Map<String, ModelPrice> prices,
    Optional<Path> record,
    ModelBudget budget,
    Payer payer) {
  public GatewayRequest {
    models = Set.copyOf(models);
    prices = Map.copyOf(prices);
  }

  /** A request whose spending no budget bounds. */
  public GatewayRequest(
      ModelApi api, Set<String> models, Map<String, ModelPrice> prices, Optional<Path> record) {
    this(api, models, prices, record, ModelBudget.NONE, new Payer("", ""));
  }
}
