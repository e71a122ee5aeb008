package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.task.TreeId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Caches the failures of base commits, the most recently used ones. Safe for use by several
 * threads.
 *
 * <p>The cache is in memory only. A command of a plan could forge a file, and so make new failures
 * appear as old ones.
 */
public final class BaselineCache {
  private static final int MAX_RUNS = 100;
  private static final int MAX_NAMES = 50_000;

  /**
   * The inputs of a test run.
   *
   * @param given the given test command; empty if the project's files decide
   * @param changed the command that tests the change; it tells which of several projects are tested
   */
  record Key(TreeId files, Optional<TestCommand> given, CommandLine changed) {}

  private final Object lock = new Object();
  private final Map<Key, BaselineFailures> known = new LinkedHashMap<>(16, 0.75f, true);
  private int names;

  Optional<BaselineFailures> find(Key key) {
    synchronized (lock) {
      return Optional.ofNullable(known.get(key));
    }
  }

  void remember(Key key, BaselineFailures failures) {
    synchronized (lock) {
      var before = known.put(key, failures);
      names += failures.names().size() - (before == null ? 0 : before.names().size());
      forgetTheOldest();
    }
  }

  private void forgetTheOldest() {
    Iterator<BaselineFailures> oldestFirst = known.values().iterator();
    for (int runs = known.size(); runs > MAX_RUNS || names > MAX_NAMES; runs--) {
      names -= oldestFirst.next().names().size();
      oldestFirst.remove();
    }
  }
}
