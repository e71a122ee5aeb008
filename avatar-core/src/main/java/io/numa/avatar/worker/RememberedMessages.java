package io.numa.avatar.worker;

import io.numa.avatar.task.TaskMessage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The last messages, which are known without reading the journal: some sources show all messages at
 * every poll. Not safe for use by several threads.
 */
final class RememberedMessages extends LinkedHashMap<TaskMessage, Boolean> {
  private static final long serialVersionUID = 1;
  private static final int MOST = 100_000;

  private RememberedMessages() {}

  /** A set that forgets its oldest messages. */
  static Set<TaskMessage> set() {
    return Collections.newSetFromMap(new RememberedMessages());
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<TaskMessage, Boolean> eldest) {
    return size() > MOST;
  }
}
