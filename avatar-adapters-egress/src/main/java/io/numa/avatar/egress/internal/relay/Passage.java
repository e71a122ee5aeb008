package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusals;
import io.numa.avatar.egress.internal.policy.Routes;

/** What the connections of one sandbox share. */
public record Passage(Reactor reactor, Lookups lookups, Rules rules) {

  /** What one sandbox may do, and what it tried in vain. */
  public record Rules(Routes routes, Refusals refusals, Limits limits) {}

  Routes routes() {
    return rules.routes();
  }

  Refusals refusals() {
    return rules.refusals();
  }

  Limits limits() {
    return rules.limits();
  }
}
