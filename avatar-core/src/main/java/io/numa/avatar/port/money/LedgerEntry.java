package io.numa.avatar.port.money;

import io.numa.avatar.task.agent.AgentUsage;
import java.time.LocalDate;

/**
 * What an agent has used in a day on a repository.
 *
 * @param day in the time zone that the budget counts days in
 */
public record LedgerEntry(LocalDate day, Payer payer, AgentUsage usage) {}
