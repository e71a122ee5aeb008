package io.numa.avatar.journal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection that is opened when something is read for the first time. Thread-safe. */
final class LazyReader implements AutoCloseable {
  private final Supplier<Database> opening;
  private @Nullable Database database;

  LazyReader(Supplier<Database> opening) {
    this.opening = opening;
  }

  <T> T read(Database.Work<T> work) {
    return database().read(work);
  }

  private synchronized Database database() {
    if (database == null) {
      database = opening.get();
    }
    return database;
  }

  @Override
  public synchronized void close() {
    if (database != null) {
      database.close();
    }
  }
}
