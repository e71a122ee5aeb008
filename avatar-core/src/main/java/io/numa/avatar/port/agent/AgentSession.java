package io.numa.avatar.port.agent;

/**
 * A coding agent at work in one directory. One thread prompts it; {@link #steer} may be called by
 * another thread meanwhile.
 */
public interface AgentSession extends AutoCloseable {
  AgentIdentity identity();

  /** Whether a later prompt can refer to what earlier prompts said. */
  boolean remembersPrompts();

  /**
   * Hands the agent a prompt, and returns when its turn has ended: by its own word or by a limit. A
   * failure of the agent is a turn, too. What the agent started has ended then or stands still
   * until the next prompt, so that the files stay as they are; on systems other than Linux, some
   * may run.
   *
   * @param limits what is left of the task's limits
   * @throws InterruptedException if the thread was interrupted. The agent was told to cancel, and
   *     within two seconds all its processes have ended.
   */
  AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException;

  /**
   * Tells the agent something in its running turn. Waits until the agent has answered, for seconds
   * at most.
   *
   * @return whether the agent has taken it into its turn; false, too, if no turn runs, or if the
   *     agent takes no such messages. A text that was not taken may be given with a prompt.
   * @throws InterruptedException if the thread was interrupted; the agent may have the text
   */
  boolean steer(String text) throws InterruptedException;

  /**
   * Ends the agent with all processes that it started, within seconds. Does not throw. An interrupt
   * stays pending.
   */
  @Override
  void close();
}
