package io.numa.avatar.server.page;

import java.util.Optional;

/**
 * What the form for messages to a task's agent holds, as the client sent it.
 *
 * @param key shows that the form is of a page that this server gave to the client
 * @param problem why the message was not accepted, if it was not
 */
public record MessageForm(String key, String author, String text, Optional<String> problem) {
  /** A form that is not filled in. */
  public static MessageForm empty(String key) {
    return new MessageForm(key, "", "", Optional.empty());
  }

  /**
   * The form of a task's page.
   *
   * @param action the address for a browser without scripts
   * @param api the address for the script
   * @param hidden whether no agent works on the task now
   */
  record View(String action, String api, boolean hidden, MessageForm form) {}
}
