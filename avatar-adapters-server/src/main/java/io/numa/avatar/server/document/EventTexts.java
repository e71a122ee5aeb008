package io.numa.avatar.server.document;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes each event once for all watchers, as one line of JSON. Safe for use by several threads.
 */
public final class EventTexts {
  private final Map<OperationEvent, String> newest = new LinkedHashMap<>();

  /** The line, without its end. */
  public synchronized String of(OperationEvent event) {
    String text = newest.computeIfAbsent(event, one -> Documents.event(one).toString());
    if (newest.size() > OperationEvents.QUEUE) {
      newest.remove(newest.keySet().iterator().next());
    }
    return text;
  }
}
