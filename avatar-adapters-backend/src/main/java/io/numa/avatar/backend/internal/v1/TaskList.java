package io.numa.avatar.backend.internal.v1;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.backend.internal.call.BackendClient;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the backend's list of tasks, page by page. Pages overlap by one task, which shows whether
 * the list shifted meanwhile; the list is then read again, so that no task is missed.
 */
final class TaskList {
  private static final int PAGE = 100;

  /** A list that shifts more often is complete at the next poll. */
  private static final int MAX_READS = 3;

  private final BackendClient client;
  private final V1Calls calls;

  TaskList(BackendClient client, V1Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** Passes on each task as the backend shows it; a task that is read again comes again. */
  void read(Consumer<JsonNode> each) throws InterruptedException {
    boolean steady = false;
    for (int i = 0; i < MAX_READS && !steady; i++) {
      steady = readOnce(each);
    }
  }

  /** Returns whether the list stayed as it was. */
  private boolean readOnce(Consumer<JsonNode> each) throws InterruptedException {
    Set<JsonNode> ids = new HashSet<>();
    JsonNode page = client.read(calls.page(0, PAGE));
    boolean steady = true;
    int skip = 0;
    while (show(page, ids, each) && page.size() >= PAGE) {
      JsonNode last = page.path(page.size() - 1).path("id");
      skip += page.size() - 1;
      page = client.read(calls.page(skip, PAGE));
      steady &= page.path(0).path("id").equals(last);
    }
    return steady;
  }

  /** Returns whether the page has a task that the pages before did not have. */
  private static boolean show(JsonNode page, Set<JsonNode> ids, Consumer<JsonNode> each) {
    boolean fresh = false;
    for (JsonNode task : page) {
      fresh |= ids.add(task.path("id"));
      each.accept(task);
    }
    return fresh;
  }
}
