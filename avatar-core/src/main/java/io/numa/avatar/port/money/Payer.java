package io.numa.avatar.port.money;

/**
 * Who spends money, and for what.
 *
 * @param agent the operator's name for the agent
 * @param repository the address of the repository that it works on, without a password; empty where
 *     it works on none
 */
public record Payer(String agent, String repository) {}
