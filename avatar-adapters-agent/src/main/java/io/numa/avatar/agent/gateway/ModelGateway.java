package io.numa.avatar.agent.gateway;

/** Serves each session of an agent with a way to its model. Safe for use by several threads. */
public interface ModelGateway {
  /**
   * Opens a way that serves one session until it is closed.
   *
   * @param events receives what happens, on the gateway's threads
   */
  GatewaySession open(GatewayRequest request, GatewayEvents events);
}
