package io.numa.avatar.server.page;

import java.util.List;

/**
 * One aspect of a task.
 *
 * @param more longer texts
 */
record Card(String title, List<Fact> facts, List<Fact> more) {
  boolean isEmpty() {
    return facts.isEmpty() && more.isEmpty();
  }
}
